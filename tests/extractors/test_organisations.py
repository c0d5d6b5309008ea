"""Bodies in sentences about a town that does not exist: types, full names, short forms."""

import pytest

import extractors
from schemas.settings import ExtractSettings


def bodies(text, township=None):
    found = extractors.extract(text, [], ExtractSettings(township=township)).mentions
    return [(one.text, one.value.canonical, one.value.type) for one in found if one.kind == "organisation"]


@pytest.mark.parametrize(
    ("text", "name", "canonical", "kind"),
    [
        ("柳溪镇党委召开会议", "柳溪镇党委", "中共柳溪镇委员会", "party_committee"),
        ("柳溪镇政府出资", "柳溪镇政府", "柳溪镇人民政府", "government"),
        ("云台街道党工委部署", "云台街道党工委", "中共云台街道工作委员会", "party_committee"),
        ("石桥村党支部带头", "石桥村党支部", "中共石桥村支部委员会", "party_branch"),
        ("石桥村村委会门口", "石桥村村委会", "石桥村村民委员会", "village_committee"),
        ("柳溪镇卫生院", "柳溪镇卫生院", "柳溪镇卫生院", "hospital"),
        ("柳溪镇中心小学", "柳溪镇中心小学", "柳溪镇中心小学", "school"),
        ("云岭茶业有限公司", "云岭茶业有限公司", "云岭茶业有限公司", "company"),
        ("到市、区委党校培训", "市、区委党校", "市、区委党校", "party_school"),
    ],
)
def test_a_body_has_a_type_and_a_full_name(text, name, canonical, kind):
    assert bodies(text) == [(name, canonical, kind)]


@pytest.mark.parametrize(
    "text",
    ["引进一家专业公司", "乡村学校条件好了", "村支书抓班子建设", "大学毕业后回乡", "农村基层党组织", "政府工作报告"],
)
def test_a_kind_is_no_body(text):
    assert bodies(text) == []


def test_a_level_stands_for_the_documents_township():
    text = "柳溪镇今年修路。镇党委、镇政府定了计划，党委书记带头，党委抓落实。"
    assert [canonical for _, canonical, _ in bodies(text)] == ["中共柳溪镇委员会", "柳溪镇人民政府", "中共柳溪镇委员会"]


def test_a_fixed_township_counts_too():
    assert bodies("镇党委研究决定", township="石桥镇") == [("镇党委", "中共石桥镇委员会", "party_committee")]


def test_a_short_form_is_joined_to_the_long_one():
    text = "云岭生态农业有限公司落户。去年，云岭公司发了分红。"
    assert {canonical for _, canonical, _ in bodies(text)} == {"云岭生态农业有限公司"}
