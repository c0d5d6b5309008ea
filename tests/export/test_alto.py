"""ALTO: valid against its schema, names tagged to the character, tables, columns, confidences.

The schema at hand is 4.3. Version 4.4 only adds three attributes to Page (LANG, ROTATION, OTHERLANGS), which are not
used, so that what is valid in 4.3 is valid in 4.4.
"""

from pathlib import Path

import pytest
from lxml import etree

from imaged_archive import BEYOND, EM, HOSTILE, Shelf, written
from pipeline.export import alto
from xml_schemas import schema

NAMES = {"a": alto.NAMESPACE}


@pytest.fixture(scope="module")
def pages(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> list[etree._Element]:
    paths = written(alto.files(*shelf), tmp_path_factory.mktemp("alto"))
    assert [path.name for path in paths] == ["00001.xml", "00002.xml", "00004.xml"]
    return [etree.parse(path).getroot() for path in paths]


def find(element: etree._Element, path: str) -> list[etree._Element]:
    return element.xpath(path, namespaces=NAMES)


def test_every_page_is_valid(pages: list[etree._Element]) -> None:
    validator = schema(alto.NAMESPACE)
    for page in pages:
        validator.assertValid(page)
        assert page.get("SCHEMAVERSION") == "4.4"
        assert not {"LANG", "ROTATION", "OTHERLANGS"} & set(find(page, "//a:Page")[0].attrib)


def test_names_are_tagged_and_strings_are_cut_at_their_borders(pages: list[etree._Element]) -> None:
    first, second, _ = pages
    assert tagged(first) == {
        ("village", "柳树庄村"): ["柳树", "庄村"],
        ("village", '𠮷山"村;'): [BEYOND],
        ("person", "周小满"): ["周小满"],
    }
    assert tagged(second) == {("village", "石桥村"): ["石桥村"]}, "a rejected name is no name"


def tagged(page: etree._Element) -> dict[tuple[str, str], list[str]]:
    """Kind and label of each named entity -> the strings that refer to it."""
    return {
        (tag.get("TYPE"), tag.get("LABEL")): [
            string.get("CONTENT")
            for string in find(page, "//a:String")
            if tag.get("ID") in string.get("TAGREFS", "").split()
        ]
        for tag in find(page, "//a:NamedEntityTag")
    }


def test_lines_are_their_strings_and_spaces(pages: list[etree._Element]) -> None:
    lines = [
        "".join(part.get("CONTENT", " ") for part in line) for page in pages for line in find(page, "//a:TextLine")
    ]
    assert "全镇共有236名党员，联系柳树" in lines
    assert "Annual Report of the Town 2019" in lines
    assert HOSTILE.replace("\x01", "\ufffd") in lines


def test_a_string_has_its_box_and_its_confidences(pages: list[etree._Element]) -> None:
    string = find(pages[0], "//a:String[@CONTENT='Report']")[0]
    box = [int(string.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")]
    assert box == [100 + 7 * EM // 2, 330, 6 * EM // 2 - 2, EM]
    assert string.get("CC") == "344001"
    assert float(string.get("WC")) == pytest.approx(0.775, abs=0.01)


def test_a_table_is_a_composed_block_of_cells(pages: list[etree._Element]) -> None:
    (table,) = find(pages[1], "//a:ComposedBlock[@TYPE='table']")
    cells = [[string.get("CONTENT") for string in find(cell, ".//a:String")] for cell in find(table, "a:TextBlock")]
    assert cells == [["村名"], ["户数"], ["石桥村"], []]
    labels = {tag.get("ID"): tag for tag in find(pages[1], "//a:StructureTag")}
    last = labels[find(table, "a:TextBlock")[2].get("TAGREFS")]
    assert (last.get("LABEL"), last.get("DESCRIPTION")) == ("row 2, column 1", "村名")


def test_columns_run_downward_and_kinds_are_tags(pages: list[etree._Element]) -> None:
    columns = find(pages[1], "//a:TextLine[@BASEDIRECTION='ttb']/a:String/@CONTENT")
    assert columns == ["柳溪旧无志书，", "乡里故事多。"]
    assert set(find(pages[0], "//a:LayoutTag/@LABEL")) == {"title", "paragraph", "byline", "page_number"}


def test_source_and_software_are_named(pages: list[etree._Element], shelf: Shelf) -> None:
    document, _ = shelf
    assert find(pages[0], "//a:documentIdentifier/text()") == [f"sha256:{document.sha256}"]
    assert find(pages[0], "//a:fileName/text()") == ["images/1.jpg"]
    assert find(pages[0], "//a:softwareName/text()") == ["rapidocr", "xiangdang"]


def test_same_document_gives_same_bytes(shelf: Shelf, tmp_path: Path) -> None:
    first, second = (written(alto.files(*shelf), tmp_path / name) for name in "ab")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
