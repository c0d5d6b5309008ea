import cv2
import numpy as np
import pytest

from pipeline.images import clean, deskew, photo
from tests.images.printed_pages import needs_font, report

CORNERS = {
    "from above": ((0.10, 0.06), (0.90, 0.06), (0.97, 0.95), (0.03, 0.94)),
    "from the left": ((0.05, 0.04), (0.93, 0.12), (0.95, 0.90), (0.04, 0.97)),
    "turned": ((0.16, 0.06), (0.94, 0.14), (0.86, 0.95), (0.05, 0.88)),
}
"""Where the corners of a sheet lie on a photograph, as shares of its width and height."""


def table(shape: tuple[int, int], colour: tuple[int, int, int]) -> np.ndarray:
    """Grained wood or cloth."""
    rng = np.random.default_rng(2)
    grain = cv2.resize(rng.normal(0, 12, (shape[0] // 4, 20)).astype(np.float32), shape[::-1])
    return np.clip(np.array(colour, np.float32) + grain[..., None], 0, 255)


def photograph(page: np.ndarray, corners: np.ndarray, colour: tuple[int, int, int] = (120, 84, 52)) -> np.ndarray:
    """The page on a table, light falling off to the lower left, RGB."""
    height, width = round(page.shape[0] * 1.1), round(page.shape[1] * 1.1)
    flat = np.float32([[0, 0], [page.shape[1], 0], [page.shape[1], page.shape[0]], [0, page.shape[0]]])
    matrix = cv2.getPerspectiveTransform(flat, corners)
    paper = cv2.warpPerspective(cv2.cvtColor(page, cv2.COLOR_GRAY2RGB), matrix, (width, height), flags=cv2.INTER_AREA)
    there = cv2.warpPerspective(np.full(page.shape, 255, np.uint8), matrix, (width, height)) > 128
    image = np.where(there[..., None], paper, table((height, width), colour))
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    return np.clip(image * (1 - 0.35 * (1 - x) * y)[..., None], 0, 255).astype(np.uint8)


def placed(name: str, page: np.ndarray) -> np.ndarray:
    size = np.array([round(page.shape[1] * 1.1), round(page.shape[0] * 1.1)], np.float32)
    return np.float32(CORNERS[name]) * size


@needs_font
@pytest.mark.parametrize("colour", [(22, 22, 25), (120, 84, 52), (150, 130, 110)], ids=["black", "wood", "light wood"])
@pytest.mark.parametrize("name", CORNERS)
def test_photographed_sheet_becomes_a_rectangle(name: str, colour: tuple[int, int, int]) -> None:
    page = report(150)
    corners = placed(name, page)
    taken = photo.rectify(photograph(page, corners, colour))
    upper, right, lower, left = (np.hypot(*(corners[(n + 1) % 4] - corners[n])) for n in range(4))
    assert taken.shape[1] == pytest.approx(max(upper, lower), rel=0.02)
    assert taken.shape[0] == pytest.approx(max(left, right), rel=0.02)
    flat = clean.flatten(clean.to_grey(taken))
    assert abs(deskew.slope(deskew.ink(flat))) < 0.3
    assert photo.aslant(flat.shape, deskew.ink(flat)) is None


@needs_font
def test_flat_scans_are_left_untouched() -> None:
    page = cv2.cvtColor(report(150), cv2.COLOR_GRAY2RGB)
    framed = page.copy()
    cv2.rectangle(framed, (60, 60), (1180, 1690), (30, 30, 30), 6)
    pictured = page.copy()
    pictured[200:900, 100:1140] = (80, 90, 70)
    coloured = page.copy()
    coloured[:250] = (150, 200, 255)  # the blue head of a table, and its yellow first column
    coloured[:, :150] = (255, 255, 150)
    dark = page.copy()
    dark[:, :25] = 10
    dark[:20] = 10
    for image in (page, framed, pictured, coloured, dark):
        assert photo.rectify(image) is image


@needs_font
@pytest.mark.parametrize("darkest", [0.5, 0.2])
def test_light_that_falls_off_makes_no_sheet(darkest: float) -> None:
    page = cv2.cvtColor(report(150), cv2.COLOR_GRAY2RGB)
    x, y = np.meshgrid(np.linspace(-1, 1, page.shape[1]), np.linspace(-1, 1, page.shape[0]))
    for shade in ((x + 1) / 2, np.clip(np.hypot(x, y), 0, 1)):
        image = (page * (1 - (1 - darkest) * shade)[..., None]).astype(np.uint8)
        assert photo.rectify(image) is image


@needs_font
def test_lines_that_fan_out_are_made_parallel_where_no_table_is_seen() -> None:
    page = report(150)
    height, width = page.shape
    flat = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    shift = np.float32([[0, 0.03], [0, -0.02], [0, 0.03], [0, -0.01]]) * height
    seen = cv2.warpPerspective(page, cv2.getPerspectiveTransform(flat, flat + shift), (width, height), borderValue=240)
    ink = deskew.ink(clean.flatten(seen))
    matrix = photo.aslant(seen.shape, ink)
    assert matrix is not None
    level = photo.warp(seen, matrix)
    for part in np.array_split(level, 3):
        assert abs(deskew.slope(deskew.ink(clean.flatten(np.ascontiguousarray(part))))) < 0.35
    assert (level < 128).sum() == pytest.approx((seen < 128).sum(), rel=0.15)  # nothing is cut off


@needs_font
@pytest.mark.parametrize("degrees", [0.0, 2.0, -4.0])
def test_lines_that_merely_slope_are_left_to_deskewing(degrees: float) -> None:
    page = deskew.straighten(report(150), -degrees)
    assert photo.aslant(page.shape, deskew.ink(clean.flatten(page))) is None


@pytest.mark.parametrize("shape", [(1, 1), (50, 40), (50, 40, 3)])
def test_tiny_images_are_no_photographs(shape: tuple[int, ...]) -> None:
    image = np.full(shape, 200, np.uint8)
    assert photo.rectify(image) is image
