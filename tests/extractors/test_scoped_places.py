"""Townships and villages that the official gazetteer confirms in the counties a text names, and the ends of roads."""

import pytest

import extractors
from extractors import _gazetteer
from schemas.settings import ExtractSettings

official = pytest.mark.skipif(_gazetteer.official() is None, reason="the package with the official gazetteer is absent")


def found(text, kind, **settings):
    facts = extractors.extract(text, [], ExtractSettings(**settings))
    for one in facts.mentions:
        assert text[one.start : one.end] == one.text
    return [one.value.canonical for one in facts.mentions if one.kind == kind]


@official
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("平南县发展官成万亩红薯、思旺万亩葛根", ["官成镇", "思旺镇"]),
        ("广东韶关乐昌北乡镇的村民", ["北乡镇"]),
        ("重庆梁平县礼让镇中心小学", ["礼让镇"]),
        ("发展官成万亩红薯", []),
        ("平南县的官成火车站和思旺水库，六陈河", []),
    ],
)
def test_townships_of_the_county(text, names):
    assert found(text, "township") == names


@official
def test_counties_that_the_dictionary_does_not_know():
    assert found("云南省楚雄彝族自治州元谋县受灾", "place") == ["云南省", "楚雄彝族自治州", "元谋县"]
    assert found("全县、该县、贫困县和先进县", "place") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("焦庄至石桥村，云湾至焦庄柏油路建成", ["焦庄", "石桥村", "云湾", "焦庄"]),
        ("一月至三月，河口至黄河大堤，2015年来到石桥村", ["石桥村"]),
        ("1800人迁入1号新村，另迁12号新村", ["1号新村", "12号新村"]),
        ("辖柳岸新村社区、石桥村社区", ["柳岸新村社区", "石桥村社区"]),
        ("2003年建北桥社区", ["北桥社区"]),
        ("该村原叫千户庄，更村名为四柳树。", ["千户庄", "四柳树"]),
        ("1979年,李屯等8个村划归云岭公社", ["李屯村"]),
    ],
)
def test_villages_without_suffix(text, names):
    assert found(text, "village") == names


def test_small_townships_of_a_list():
    assert found("分属云岭、柳溪、杏花3个小乡管辖", "township") == ["云岭乡", "柳溪乡", "杏花乡"]
    assert found("云岭固原县石桥村", "township") == []


def test_the_archives_own_villages_vote_for_their_township():
    own = "name,kind,township\n石桥村,村,柳溪镇\n云湾村,村,柳溪镇\n"
    text = "石桥村修路，云湾村通水。杏花镇派人参观。"
    assert extractors.extract(text, [], ExtractSettings()).description.township.name == "杏花镇"
    facts = extractors.extract(text, [], ExtractSettings(gazetteer=own))
    assert facts.description.township.name == "柳溪镇"
