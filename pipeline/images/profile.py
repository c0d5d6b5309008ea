"""The thresholds from which a page should be scanned again, and what is said of a page that does not keep them."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import FileAccessError, UsageError
from pipeline.images.quality import Measures

DEFAULT = Path(__file__).with_name("profile.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Thresholds; what each means stands beside it in profile.toml."""

    min_dpi: float
    min_character_height: float
    min_detail: float
    min_contrast: float
    max_bleed: float
    min_light: float
    max_skew: float
    min_confidence: float
    clipped: bool


def load(path: Path) -> Profile:
    """The profile in a file; what it leaves out is as in the default. Raises FileAccessError or UsageError."""
    given = _read(path)
    kinds = {field.name: field.type for field in fields(Profile)}
    for name, value in given.items():
        if name not in kinds:
            raise UsageError(f"{path}: {name!r} is no threshold.", f"Thresholds: {', '.join(kinds)}.")
        if isinstance(value, bool) != (kinds[name] is bool) or not isinstance(value, bool | int | float):
            kind = "true or false" if kinds[name] is bool else "a number"
            raise UsageError(f"{path}: {name} must be {kind}.", "Correct it and run the same again.")
    return Profile(**{**_read(DEFAULT), **given})


@cache
def default() -> Profile:
    """The profile that comes with the program."""
    return load(DEFAULT)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise FileAccessError(f"{path}: {error.strerror}.", "Check the path.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} is no TOML file: {error}.", "Copy the default profile and change its figures."
        ) from error


def reasons(
    profile: Profile, measures: Measures, dpi: float | None, skew: float, confidence: float | None = None
) -> tuple[str, ...]:
    """Why a page should be scanned again, with the figure and the threshold; nothing for a page without print.

    `dpi` as the file says, `skew` in degrees, `confidence` the mean of what was read, where it was read already.
    """
    if measures.empty:
        return ()
    found = tuple(_reasons(profile, measures, dpi, skew))
    if confidence is not None and confidence < profile.min_confidence:
        found += (f"read without confidence: {confidence:.2f} on the mean (at least {profile.min_confidence:.2f})",)
    return found


def _reasons(profile: Profile, measures: Measures, dpi: float | None, skew: float) -> Iterator[str]:
    height, detail = measures.character_height, measures.detail
    if dpi is not None and dpi < profile.min_dpi:
        yield f"resolution too low: {dpi:.0f} dpi (at least {profile.min_dpi:.0f})"
    if height is not None and height < profile.min_character_height:
        yield f"characters too small: {height:.0f} pixels high (at least {profile.min_character_height:.0f})"
    if detail is not None and detail < profile.min_detail:
        yield f"out of focus: detail {detail:.1f} (at least {profile.min_detail:.1f})"
    if height is not None and measures.contrast < profile.min_contrast:
        yield f"print too pale: contrast {measures.contrast:.2f} (at least {profile.min_contrast:.2f})"
    if measures.bleed is not None and measures.bleed > profile.max_bleed:
        yield f"the other side shows through: {measures.bleed:.2f} of the ink (at most {profile.max_bleed:.2f})"
    if measures.light < profile.min_light:
        yield f"uneven light: darkest paper {measures.light:.2f} of the brightest (at least {profile.min_light:.2f})"
    if abs(skew) > profile.max_skew:
        yield f"aslant: {abs(skew):.1f}° (at most {profile.max_skew:.1f}°)"
    if measures.clipped and profile.clipped:
        yield f"text is cut off at the edge: {', '.join(measures.clipped)}"
