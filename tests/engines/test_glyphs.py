import re

from pipeline.engines._glyphs import Glyph, joined, line, moved, pieces


def row(text: str, step: int = 10, **more: float) -> list[Glyph]:
    return [
        Glyph(text=mark, x0=step * number, y0=0, x1=step * number + 10, y1=10, **more)
        for number, mark in enumerate(text)
    ]


def test_spaces_stay_between_latin_only() -> None:
    for given, kept in [
        ("青 禾 镇", "青禾镇"),
        ("the town", "the town"),
        ("共 12 个", "共12个"),
        ("a   b", "a b"),
        ("a ‘b’ c", "a ‘b’ c"),
        ("été à Lyon", "été à Lyon"),
        ("（a） b", "（a）b"),
        (" a ", "a"),
    ]:
        made = line(row(given), 500, 50)
        assert made is not None
        assert made.text == kept
        assert len(made.chars) == len(made.char_confidences) == len(kept)


def test_nothing_printed_is_no_line() -> None:
    assert line(row("  "), 500, 50) is None
    assert line([], 500, 50) is None


def test_ligature_is_divided_evenly() -> None:
    made = line([Glyph(text="ffi", x0=0, y0=0, x1=30, y1=10, confidence=0.5)], 500, 50)
    assert made is not None
    assert (made.chars, made.char_confidences) == (((0, 10), (10, 20), (20, 30)), (0.5, 0.5, 0.5))


def test_boxes_stay_inside_the_page() -> None:
    made = line([Glyph(text="a", x0=-5, y0=-5, x1=900, y1=900)], 500, 50)
    assert made is not None
    assert made.bbox == (0, 0, 500, 50)


def test_vertical_line_has_extents_downwards() -> None:
    glyphs = [
        Glyph(text=mark, x0=100, y0=20 * number, x1=118, y1=20 * number + 18) for number, mark in enumerate("青禾镇")
    ]
    made = line(glyphs, 500, 300, vertical=True)
    assert made is not None
    assert made.vertical
    assert (made.bbox, made.chars) == ((100, 0, 118, 58), ((0, 18), (20, 38), (40, 58)))


def test_row_is_cut_at_wide_gaps() -> None:
    cut = pieces([*row("ab"), *(Glyph(text=mark, x0=x, y0=0, x1=x + 10, y1=10) for mark, x in ((" ", 25), ("c", 33)))])
    assert ["".join(glyph.text for glyph in piece).strip() for piece in cut] == ["ab", "c"]
    assert len(list(pieces(row("abc", step=20)))) == 1


def test_glyphs_that_are_one_sign_are_joined() -> None:
    made = joined(row("9%o，", confidence=0.8), re.compile("%o"), "‰")
    assert [(glyph.text, glyph.x0, glyph.x1) for glyph in made] == [("9", 0, 10), ("‰", 10, 30), ("，", 30, 40)]
    assert joined(row("9%"), re.compile("%o"), "‰") == row("9%")


def test_glyph_is_moved() -> None:
    glyph = moved(Glyph(text="a", x0=1, y0=2, x1=3, y1=4), 10, 20)
    assert (glyph.x0, glyph.y0, glyph.x1, glyph.y1) == (11, 22, 13, 24)
