import os
import socket
import warnings
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.engines import PageSource
from pipeline.errors import ItemError
from pipeline.images.open import OpenedPage, count_pages, open_page, read_text, sniff
from schemas.settings import Limits
from schemas.source import MediaType

RNG = np.random.default_rng(7)
GREY = RNG.integers(0, 256, (60, 40), np.uint8)
COLOUR = RNG.integers(0, 256, (60, 40, 3), np.uint8)
TYPES: dict[str, MediaType] = {
    "TIFF": "image/tiff",
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "JPEG2000": "image/jp2",
    "BMP": "image/bmp",
}


def saved(folder: Path, image: Image.Image, kind: str, **options: object) -> PageSource:
    path = folder / "scan"
    image.save(path, format=kind, **options)
    return PageSource(path=path, media_type=TYPES[kind], number=1)


def opened(source: PageSource, **limits: int) -> OpenedPage:
    return open_page(source, Limits(**limits))  # type: ignore[arg-type]


def problem(source: PageSource, **limits: int) -> ItemError:
    with pytest.raises(ItemError) as caught:
        opened(source, **limits)
    return caught.value


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.4\n", "application/pdf"),
        (b"junk before\n" * 50 + b"%PDF-1.4\n", "application/pdf"),
        (b"junk before\n" * 100 + b"%PDF-1.4\n", None),
        (b"II*\0", "image/tiff"),
        (b"MM\0*", "image/tiff"),
        (b"II+\0\x08\0", "image/tiff"),
        (b"MM\0+", "image/tiff"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", None),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "image/jp2"),
        (b"\xff\x4f\xff\x51", "image/jp2"),
        (b"BM" + bytes(12) + b"\x28\0\0\0", "image/bmp"),
        (b"BMW is a car, this is a text", None),
        (b"PK\x03\x04", None),
        (b"", None),
    ],
)
def test_first_bytes_tell_the_kind(head: bytes, kind: MediaType | None) -> None:
    assert sniff(head) == kind


@pytest.mark.parametrize("kind", ["TIFF", "PNG", "BMP", "JPEG2000"])
def test_grey_and_colour_come_back_to_the_pixel(tmp_path: Path, kind: str) -> None:
    for pixels in (GREY, COLOUR):
        page = opened(saved(tmp_path, Image.fromarray(pixels), kind))
        assert page.image.dtype == np.uint8
        assert np.array_equal(page.image, pixels)


def test_grey_saved_as_colour_is_grey(tmp_path: Path) -> None:
    assert np.array_equal(opened(saved(tmp_path, Image.fromarray(GREY).convert("RGB"), "PNG")).image, GREY)


def test_bilevel_palette_cmyk_and_lab_are_readable(tmp_path: Path) -> None:
    bilevel = Image.fromarray(GREY).convert("1")
    assert np.array_equal(opened(saved(tmp_path, bilevel, "TIFF", compression="group4")).image, bilevel.convert("L"))
    palette = Image.fromarray(COLOUR).quantize(16)
    assert np.array_equal(opened(saved(tmp_path, palette, "PNG")).image, palette.convert("RGB"))
    red = Image.new("CMYK", (8, 8), (0, 255, 255, 0))
    assert (opened(saved(tmp_path, red, "TIFF")).image == (255, 0, 0)).all()
    lab = Image.merge("LAB", [Image.new("L", (8, 8), value) for value in (136, 208, 195)])  # sRGB red, 8-bit L*a*b*
    assert np.abs(opened(saved(tmp_path, lab, "TIFF")).image.astype(int) - (255, 0, 0)).max() < 8


@pytest.mark.parametrize(("mode", "clear", "ink"), [("RGBA", (9, 9, 9, 0), (0, 0, 0, 255)), ("LA", (9, 0), (0, 255))])
def test_what_is_transparent_is_white(tmp_path: Path, mode: str, clear: tuple[int], ink: tuple[int]) -> None:
    image = Image.new(mode, (8, 8), clear)
    image.putpixel((0, 0), ink)
    page = opened(saved(tmp_path, image, "PNG"))
    assert page.image.shape == (8, 8)
    assert page.image[0, 0] == 0
    assert page.image[1:, 1:].min() == 255


@pytest.mark.parametrize(("full", "kind"), [(65535, "TIFF"), (65535, "PNG"), (65535, "JPEG2000"), (4095, "TIFF")])
def test_sixteen_bits_are_scaled_and_not_clipped(tmp_path: Path, full: int, kind: str) -> None:
    ramp = np.linspace(0, full, 256).astype(np.uint16).reshape(16, 16)
    page = opened(saved(tmp_path, Image.fromarray(ramp), kind))
    assert np.abs(page.image.astype(int) - np.arange(256).reshape(16, 16)).max() <= 1


def test_white_is_zero_in_sixteen_bits_is_turned(tmp_path: Path) -> None:
    dark = Image.fromarray(np.array([[0, 65535]], np.uint16))
    assert opened(saved(tmp_path, dark, "TIFF", tiffinfo={262: 0})).image.tolist() == [[255, 0]]


def test_floating_point_between_zero_and_one_fills_the_range(tmp_path: Path) -> None:
    page = opened(saved(tmp_path, Image.fromarray(np.array([[0.0, 0.5, 1.0]], np.float32)), "TIFF"))
    assert page.image.tolist() == [[0, 128, 255]]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_exif_orientation_brings_the_page_upright(tmp_path: Path, orientation: int, kind: str) -> None:
    back = {5: 5, 6: 8, 7: 7, 8: 6}.get(orientation, orientation)
    turned = Image.fromarray(GREY)
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(back)
    turned = turned.transpose(turn) if turn is not None else turned
    exif = Image.Exif()
    exif[274] = orientation
    page = opened(saved(tmp_path, turned, kind, exif=exif))
    assert np.array_equal(page.image, GREY)
    assert page.image.flags.c_contiguous


@pytest.mark.parametrize(
    ("dpi", "size", "told"),
    [(300, 100, 300), (2, 100, None), (5000, 100, None), (72, 500, 72), (72, 3000, None), (96, 5000, None)],
)
def test_resolution_is_believed_only_where_it_is_plausible(tmp_path: Path, dpi: int, size: int, told: int) -> None:
    page = opened(saved(tmp_path, Image.new("L", (size, 10), 255), "TIFF", dpi=(dpi, dpi)))
    assert page.dpi == (told and pytest.approx(told, abs=0.1))


def test_fax_pixels_become_square(tmp_path: Path) -> None:
    page = opened(saved(tmp_path, Image.fromarray(GREY), "TIFF", dpi=(204, 98)))
    assert page.image.shape == (125, 40)
    assert page.dpi == 204


def test_every_frame_of_a_tiff_is_a_page_but_not_its_thumbnails(tmp_path: Path) -> None:
    frames = [Image.new("L", (8, 8), value) for value in (10, 20, 30)]
    frames[1].encoderinfo = {"tiffinfo": {254: 1}}
    source = saved(tmp_path, frames[0], "TIFF", save_all=True, append_images=frames[1:])
    assert count_pages(source.path, "image/tiff", Limits(), ()) == (2, ())
    second = PageSource(path=source.path, media_type="image/tiff", number=2)
    assert opened(second).image[0, 0] == 30
    assert problem(PageSource(path=source.path, media_type="image/tiff", number=3)).failure_class == "damaged"
    with pytest.raises(ItemError, match="--max-pages") as caught:
        count_pages(source.path, "image/tiff", Limits(max_pages=1), ())
    assert caught.value.failure_class == "too_many_pages"


def test_looping_tiff_ends(tmp_path: Path) -> None:
    source = saved(tmp_path, Image.new("L", (8, 8)), "TIFF")
    data = bytearray(source.path.read_bytes())
    first = int.from_bytes(data[4:8], "little")
    entries = int.from_bytes(data[first : first + 2], "little")
    at = first + 2 + 12 * entries
    data[at : at + 4] = data[4:8]
    source.path.write_bytes(data)
    assert count_pages(source.path, "image/tiff", Limits(), ())[0] == 1


def test_other_images_in_the_file_are_noted(tmp_path: Path) -> None:
    more = [Image.new("L", (8, 8), 9)]
    source = saved(tmp_path, Image.new("L", (8, 8)), "WEBP", save_all=True, append_images=more)
    pages, notes = count_pages(source.path, source.media_type, Limits(), ())
    assert pages == 1
    assert "2 images" in notes[0]


@pytest.mark.parametrize("share", [0.3, 0.9, 0.99])
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("PNG", {}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("WEBP", {}),
        ("JPEG2000", {}),
        ("BMP", {}),
    ],
)
def test_truncated_images_are_failures(tmp_path: Path, kind: str, options: dict[str, object], share: float) -> None:
    source = saved(tmp_path, Image.fromarray(COLOUR), kind, **options)
    data = source.path.read_bytes()
    source.path.write_bytes(data[: int(len(data) * share)])
    assert problem(source).failure_class == "damaged"


def test_png_with_a_broken_stream_is_a_failure(tmp_path: Path) -> None:
    source = saved(tmp_path, Image.fromarray(COLOUR), "PNG")
    data = bytearray(source.path.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    source.path.write_bytes(data)
    assert problem(source).failure_class == "damaged"


def test_pixels_are_counted_before_anything_is_decoded(tmp_path: Path) -> None:
    source = saved(tmp_path, Image.new("1", (20_000, 20_000)), "PNG")
    found = problem(source)
    assert found.failure_class == "too_large"
    assert "400,000,000" in found.message
    assert "--max-pixels" in found.remedy
    with pytest.raises(ItemError):
        count_pages(source.path, source.media_type, Limits(), ())
    assert problem(saved(tmp_path, Image.fromarray(GREY), "PNG"), max_pixels=2399).failure_class == "too_large"
    assert opened(source=saved(tmp_path, Image.fromarray(GREY), "PNG"), max_pixels=2400).image.shape == (60, 40)


def test_our_limit_replaces_pillows_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    source = saved(tmp_path, Image.fromarray(GREY), "PNG")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert opened(source).image.shape == (60, 40)
    assert Image.MAX_IMAGE_PIXELS == 100


def test_empty_absent_and_special_files_are_told_apart(tmp_path: Path) -> None:
    def failure(path: Path) -> str:
        return problem(PageSource(path=path, media_type="image/png", number=1)).failure_class

    (tmp_path / "empty").touch()
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
    assert failure(tmp_path / "empty") == "empty"
    for name in ("pipe", "socket", "absent", "."):
        assert failure(tmp_path / name) == "unreadable"
    assert failure(Path("/dev/zero")) == "unreadable"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_is_decoded_whatever_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes("青禾镇扶贫工作总结\r\n全镇共有12个村。\r\f第二页\n".encode(encoding))
    assert read_text(path) == ("青禾镇扶贫工作总结\n全镇共有12个村。\n", "第二页\n")
    assert count_pages(path, "text/plain", Limits(), ()) == (2, ())


def test_form_feed_at_the_end_begins_no_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一\f二\f", encoding="utf-8")
    assert read_text(tmp_path / "a.txt") == ("一", "二")


@pytest.mark.parametrize("data", [b"a\0b", b"\xff\xff\xff", "字".encode("utf-32"), b"\x1b[2Jabc"])
def test_what_is_no_text_is_damaged(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(ItemError) as caught:
        read_text(tmp_path / "a.txt")
    assert caught.value.failure_class == "damaged"
