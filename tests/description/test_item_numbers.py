"""Item numbers: read in any writing, made from a pattern, counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.description.item_numbers import DEFAULT_PATTERN, check_pattern, fields_of, make, parse, series


@pytest.mark.parametrize(
    "text",
    ["Z109-WS·2011-Y-BGS-0001", "z109—WS.2011—Y—BGS—0001", " Ｚ109－ＷＳ・２０１１－Ｙ－ＢＧＳ－０００１ "],
)
def test_one_number_in_any_writing(text: str) -> None:
    number = parse(text)
    assert number.text == "Z109-WS·2011-Y-BGS-0001"
    assert (number.form, number.fonds, number.category, number.year) == ("item", "Z109", "WS", "2011")
    assert (number.retention, number.department, number.item) == ("Y", "BGS", "0001")
    assert (number.series, number.place) == ("Z109-WS·2011-Y-BGS", 1)


def test_the_department_may_be_left_out() -> None:
    number = parse("X043-WS·2015-D30-0017")
    assert (number.department, number.retention, number.place) == (None, "D30", 17)


def test_numbers_of_volumes() -> None:
    number = parse("0012-03-0045-007")
    assert (number.form, number.fonds, number.catalogue, number.volume, number.item) == (
        "volume", "0012", "03", "0045", "007",
    )  # fmt: skip
    assert parse("0012-03-0045").series == "0012-03"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("柳溪镇总结", "全宗号"),
        ("Z109-WS·0011-Y-BGS-0001", "year 0011"),
        ("Z109-WS·2011-Y-BGS-0000", "begin with 1"),
        ("Z109-WS·2011-Q-BGS-0001", "neither"),
        ("Z1٠9-WS·2011-Y-BGS-0001", "全宗号"),
    ],
)
def test_what_is_no_number_says_why(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse(text)


@given(
    st.from_regex(r"[A-Z][0-9]{3}", fullmatch=True),
    st.integers(1949, 2030),
    st.sampled_from(["永久", "30年", "10年", "Y"]),
    st.sampled_from([None, "BGS", "党政办公室"]),
    st.integers(1, 9999),
)
def test_what_is_made_can_be_read(fonds: str, year: int, retention: str, department: str | None, item: int) -> None:
    fields = {"fonds": fonds, "year": str(year), "retention": retention, "department": department}
    number = parse(make(DEFAULT_PATTERN, fields, item))
    assert (number.fonds, number.year, number.department, number.place) == (fonds, str(year), department, item)


def test_a_missing_field_is_named() -> None:
    with pytest.raises(ValueError, match="fonds is not known"):
        make(DEFAULT_PATTERN, {"year": "2019", "retention": "永久"}, 1)


@pytest.mark.parametrize("pattern", ["{fonds}-{wrong}-{item:04}", "{fonds}-WS·{year}", "{fonds", "{0}-{item}"])
def test_a_pattern_that_cannot_work_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"names|counts|expected"):
        check_pattern(pattern)


def test_gaps_and_doubles() -> None:
    given_numbers = [2, 3, 3, 7]
    pairs = [(f"Z109-WS·2011-Y-BGS-{place:04}", f"d{at}") for at, place in enumerate(given_numbers)]
    (one,) = series([*pairs, ("没有号", "d9")])
    assert (one.first, one.last, one.gaps) == (2, 7, ((1, 1), (4, 6)))
    assert one.doubles == {"Z109-WS·2011-Y-BGS-0003": ("d1", "d2")}


def test_what_a_number_says_of_its_document() -> None:
    told = {"fonds": "Z109", "year": "2011", "retention": "永久", "department": "BGS"}
    assert fields_of(parse("Z109-WS·2011-Y-BGS-0001")) == told
    assert fields_of(parse("0012-03-0045-001")) == {"fonds": "0012", "catalogue_number": "03", "volume_number": "0045"}
