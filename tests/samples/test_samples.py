"""The samples are complete, their truth is consistent, and drawing them again gives the same bytes."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import cv2
import numpy
import PIL
import pytest
from PIL import Image

SAMPLES = Path(__file__).parents[2] / "samples"
DOCUMENTS = {".jpg", ".pdf", ".tif", ".txt"}
DRAWN = sorted(path for path in SAMPLES.iterdir() if path.suffix in DOCUMENTS)
EXPECTED = json.loads((SAMPLES / "expected.json").read_text("utf-8"))


def truth_of(path: Path) -> dict:
    return json.loads((SAMPLES / f"{path.stem}.truth.json").read_text("utf-8"))


def pages_of(path: Path) -> list[dict]:
    truth = truth_of(path)
    return truth.get("pages", [truth])


each = pytest.mark.parametrize("path", DRAWN, ids=lambda path: path.name)


def test_there_are_at_least_ten_documents_of_moderate_size():
    assert len(DRAWN) >= 10
    assert sum(path.stat().st_size for path in DRAWN) < 6_000_000


@each
def test_every_document_has_truth_under_its_name(path):
    truth = truth_of(path)
    assert (truth["file"], truth["name"]) == (path.name, path.stem)
    assert pages_of(path)
    assert all(page["blocks"] for page in pages_of(path))


def test_no_truth_is_without_its_document():
    names = {path.stem for path in DRAWN}
    assert {path.name.removesuffix(".truth.json") for path in SAMPLES.rglob("*.truth.json")} == names


def test_readme_has_a_row_for_every_document():
    rows = re.findall(r"^\| `([^`]+)` \|", (SAMPLES / "README.md").read_text("utf-8"), re.MULTILINE)
    every = [path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*") if path.suffix in DOCUMENTS]
    assert sorted(rows) == sorted(every)


@each
def test_block_texts_are_their_lines_joined(path):
    for page in pages_of(path):
        for block in page["blocks"]:
            assert block["text"].strip()
            if "lines" in block:
                assert block["text"] == "".join(line["text"] for line in block["lines"])


@each
def test_boxes_lie_in_the_page(path):
    for page in pages_of(path):
        width, height = page.get("base_size") or page.get("pdf_size_pt") or (0, 0)
        boxes = [line["bbox"] for block in page["blocks"] for line in block.get("lines", [])]
        for table in page.get("tables", []):
            boxes += [table["bbox"], *(cell["bbox"] for cell in table["cells"])]
        assert bool(boxes) == (path.suffix != ".txt")
        for x0, y0, x1, y1 in boxes:
            assert 0 <= x0 < x1 <= width
            assert 0 <= y0 < y1 <= height


@each
def test_matrix_takes_every_box_into_the_scan(path):
    for page in pages_of(path):
        if "M" not in page:
            continue
        boxes = numpy.array([line["bbox"] for block in page["blocks"] for line in block["lines"]], float)
        corners = numpy.concatenate([boxes[:, [0, 1]], boxes[:, [2, 1]], boxes[:, [2, 3]], boxes[:, [0, 3]]])
        moved = numpy.c_[corners, numpy.ones(len(corners))] @ numpy.array(page["M"]).T
        moved = moved[:, :2] / moved[:, 2:]
        assert moved.min() >= 0
        assert (moved <= page["size"]).all()


@pytest.mark.parametrize("path", [p for p in DRAWN if p.suffix in (".jpg", ".tif")], ids=lambda path: path.name)
def test_images_have_the_size_and_the_ink_the_truth_says(path):
    with Image.open(path) as image:
        assert getattr(image, "n_frames", 1) == len(pages_of(path))
        for number, page in enumerate(pages_of(path)):
            image.seek(number)
            assert list(image.size) == page["size"]
            upright = cv2.warpPerspective(
                numpy.asarray(image.convert("L")), numpy.linalg.inv(page["M"]), page["base_size"], borderValue=255
            )
            for block in page["blocks"]:
                for line in block["lines"]:
                    x0, y0, x1, y1 = line["bbox"]
                    inside = upright[y0:y1, x0:x1]
                    assert int(numpy.ptp(inside)) > 60, line["text"]


def test_table_sums_add_up():
    (table,) = pages_of(SAMPLES / "village_table.jpg")[0]["tables"]
    cells = {(cell["r"], cell["c"]): cell["text"] for cell in table["cells"]}
    last = table["rows"] - 1
    assert cells[last, 0] == "合计"
    for column in range(2, table["cols"]):
        assert sum(int(cells[row, column]) for row in range(table["header_rows"], last)) == int(cells[last, column])


def test_a_name_of_the_reference_article_is_broken_over_a_line_end():
    (page,) = pages_of(SAMPLES / "seed_newspaper.jpg")
    lines = [line["text"] for block in page["blocks"] for line in block["lines"]]
    assert "《党建工作目标责任书》" in "".join(lines)
    assert not any("《党建工作目标责任书》" in line for line in lines)


def test_text_files_hold_what_the_truth_says():
    for name, encoding in (("summary_utf8.txt", "utf-8"), ("survey_gb18030.txt", "gb18030")):
        blocks = pages_of(SAMPLES / name)[0]["blocks"]
        text = (SAMPLES / name).read_bytes().decode(encoding)
        assert text.splitlines() == [block["text"] for block in blocks]


def test_duplicates_are_byte_for_byte_the_same():
    for copy, original in EXPECTED["duplicates"].items():
        assert (SAMPLES / copy).read_bytes() == (SAMPLES / original).read_bytes()


@pytest.mark.parametrize("document", EXPECTED["documents"], ids=lambda document: document["source"])
def test_expected_facts_stand_on_their_page(document):
    pages = pages_of(SAMPLES / document["source"])
    assert len(document["facts"]) >= 5
    for fact in document["facts"]:
        text = "".join(block["text"] for block in pages[fact["page"] - 1]["blocks"])
        assert fact["text"] in re.sub(r"\s", "", text)


def test_every_document_has_expected_facts():
    assert {document["source"] for document in EXPECTED["documents"]} == {path.name for path in DRAWN}


def same_fonts() -> bool:
    """Whether the fonts of this machine are those the samples were drawn with; skips where they are missing."""
    recorded = json.loads((SAMPLES / "drawn_with.json").read_text("utf-8"))["fonts"]
    folders = Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/truetype/arphic")
    found = {path.name: path for folder in folders for path in folder.glob("*.ttc")}
    if missing := sorted(set(recorded) - set(found)):
        pytest.skip(f"fonts not installed: {', '.join(missing)}")
    return all(hashlib.sha256(found[name].read_bytes()).hexdigest() == digest for name, digest in recorded.items())


def draw(name: str, folder: Path) -> dict[str, bytes]:
    command = [sys.executable, str(SAMPLES / "draw.py"), "--out", str(folder), "--only", name]
    subprocess.run(command, check=True, capture_output=True)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_drawing_twice_gives_identical_bytes(tmp_path):
    committed_fonts = same_fonts()
    first, second = draw("fax.tif", tmp_path / "first"), draw("fax.tif", tmp_path / "second")
    assert first == second
    recorded = json.loads((SAMPLES / "drawn_with.json").read_text("utf-8"))
    here = {"pillow": PIL.__version__, "numpy": numpy.__version__, "opencv": cv2.__version__}
    if committed_fonts and here.items() <= recorded.items():
        assert first == {name: (SAMPLES / name).read_bytes() for name in first}
