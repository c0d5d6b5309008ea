"""Events from captions and from sentences; who, what and where are invented."""

import pytest

import extractors
from schemas.page import TextBlock
from schemas.settings import ExtractSettings


def events(text, blocks=()):
    found = extractors.extract(text, list(blocks), ExtractSettings()).mentions
    return [(one.text, one.value.who, one.value.action, one.value.what) for one in found if one.kind == "event"]


@pytest.mark.parametrize(
    ("caption", "who", "action", "what"),
    [
        ("石桥村组织党员集中学习", "石桥村", "组织", "党员集中学习"),
        ("柳溪镇召开第一书记例会", "柳溪镇", "召开", "第一书记例会"),
        ("县领导给柳溪镇党员干部上党课", "县领导", "上", "党课"),
        ("主题教育活动期间县领导给班子成员上党课", "县领导", "上", "党课"),
        ("杏花社区在职党员开展法律咨询活动", "杏花社区在职党员", "开展", "法律咨询活动"),
        ("柳溪镇卫生院医护人员为老人义诊", None, None, None),
        ("柳溪镇强化三项措施", None, None, None),
        ("夯实基层党建基础", None, None, None),
        ("柳溪镇将召开动员大会", None, None, None),
        ("策划 张三 图文 李四", None, None, None),
    ],
)
def test_a_caption_says_who_does_what(caption, who, action, what):
    text = f"{caption}\n\n\n村里今年修了路，群众都说好。"
    assert events(text) == ([(caption, who, action, what)] if who else [])


def test_the_photographer_is_no_part_of_the_event():
    text = "图为石桥村组织党员集中学习。张晓明 摄\n\n正文。"
    assert [one[0] for one in events(text)] == ["石桥村组织党员集中学习"]


def test_captions_are_told_by_their_blocks():
    text = "柳溪镇召开推进会议\n石桥村组织党员集中学习"
    first = text.index("\n")
    blocks = [
        TextBlock(kind="caption", page=1, start=0, end=first),
        TextBlock(kind="table", page=1, start=first + 1, end=len(text)),
    ]
    assert [one[0] for one in events(text, blocks)] == ["柳溪镇召开推进会议"]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("2019年7月1日，柳溪镇召开网格管理动员大会，部署工作。", "柳溪镇召开网格管理动员大会"),
        ("2019年，石桥村被评为“县级文明村”，村民很高兴。", "石桥村被评为“县级文明村”"),
        ("2013年，石桥村成立了云岭果业合作社。", "石桥村成立了云岭果业合作社"),
        ("昨日，石桥村发生一起山林火灾，无人伤亡。", "石桥村发生一起山林火灾"),
    ],
)
def test_a_sentence_with_a_date_a_name_and_a_deed(text, event):
    assert [one[0] for one in events(text)] == [event]


@pytest.mark.parametrize(
    "text",
    [
        "2019年，石桥村定期召开村民会议。",
        "2019年，石桥村计划举办运动会。",
        "石桥村组织群众开展了很多工作，大家都很满意。",
        "要求各村召开会议。",
    ],
)
def test_plans_and_habits_are_no_events(text):
    assert events(text) == []
