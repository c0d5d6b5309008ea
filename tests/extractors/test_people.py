"""Persons in sentences about people who do not exist: who is one, who is none, and in which role."""

import pytest

import extractors
from schemas.settings import ExtractSettings


def people(text):
    found = extractors.extract(text, [], ExtractSettings()).mentions
    return [
        (one.text, one.value.name, one.value.role) for one in found if one.kind == "person" and one.confidence >= 0.5
    ]


def names(text):
    return [name for _, name, _ in people(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("柳溪镇党委书记孙志远说，今年要修路。", [("孙志远", "柳溪镇党委书记")]),
        ("石桥村党支部书记、村委会主任何秀英介绍", [("何秀英", "石桥村党支部书记、村委会主任")]),
        ("村民赵有田乐呵呵地说", [("赵有田", "村民")]),
        ("村民赵有田、何秀英老两口种了三亩茶", [("赵有田", "村民"), ("何秀英", "村民")]),
        ("第一书记欧阳明华带着干部走访", [("欧阳明华", "第一书记")]),
        ("（本报记者 王　强 通讯员 李 娟）", [("王强", "本报记者"), ("李娟", "通讯员")]),
        ("本报记者\xa0刘志成 王 强\n", [("刘志成", "本报记者"), ("王强", "本报记者")]),
        ("文/图 周晓梅", [("周晓梅", "文/图")]),
        ("签发人：何志明", [("何志明", "签发人")]),
        ("村民古丽·艾合买提说，日子好了。", [("古丽·艾合买提", "村民")]),
        ("犯罪嫌疑人张某、王某某被抓获", [("张某", None), ("王某某", None)]),
    ],
)
def test_a_person_has_a_name_and_a_role(text, expected):
    assert [(name, role) for _, name, role in people(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "要高度重视，马上落实，文明建设成效明显",
        "王庄、李寨、张家湾、赵集四个村种金银花",
        "党员带头，和村民一起干，老人干农活",
        "安全生产、严格管理、平安建设、高素质队伍、高素质农民",
        "贾河、赵王河流经全镇",
        "对德胜、全体党员、都参加了、时发现问题",
        "主任务完成，书记说，村民说，记者张开双臂",
        "一张蚕种、两段路、三项工作",
        "王大爷和李书记都来了，张大妈也来了",
        "“齐红”早熟西瓜",
    ],
)
def test_words_and_places_are_no_persons(text):
    assert people(text) == []


def test_a_name_is_found_again_wherever_it_stands():
    text = "村民孙有福种菜。孙有福家里有三口人。去年，孙有福盖了房。大家说，孙有福能干。"
    assert names(text) == ["孙有福"] * 4


def test_the_longer_name_wins_where_the_text_repeats_it():
    text = "村主任何文海来了。“修路。”何文海说。见到何文海带着人干活，大家都来了。"
    assert names(text) == ["何文海"] * 3


def test_a_list_of_names_ends_with_their_number():
    text = "授予刘志成、何秀英、孙文海等12人优秀党员称号"
    assert names(text) == ["刘志成", "何秀英", "孙文海"]


def test_columns_of_names_under_a_heading():
    text = "优秀共产党员名单\n刘志成 何秀英 王　强 孙文海\n周晓梅 赵有福 李　娟 吴长青\n"
    assert names(text) == ["刘志成", "何秀英", "王强", "孙文海", "周晓梅", "赵有福", "李娟", "吴长青"]


def test_columns_of_villages_are_no_names():
    assert people("村庄\n李庄 张寨 王集 赵湾\n刘楼 陈营 孙店 周铺\n") == []


def test_offsets_hold_the_printed_name():
    text = "（本报记者 王　强）"
    assert [printed for printed, _, _ in people(text)] == ["王　强"]


def test_names_before_their_office():
    assert people("清江市赵大勇市长指示：全力抢险。") == [("赵大勇", "赵大勇", "清江市市长")]
    assert names("江南省长江沿岸的村庄，曾任主席团成员") == []


def test_names_of_two_syllable_pairs():
    assert people("村民江措卓玛说，扎西次仁家也盖了新房。") == [
        ("江措卓玛", "江措卓玛", "村民"),
        ("扎西次仁", "扎西次仁", None),
    ]


def test_whoever_is_named_again_has_the_first_role():
    found = people("柳溪县委书记李保民来到石桥镇。\n李保民指出，要抓好防火。")
    assert found == [("李保民", "李保民", "柳溪县委书记")] * 2


def test_a_role_holds_nobody_else():
    found = {name: role for _, name, role in people("由赵大勇任组长、副镇长郑国胜任副组长。")}
    assert found["郑国胜"] == "副镇长"


def test_of_a_chain_of_places_the_last_belongs_to_the_role():
    assert people("河南省滑石县万安镇李庄村村民王小山说") == [("王小山", "王小山", "李庄村村民")]


@pytest.mark.parametrize("text", ["全镇开展干部包联，党员包户，干部包抓到位。", "李山闸引水渠东西经过乡境。"])
def test_verbs_and_works_are_no_names(text):
    assert people(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("81岁的雷小山演不了了，还写剧本。", ["雷小山"]),
        ("村医潘有田和江月上门给村民看病。", ["潘有田", "江月"]),
        ("最后一户未脱贫户——何小美姐弟也脱了贫。", ["何小美"]),
        ("乡村医生黄海（化名）告诉记者，钱没有到。", ["黄海"]),
        ("信是这样写的。\n柳溪县乡村医生 黄 海\n", ["黄海"]),
        ("本报记者 徐 远整理\n", ["徐远"]),
        ("村党支部书记曲学田介绍，路修好了。", ["曲学田"]),
        ("旗委组织部副部长朝鲁根图介绍，路修好了。", ["朝鲁根图"]),
        ("第一书记赤列将其写进计划。", ["赤列"]),
        ("成立由镇长方志强任组长、副镇长郑国庆任副组长的领导小组。", ["方志强", "郑国庆"]),
    ],
)
def test_what_stands_beside_a_name_tells_it(text, expected):
    assert names(text) == expected


def test_a_rare_name_that_acts_again_and_again_is_one():
    text = "老李找到了印石，和他订橙子。\n印石是指导员。印石曾在外地做工。印石依托合作社卖橙子。"
    assert names(text) == ["印石"] * 4


def test_a_name_that_the_dictionary_cuts_is_whole_once_it_speaks():
    text = "“路修好了。”钱学正说。钱学正是上门女婿，大家带钱学正跑货运。"
    assert names(text) == ["钱学正"] * 3


def test_a_name_of_another_people_is_what_the_text_repeats():
    text = "彝族女孩阿果玉家住柳溪镇。医院给阿果玉做了手术。彝族群众生活好了，群众生活便利。"
    assert names(text) == ["阿果玉"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "柳汛〔2019〕3号",
        "去卫生院看病，路太远，很不方便。",
        "大家唱大戏、贺新春，好不热闹。",
        "分头劝完，小刘当场道歉。",
    ],
)
def test_phrases_that_begin_like_names_are_none(text):
    assert names(text) == []
