"""PAGE XML: valid against its schema, reading order, tables, names in `custom`."""

from pathlib import Path

import pytest
from lxml import etree

from imaged_archive import EM, HOSTILE, Shelf, written
from pipeline.export import page
from schemas.page import BlockKind
from xml_schemas import schema

NAMES = {"p": page.NAMESPACE}


@pytest.fixture(scope="module")
def pages(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> list[etree._Element]:
    paths = written(page.files(*shelf), tmp_path_factory.mktemp("page"))
    assert [path.name for path in paths] == ["00001.xml", "00002.xml", "00004.xml"]
    return [etree.parse(path).getroot() for path in paths]


def find(element: etree._Element, path: str) -> list[etree._Element]:
    return element.xpath(path, namespaces=NAMES)


def lines(element: etree._Element) -> list[str]:
    return find(element, ".//p:TextLine/p:TextEquiv[@index='0']/p:Unicode/text()")


def test_every_page_is_valid(pages: list[etree._Element]) -> None:
    validator = schema(page.NAMESPACE)
    for one in pages:
        validator.assertValid(one)


def test_lines_read_as_printed_in_reading_order(pages: list[etree._Element]) -> None:
    first = pages[0]
    order = find(first, "//p:RegionRefIndexed/@regionRef")
    read = [text for name in order for text in lines(find(first, f"//p:TextRegion[@id='{name}']")[0])]
    assert read[:4] == ["青石镇工作简报", "全镇共有236名党员，联系柳树", "庄村。", "Annual Report of the Town 2019"]
    assert HOSTILE.replace("\x01", "\ufffd") in read


def test_names_stand_in_custom_by_offset(pages: list[etree._Element]) -> None:
    custom = dict(zip(lines(pages[0]), find(pages[0], "//p:TextLine/@custom"), strict=True))
    assert custom["全镇共有236名党员，联系柳树"] == (
        "readingOrder {index:0;} village {offset:13; length:2; continued:true; canonical:柳树庄村;}"
    )
    assert "village {offset:0; length:2; continued:true;" in custom["庄村。"]
    assert 'canonical:𠮷山"村\\u003B;' in custom["𠮷山村记者周小满"]
    assert "故事多" not in "".join(find(pages[1], "//@custom"))


def test_a_table_has_its_cells_in_their_places(pages: list[etree._Element]) -> None:
    (table,) = find(pages[1], "//p:TableRegion")
    assert (table.get("rows"), table.get("columns"), table.get("lineSeparators")) == ("2", "2", "true")
    places = [tuple(role.attrib.values()) for role in find(table, ".//p:TableCellRole")]
    assert places == [("0", "0", "1", "1", "true"), ("0", "1", "1", "1", "true"),
                      ("1", "0", "1", "1", "false"), ("1", "1", "1", "1", "false")]  # fmt: skip
    assert lines(table) == ["村名", "户数", "石桥村"]


def test_outlines_and_baselines_are_those_of_the_lines(pages: list[etree._Element]) -> None:
    level, column = find(pages[0], "//p:TextLine")[0], find(pages[1], "//p:TextLine")[0]
    assert find(level, "p:Coords/@points") == [f"300,100 {300 + 7 * EM},100 {300 + 7 * EM},140 300,140"]
    assert find(level, "p:Baseline/@points") == [f"300,135 {300 + 7 * EM},135"]
    assert find(column, "p:Baseline/@points") == [f"920,100 920,{100 + 7 * EM}"]
    assert find(column, "../@readingDirection") == ["top-to-bottom"]


def test_what_a_second_reader_read_comes_second(pages: list[etree._Element]) -> None:
    (doubtful,) = find(pages[0], "//p:TextLine[@comments='doubtful']")
    assert find(doubtful, "p:TextEquiv/p:Unicode/text()") == ["Annual Report of the Town 2019", "Annua1"]


def test_every_kind_of_block_has_a_type() -> None:
    assert set(page.TYPES) == set(BlockKind.__args__)


def test_same_document_gives_same_bytes(shelf: Shelf, tmp_path: Path) -> None:
    first, second = (written(page.files(*shelf), tmp_path / name) for name in "ab")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
