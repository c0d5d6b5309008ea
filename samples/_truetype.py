"""A TrueType font of just the characters a PDF needs: some readers find no text under OpenType (CFF) outlines."""

from pathlib import Path

from _type import FACES
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

NEW_YEAR_2020 = 3660681600
"""Seconds since 1904, as fonts count."""


def write_truetype(face: str, text: str, path: Path) -> None:
    """Write the characters of `text` in `face` as a .ttf file, its curves quadratic to within one unit."""
    source_path, index = FACES[face]
    source = TTFont(source_path, fontNumber=index)
    glyphs, characters = source.getGlyphSet(), source.getBestCmap()
    used = {ord(character): characters[ord(character)] for character in sorted(set(text)) if character.isprintable()}
    order = [".notdef", *sorted(set(used.values()))]
    outlines = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        outlines[name] = pen.glyph()
    family = source["name"].getBestFamilyName().replace(" ", "")
    builder = FontBuilder(source["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(used)
    builder.setupGlyf(outlines)
    # Empty glyphs have no left edge.
    metrics = {name: (round(glyphs[name].width), getattr(outlines[name], "xMin", 0)) for name in order}
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=source["hhea"].ascent, descent=source["hhea"].descent)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family})
    builder.setupOS2(sTypoAscender=source["hhea"].ascent, sTypoDescender=source["hhea"].descent)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = NEW_YEAR_2020
    builder.font.recalcTimestamp = False
    builder.save(path)
