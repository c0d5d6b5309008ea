"""Open books on the road: two pages from one image, in order, and one again where the user says so."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from commands import Command
from tests.images.printed_pages import needs_font, report, vertical

pytestmark = needs_font
REPLAY = ("--engine", "replay", "--progress", "none")


def book(path: Path) -> Path:
    """A TIFF of a single page, an open book, and an open book of upright lines."""
    upright = np.hstack([vertical(80), vertical(80, seed=2)])
    level = np.hstack([report(80), report(80, seed=2)])
    frames = [Image.fromarray(image) for image in (report(80), level, upright)]
    path.parent.mkdir()
    frames[0].save(path, save_all=True, append_images=frames[1:])
    return path


def pages(xiangdang: Command) -> list[dict[str, Any]]:
    (document,) = map(json.loads, xiangdang("export", "jsonl").stdout.splitlines())
    return list(document["pages"])


def test_open_books_become_two_pages_each_and_are_numbered_through(xiangdang: Command, tmp_path: Path) -> None:
    book(tmp_path / "in" / "book.tif")
    done = xiangdang("run", "in", *REPLAY)
    assert "Pages: 5 = 5 read" in done.stderr
    found = pages(xiangdang)
    assert [page["number"] for page in found] == [1, 2, 3, 4, 5]
    assert {page["width"] for page in found} <= set(range(640, 690))
    assert all(page["height"] == found[0]["height"] for page in found)
    notes = [" ".join(page["quality"]["notes"]) for page in found]
    assert "image 1" not in notes[0]
    assert ["left half" in note or "right half" in note for note in notes] == [False, True, True, True, True]
    assert ["right half" in note for note in notes] == [False, False, True, True, False]  # upright lines begin right


@pytest.mark.parametrize("order", [("auto", "keep"), ("keep", "auto")])
def test_pages_follow_when_the_user_decides_otherwise(
    xiangdang: Command, tmp_path: Path, order: tuple[str, str]
) -> None:
    book(tmp_path / "in" / "book.tif")
    count = {"auto": 5, "keep": 3}
    for choice in (*order, order[1]):
        done = xiangdang("run", "in", "--spreads", choice, *REPLAY)
        assert f"Pages: {count[choice]} = {count[choice]} read" in done.stderr
        found = pages(xiangdang)
        assert [page["number"] for page in found] == list(range(1, count[choice] + 1))
        assert (found[1]["width"] > 1000) == (choice == "keep")
