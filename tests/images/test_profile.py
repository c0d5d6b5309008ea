import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest

from pipeline.errors import FileAccessError, UsageError
from pipeline.images import profile
from pipeline.images.profile import Profile
from pipeline.images.quality import Measures

GOOD = Measures(blur=900.0, contrast=0.8, ink=0.04, character_height=30.0, detail=20.0, light=0.9, bleed=0.0)


def test_default_file_explains_every_threshold() -> None:
    text = profile.DEFAULT.read_text("utf-8")
    assert set(tomllib.loads(text)) == {field.name for field in fields(Profile)}
    lines = text.splitlines()
    assert all(lines[n - 1].startswith("#") for n, line in enumerate(lines) if "=" in line and line[0] != "#")


def test_good_page_has_no_reason() -> None:
    assert profile.reasons(profile.default(), GOOD, 300.0, 2.0, 0.99) == ()


@pytest.mark.parametrize(
    ("measures", "dpi", "skew", "reason"),
    [
        (GOOD, 72.0, 0.0, "resolution too low: 72 dpi (at least 120)"),
        (GOOD, None, 9.8, "aslant: 9.8° (at most 9.0°)"),
        (replace(GOOD, character_height=9.0), None, 0.0, "characters too small: 9 pixels high (at least 12)"),
        (replace(GOOD, detail=4.2), None, 0.0, "out of focus: detail 4.2 (at least 8.0)"),
        (replace(GOOD, contrast=0.05), None, 0.0, "print too pale: contrast 0.05 (at least 0.08)"),
        (replace(GOOD, bleed=0.09), None, 0.0, "the other side shows through: 0.09 of the ink (at most 0.05)"),
        (replace(GOOD, light=0.1), None, 0.0, "uneven light: darkest paper 0.10 of the brightest (at least 0.15)"),
        (replace(GOOD, clipped=("left",)), None, 0.0, "text is cut off at the edge: left"),
    ],
)
def test_reason_names_figure_and_threshold(measures: Measures, dpi: float | None, skew: float, reason: str) -> None:
    assert profile.reasons(profile.default(), measures, dpi, skew) == (reason,)


def test_what_was_read_without_confidence_should_be_scanned_again() -> None:
    (reason,) = profile.reasons(profile.default(), GOOD, 300.0, 0.0, 0.5)
    assert reason == "read without confidence: 0.50 on the mean (at least 0.95)"


def test_blank_page_needs_no_new_scan() -> None:
    assert profile.reasons(profile.default(), replace(GOOD, empty=True, light=0.1), 72.0, 0.0) == ()


def test_own_file_changes_what_it_names(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("min_dpi = 200\nclipped = false\n", "utf-8")
    own = profile.load(tmp_path / "own.toml")
    assert own == replace(profile.default(), min_dpi=200, clipped=False)


@pytest.mark.parametrize("text", ["min_dpj = 1", 'min_dpi = "much"', "clipped = 1", "min_dpi = true", "min_dpi ="])
def test_mistakes_in_an_own_file_are_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "own.toml").write_text(text, "utf-8")
    with pytest.raises(UsageError):
        profile.load(tmp_path / "own.toml")


def test_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError):
        profile.load(tmp_path / "own.toml")
