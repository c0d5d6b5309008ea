"""The official gazetteer is read as data, and an archive's own one is checked, found in text, and wins."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extractors
from extractors import _gazetteer, _place_own
from schemas.settings import ExtractSettings

OWN = """name,kind,township,aliases,from,to,successor
石桥村,村,柳溪镇,大石桥;石桥铺,1984,,
桥西村,村,柳溪镇,,1950,1983,石桥村
云湾,自然村,柳溪镇,云家湾、老云湾,,,
柳溪镇,镇,,柳溪公社,,,
"""

official = pytest.mark.skipif(_gazetteer.official() is None, reason="the package with the official gazetteer is absent")


def places(text, **settings):
    facts = extractors.extract(text, [], ExtractSettings(**settings))
    return [one for one in facts.mentions if one.kind in ("village", "township")]


@official
def test_every_level_of_the_official_gazetteer_is_found():
    gazetteer = _gazetteer.official()
    assert (len({region.path[0] for region in gazetteer.regions}), len(gazetteer.regions) > 3000) == (34, True)
    found = gazetteer.townships("永安镇")
    assert len(found) == 21
    for division in found:
        assert len(division.path) == 4
        assert division.path[:3] == division.county.path
        assert len(division.county.code) == 6
        assert division.villages
        assert all("\t" not in village and "镇" not in village[-1] for village in division.villages)
        assert "永安镇" in gazetteer.neighbours(division.county)


@official
def test_reading_the_gazetteer_does_not_import_its_package():
    code = (
        "import sys; from extractors import _gazetteer; _gazetteer.official(); print(_gazetteer.version()); "
        "sys.exit('jionlp' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stdout.startswith("jionlp ")


def test_without_the_package_nothing_breaks(monkeypatch):
    monkeypatch.setattr(_gazetteer, "find_spec", lambda name: None)
    _gazetteer.official.cache_clear()
    try:
        assert _gazetteer.official() is None
        assert _gazetteer.version() == "no official gazetteer"
        township = extractors.extract("永安镇蔡庄村", [], ExtractSettings()).description.township
        assert township is not None
        assert (township.name, township.code, township.candidates) == ("永安镇", None, ())
    finally:
        _gazetteer.official.cache_clear()


@pytest.mark.parametrize("text", ["", "  \n", OWN, "\ufeffname\n石桥村\n", "name,kind\n石桥村,\n\n,\n"])
def test_a_gazetteer_that_is_right(text):
    extractors.check_gazetteer(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title\n石桥村", "line 1: unknown column 'title'"),
        ("kind,township\n村,柳溪镇", "line 1: no column `name`"),
        ("name,name\n石桥村,石桥村", "line 1: no column `name`, or one twice"),
        ("name,kind\n石桥村,城", "line 2: unknown kind '城'"),
        ("name,kind\n石桥村,村\n桥,村", "line 3: '桥' is no name"),
        ("name,aliases\n石桥村,石桥。", "line 2: '石桥。' is no name"),
        ("name,from\n石桥村,八四年", "line 2: from is '八四年', not a year"),
        ("name,from,to\n石桥村,1990,1980", "line 2: from 1990 is later than to 1980"),
        ("name,successor\n石桥村,石桥村", "line 2: 石桥村 cannot be its own successor"),
        ("name\n石桥村,村,柳溪镇", "line 2: 3 fields"),
        ("name,kind\n石桥村,村\n,村", "line 3: '' is no name"),
    ],
)
def test_a_gazetteer_that_is_wrong_names_the_line(text, message):
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        extractors.check_gazetteer(text)


def test_own_names_are_found_with_aliases_and_without_suffix():
    found = places("到石桥铺和云家湾走访，老云湾修路，柳溪公社成立。", gazetteer=OWN)
    assert [(one.kind, one.text, one.value.canonical, one.rule) for one in found] == [
        ("village", "石桥铺", "石桥村", "places.own"),
        ("village", "云家湾", "云湾", "places.own"),
        ("village", "老云湾", "云湾", "places.own"),
        ("township", "柳溪公社", "柳溪镇", "places.own"),
    ]
    assert [one.value.township for one in found] == ["柳溪镇", "柳溪镇", "柳溪镇", None]
    assert found[1].value.level == "natural_village"


def test_own_names_are_no_parts_of_longer_ones():
    assert [one.value.canonical for one in places("小石桥村通车", gazetteer=OWN)] == ["小石桥村"]


@pytest.mark.parametrize(
    ("year", "canonical"),
    [("1975", "桥西村"), ("2019", "石桥村")],
    ids=["while it was in use", "after it was merged"],
)
def test_a_merged_village_goes_by_the_name_of_the_documents_year(year, canonical):
    found = places(f"柳溪公社桥西村修路\n{year}年7月1日", gazetteer=OWN)
    assert [one.value.canonical for one in found if one.text == "桥西村"] == [canonical]


def test_a_name_without_a_date_stays_as_it_is():
    assert [one.value.canonical for one in places("桥西村", gazetteer=OWN)] == ["桥西村"]


def test_successors_that_form_a_circle_end():
    rows = "name,to,successor\n甲湾村,1980,乙湾村\n乙湾村,1985,甲湾村\n"
    assert places("甲湾村\n2019年7月1日", gazetteer=rows)[0].value.canonical in ("甲湾村", "乙湾村")


def test_many_own_names_are_found_in_one_pass():
    names = [f"{chr(0x4E00 + a)}{chr(0x5E00 + b)}村" for a in range(150) for b in range(130)]
    own = _place_own.own_places("name\n" + "\n".join(names))
    text = "，".join(names[::100])
    assert [text[start:end] for start, end in own.spans(text)] == names[::100]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["石桥村", "云家湾", "柳溪镇", "天桥", "、", "，", "\n", "12个村", "该村", "东", "A"])
    ).map("".join)
)
def test_places_of_gazetteers_are_slices_of_any_text(text):
    facts = extractors.extract(text, [], ExtractSettings(gazetteer=OWN, township="山东省/枣庄市/市中区/永安镇"))
    ends = 0
    for one in facts.mentions:
        assert text[one.start : one.end] == one.text != ""
        if one.kind in ("village", "township"):
            assert one.start >= ends
            ends = one.end
