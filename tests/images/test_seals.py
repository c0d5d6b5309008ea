import cv2
import numpy as np
import pytest

from drawn_seals import BLUE, FONT, RED, VIOLET, Stamp, paper, stamp, write
from pipeline.images import clean, seals

pytestmark = pytest.mark.skipif(not FONT.exists(), reason="the font Noto Serif CJK (fonts-noto-cjk) is not installed")
NAME = "青禾镇人民政府"
YELLOWED = (236, 222, 180)


def one(text: str = NAME, **more: object) -> Stamp:
    return Stamp(**{"text": text, "centre": (560, 700), **more})


SEALS = {
    "plain": one(),
    "small": one(across=110, down=110, rim=5),
    "long text": one("云岭县青禾镇农村经济经营管理站", span=300),
    "with a line": one("青禾镇中心卫生院", line="财务专用章"),
    "oval": one("青禾供销合作社收讫", across=220, down=150, star=False, span=230),
    "blue": one(ink=BLUE),
    "violet": one(ink=VIOLET),
    "faded": one(strength=0.3),
    "worn": one(worn=0.2),
    "turned": one(turn=-20),
    "beyond the edge": one(centre=(800, 700)),
    "two rims": one(inner_rim=True),
    "square": one("林印\n德王", across=60, down=60, square=True, rim=5),
}


@pytest.mark.parametrize("colour", [(250, 250, 248), YELLOWED])
@pytest.mark.parametrize("name", SEALS)
def test_seal_is_found_where_it_is(name: str, colour: tuple[int, int, int]) -> None:
    seal = SEALS[name]
    page = stamp(write(paper(colour=colour), "各村要高度重视，加强领导。", (60, 200), 34), seal)
    (found,) = seals.find(page)
    x, y = seal.centre
    wanted = (x - seal.across, y - seal.down, min(x + seal.across, page.shape[1]), y + seal.down)
    assert found.bbox == pytest.approx(wanted, abs=8)
    assert found.ring.ndim == 2
    assert found.ring[:8].min() > 200  # white around the text
    assert (found.ring < 100).any()


def test_seals_come_from_top_to_bottom() -> None:
    low, high = one(centre=(650, 820), across=180, down=180), one(centre=(250, 300), across=150, down=150, ink=BLUE)
    first, second = seals.find(stamp(stamp(paper(), low), high))
    assert first.bbox[3] < second.bbox[1]


def coloured_without_seals() -> dict[str, np.ndarray]:
    title = write(paper(), "青禾镇人民政府文件", (100, 60), 80, RED)
    ruled = cv2.line(paper(), (60, 300), (840, 300), RED, 6)
    underlined = cv2.line(write(paper(), "特急", (100, 100), 60, RED), (100, 190), (230, 190), RED, 4)
    boxed = cv2.rectangle(paper(), (60, 60), (840, 1040), RED, 5)
    dot = cv2.circle(paper(), (500, 500), 120, RED, -1)
    picture = paper()
    rng = np.random.default_rng(3)
    picture[300:700, 200:700] = cv2.resize(rng.integers(40, 240, (8, 10, 3), dtype=np.uint8), (500, 400))
    signature = write(paper(), "同意。王德林", (300, 700), 60, BLUE)
    return {
        "title": title, "rule": ruled, "underline": underlined, "frame": boxed, "dot": dot, "picture": picture,
        "signature": signature,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["title", "rule", "underline", "frame", "dot", "picture", "signature"])
def test_other_colour_is_no_seal(name: str) -> None:
    assert seals.find(coloured_without_seals()[name]) == ()


def test_grey_page_has_no_seals() -> None:
    assert seals.find(cv2.cvtColor(stamp(paper(), one()), cv2.COLOR_RGB2GRAY)) == ()


def test_page_of_one_pixel_has_no_seals() -> None:
    assert seals.find(np.full((1, 1, 3), 255, np.uint8)) == ()


@pytest.mark.parametrize("ink", [RED, BLUE, VIOLET])
def test_ink_of_the_seal_goes_and_print_under_it_stays(ink: tuple[int, int, int]) -> None:
    bare = write(write(paper(), NAME, (450, 640), 34), "二〇一九年三月十八日", (400, 730), 34)
    page = stamp(bare, one(ink=ink))
    flat = clean.flatten(clean.to_grey(page))
    erased = seals.erase(flat, page, seals.find(page))
    wanted = bare.max(axis=2) < 80
    assert (erased[wanted] < 140).mean() > 0.95
    near = cv2.dilate(wanted.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    assert (erased[~near] > 200).mean() > 0.995


def test_red_title_stays_on_a_page_with_a_seal() -> None:
    page = stamp(write(paper(), "青禾镇人民政府文件", (100, 60), 80, RED), one())
    flat = clean.flatten(clean.to_grey(page))
    erased = seals.erase(flat, page, seals.find(page))
    assert np.array_equal(erased[:300], flat[:300])


def test_nothing_is_erased_without_seals() -> None:
    flat = np.full((50, 40), 200, np.uint8)
    assert seals.erase(flat, np.full((50, 40, 3), 200, np.uint8), ()) is flat


def test_number_along_the_rim_is_left_out_and_a_straight_line_is_not() -> None:
    def width(**more: object) -> int:
        (found,) = seals.find(stamp(paper(), one(across=225, down=225, **more)))
        return found.ring.shape[1]

    bare = width()
    assert width(code="5301220001234") == pytest.approx(bare, rel=0.05)
    assert width(line="财务专用章") > 1.3 * bare
