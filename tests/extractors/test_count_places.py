"""Which village a count of running text is of."""

import pytest

import extractors
from schemas.entity import CountValue
from schemas.page import TextBlock
from schemas.settings import ExtractSettings


def places(text: str, blocks: tuple[TextBlock, ...] = ()) -> dict[str, str | None]:
    found = extractors.extract(text, blocks, ExtractSettings()).mentions
    return {one.text: one.value.place for one in found if isinstance(one.value, CountValue)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("蔡庄村现有212户、856人。", {"212户": "蔡庄村", "856人": "蔡庄村"}),
        ("石桥村位于柳溪镇西，全村120户，耕地300亩。", {"120户": "石桥村", "300亩": "石桥村"}),
        ("石桥村位于柳溪镇西部。全村120户。\n全村90户。", {"120户": "石桥村", "90户": None}),
        ("石桥村有120户；云湾村有100户。", {"120户": "石桥村", "100户": "云湾村"}),
        ("截至2019年底，柳溪镇石桥村有党员20名。", {"20名": "石桥村"}),
        (
            "    李庄  位于县城南4公里。现有212户，856人。\n    王庄  位于县城北。全村12户。",
            {"4公里": None, "212户": "李庄", "856人": "李庄", "12户": "王庄"},
        ),
    ],
)
def test_a_count_of_one_village_has_it_as_its_place(text: str, expected: dict[str, str | None]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "石桥村有120户，云湾村有100户。",
        "全镇2000户，石桥村120户。",
        "柳溪镇辖石桥村等20个村，共2000户。",
        "石桥村村民王大山家有5口人。",
        "石桥村小学有学生300人。",
        "石桥村云湾养殖合作社带动100户。",
        "1958年，石桥村有120户。",
        "石桥村新发展党员3名，流转土地300亩。",
        "石桥村还有12户30人没有搬迁。",
        "到石桥村走访了30户。",
        "石桥村距县城12公里，建村80年。",
        "全镇有20个村。石桥村党员来到杏花镇，看望30户。",
    ],
)
def test_a_count_that_may_be_of_something_else_has_no_place(text: str) -> None:
    assert set(places(text).values()) == {None}


def test_people_of_some_households_are_not_those_of_the_village() -> None:
    text = "石桥村有320户1200人，其中贫困户90户166人。"
    assert places(text) == {"320户": "石桥村", "1200人": "石桥村", "90户": "石桥村", "166人": None}


def test_a_paragraph_that_runs_on_overleaf_keeps_its_village() -> None:
    text = "石桥村位于柳溪镇西部。全村\n3\n120户。"
    blocks = (
        TextBlock(kind="paragraph", page=1, start=0, end=13),
        TextBlock(kind="page_number", page=1, start=14, end=15),
        TextBlock(kind="paragraph", page=2, start=16, end=len(text), continues=13),
    )
    assert places(text, blocks)["120户"] == "石桥村"


def test_the_summary_tells_the_village_of_a_count() -> None:
    summary = extractors.extract("蔡庄村现有党员21名。云湾村现有党员21名。", [], ExtractSettings()).summary
    assert [fact.label for fact in summary.counts] == ["蔡庄村 党员 21名", "云湾村 党员 21名"]
