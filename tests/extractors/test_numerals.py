"""Numbers to Chinese and back, and what writes no number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors._numerals import parse, write


@given(st.integers(0, 10**15))
def test_what_is_written_is_read_back(number):
    assert parse(write(number)) == number


@given(st.text("零一二两三四五六七八九十百千万亿廿卅", max_size=16))
def test_any_row_of_numerals_is_a_number_or_none(text):
    number = parse(text)
    assert number is None or number >= 0


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十五", 15),
        ("二百零五", 205),
        ("一百五", 150),
        ("三万二", 32_000),
        ("两千零五", 2005),
        ("一亿二千万", 120_000_000),
        ("廿五", 25),
        ("二〇一九", 2019),
        ("壹佰贰拾叁", 123),
        ("百", 100),
        ("1,932", 1932),
        ("1·9", Decimal("1.9")),
        ("76.9", Decimal("76.9")),
    ],
)
def test_numerals(text, number):
    assert parse(text) == number


@pytest.mark.parametrize("text", ["", "五十一百", "三五", "一二", "村", "1.", "1.2.3", "万村"])
def test_no_numerals(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    ("number", "text"), [(0, "零"), (10, "十"), (110, "一百一十"), (10_001, "一万零一"), (10**8, "一亿")]
)
def test_written_as_people_write(number, text):
    assert write(number) == text
