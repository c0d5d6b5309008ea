import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extractors
from extractors._check_years import Known, jumps
from schemas.settings import ExtractSettings


def checks(text):
    return [(one.kind, one.holds, one.expression) for one in extractors.extract(text, [], ExtractSettings()).checks]


def failing(text):
    return [kind for kind, holds, _ in checks(text) if not holds]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共帮扶1271人，其中获特困供养12人，低保救助479人，低保提档679人，临时救助101人。", "12+479+679+101=1271"),
        ("全镇共有8名“第一书记”。其中，市派1名、区派7名。", "1+7=8"),
        ("全村1200人，其中男610人、女590人。", "610+590=1200"),
        ("投入资金90万元，其中县财政60万元，镇自筹30万元。", "600000+300000=900000"),
    ],
)
def test_parts_that_add_up_to_their_whole(text, expected):
    assert ("sum", True, expected) in checks(text)
    assert failing(text) == []


def test_numbers_that_happen_to_add_up_are_no_parts():
    assert checks("全乡补助了7个县，4个村和3个组也参加。") == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("全村共有90户，其中贫困户100户。", ["at_most"]),
        ("全村共有90户，其中贫困户近100户。", []),
        ("全村90户，增加到120户，其中贫困户100户。", []),
        ("全村1200人，其中男610人、女580人。", ["sum"]),
        ("全村总人口2000人，其中党员100人，占总人口的8%。", ["percentage"]),
        ("全村总人口2000人，其中党员100人，占总人口的5%。", []),
        ("全村212户2450人。", ["ratio"]),
        ("全村低保户120户150人。", []),
        ("排查出高风险户3户4人。", []),
        ("共20户，每户补助500元，共计15000元。", ["product"]),
        ("共20户，每户补助500元，共计10000元。", []),
        ("耕地由500亩增加到800亩，增长90%。", ["growth"]),
        ("耕地由500亩增加到800亩，年均增长12%。", []),
        ("投入资金120万元，其中省级60万元、县级60万元、自筹12万元。", ["sum"]),
        ("全镇共有8名第一书记在8个村挂职，其中，市派2名、区派7名。", ["sum"]),
        ("全镇共有8名“第一书记”。其中，市派2名、区派7名。", ["sum"]),
        ("全镇共有8名第一书记在8个村挂职，其中，市派1名、区派7名。", []),
        ("全镇共有8名第一书记，其中市派1名、区派5名。", ["sum"]),
        ("全镇8名第一书记，其中市派1名、区派5名、县派企业的情况较好。", []),
        ("全镇党员30名，其中石桥村20名、云湾村15名。", ["sum"]),
        ("全镇党员50名，其中石桥村20名、云湾村15名。", []),
        ("评出文明村8个，其中省级3个、市级7个。", []),
        ("全镇党员100名，分别是农村党员60名、机关党员30名。", ["sum"]),
        ("全镇党员100名，分别是农村党员60名、机关党员40名。发展党员5名。", []),
        ("产量100吨，分别是去年60吨、前年80吨。", []),
        ("全镇党员1126名，其中农村党员890名，女党员412名。", []),
        ("采取三项措施：一是宣传，二是培训，三是检查。", []),
        ("采取三项措施：一是宣传，二是培训，三是检查，四是奖惩。", ["enumeration"]),
    ],
)
def test_a_check_fails_only_where_something_looks_wrong(text, kinds):
    assert failing(text) == kinds


def test_a_share_is_right_as_far_as_it_is_printed():
    text = "6个村共有1932户10350人，其中土瑶人口8500人，占总人口的82.13%。"
    assert ("percentage", True, "8500 / 10350 = 82.13%") in checks(text)


def test_a_quota_is_compared_with_what_there_is():
    text = "镇党委派驻到各村至少2名机关党员作为党建指导员。全镇48名机关党建指导员直接联系20个村。"
    assert ("min_quota", True, "48 >= 2 x 20") in checks(text)


def test_announced_measures_are_compared_with_the_headings():
    headings = ("强化制度 夯实基础", "强化目标 增强合力", "强化监督 促进发展")
    text = "柳溪镇强化“三项措施”\n\n" + "".join(f"{head}\n\n各村认真落实有关工作，成效明显。\n\n" for head in headings)
    assert ("enumeration", True, "三项措施 = 3 section headings") in checks(text)


def test_equal_numbers_of_different_people_are_told_apart():
    found = checks("全镇选派村医7名开展巡诊服务，新发展党员7名。")
    assert [kind for kind, _, _ in found] == ["not_addable"]


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("实行干分制考核。", "干分制 → 千分制?"),
        ("截至2019午，已完成。", "2019午 → 2019年?"),
        ("7月1曰，", "曰 → 日?"),
        ("到年未，全部完成。", "年未 → 年末?"),
        ("目前己完成3处。", "己完成 → 已完成?"),
        ("总入口1200人。", "总入口 → 总人口?"),
    ],
)
def test_an_odd_print_is_a_remark_and_no_failure(text, expression):
    assert ("oddity", True, expression) in checks(text)


@pytest.mark.parametrize(
    "text", ["干部自己完成任务。", "干净的未来，周末见，年末总结，入口处有3人。", "知己知彼，利己主义。"]
)
def test_good_print_is_not_odd(text):
    assert [one for one in checks(text) if one[0] == "oddity"] == []


def test_a_check_speaks_of_its_mentions():
    facts = extractors.extract("全村共有90户，其中贫困户100户。", [], ExtractSettings())
    texts = {one.id: one.text for one in facts.mentions}
    (one,) = facts.checks
    assert [texts[name] for name in one.mentions] == ["100户", "90户"]
    assert one.message == "100户 is said to be part of 90户."


@settings(deadline=None)
@given(st.integers(2, 5000), st.integers(2, 5000), st.integers(2, 5000))
def test_any_parts_that_add_up_hold(first, second, third):
    text = f"共有{first + second + third}人，其中党员{first}人，团员{second}人，群众{third}人。"
    assert failing(text) == []
    assert ("sum", True) in {(kind, holds) for kind, holds, _ in checks(text)}


def known(value, year, village="石桥村", unit="人", counted="总人口", document="a"):
    return Known(village=village, object=counted, unit=unit, value=value, year=year, mention="m1", document=document)


@pytest.mark.parametrize(
    ("before", "after", "jumped"),
    [
        (known(845, "2018"), known(850, "2019"), False),
        (known(845, "2018"), known(1900, "2019"), True),
        (known(845, "2018"), known(300, "2019"), True),
        (known(3, "2018"), known(9, "2019"), False),
        (known(845, "2018"), known(1900, "2018"), False),
        (known(845, "2018"), known(1900, "2019", village="云湾村"), False),
        (known(845, "2018"), known(1900, "2019", counted="男"), False),
        (known(5, "2018", unit="%"), known(80, "2019", unit="%"), False),
    ],
)
def test_a_village_that_doubles_jumps(before, after, jumped):
    assert len(list(jumps([before], [after]))) == jumped


def test_a_jump_is_measured_from_the_latest_year():
    earlier = [known(845, "2019", document="new"), known(300, "2001", document="old")]
    assert list(jumps(earlier, [known(850, "2020")])) == []
    (one,) = jumps(earlier, [known(2000, "2020")])
    assert (one.kind, one.holds, one.expression) == ("jump", False, "845 (2019) → 2000 (2020)")
    assert one.message == "石桥村 总人口: 2.37 times what new says."
