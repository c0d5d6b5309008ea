"""The document's township is told from its votes, shown with them, and fixed by the user."""

from pathlib import Path

import pytest

import extractors
from extractors import _gazetteer
from extractors._place_official import near_miss
from schemas.settings import ExtractSettings

pytestmark = pytest.mark.skipif(
    _gazetteer.official() is None, reason="the package with the official gazetteer is absent"
)
SEED = Path(__file__).parents[2] / "../shared/data/facts/seed.txt"
PATH = ("山东省", "枣庄市", "市中区", "永安镇")


def township(text, **settings):
    return extractors.extract(text, [], ExtractSettings(**settings)).description.township


def test_the_seed_article_is_about_one_of_21_towns():
    if not SEED.exists():
        pytest.skip("the seed article is not beside the repository")
    found = township(SEED.read_text("utf-8"))
    assert (found.name, found.path, found.code, found.inferred) == ("永安镇", PATH, "370402", True)
    assert len(found.candidates) > 1
    assert found.candidates[0].votes > found.candidates[1].votes
    assert {"蔡庄村", "怡华社区"} <= set(found.candidates[0].evidence)


def test_a_name_alone_singles_nothing_out():
    found = township("永安镇召开会议。")
    assert (found.code, found.path, found.inferred) == (None, None, True)
    assert found.candidates
    assert {one.votes for one in found.candidates} == {0}


def test_villages_vote_and_the_county_too():
    assert township("永安镇天桥村、寨子村、李庄村修路。").path == PATH
    found = township("习水县永安镇召开会议。")
    assert (found.path, found.code) == (("贵州省", "遵义市", "习水县", "永安镇"), "520330")
    assert found.candidates[0].evidence == ("习水县",)


def test_a_township_may_have_become_another_kind():
    found = township("东明县沙窝乡修路。")
    assert found.name == "沙窝乡"
    assert found.path == ("山东省", "菏泽市", "东明县", "沙窝镇")


def test_a_township_that_no_gazetteer_has():
    found = township("柳岔塘镇石桥村修路。")
    assert (found.name, found.code, found.path, found.candidates) == ("柳岔塘镇", None, None, ())


def test_the_user_fixes_it_by_a_path():
    found = township("永安镇修路。", township="山东省/枣庄市/市中区/永安镇")
    assert (found.name, found.path, found.code, found.inferred, found.confidence) == (
        "永安镇", PATH, "370402", False, 1.0,
    )  # fmt: skip
    assert township("修路。", township="枣庄/永安镇").path == PATH


def test_the_user_fixes_it_by_a_name():
    found = township("修路。", township="永安镇")
    assert (found.name, found.path, found.inferred, found.confidence) == ("永安镇", None, False, 1.0)
    assert len(found.candidates) > 1


def test_villages_that_look_like_one_of_the_township_are_doubted_and_not_changed():
    facts = extractors.extract("永安镇蔡压村和天桥村修路", [], ExtractSettings(township="/".join(PATH)))
    villages = [one.value for one in facts.mentions if one.kind == "village"]
    assert [(one.name, one.canonical, one.suggested) for one in villages] == [
        ("蔡压村", "蔡压村", "蔡庄村"),
        ("天桥村", "天桥村", None),
    ]


def test_bare_names_of_the_townships_villages_are_found():
    facts = extractors.extract("永安镇修路，遗棠和薄板泉受益，李庄很热闹", [], ExtractSettings(township="/".join(PATH)))
    found = [(one.text, one.value.canonical, one.value.township) for one in facts.mentions if one.kind == "village"]
    assert found == [
        ("遗棠", "遗棠村", "永安镇"),
        ("薄板泉", "薄板泉村", "永安镇"),
        ("李庄", "李庄村", "永安镇"),
    ]


def test_regions_get_their_codes():
    facts = extractors.extract("山东省枣庄市市中区永安镇天桥村、寨子村", [], ExtractSettings())
    codes = {one.text: one.value.code for one in facts.mentions if one.kind == "place"}
    assert codes == {"山东省": "370000", "枣庄市": "370400", "市中区": "370402"}


@pytest.mark.parametrize(
    ("read", "name", "near"),
    [
        ("蔡压", "蔡庄", True),
        ("薄扳泉", "薄板泉", True),
        ("乌兰毛都", "乌兰手都", True),
        ("西山阳", "西山阴", False),
        ("李家沟", "王家沟", False),
        ("张庄", "李庄", False),
        ("前张庄", "后张庄", False),
        ("大榆沟", "大榆树沟", True),
        ("大榆树", "大榆树沟", True),
        ("榆树沟", "大榆树沟", False),
        ("石桥", "石桥", False),
    ],
)
def test_what_looks_like_a_misread_name(read, name, near):
    assert near_miss(read, name) is near
