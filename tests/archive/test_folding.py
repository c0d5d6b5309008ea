"""Folding is one to one and frozen, and the index holds exactly the tokens that a query is cut into."""

import hashlib
import sys
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive import folding
from pipeline.archive.folding import EVERY_PAGE, MARK, NO_PAGE, fold, index_text, numeral_tokens, tokens
from pipeline.archive.numerals import number

EVERYTHING = "".join(map(chr, range(sys.maxunicode + 1)))


def words(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


def test_every_character_folds_to_one_character_for_good() -> None:
    folded = fold(EVERYTHING)
    assert len(folded) == len(EVERYTHING)
    assert fold(folded) == folded
    digest = hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()
    assert (folding.VERSION, digest[:16]) == ("3", "f518db17bb2301e8"), "tokens changed: raise folding.VERSION"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("柳樹莊", "柳 树 庄"),
        ("黨員，代表", "党 员 。 代 表"),
        ("党\n员　代 表", "党 员 代 表"),
        ("２０１９年", "2019 年"),
        ("20.5万 76．9％ 1·9万", "20·5 万 76·9 。 1·9 万"),
        ("1,230户", "1230 户"),
        ("15，20", "15 。 20"),
        ("15,20", "15 。 20"),
        ("2019.10.20", "2019 。 10 。 20"),
        ("2019-10-20", "2019 。 10 。 20"),
        ("5G G107", "5 g g 107"),
        ("Ａb cD", "ab cd"),
        ("ёлка Straße", "ёлка straße"),
        ("“三会一课”、《办法》", "。 三 会 一 课 。 办 法 。"),
        ("。\n“", "。"),
        ("①℃㎡𫝀", "① ℃ ㎡ 𫝀"),
        ("裏裡峯囯衞敎靑〇○", "里 里 峰 国 卫 教 青 零 零"),
        ("\u2fa3\uf9d1", "酉 六"),
        ("a\u00adb\u200bc\x00d", "a b c d"),
        ("葛\U000e0100城\ufe00", "葛 城"),
    ],
)
def test_text_is_cut_into_tokens(text: str, expected: str) -> None:
    assert " ".join(words(text)) == expected


@given(st.text())
def test_the_index_holds_the_tokens_and_each_knows_its_place(text: str) -> None:
    cut = list(tokens(text))
    numbers = [token.text for token in numeral_tokens(text)]
    known = [*(token.text for token in cut), MARK, EVERY_PAGE, *numbers]
    indexed = index_text(text).split(" ")
    assert indexed[: len(known)] == known
    assert not set(indexed[len(known) :]) & {*known, *words(f"{text} №3№党№员")}
    assert all(0 <= token.start < token.end <= len(text) for token in cut)
    assert all(before.end <= after.start for before, after in pairwise(cut))
    assert folding.words(text) == words(text)
    assert not {EVERY_PAGE, NO_PAGE} & set(words(text))


@pytest.mark.parametrize(
    ("text", "length", "repeated"),
    [
        ("党员党员，党员", 980, "3党员"),
        ("党员党员，党\n員", 980, "3党员"),
        ("党员党员", 980, ""),
        ("党员党员", 100, "6党员"),
        ("党员", 10, ""),
        ("三会，三会，三会。" * 2, 980, "6三会"),
        ("三会，三会，三会。" * 2, 3000, ""),
        ("户" * 12, 980, "6户户 12户"),
        ("5G 5G 5G ", 980, "35g"),
    ],
)
def test_what_a_page_repeats_for_its_length_has_tokens_of_its_own(text: str, length: int, repeated: str) -> None:
    filler = "".join(chr(ord("氀") + at) for at in range(length))
    tokens = index_text(f"{text}，{filler}").split(EVERY_PAGE, 1)[1].split()
    assert " ".join(token.replace("№", "") for token in tokens) == repeated


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10), ("十五", 15), ("二十", 20), ("一百一十", 110), ("三百零五", 305), ("一千二百三十", 1230),
        ("一千零五", 1005), ("两千", 2000), ("一万二千", 12000), ("一万零二十", 10020), ("三十万零五百", 300500),
        ("一亿零五百万", 105_000_000), ("十亿", 10**9), ("壹仟贰佰叁拾", 1230), ("二〇一九", 2019), ("一九四九", 1949),
        ("二○二○", 2020), ("二0一九", 2019), ("廿三", 23), ("卅", 30),
    ],
)  # fmt: skip
def test_numerals_that_mean_one_number(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text", ["三五", "十二三", "二三十", "百千", "千万", "一百二", "三万五", "零五", "五零", "一百百", "万", "一二三"]
)
def test_numerals_that_could_mean_more_mean_none(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("一千二百\n三十户", [1230, 1200, 30]),
        ("十 二十", [10, 20]),
        ("二0一九年，二00九年", [2019, 2009]),
        ("三会一课", []),
        ("十名", [10]),
        ("百千万", []),
        ("二〇二0年", [2020]),
    ],
)
def test_numerals_of_a_page(text: str, values: list[int]) -> None:
    assert [token.text for token in numeral_tokens(text)] == [f"№{value}" for value in values]


def test_variants_are_none_of_the_standard_characters() -> None:
    """What the basic national set keeps as a character of its own is not folded into another, but for 〇."""
    pairs = (files("pipeline.archive") / "variants.txt").read_text("utf-8").splitlines()
    characters = "".join(line for line in pairs if not line.startswith("#"))
    standard = {bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)
                if not (row == 0xD7 and cell > 0xF9)}  # fmt: skip
    assert not set(characters[::2]) & standard
    assert {fold(plain) for plain in characters[1::2]} <= standard
