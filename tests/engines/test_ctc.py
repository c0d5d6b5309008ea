import re

import numpy as np
import pytest

from pipeline.engines._ctc import decode, joined

ALPHABET = ("镇", "村", "%", "0", " ")


def scores(path: str, confidence: float = 0.9) -> np.ndarray:
    """What a recogniser says that sees `path`, one column per character, `-` for none."""
    rows = np.full((len(path), len(ALPHABET) + 1), 0.01, np.float32)
    for column, character in enumerate(path):
        rows[column, ALPHABET.index(character) + 1 if character != "-" else 0] = confidence
    return rows


def test_runs_are_one_character_and_blanks_part_equal_ones() -> None:
    decoded = decode(scores("-镇镇--村-村-"), ALPHABET, 9)
    assert decoded.text == "镇村村"
    assert decoded.confidences == pytest.approx((0.9, 0.9, 0.9))
    assert decoded.confidence == pytest.approx(0.9)


def test_every_character_has_a_rising_extent_within_the_strip() -> None:
    decoded = decode(scores("镇--村--镇-------村"), ALPHABET, 15)
    assert len(decoded.spans) == len(decoded.text) == 4
    assert all(0 <= left < right <= 1 for left, right in decoded.spans)
    assert all(a[1] <= b[0] + 1e-9 for a, b in zip(decoded.spans, decoded.spans[1:], strict=False))
    assert decoded.spans[0][1] == decoded.spans[1][0]  # neighbours meet
    assert decoded.spans[2][1] < decoded.spans[3][0]  # a gap stays a gap


def test_white_space_at_the_ends_is_no_text() -> None:
    decoded = decode(scores(" -镇- -村 -"), ALPHABET, 9)
    assert decoded.text == "镇 村"
    assert len(decoded.spans) == len(decoded.confidences) == 3


@pytest.mark.parametrize("path", ["----", "- - "])
def test_nothing_printed_decodes_to_nothing(path: str) -> None:
    decoded = decode(scores(path), ALPHABET, 4)
    assert (decoded.text, decoded.spans, decoded.confidences, decoded.confidence) == ("", (), (), 0.0)


def test_joined_characters_share_one_extent_and_the_weaker_confidence() -> None:
    rows = scores("镇--%--0--村")
    rows[6, 4] = 0.5
    before = decode(rows, ALPHABET, 10)
    after = joined(before, re.compile("%0"), "‰")
    assert after.text == "镇‰村"
    assert after.spans == (before.spans[0], (before.spans[1][0], before.spans[2][1]), before.spans[3])
    assert after.confidences == pytest.approx((0.9, 0.5, 0.9))


def test_evidence_tells_what_else_a_character_may_be() -> None:
    rows = scores("-镇--村-")
    rows[4] = 0.01
    rows[4, 2], rows[4, 1] = 0.6, 0.3
    decoded = decode(rows, ALPHABET, 6)
    first, best, other, blank, before, after = decoded.evidence[1]
    assert (first, best, other) == pytest.approx((0.6, 0.6, 0.3))
    assert max(blank, before, after) < 0.02


def test_no_doubt_arises_between_signs_of_one_family() -> None:
    rows = scores("-镇--村-")
    rows[4] = 0.01
    rows[4, 2], rows[4, 1] = 0.6, 0.3
    decoded = decode(rows, ALPHABET, 6, np.array([0, 1, 1, 3, 4, 0], np.int32))
    assert decoded.text == "镇村"
    assert decoded.evidence[1, :3] == pytest.approx((0.9, 0.9, 0.01))
