"""The PDF: what other programs find in it and where, the images as they are stored, and what PDF/A-2b asks for."""

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pdfminer.high_level
import pikepdf
import pypdfium2
import pytest
from pdfminer.layout import LAParams
from PIL import Image, ImageCms, ImageFont

from commands import ROOT, environment, xiangdang_command
from imaged_archive import BEYOND, HEIGHT, WIDTH, Shelf, written
from pipeline.export import _pages, pdf
from schemas.table import Box

LINES = (
    *(
        "青石镇工作简报",
        "全镇共有236名党员，联系柳树",
        "庄村。",
        "Annual Report of the Town 2019",
        BEYOND + "记者周小满",
    ),
    *("柳溪旧无志书，", "乡里故事多。", "村名", "石桥村", "第四页上的字"),
)
INSIDE = 2
"""Pixels by which a selection stays inside a box: pdfium takes what it touches."""


@pytest.fixture(scope="module")
def path(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (made,) = written(pdf.files(*shelf), tmp_path_factory.mktemp("pdf"))
    return made


def run(*command: str | Path) -> str:
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")


def by_pdfium(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as opened:
        return "\n".join(page.get_textpage().get_text_range() for page in opened)


def by_pdfminer(path: Path) -> str:
    return pdfminer.high_level.extract_text(path, laparams=LAParams(detect_vertical=True))


READERS = {
    "pdftotext": lambda path: run("pdftotext", path, "-"),
    "pdftotext -raw": lambda path: run("pdftotext", "-raw", path, "-"),
    "pypdfium2": by_pdfium,
    "pdfminer": by_pdfminer,
}


@pytest.mark.parametrize("reader", READERS)
def test_every_line_is_found_whole_with_its_spaces_and_no_others(path: Path, reader: str) -> None:
    text = READERS[reader](path)
    assert [line for line in LINES if line not in text] == []
    han = r"[\u4e00-\u9fff]"
    assert re.findall(f"{han} +{han}", text) in ([], ["名 户"]), "two cells of a row may stand on one line"


def test_selecting_where_a_name_is_printed_gives_the_name(path: Path, shelf: Shelf) -> None:
    document, holdings = shelf
    sheets = list(_pages.sheets(document, holdings))
    with pypdfium2.PdfDocument(path) as opened:
        for index, sheet in enumerate(sheets):
            page = opened[index]
            scale = page.get_width() / WIDTH
            for mention in document.mentions:
                boxes = [box.bbox for box in mention.boxes if box.page == sheet.page.number]
                parts = [selected(page, box, scale) for box in boxes]
                assert not boxes or "".join(parts) == mention.text


def selected(page: pypdfium2.PdfPage, box: Box, scale: float) -> str:
    """The text that a reader gets who draws a box."""
    x0, y0, x1, y1 = box
    left, right = (x0 + INSIDE) * scale, (x1 - INSIDE) * scale
    bottom, top = (HEIGHT - y1 + INSIDE) * scale, (HEIGHT - y0 - INSIDE) * scale
    return page.get_textpage().get_text_bounded(left=left, bottom=bottom, right=right, top=top)


def test_images_are_kept_as_they_are_stored(path: Path, shelf: Shelf) -> None:
    with pikepdf.open(path) as opened:
        stored = [sheet.image for sheet in _pages.sheets(*shelf)]
        for page, image in zip(opened.pages, stored, strict=True):
            inside = page.obj.Resources.XObject.Im0
            if image.suffix == ".jpg":
                assert inside.read_raw_bytes() == image.read_bytes()
            with Image.open(image) as kept:
                assert pikepdf.PdfImage(inside).as_pil_image().convert("RGB").tobytes() == kept.convert("RGB").tobytes()


def test_pages_are_as_large_as_the_paper(path: Path) -> None:
    with pikepdf.open(path) as opened:
        known, unknown = opened.pages[0].mediabox, opened.pages[1].mediabox
    assert float(known[2]) == pytest.approx(WIDTH / 150 * 72)
    assert float(unknown[3]) == pytest.approx(pdf.A4)


def test_a_page_without_an_image_is_named_and_numbers_stay(path: Path) -> None:
    with pikepdf.open(path) as opened:
        assert [page.label for page in opened.pages] == ["1", "2", "4"]
        with opened.open_metadata() as meta:
            assert "no image: 3" in str(meta["dc:description"])


def test_same_document_gives_same_bytes(path: Path, shelf: Shelf) -> None:
    (piece,) = pdf.files(*shelf)
    again = io.BytesIO()
    piece.write(again)
    assert again.getvalue() == path.read_bytes()


def test_qpdf_finds_no_fault(path: Path) -> None:
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", path)


def test_it_keeps_the_rules_of_pdf_a_2b(path: Path) -> None:
    head = path.read_bytes()[:16]
    assert head.startswith(b"%PDF-1.7\n%")
    assert all(byte > 127 for byte in head[10:14])
    with pikepdf.open(path) as opened:
        assert not opened.is_encrypted
        assert len(opened.trailer.ID) == 2
        assert not {"/OpenAction", "/AA", "/AcroForm", "/Names", "/OCProperties"} & set(opened.Root.keys())
        assert "/Filter" not in opened.Root.Metadata
        with opened.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "B")
            assert meta["dc:title"] == opened.docinfo["/Title"] == "青石镇工作简报"
            assert meta["dc:creator"] == ["青石镇党委"]
            assert opened.docinfo["/Author"] == "青石镇党委"
            assert meta["pdf:Producer"] == opened.docinfo["/Producer"]
            assert meta["dc:date"] == ["2019-07"]
        assert opened.Root.Lang == "zh-CN"
        for page in opened.pages:
            assert "/Group" not in page.obj
            image = page.obj.Resources.XObject.Im0
            assert image.ColorSpace in ("/DeviceGray", "/DeviceRGB")
            assert not {"/SMask", "/Mask", "/Interpolate", "/Alternates", "/OPI"} & set(image.keys())


def test_colours_are_those_of_srgb(path: Path) -> None:
    with pikepdf.open(path) as opened:
        (intent,) = opened.Root.OutputIntents
        assert (intent.S, intent.DestOutputProfile.N) == ("/GTS_PDFA1", 3)
        profile = ImageCms.ImageCmsProfile(io.BytesIO(intent.DestOutputProfile.read_bytes()))
        assert profile.profile.xcolor_space.strip() == "RGB"
        assert profile.profile.device_class == "mntr"
        assert profile.profile.version < 5


def test_the_font_is_embedded_and_its_widths_agree(path: Path) -> None:
    with pikepdf.open(path) as opened:
        fonts = [page.obj.Resources.Font.F0 for page in opened.pages]
        assert len({font.objgen for font in fonts}) == 1
        (inside,) = fonts[0].DescendantFonts
        program = ImageFont.truetype(io.BytesIO(inside.FontDescriptor.FontFile2.read_bytes()), 1000)
        assert program.getname()[0] is None
        glyphs = inside.CIDToGIDMap.read_bytes()
        used = {int(code, 16) for page in opened.pages for code in codes(page.Contents.read_bytes())}
        assert {glyphs[2 * code + 1] for code in used} == {1}
        assert used == set(range(1, len(glyphs) // 2))
        assert inside.DW == 1000


def codes(content: bytes) -> list[str]:
    """The characters that a page shows, as their codes."""
    shown = "".join(re.findall(r"<([0-9A-F]+)>", content.decode("ascii")))
    return re.findall("....", shown)


def test_what_a_document_says_of_itself_is_only_text(tmp_path: Path, shelf: Shelf) -> None:
    document, holdings = shelf
    title = 'a"<b>&amp;\x00\x1b)(\\'
    (made,) = written(pdf.files(replace(document, title=title, issuer=None, date="soon"), holdings), tmp_path)
    with pikepdf.open(made) as opened, opened.open_metadata() as meta:
        assert meta["dc:title"] == 'a"<b>&amp;\ufffd\ufffd)(\\'
        assert "dc:date" not in meta


def test_a_text_without_images_gives_no_pdf(shelf: Shelf) -> None:
    document, holdings = shelf
    assert list(pdf.files(replace(document, id="0" * 16), holdings)) == []


def test_words_of_the_samples_are_found_by_grep(sample_archive: Path, tmp_path: Path) -> None:
    command = xiangdang_command("export", "pdf", "--archive", sample_archive, "-o", tmp_path / "out")
    subprocess.run(command, cwd=ROOT, env=environment(), check=True)
    files = sorted((tmp_path / "out").glob("*.pdf"))
    assert len(files) > 8
    award = next(file for file in files if file.name.startswith("award_phone"))
    assert {"党支", "表彰", "先进"} - set(re.findall("党支|表彰|先进", run("pdftotext", award, "-"))) == set()
