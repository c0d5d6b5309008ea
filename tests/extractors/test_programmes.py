"""Programmes in sentences about a town that does not exist: what is one, of which type, and under which name."""

import pytest

import extractors
from schemas.settings import ExtractSettings


def programmes(text):
    found = extractors.extract(text, [], ExtractSettings()).mentions
    return [one for one in found if one.kind == "programme"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("全镇推行“红旗渠”工作法，", "“红旗渠”工作法", "institution"),
        ("实施“雁归来”返乡创业工程，", "“雁归来”返乡创业工程", "project"),
        ("实施农村饮水安全巩固提升工程", "农村饮水安全巩固提升工程", "project"),
        ("实施柳溪镇乡土人才培育行动", "柳溪镇乡土人才培育行动", "campaign"),
        ("全面推行科技特派员制度", "科技特派员制度", "institution"),
        ("推行“四议两公开”，", "“四议两公开”", "institution"),
        ("开展“最美庭院”评选活动，", "“最美庭院”评选活动", "campaign"),
        ("1999年为河西地区小康村。", "河西地区小康村", "award"),
        ("先后被评为全国文明村。", "全国文明村", "award"),
        ("实现村村通客车", "村村通客车", "campaign"),
        ("参加新农合的有300人", "新农合", "institution"),
        ("第五届柳溪桃花节开幕", "柳溪桃花节", "campaign"),
        ("以“双招双引”为着力点，", "“双招双引”", "institution"),
        ("制定柳溪镇人才振兴行动计划", "柳溪镇人才振兴行动计划", "plan"),
    ],
)
def test_a_programme_has_a_name_and_a_type(text, name, kind):
    found = programmes(text)
    assert [one.value.type for one in found] == [kind]
    assert found[0].text.endswith(name)


@pytest.mark.parametrize(
    "text",
    [
        "他说：“好，我们一起干。”",
        "各项制度健全，重点工程开工，开展活动",
        "采取“三项措施”，解决“最后一公里”",
        "村“两委”成员，“70后”书记，一个个“金豆豆”",
        "工程师、项目组、活动室、计划生育服务站、制度化",
        "制定党建工作计划",
        "老人行动不便，芝麻开花节节高",
        "这是一个旅游项目，引进3个项目",
    ],
)
def test_what_every_report_says_is_none(text):
    assert [one.text for one in programmes(text) if one.text != "计划生育"] == []


def test_the_forms_of_a_name_are_one():
    text = "推行“领头雁”工程。村党组织书记“领头雁”工程见效。落实“领头雁”，领头雁工程继续。"
    assert {one.value.canonical for one in programmes(text)} == {"领头雁工程"}


def test_a_bare_quoted_name_is_found_again():
    text = "“万家帮千村”惠及群众\n今年，“万家帮千村”行动启动，“万家帮千村”精准帮扶行动继续。"
    found = programmes(text)
    assert found[0].text == "“万家帮千村”"
    assert {one.value.canonical for one in found} == {"万家帮千村行动"}


def test_national_schemes_have_one_name():
    text = "新农合参合率98%，农村合作医疗覆盖全镇，新型农村合作医疗惠民。"
    assert {one.value.canonical for one in programmes(text)} == {"新型农村合作医疗"}


def test_kinds_are_marked_generic():
    found = programmes("打赢脱贫攻坚战，推进乡村振兴，实施“领头雁”工程")
    assert [one.value.generic for one in found] == [True, True, False]


def test_members_of_a_counted_list_are_projects():
    text = "今年，柳溪生态博览园、云岭田园综合体、清水湾码头等3个项目开工。"
    assert [one.text for one in programmes(text)] == ["柳溪生态博览园", "云岭田园综合体", "清水湾码头"]


def test_titles_of_documents_are_none():
    assert programmes("印发《柳溪镇乡村振兴战略规划》") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("对两个村实行挂牌督战，", "挂牌督战"),
        ("实施万人饮水安全大会战，", "万人饮水安全大会战"),
        ("开展河道垃圾清理行动。", "河道垃圾清理行动"),
        ("县财政局开展扶贫资金绩效评价。", "扶贫资金绩效评价"),
        ("建立防止返贫监测和帮扶机制，", "防止返贫监测和帮扶机制"),
        ("宋代实行保甲制，", "保甲制"),
        ("渔业队实行轮作制，", "轮作制"),
        ("推行什伍连坐法。", "什伍连坐法"),
    ],
)
def test_names_without_quotation_marks(text, name):
    assert [one.text for one in programmes(text)] == [name]


@pytest.mark.parametrize(
    "text", ["企业全部实行改制，", "设置公益性岗位120个。", "村里的光伏项目开工了。", "是著名的花卉之乡。"]
)
def test_words_of_every_day_are_none(text):
    assert programmes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("实施了光伏项目、苗木项目。", ["光伏项目", "苗木项目"]),
        ("红薯项目上马了。这一次，红薯项目早有规划。", ["红薯项目", "红薯项目"]),
        ("与公司达成秋葵种植项目初步意向。", ["秋葵种植项目"]),
        ("利用贷款实施滩区安全建设，建成两个村台。", ["滩区安全建设"]),
        ("筹集卫生救助基金和医药爱心基金8500万元。", ["卫生救助基金", "医药爱心基金"]),
        ("街道推出“一张清单、三级联动”的党建督查制度，", ["“一张清单、三级联动”的党建督查制度"]),
        ("这种帮扶模式被称为“一托三联盟”。", ["“一托三联盟”"]),
        ("毕业于清江大学“乡村医师班”，", ["“乡村医师班”"]),
        ("去年启动了一轮整改“回头看”，", ["“回头看”"]),
        ("参加城乡居民医保的人多了。", ["城乡居民医保"]),
        ("党员积分管理使义务晒在墙上。", ["党员积分管理"]),
        ("正在推广扶贫夜校。", ["扶贫夜校"]),
        ("将4月份定为住房保障战突击月。", ["住房保障战突击月"]),
        ("新风讲习活动走上戏台。“戏曲下乡和新风讲习，两个品牌。”", ["新风讲习活动", "戏曲下乡", "新风讲习"]),
    ],
)
def test_names_told_by_structure(text, expected):
    assert [one.text for one in programmes(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "柳溪县是国家重点扶持的贫困县。",
        "为每亩茶园补贴3000元。",
        "三年两届‘夺夺班’，台下坐满了人。",
        "搞来几个农业项目，招商项目多了。",
        "可持续的生态环境保护机制会得到强化。",
    ],
)
def test_words_around_money_and_work_are_none(text):
    assert programmes(text) == []
