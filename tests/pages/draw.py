"""Draw the test pages and their truth.

    PYTHONPATH=samples python tests/pages/draw.py [--out DIR] [--only NAME ...]

Nobody has to run this: what it draws is committed. It sets its pages with what draws the samples and needs what that
needs; truth is written as samples/README.md says.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import _odd_papers as papers
import _texts_odd as texts
import _type
import numpy as np
from _damage import Damage, damage, fax
from _downward import Down, vertical_page
from _gazette import gazette
from _page import Page, paint
from _wear import bound, folded, on_desk, punched, stained
from PIL import Image

HERE = Path(__file__).parent
Matrix = list[list[float]]
_type.FACES["traditional"] = (_type.NOTO / "NotoSerifCJK-Regular.ttc", 3)


def truth_of(page: Page, image: Image.Image, matrix: Matrix, dpi: int) -> dict:
    """What the truth says of one scanned page."""
    base = [page.width, page.height]
    return {"dpi": dpi, "size": list(image.size), "base_size": base, "M": matrix, **page.truth()}


def write_truth(path: Path, letter: str, pages: list[dict]) -> None:
    """NAME.truth.json beside the file: one page, or a document with its pages."""
    head = {"name": path.stem, "class": letter, "clean": False, "file": path.name}
    if len(pages) > 1:
        named = [{"page": n, "name": f"{path.stem}_p{n}", "class": letter, **page} for n, page in enumerate(pages, 1)]
        truth = {**head, "pages": named}
    else:
        truth = {**head, **pages[0]}
    text = json.dumps(truth, ensure_ascii=False, indent=1)
    flat = re.sub(r"\[\s+([^\[\]{}\"]+?)\s+\]", lambda found: "[" + re.sub(r"\s+", " ", found[1]) + "]", text)
    path.with_name(path.stem + ".truth.json").write_text(flat + "\n", "utf-8")


def printed(page: Page) -> Image.Image:
    """The clean page; vertical lines are printed by the page's own stamp."""
    across = [block for block in page.blocks if not any(isinstance(line, Down) for line in block.lines)]
    return paint(Page(width=page.width, height=page.height, blocks=across, shapes=page.shapes, stamps=page.stamps))


def write(
    path: Path, letter: str, page: Page, how: Damage, wear: Callable[[Image.Image, Matrix], Image.Image] | None = None
) -> None:
    """One page as a JPEG file."""
    image, matrix = damage(printed(page), how)
    image = wear(image, matrix) if wear else image
    image.save(path, quality=42, optimize=True, dpi=(how.dpi, how.dpi))
    write_truth(path, letter, [truth_of(page, image, matrix, how.dpi)])


def spread(path: Path) -> None:
    """Two pages of an open book in one scan: two pages, left before right."""
    running = "柳溪镇志"
    pages = [
        papers.book_page(texts.SPREAD_LEFT, "64", running, outer_left=True),
        papers.book_page(texts.SPREAD_RIGHT, "65", running, outer_left=False),
    ]
    how = Damage(seed=101, dpi=150, noise=1.2, black=45, white=238)
    done = [damage(printed(page), how) for page in pages]
    image = bound(done[0][0], done[1][0])
    image.save(path, quality=42, optimize=True, dpi=(how.dpi, how.dpi))
    offset = [0, done[0][0].width]
    truths = []
    for page, (_, matrix), x in zip(pages, done, offset, strict=True):
        moved = (np.array([[1, 0, x], [0, 1, 0], [0, 0, 1]]) @ np.array(matrix)).tolist()
        truths.append(truth_of(page, image, moved, how.dpi))
    write_truth(path, "R", truths)


def bilevel(path: Path, letter: str, pages: list[Page], hows: list[Damage], threshold: int) -> None:
    """Frames of a black and white TIFF."""
    done = [fax(printed(page), how, threshold) for page, how in zip(pages, hows, strict=True)]
    images = [image for image, _ in done]
    images[0].save(path, save_all=True, append_images=images[1:], compression="group4", dpi=(hows[0].dpi,) * 2)
    truths = [truth_of(page, *scan, how.dpi) for page, scan, how in zip(pages, done, hows, strict=True)]
    write_truth(path, letter, truths)


PERSPECTIVE = (0.075, 0.05, 0.115, 0.03, 0.02, 0.045, 0.04, 0.06)
A4 = Page().width, Page().height
PAGES: dict[str, Callable[[Path], None]] = {
    "spread.jpg": spread,
    "vertical.jpg": lambda path: write(
        path, "R", vertical_page(texts.VERTICAL, "· 17 ·"), Damage(seed=102, dpi=150, skew=0.6, noise=1.6)
    ),
    "traditional.jpg": lambda path: write(
        path,
        "R",
        papers.plain_page(texts.TRADITIONAL, "traditional", faces={}, title_size=110),
        Damage(seed=103, dpi=150, skew=-0.8, noise=2.0, black=70, white=222),
    ),
    "perspective.jpg": lambda path: write(
        path,
        "R",
        papers.plain_page(texts.PHOTO),
        Damage(seed=104, dpi=170, colour=True, corners=PERSPECTIVE, light=0.35, black=60, white=235, noise=1.8,
               tint=(1.0, 0.97, 0.9)),
        lambda image, matrix: on_desk(image, matrix, A4, 104),
    ),
    "three_rule.jpg": lambda path: write(
        path, "T", papers.three_rule(), Damage(seed=105, dpi=150, skew=0.7, noise=1.6)
    ),
    "table_two_pages.tif": lambda path: bilevel(
        path, "T", papers.ledger(), [Damage(seed=106, skew=0.6, noise=1.0, blur=0.4),
                                     Damage(seed=107, skew=-0.4, noise=1.0, blur=0.4)], 158
    ),
    "rotated_table.jpg": lambda path: write(
        path, "T", papers.rotated(), Damage(seed=108, dpi=150, turn=90, skew=0.5, noise=1.6)
    ),
    "three_headers.jpg": lambda path: write(
        path, "T", papers.three_headers(), Damage(seed=109, dpi=150, skew=-1.1, noise=1.6)
    ),
    "form.jpg": lambda path: write(path, "R", papers.form(), Damage(seed=110, dpi=150, skew=0.5, noise=1.6)),
    "ruled_form.jpg": lambda path: write(
        path, "T", papers.ruled_form(), Damage(seed=111, dpi=150, skew=0.9, noise=1.6)
    ),
    "margin_note.jpg": lambda path: write(path, "R", papers.noted(), Damage(seed=112, dpi=150, skew=-0.5, noise=1.6)),
    "seal_signature.jpg": lambda path: write(
        path, "H", papers.sealed(), Damage(seed=113, dpi=150, colour=True, skew=0.6, noise=1.4)
    ),
    "stains.jpg": lambda path: write(
        path,
        "R",
        papers.plain_page(texts.STAINED, "kai"),
        Damage(seed=114, dpi=150, colour=True, noise=1.6, black=70, white=225, tint=(1.0, 0.95, 0.82)),
        lambda image, _: stained(image, 114),
    ),
    "holes.jpg": lambda path: write(
        path,
        "R",
        papers.plain_page(texts.HOLED, "ming"),
        Damage(seed=115, dpi=150, skew=0.9, noise=1.6),
        lambda image, _: punched(image, 115),
    ),
    "folds.jpg": lambda path: write(
        path,
        "R",
        papers.plain_page(texts.FOLDED),
        Damage(seed=116, dpi=150, skew=-0.4, noise=2.0, black=55, white=230),
        lambda image, _: folded(image),
    ),
    "fax_bilevel.tif": lambda path: bilevel(
        path, "R", [papers.plain_page(texts.FAXED)], [Damage(seed=117, skew=1.0, noise=4, blur=0.7)], 150
    ),
    "gazette.jpg": lambda path: write(path, "N", gazette(), Damage(seed=118, dpi=170, skew=0.4, noise=1.6)),
    "english.jpg": lambda path: write(path, "R", papers.english(), Damage(seed=119, dpi=150, skew=-0.6, noise=1.6)),
}  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Draw the pages named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=HERE, help="folder to draw into (default: this one)")
    parser.add_argument("--only", nargs="+", choices=PAGES, metavar="NAME", help="file names; default: all")
    options = parser.parse_args(argv)
    options.out.mkdir(parents=True, exist_ok=True)
    for file in options.only or PAGES:
        PAGES[file](options.out / file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
