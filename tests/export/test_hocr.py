"""hOCR: well-formed, nested as its specification says, every character in its place."""

import io
import re
from pathlib import Path

import pytest
from lxml import etree

from imaged_archive import EM, HEIGHT, HOSTILE, WIDTH, Shelf, written
from pipeline.export import hocr

NAMES = {"h": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(scope="module")
def top(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> etree._Element:
    (path,) = written(hocr.files(*shelf), tmp_path_factory.mktemp("hocr"))
    return etree.parse(path).getroot()


def of_class(top: etree._Element, kind: str) -> list[etree._Element]:
    return top.xpath(f"descendant::h:*[@class='{kind}']", namespaces=NAMES)


def box(element: etree._Element) -> tuple[int, ...]:
    return tuple(map(int, re.search(r"bbox (\d+) (\d+) (\d+) (\d+)", element.get("title")).groups()))


def test_parts_are_nested_and_lie_inside_each_other(top: etree._Element) -> None:
    assert [box(page) for page in of_class(top, "ocr_page")] == [(0, 0, WIDTH, HEIGHT)] * 3
    assert ['image "images/2.png"' in page.get("title") for page in of_class(top, "ocr_page")] == [False, True, False]
    for outer, inner in (("ocr_page", "ocr_carea"), ("ocr_carea", "ocr_par"), ("ocr_par", "ocr_line")):
        for part in of_class(top, outer):
            assert of_class(part, inner)
            for x0, y0, x1, y1 in map(box, of_class(part, inner)):
                left, upper, right, lower = box(part)
                assert left <= x0 < x1 <= right
                assert upper <= y0 < y1 <= lower


def test_lines_read_as_printed(top: etree._Element) -> None:
    lines = ["".join(line.itertext()) for line in of_class(top, "ocr_line")]
    assert "全镇共有236名党员，联系柳树" in lines
    assert "Annual Report of the Town 2019" in lines
    assert HOSTILE.replace("\x01", "\ufffd") in lines


def test_words_stand_between_spaces_and_know_their_characters(top: etree._Element) -> None:
    words = of_class(top, "ocrx_word")
    assert "Report" in ["".join(word.itertext()) for word in words]
    first = words[0]
    assert "".join(first.itertext()) == "青石镇工作简报"
    assert box(first) == (300, 100, 300 + 7 * EM - 2, 100 + EM)
    second = of_class(first, "ocrx_cinfo")[1]
    assert second.get("title") == f"x_bboxes {300 + EM} 100 {300 + 2 * EM - 2} {100 + EM}; x_confs 94.9"


def test_ids_are_unique_and_cells_are_in_their_table(top: etree._Element) -> None:
    ids = top.xpath("//@id")
    assert len(ids) == len(set(ids))
    (table,) = of_class(top, "ocr_table")
    assert ["".join(line.itertext()) for line in of_class(table, "ocr_line")] == ["村名", "户数", "石桥村"]


def test_columns_say_that_they_run_downward(top: etree._Element) -> None:
    turned = [line for line in of_class(top, "ocr_line") if "x_direction ttb" in line.get("title")]
    assert ["".join(line.itertext()) for line in turned] == ["柳溪旧无志书，", "乡里故事多。"]


def test_same_document_gives_same_bytes(shelf: Shelf, tmp_path: Path) -> None:
    (path,) = written(hocr.files(*shelf), tmp_path)
    (piece,) = hocr.files(*shelf)
    again = io.BytesIO()
    piece.write(again)
    assert again.getvalue() == path.read_bytes()
