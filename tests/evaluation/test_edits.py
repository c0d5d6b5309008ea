"""Edit distances agree with the plain matrix, and alignments lead from one text to the other."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation._edits import aligned, distance, ends, infix

words = st.text("甲乙丙1", max_size=12)


def matrix(a: str, b: str, *, anywhere: bool = False) -> list[int]:
    """Last row of the distance matrix, one cell at a time."""
    row = [0] * (len(b) + 1) if anywhere else list(range(len(b) + 1))
    for count, character in enumerate(a, 1):
        last, row[0] = row[0], count
        for at, other in enumerate(b, 1):
            last, row[at] = row[at], min(last + (character != other), row[at] + 1, row[at - 1] + 1)
    return row


@given(words, words)
def test_distances_are_those_of_the_matrix(a, b):
    assert distance(a, b) == matrix(a, b)[-1]
    assert ends(a, b) == matrix(a, b, anywhere=True)
    assert infix(a, b) == min(matrix(a, b, anywhere=True))


@given(words, words)
def test_alignment_is_a_shortest_way(a, b):
    spans = aligned(a, b)
    assert all(0 <= start <= end <= min(len(b), start + 1) for start, end in spans)
    kept = [(at, span[0]) for at, span in enumerate(spans) if span[0] < span[1]]
    assert [to for _, to in kept] == sorted({to for _, to in kept})
    taken_out, put_in = len(a) - len(kept), len(b) - len(kept)
    assert taken_out + put_in + sum(a[at] != b[to] for at, to in kept) == distance(a, b)


def test_of_equal_ways_the_beginning_and_the_end_stay_together():
    assert aligned("甲乙乙丙", "甲乙丙") == [(0, 1), (1, 2), (2, 2), (2, 3)]
