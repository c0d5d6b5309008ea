"""Extents and chances of characters come back as they were, from records and lines of this version and earlier ones."""

import json
import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_samples import make_document, make_page
from pipeline.archive.documents import write_document
from pipeline.archive.lines import read_lines
from pipeline.archive.store import Archive
from schemas import codec
from schemas.packed import Chances, Extents
from schemas.page import Block, Line

EDGES = st.integers(-(2**20), 2**20)
SPANS = st.lists(st.tuples(EDGES, EDGES), min_size=1).map(tuple)
SURE = st.lists(st.integers(0, 10_000).map(lambda parts: parts / 10_000), min_size=1).map(tuple)


def line(**given: object) -> Line:
    return replace(Line(text="甲乙", bbox=(10, 5, 90, 40), confidence=0.75), **given)


def same(one: object, other: tuple[object, ...]) -> None:
    """The packed sequence is the tuple, for whatever is done with it."""
    assert one == other
    assert other == one
    assert hash(one) == hash(other)
    assert len(one) == len(other)  # type: ignore[arg-type]
    assert [*one] == [*other]  # type: ignore[misc]
    assert one[1:] == other[1:]  # type: ignore[index]
    assert one[-1] == other[-1]  # type: ignore[index]
    assert repr(one) == repr(other)
    assert pickle.loads(pickle.dumps(one)) == other


@given(SPANS, SURE)
def test_packed_values_are_those_that_were_packed(spans: tuple[tuple[int, int], ...], sure: tuple[float, ...]) -> None:
    same(Extents.pack(spans), spans)
    same(Chances.pack(sure), sure)
    assert Extents.pack(spans) == Extents.pack(spans)
    assert Extents.pack(spans) != Extents.pack(((-(2**21), 0), *spans))


@given(SPANS, SURE)
def test_records_come_back_equal(spans: tuple[tuple[int, int], ...], sure: tuple[float, ...]) -> None:
    written = line(chars=spans, char_confidences=sure)
    back = codec.decode(Line, codec.encode(written))
    assert back == written
    assert isinstance(back.chars, Extents)
    assert isinstance(back.char_confidences, Chances)
    assert codec.encode(back) == codec.encode(written)


@pytest.mark.parametrize("sure", [(0.12345, 1.0), (1 / 3, 0.5), (0.5, 7.0), (-0.25, 1.0), ()])
@pytest.mark.parametrize("spans", [((0, 2**40), (2**40, 2**41)), ()])
def test_what_does_not_fit_is_kept_as_a_list(spans: tuple[tuple[int, int], ...], sure: tuple[float, ...]) -> None:
    written = line(chars=spans, char_confidences=sure)
    assert codec.decode(Line, codec.encode(written)) == written


def test_records_of_earlier_versions_are_read() -> None:
    record = {"text": "甲乙", "bbox": [10, 5, 90, 40], "confidence": 0.75}
    record |= {"chars": [[10, 48], [51, 90]], "char_confidences": [0.5, 1.0]}
    assert codec.decode(Line, json.dumps(record)) == line(chars=((10, 48), (51, 90)), char_confidences=(0.5, 1.0))


@pytest.mark.parametrize("damaged", [7, "甲", {"a": 1}])
def test_a_damaged_record_is_refused(damaged: object) -> None:
    record = {"text": "甲乙", "bbox": None, "confidence": 0.75, "chars": damaged}
    with pytest.raises(ValueError, match="chars"):
        codec.decode(Line, json.dumps(record))


def test_lines_of_earlier_versions_are_read(archive: Archive) -> None:
    lines = (line(chars=((10, 48), (51, 90))), line(vertical=True, chars=((5, 300), (2, 40))), line(chars=()))
    page = replace(make_page(1, []), blocks=(Block(kind="paragraph", bbox=(10, 5, 90, 40), lines=lines, breaks=0),))
    with archive.transaction():
        write_document(archive, make_document("a.png", [page]), {1: page}, {})
    number = archive.connection.execute("SELECT id FROM pages").fetchone()[0]
    assert [placed.line for placed in read_lines(archive.connection, number)] == list(lines)
    steps = {1: b"b" + bytes((0, 38, 3, 39)), 2: b"h\x00\x00\x27\x01\xd6\xfe\x26\x00"}
    for of_line, packed in steps.items():
        archive.connection.execute("UPDATE lines SET extents = ? WHERE number = ?", (packed, of_line))
    assert [placed.line for placed in read_lines(archive.connection, number)] == list(lines)
