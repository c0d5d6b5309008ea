import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.engines import PageSource
from pipeline.errors import ItemError
from pipeline.images.open import OpenedPage, count_pages, open_page
from schemas.settings import Limits
from tests.images.minimal_pdf import Page, document, encrypted, flate

RNG = np.random.default_rng(11)
SCAN = np.asarray(Image.fromarray(RNG.integers(0, 256, (12, 9), np.uint8)).resize((620, 877), Image.Resampling.BICUBIC))
"""A smooth page at 75 dpi."""


def opened(folder: Path, *pages: Page, number: int = 1, **limits: int) -> OpenedPage:
    path = folder / "a.pdf"
    path.write_bytes(document(*pages))
    source = PageSource(path=path, media_type="application/pdf", number=number)
    return open_page(source, Limits(**limits))  # type: ignore[arg-type]


def failure(folder: Path, *pages: Page, **limits: int) -> ItemError:
    with pytest.raises(ItemError) as caught:
        opened(folder, *pages, **limits)
    return caught.value


def scan(pixels: np.ndarray = SCAN, matrix: tuple[float, ...] = (595, 0, 0, 842, 0, 0), **page: object) -> Page:
    height, width = pixels.shape[:2]
    entries, data = flate(pixels.tobytes(), grey=pixels.ndim == 2)
    return Page(images=[(matrix, width, height, entries, data)], **page)  # type: ignore[arg-type]


def jpeg(pixels: np.ndarray) -> bytes:
    held = io.BytesIO()
    Image.fromarray(pixels).save(held, "JPEG", quality=95)
    return held.getvalue()


@pytest.mark.parametrize("size", [(595, 842), (595.2, 841.92), (419.53, 595.28), (1234.5678, 1746.3)])
@pytest.mark.parametrize("origin", [(0, 0), (-30.5, 17.25)])
def test_scan_that_is_the_page_keeps_its_own_pixels(
    tmp_path: Path, size: tuple[float, float], origin: tuple[float, float]
) -> None:
    page = opened(tmp_path, scan(matrix=(size[0], 0, 0, size[1], *origin), size=size, origin=origin))
    assert np.array_equal(page.image, SCAN)


def test_embedded_jpeg_keeps_its_own_pixels_and_tells_its_resolution(tmp_path: Path) -> None:
    data = jpeg(SCAN)
    entries = b"/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode"
    page = opened(tmp_path, Page(images=[((595, 0, 0, 842, 0, 0), 620, 877, entries, data)]))
    assert np.array_equal(page.image, np.asarray(Image.open(io.BytesIO(data))))
    assert page.dpi == pytest.approx(75, abs=0.1)


@pytest.mark.parametrize(("turn", "times"), [(90, -1), (180, 2), (270, 1)])
def test_page_is_turned_as_the_file_says(tmp_path: Path, turn: int, times: int) -> None:
    assert np.array_equal(opened(tmp_path, scan(rotate=turn)).image, np.rot90(SCAN, times))


def test_scan_smaller_than_its_page_stays_sharp_with_white_around(tmp_path: Path) -> None:
    page = opened(tmp_path, scan(matrix=(500, 0, 0, 500 * 877 / 620, 40.3, 60.7)))
    height, width = page.image.shape
    assert (width, height) == (round(595 * 620 / 500), round(842 * 620 / 500))
    top = height - round(60.7 * 620 / 500) - 877
    left = round(40.3 * 620 / 500)
    assert np.array_equal(page.image[top : top + 877, left : left + 620], SCAN)
    assert page.image[: top - 1].min() == 255


def test_inverted_scan_is_shown_as_it_is_printed(tmp_path: Path) -> None:
    entries, data = flate(SCAN.tobytes())
    page = opened(tmp_path, Page(images=[((595, 0, 0, 842, 0, 0), 620, 877, entries + b" /Decode [1 0]", data)]))
    assert np.array_equal(page.image, 255 - SCAN)


def test_strips_make_a_page_at_their_resolution(tmp_path: Path) -> None:
    big = np.asarray(Image.fromarray(SCAN).resize((1240, 1736)))
    height = 842 / 62
    strips = []
    for number in range(62):
        rows = big[number * 28 : (number + 1) * 28]
        strips.append(((595, 0, 0, height, 0, 842 - (number + 1) * height), 1240, 28, *flate(rows.tobytes())))
    page = opened(tmp_path, Page(images=strips))
    assert abs(page.image.shape[1] - 1240) <= 12
    assert page.dpi == pytest.approx(150, abs=1)


def test_drawn_page_has_300_dpi_and_the_cap_holds(tmp_path: Path) -> None:
    page = opened(tmp_path, Page(texts=[(72, 700, 12, "abc")]))
    assert page.image.shape == (3508, 2479)
    assert page.dpi == pytest.approx(300, abs=0.1)
    huge = opened(tmp_path, Page(size=(14_400, 7_200)))
    assert max(huge.image.shape) == 5000
    assert huge.dpi is None  # 25 is no resolution that a scanner has
    small = opened(tmp_path, Page(), max_pixels=1_000_000)
    assert 990_000 < small.image.size <= 1_000_000


def test_text_over_a_coarse_picture_is_drawn_finely(tmp_path: Path) -> None:
    page = scan()
    page.texts.append((72, 700, 12, "字"))
    assert opened(tmp_path, page).dpi == pytest.approx(300, abs=0.1)
    page.mode = 3  # invisible text over a scan changes nothing
    assert np.array_equal(opened(tmp_path, page).image, SCAN)


def test_annotations_are_part_of_what_is_printed(tmp_path: Path) -> None:
    square = b"/Annots [<< /Type /Annot /Subtype /Square /Rect [0 0 595 842] /IC [1 0 0] /C [1 0 0] /F 4 >>]"
    image = opened(tmp_path, Page(extra=square)).image
    assert image.ndim == 3
    assert tuple(image[1700, 1200]) == (255, 0, 0)


def test_scan_that_is_cut_off_is_a_failure(tmp_path: Path) -> None:
    entries, data = flate(SCAN.tobytes())
    place = (595, 0, 0, 842, 0, 0)
    found = failure(tmp_path, Page(images=[(place, 620, 877, entries, data[: len(data) // 2])]))
    assert found.failure_class == "damaged"
    assert "truncated" in found.message
    entries, data = b"/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode", jpeg(SCAN)
    found = failure(tmp_path, Page(images=[(place, 620, 877, entries, data[: len(data) // 2])]))
    assert found.failure_class == "damaged"
    assert "truncated" in found.message
    picture = opened(tmp_path, Page(images=[((100, 0, 0, 100, 0, 0), 620, 877, entries, data[: len(data) // 2])]))
    assert "1 picture" in picture.notes[0]


def test_declared_pixels_are_checked_before_decoding(tmp_path: Path) -> None:
    bomb = Page(images=[((595, 0, 0, 842, 0, 0), 100_000, 100_000, *flate(b""))])
    found = failure(tmp_path, bomb)
    assert found.failure_class == "too_large"
    assert "10,000,000,000" in found.message


def test_page_of_a_million_points_is_a_failure_not_a_blank_page(tmp_path: Path) -> None:
    found = failure(tmp_path, Page(size=(1_000_000, 1_000_000), texts=[(100, 100, 24, "Report 2019")]))
    assert found.failure_class == "too_large"
    assert "13,889" in found.message


def test_number_of_pages_has_a_limit(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(document(Page(), Page(), Page()))
    assert count_pages(tmp_path / "a.pdf", "application/pdf", Limits(max_pages=3), ()) == (3, ())
    with pytest.raises(ItemError, match="--max-pages"):
        count_pages(tmp_path / "a.pdf", "application/pdf", Limits(max_pages=2), ())


def test_absent_page_and_broken_file_are_damaged(tmp_path: Path) -> None:
    with pytest.raises(ItemError, match="Page 2 is not there"):
        opened(tmp_path, Page(), number=2)
    (tmp_path / "b.pdf").write_bytes(document(Page())[:100])
    with pytest.raises(ItemError) as caught:
        count_pages(tmp_path / "b.pdf", "application/pdf", Limits(), ())
    assert caught.value.failure_class == "damaged"


def test_password_is_tried_and_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(encrypted("opensesame", "chief"))
    for password in ("opensesame", "chief"):
        assert count_pages(path, "application/pdf", Limits(), ("wrong", password)) == (1, ())
    source = PageSource(path=path, media_type="application/pdf", number=1, passwords=("opensesame",))
    assert open_page(source, Limits()).image.shape == (416, 416)
    for passwords in ((), ("wrong",)):
        with pytest.raises(ItemError) as caught:
            count_pages(path, "application/pdf", Limits(), passwords)
        assert caught.value.failure_class == "encrypted"
        assert "--password-file" in caught.value.remedy
        assert "wrong" not in str(caught.value.failure())


def test_pdf_locked_against_change_only_needs_no_password(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(encrypted("", "chief"))
    assert count_pages(tmp_path / "a.pdf", "application/pdf", Limits(), ()) == (1, ())
