"""Odd pages, drawn with their truth: each is read within its stated bounds, and no worse than by the bare engine."""

import json

import measure
import pytest
from PIL import Image

BOUNDS = {
    # line CER and page CER in per cent at most, cells exact in per cent at least
    "english.jpg": (0.2, 0.2, None),
    "fax_bilevel.tif": (0.5, 0.5, None),
    "folds.jpg": (1.0, 1.0, None),
    "form.jpg": (0.5, 0.5, None),
    "gazette.jpg": (0.5, 1.0, None),
    "holes.jpg": (0.5, 0.5, None),
    "margin_note.jpg": (0.5, 0.5, None),
    "perspective.jpg": (0.5, 0.5, None),
    "rotated_table.jpg": (0.8, 1.6, 95),
    "ruled_form.jpg": (0.8, 1.6, 95),
    "seal_signature.jpg": (1.1, 1.6, None),
    "spread.jpg": (0.5, 0.5, None),
    "stains.jpg": (0.8, 0.8, None),
    "table_two_pages.tif": (0.5, 1.0, 98),
    "three_headers.jpg": (0.8, 1.6, 98),
    "three_rule.jpg": (0.5, 1.0, 98),
    "traditional.jpg": (0.5, 0.5, None),
    "vertical.jpg": (0.5, 0.5, None),
}
BARE = json.loads(measure.BARE.read_text("utf-8"))
TRUTHS = measure.truths()
each = pytest.mark.parametrize("name", sorted(BOUNDS))


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    return measure.read_all(tmp_path_factory.mktemp("pages") / "archive")


def test_every_page_has_truth_bounds_and_figures_of_the_bare_engine():
    scans = {path.name for path in measure.HERE.iterdir() if path.suffix in (".jpg", ".tif")}
    assert scans == set(BOUNDS) == set(TRUTHS) == set(BARE)
    assert sum((measure.HERE / name).stat().st_size for name in scans) < 3_000_000


@each
def test_truth_fits_the_scan(name):
    pages = TRUTHS[name].get("pages", [TRUTHS[name]])
    with Image.open(measure.HERE / name) as image:
        frames = getattr(image, "n_frames", 1)
        for number, page in enumerate(pages):
            image.seek(min(number, frames - 1))
            assert list(image.size) == page["size"]
            for block in page["blocks"]:
                assert block["text"] == "".join(line["text"] for line in block["lines"])


@each
def test_page_is_read_within_its_bounds(documents, name):
    line, page, cells = BOUNDS[name]
    found = measure.figures(measure.of_document(TRUTHS[name], documents[name]))
    assert found["line"] <= line
    assert found["page"] <= page
    assert found["upright"] == 100
    if cells is not None:
        assert found["cells"] >= cells
        assert found["structure"] == 100


@each
def test_page_is_read_no_worse_than_by_the_bare_engine(documents, name):
    found = measure.figures(measure.of_document(TRUTHS[name], documents[name]))
    assert found["line"] <= BARE[name]["line"]
    assert found["page"] <= BARE[name]["page"]
