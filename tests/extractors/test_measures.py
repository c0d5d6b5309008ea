"""What is measured, in which canonical unit, what is counted, and sums of money, in invented sentences."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extractors
from extractors._numerals import write
from extractors._sums import read_sum
from schemas.settings import ExtractSettings


def found(text, kind="count"):
    return [one for one in extractors.extract(text, [], ExtractSettings()).mentions if one.kind == kind]


@pytest.mark.parametrize(
    ("text", "measure", "unit", "value"),
    [
        ("耕地面积30亩", "area", "m²", 20_000),
        ("林地2公顷", "area", "m²", 20_000),
        ("全镇面积1.5平方公里", "area", "m²", 1_500_000),
        ("硬化道路3.2公里", "length", "m", 3200),
        ("距县城六里", "length", "m", 3000),
        ("收粮5吨", "mass", "kg", 5000),
        ("亩产800斤", "mass", "kg", 400),
        ("水库蓄水200立方米", "volume", "m³", 200),
        ("用电量3万千瓦时", "energy", "kWh", 30_000),
        ("装机200千瓦", "power", "kW", 200),
        ("普及率90%", "share", "%", 90),
        ("死亡率5‰", "share", "%", 0.5),
        ("提高三成", "share", "%", 30),
        ("提高了5个百分点", "share", "%", 5),
        ("占三分之二", "share", "%", 200 / 3),
        ("同比增长-2.5%", "share", "%", -2.5),
        ("产量是去年的3倍", "multiple", "倍", 3),
        ("值守48小时", "duration", "s", 172_800),
        ("工期两年", "duration", "月", 24),
        ("劳作一个半月", "duration", "月", 1.5),
        ("老人85岁", "age", "岁", 85),
        ("网格员12名", "people", "人", 12),
        ("党员3.5万人", "people", "人", 35_000),
        ("低保户26户", "households", "户", 26),
        ("辖25个行政村", "villages", "个", 25),
        ("引进企业6家", "organisations", "个", 6),
        ("山羊300只", "animals", "头", 300),
        ("培训8场次", "times", "次", 8),
        ("路灯40盏", "items", "盏", 40),
    ],
)
def test_measures(text, measure, unit, value):
    (count,) = found(text)
    assert (count.value.measure, count.value.canonical_unit) == (measure, unit)
    assert count.value.canonical_value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier"),
    [
        ("投工20余至30人", 20, 30, "range"),
        ("来了五六十人", 50, 60, "range"),
        ("种树2~3亩", 2, 3, "range"),
        ("增加3倍以上", 3, None, "minimum"),
        ("来了将近百人", None, 100, "maximum"),
        ("三十来户", None, None, "approximate"),
        ("二十岁上下", None, None, "approximate"),
        ("干了一个多月", 1, None, "minimum"),
        ("客流过万人", 10_000, None, "minimum"),
        ("不低于三分之二", 2 / 3, None, "minimum"),
        ("用工3万4000人", 34_000, 34_000, "exact"),
        ("人口37 289人", 37_289, 37_289, "exact"),
        ("全镇1OO8户", 1008, 1008, "exact"),
        ("达到82. 13%", 82.13, 82.13, "exact"),
    ],
)
def test_bounds(text, low, high, qualifier):
    (count,) = found(text)
    assert (count.value.min, count.value.max, count.value.qualifier) == (low, high, qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "前三名受到表扬，排名前10强",
        "民国十一年，清道光三年（1823年）",
        "海拔1200米，东经115度，气温零下20摄氏度",
        "身份证号110101199003071234，账号6222020200112233",
        "1.2 基本情况",
        "附近村民四处打听，万一下雨",
        "推行“七步走”，开展“两个维护”教育",
        "网址http://example.org/a%20b?x=30%25",
        "每斤30元一斤，三门村、八里桥",
        "第十三届、二期工程，十二届三中全会",
    ],
)
def test_never_a_count(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "objects"),
    [
        ("6座规模宏大的古围屋", ["规模宏大的古围屋"]),
        ("建桥、涵、闸50座，打机井36眼", ["涵、闸", "机井"]),
        ("共有8名“第一书记”在8个村挂职。其中，市派1名、县派7名。", ["“第一书记”", "村", "“第一书记”", "“第一书记”"]),
        ("辖20个村，1932户，8350人", ["村", "户", "人口"]),
        ("贫困发生率从53.5%下降到46.7%", ["贫困发生率", "贫困发生率"]),
        ("解决了70多人就业。", ["就业"]),
        ("新建高标准农田3万亩、产业园区5个", ["高标准农田", "产业园区"]),
        ("加快建设300万亩粮食生产功能区", ["粮食生产功能区"]),
        ("清水镇死亡5人", ["死亡"]),
    ],
)
def test_what_is_counted(text, objects):
    got = [one.value.object for one in found(text)]
    assert len(got) == len(objects)
    assert all(wanted in (object_ or "") for wanted, object_ in zip(objects, got, strict=True))


def test_as_of_scope_and_per():
    (count,) = found("截至2021年底，全镇每个村平均有网格员12名")
    assert (count.value.as_of, count.value.scope, count.value.per) == ("2021-12-31", "全镇", "每个村")


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("番茄每斤1块5，一天卖了三百块", ["1.5", "300"]),
        ("工资人民币50元，另发￥300", ["50", "300"]),
        ("纸箱5毛钱一个", ["0.5"]),
        ("产值过亿元", ["100000000"]),
        ("由150万元增加到500万元", ["1500000", "5000000"]),
        ("投入7.3个亿元", ["730000000"]),
        ("分成三块地", []),
    ],
)
def test_sums(text, amounts):
    assert [one.value.amount for one in found(text, "money")] == amounts


def test_a_text_that_is_one_sum():
    assert read_sum("两万三千元整").quantity.value == 23_000
    assert read_sum("港币五十元").currency == "HKD"
    assert read_sum("清水村") is None


@given(st.integers(11, 10**9), st.sampled_from(["名党员", "户村民", "亩耕地", "元"]))
@settings(max_examples=60, deadline=None)
def test_any_number_is_found_in_every_spelling(number, unit):
    kind = "money" if unit == "元" else "count"
    for spelling in (str(number), write(number), write(number, financial=True), f"{number:,}"):
        values = [one.value.value for one in found(f"全镇共有{spelling}{unit}。", kind)]
        assert values == [number]


@given(st.text("全镇共有12一二三十百千万亿名户亩元%至—约近余多以上分之第年月日“”（）、，。\n的村党员 ", max_size=120))
@settings(max_examples=150, deadline=None)
def test_never_raises_and_keeps_its_promise(text):
    for one in extractors.extract(text, [], ExtractSettings()).mentions:
        assert text[one.start : one.end] == one.text


def test_text_of_numerals_takes_time_in_proportion():
    """Noise of digits and scales is read to its end (a quadratic rule would not come back)."""
    noise = "".join(random.Random(4).choices("一二三十百千万亿0123456789点分之至多余,.", k=60_000))
    assert extractors.extract(noise, [], ExtractSettings()) is not None


def test_sums_that_touch_are_each_their_own():
    found = extractors.extract("60万元60万元\n60万元", [], ExtractSettings()).mentions
    assert [(one.kind, one.start, one.text) for one in found] == [
        ("money", 0, "60万元"),
        ("money", 4, "60万元"),
        ("money", 9, "60万元"),
    ]


def test_words_of_a_total_are_not_what_is_counted():
    found = extractors.extract(
        "上湾、梨园、双井三个村共420户。其中5个社区共有干部20名。", [], ExtractSettings()
    ).mentions
    objects = {one.text: one.value.object for one in found if one.kind == "count"}
    assert objects == {"三个": "村", "420户": "户", "5个": "社区", "20名": "干部"}
