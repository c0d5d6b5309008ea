"""Numbers to Chinese and back, and what writes no number."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors._expressions import numbers
from extractors._numerals import evaluate, parse, write

NUMERAL_TEXT = "零〇一二两三四五六七八九十百千万亿廿卅壹贰拾佰仟萬億兆点0123456789.,负-/分之又半打 余多几%成折元角"


@given(st.integers(0, 10**15))
def test_what_is_written_is_read_back(number):
    assert parse(write(number)) == number
    assert evaluate(write(number, financial=True)) == number
    assert evaluate(write(number), strict=True) == number
    assert evaluate(write(-number)) == -number


@given(st.decimals(0, 10**12, places=3))
def test_decimals_are_written_and_read_back(number):
    assert evaluate(write(number)) == number
    assert evaluate(write(number, financial=True)) == number


@given(st.integers(1, 9999), st.sampled_from([("万", 10**4), ("亿", 10**8), ("萬", 10**4), ("億", 10**8)]))
def test_arabic_before_a_scale(number, scale):
    assert evaluate(f"{number}{scale[0]}") == number * scale[1]
    assert evaluate(f"{number}.5{scale[0]}") == (number + Decimal("0.5")) * scale[1]


@settings(deadline=None)
@given(st.text(NUMERAL_TEXT, max_size=200) | st.text(max_size=100))
def test_any_text_is_a_number_or_none(text):
    for number in (parse(text), evaluate(text), evaluate(text, strict=True)):
        assert number is None or number.is_finite()
    for found in numbers(text):
        assert 0 <= found.start < found.end <= len(text)


@given(st.text("零一二两三四五六七八九十百千万亿廿卅", max_size=16))
def test_what_is_strictly_a_number_is_the_same_number_in_running_text(text):
    number = evaluate(text, strict=True)
    assert number is None or number == evaluate(text)


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
        ("一万五千亿", 1_500_000_000_000),
        ("廿五", 25),
        ("二〇一九", 2019),
        ("壹佰贰拾叁", 123),
        ("百", 100),
        ("1,932", 1932),
        ("1 932", 1932),
        ("1·9", Decimal("1.9")),
        ("76.9", Decimal("76.9")),
        ("三点五万", 35_000),
        ("3万4000", 34_000),
        ("5万4千6百", 54_600),
    ],
)
def test_numerals(text, number):
    assert parse(text) == number


@pytest.mark.parametrize(
    "text", ["", "五十一百", "三五", "一二", "村", "1.", "1.2.3", "万村", "万一", "点五", "一百零"]
)
def test_no_numerals(text):
    assert parse(text) is None


@pytest.mark.parametrize("text", ["一一", "百十一", "十一十二", "零点", "一百五", "三万五"])
def test_strictly_no_numerals(text):
    assert evaluate(text, strict=True) is None


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (10, "十"),
        (110, "一百一十"),
        (10_001, "一万零一"),
        (10**8, "一亿"),
        (-3, "负三"),
        (Decimal("2.05"), "二点零五"),
    ],
)
def test_written_as_people_write(number, text):
    assert write(number) == text


def test_financial_numerals():
    assert write(10_203, financial=True) == "壹万零贰佰零叁"
