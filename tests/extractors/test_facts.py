"""What counts and what does not, in sentences about a town that does not exist, and in the seed article."""

from pathlib import Path

import pytest

import extractors
from schemas.settings import ExtractSettings

SEED = Path(__file__).parents[2] / "../shared/data/facts/seed.txt"


def found(text, *kinds):
    return [one for one in extractors.extract(text, [], ExtractSettings()).mentions if one.kind in kinds]


@pytest.mark.parametrize(
    "text",
    [
        "坚持三严三实，落实一岗双责，一级抓一级，完善一系列制度",
        "一是加强学习，二是抓好落实；进一步统一思想",
        "柳溪镇第一书记第三次到村里",
        "实行百分倒扣制和千分制考核，加强队伍建设",
        "2019年7月1日，二〇一九年七月，5月12日下午3时40分",
        "柳政发〔2019〕12号文件，第七节，见第12页",
        "沿318国道，联系电话13800000000，0531-2345678",
        "东经115°12′，北纬35.08°",
        "（一）总体要求\n1．基本情况\n三、保障措施",
        "一个个典型，一步步推进，千家万户，四面八方",
        "“90后”返乡，5级地震",
        "他是一名党员，这是一个故事",
    ],
)
def test_never_a_count(text):
    assert found(text, "count", "money") == []


@pytest.mark.parametrize(
    ("text", "span", "low", "high", "qualifier"),
    [
        ("评出1100余户", "1100余户", 1100, None, "minimum"),
        ("培养近200名", "近200名", None, 200, "maximum"),
        ("保持2—3名", "2—3名", 2, 3, "range"),
        ("派驻至少两名", "至少两名", 2, None, "minimum"),
        ("不少于四天", "不少于四天", 4, None, "minimum"),
        ("出栏两千头以上", "两千头以上", 2000, None, "minimum"),
        ("不足十户", "不足十户", None, 10, "maximum"),
        ("来了近百人", "近百人", None, 100, "maximum"),
        ("受益千余名", "千余名", 1000, None, "minimum"),
        ("约三十户", "约三十户", None, None, "approximate"),
        ("种了三五亩", "三五亩", 3, 5, "range"),
        ("来了二三十人", "二三十人", 20, 30, "range"),
        ("数十名", "数十名", 10, None, "minimum"),
        ("15-20亩", "15-20亩", 15, 20, "range"),
        ("保持2一3名", "2一3名", 2, 3, "range"),  # as recognition may read it
        ("发展到１．９万亩", "１．９万亩", 19_000, 19_000, "exact"),
        ("硬化道路1·9公里", "1·9公里", 1.9, 1.9, "exact"),
        ("占百分之八十二点五", "百分之八十二点五", 82.5, 82.5, "exact"),
        ("装机53千瓦", "53千瓦", 53, 53, "exact"),
        ("人口 37289 人", "37289 人", 37_289, 37_289, "exact"),
    ],
)
def test_bounds(text, span, low, high, qualifier):
    (count,) = found(text, "count")
    assert (count.text, count.value.min, count.value.max, count.value.qualifier) == (span, low, high, qualifier)


def test_at_least_reaches_over_a_verb_and_over_a_conjunction():
    counts = found("每名干部至少联系3名后备干部和5名乡村人才", "count")
    assert [(one.value.min, one.value.max, one.value.object) for one in counts] == [
        (3, None, "后备干部"),
        (5, None, "乡村人才"),
    ]


def test_what_is_counted_stands_behind_or_before():
    counts = found("建成冷库4间，全镇48名网格员联系20个村", "count")
    assert [(one.text, one.value.object, one.value.scope) for one in counts] == [
        ("4间", "冷库", None),
        ("48名", "网格员", "全镇"),
        ("20个", "村", "全镇"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("到蔡坡村走访", ["蔡坡村"]),
        ("深入李家沟村、王家沟村慰问", ["李家沟村", "王家沟村"]),
        ("位于柳溪镇清水河村北", ["清水河村"]),
        ("组织清水村党员", ["清水村"]),
        ("云湾、桐坳、榆店三村合并", ["云湾村", "桐坳村", "榆店村"]),
        ("云湾、桐坳等村修路", ["云湾村", "桐坳村"]),
        ("柳溪镇云湾村富了，云湾村民笑了", ["云湾村", "云湾村"]),
        ("柳溪镇云湾村先行，柳溪云湾茶厂投产", ["云湾村", "云湾村"]),
        ("20个行政村，各村、该村、全村、本村、驻村干部", []),
        ("建设美丽乡村，推进农村改革，村村通公路", []),
        ("加强村级建设，提高村民素质，组织村干部学习", []),
        ("党委对村考核，社区或村，到村到户", []),
    ],
)
def test_villages(text, names):
    assert [one.value.canonical for one in found(text, "village")] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("柳溪镇和云岭乡", ["柳溪镇", "云岭乡"]),
        ("距县城80公里云岭乡", ["云岭乡"]),
        ("柳溪、云岭、杏花3个乡镇", ["柳溪", "云岭", "杏花"]),
        ("城西街道办事处", ["城西街道"]),
        ("全镇乡镇干部，特色小镇，返乡创业，美丽乡村，城乡居民", []),
    ],
)
def test_townships(text, names):
    assert [one.value.canonical for one in found(text, "township")] == names


def test_the_seed_article():
    if not SEED.exists():
        pytest.skip("the seed article is not in this checkout")
    facts = extractors.extract(SEED.read_text("utf-8"), [], ExtractSettings())
    texts = {(one.kind, one.text) for one in facts.mentions}
    assert {
        ("village", "蔡庄村"),
        ("village", "怡华社区"),
        ("township", "永安镇"),
        ("money", "60万元"),
        ("count", "1100余户"),
        ("document", "《党建工作目标责任书》"),
        ("person", "刘艳"),
    } <= texts
    counts = {(one.text, one.value.object) for one in facts.mentions if one.kind == "count"}
    assert {("236名", "党员代表"), ("787名", "党员"), ("48名", "机关党建指导员")} <= counts
    assert facts.description.township is not None
    assert facts.description.township.name == "永安镇"
