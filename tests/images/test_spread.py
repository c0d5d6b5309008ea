from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.engines import PageSource
from pipeline.images.open import open_page
from pipeline.images.spread import find_leaves, fold
from schemas.settings import Limits
from schemas.source import Leaf, MediaType
from tests.images.minimal_pdf import Page, document, flate
from tests.images.printed_pages import needs_font, report, vertical

pytestmark = needs_font


def beside(left: np.ndarray, right: np.ndarray, shadow: float = 0.0, skew: float = 0.0) -> np.ndarray:
    """Two pages as an open book, with the shadow of its fold."""
    both = np.hstack([left, right]).astype(np.float32)
    away = np.abs(np.arange(both.shape[1]) - left.shape[1])
    both *= 1 - shadow * np.exp(-away / (0.015 * both.shape[1]))
    turn = cv2.getRotationMatrix2D((both.shape[1] / 2, both.shape[0] / 2), -skew, 1.0)
    return cv2.warpAffine(both.astype(np.uint8), turn, both.shape[1::-1], borderValue=240)


@pytest.mark.parametrize(("shadow", "skew"), [(0.0, 0.0), (0.0, 1.2), (0.3, 0.8), (0.6, -0.5)])
def test_open_book_is_divided_at_its_fold(shadow: float, skew: float) -> None:
    found = fold(beside(report(100), report(100, seed=2), shadow, skew))
    assert found is not None
    assert found.place == pytest.approx(0.5, abs=0.02)
    assert not found.leftwards


def test_book_of_upright_lines_begins_at_the_right() -> None:
    found = fold(beside(vertical(100), vertical(100, seed=2), 0.3))
    assert found is not None
    assert found.leftwards
    assert [leaf.left for leaf in found.leaves(1)] == [found.place, 0.0]


def test_blank_page_beside_a_printed_one_is_a_page_where_the_fold_is_seen() -> None:
    blank = np.full_like(report(100), 240)
    assert fold(beside(report(100), blank, 0.3)) is not None
    assert fold(beside(report(100), blank)) is None  # could be anything


def test_landscape_pages_are_one_page() -> None:
    page = report(100, size=12)
    wide = np.ascontiguousarray(np.hstack([page, page])[:1000])
    titled = beside(report(100), report(100, seed=2))
    titled[60:110, 300:1350:7] = 30  # a headline across both columns
    ruled = beside(report(100), report(100, seed=2))
    ruled[150:1000:80, 60:1590] = 30  # rulings of a table
    columns = np.full((1169, 1654), 240, np.uint8)
    narrow = report(100, size=10)[130:1040, 105:420]
    for place in range(4):
        columns[130:1040, 90 + place * 375 : 90 + place * 375 + narrow.shape[1]] = narrow
    divided = beside(report(100), report(100, seed=2))
    divided[100:1080, 826:829] = 40  # a thin ruling between two columns leaves a wide gap on both sides
    for image in (page, wide[:, :1000], titled, ruled, columns, np.full((900, 1300), 240, np.uint8)):
        assert fold(image) is None
    photo = cv2.GaussianBlur(np.random.default_rng(1).integers(0, 255, (900, 1300), np.uint8), (0, 0), 9)
    assert fold(photo) is None


def leaves(path: Path, media_type: MediaType, frames: int) -> tuple[Leaf, ...]:
    return find_leaves(path, media_type, frames, Limits(), ())


def test_leaves_of_a_tiff_name_frame_and_half_in_reading_order(tmp_path: Path) -> None:
    frames = [Image.fromarray(image) for image in (report(80), beside(report(80), report(80, seed=3), 0.3), report(80))]
    frames[0].save(tmp_path / "book.tif", save_all=True, append_images=frames[1:])
    found = leaves(tmp_path / "book.tif", "image/tiff", 3)
    assert [(leaf.frame, round(leaf.left, 1), round(leaf.right, 1)) for leaf in found] == [
        (1, 0.0, 1.0),
        (2, 0.0, 0.5),
        (2, 0.5, 1.0),
        (3, 0.0, 1.0),
    ]


@pytest.mark.parametrize(("suffix", "media_type"), [("jpg", "image/jpeg"), ("png", "image/png")])
def test_halves_are_opened_as_pages(tmp_path: Path, suffix: str, media_type: MediaType) -> None:
    path = tmp_path / f"book.{suffix}"
    Image.fromarray(beside(report(100), report(100, seed=2), 0.3)).save(path)
    widths = []
    for leaf in leaves(path, media_type, 1):
        source = PageSource(path=path, media_type=media_type, number=leaf.frame, part=(leaf.left, leaf.right))
        widths.append(open_page(source, Limits()).image.shape[1])
    assert sum(widths) == 1654
    assert abs(widths[0] - widths[1]) < 60


def test_single_pages_have_no_leaves(tmp_path: Path) -> None:
    Image.fromarray(report(80)).save(tmp_path / "page.png")
    assert leaves(tmp_path / "page.png", "image/png", 1) == ()
    (tmp_path / "page.txt").write_text("云溪乡", "utf-8")
    assert leaves(tmp_path / "page.txt", "text/plain", 1) == ()


def test_broken_images_are_one_page(tmp_path: Path) -> None:
    Image.fromarray(beside(report(80), report(80, seed=3))).save(tmp_path / "book.jpg")
    data = (tmp_path / "book.jpg").read_bytes()
    (tmp_path / "book.jpg").write_bytes(data[: len(data) // 2])
    assert leaves(tmp_path / "book.jpg", "image/jpeg", 1) == ()


def test_longer_books_are_divided_like_the_images_that_were_looked_at(tmp_path: Path) -> None:
    book = Image.fromarray(beside(report(40), report(40, seed=3), 0.3))
    frames = [book.copy() for _ in range(45)]
    frames[0].save(tmp_path / "book.tif", save_all=True, append_images=frames[1:])
    assert len(leaves(tmp_path / "book.tif", "image/tiff", 45)) == 90


def test_scanned_pages_of_a_pdf_are_divided_but_none_with_text_of_its_own(tmp_path: Path) -> None:
    book = beside(report(60), report(60, seed=3), 0.3)
    entries, data = flate(book.tobytes())
    scan = ((1190, 0, 0, 842, 0, 0), book.shape[1], book.shape[0], entries, data)
    plain = Page(size=(1190, 842), images=[scan])
    read = Page(size=(1190, 842), images=[scan], texts=[(60, 700, 12, "read by another program")], mode=3)
    (tmp_path / "book.pdf").write_bytes(document(plain, read))
    found = leaves(tmp_path / "book.pdf", "application/pdf", 2)
    assert [leaf.frame for leaf in found] == [1, 1, 2]
    assert found[2] == Leaf(frame=2)
