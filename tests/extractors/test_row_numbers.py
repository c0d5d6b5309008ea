"""Numbers of rows in bare text: they number what stands behind them and count nothing."""

import pytest

import extractors
from schemas.settings import ExtractSettings


def counts(text: str) -> list[str]:
    return [one.text for one in extractors.extract(text, [], ExtractSettings()).mentions if one.kind == "count"]


@pytest.mark.parametrize(
    "text", ["4  双井村", "村名 户数\n4 双井村 212", "4双井村", "4\n双井村", "4\t双井村", "4　双井村", "4  户主姓名"]
)
def test_the_number_of_a_row_takes_no_unit_from_the_next_cell(text: str) -> None:
    assert counts(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [("全镇20 个村", ["20 个"]), ("4双胶鞋", ["4双"]), ("石桥村30 户", ["30 户"])],
)
def test_a_unit_behind_one_blank_is_one(text: str, found: list[str]) -> None:
    assert counts(text) == found
