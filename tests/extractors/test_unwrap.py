"""Breaks of wrapped lines are taken out, breaks of paragraphs stay."""

import extractors
from extractors._unwrap import unwrap
from schemas.settings import ExtractSettings

LINE = "石桥村地势平坦土质肥沃主要种植小麦玉米大豆花生西瓜棉花等作物"


def test_lines_of_one_width_are_joined():
    text = f"    {LINE}\n{LINE}，全村\n{LINE}，全村\n{LINE}，全村\n种了。\n    新的一段。"
    plain, offsets = unwrap(text)
    assert plain.count("\n") == 1
    assert "".join(text[offset] for offset in offsets) == plain


def test_short_lines_stay():
    for text in ("", "\n", "石桥村\n云湾村\n桐坳村", f"{LINE}。\n短\n短\n短\n短\n短\n短\n短"):
        assert unwrap(text) == (text, list(range(len(text))))


def test_a_number_broken_from_its_unit_is_found():
    text = "\n".join(f"{LINE}，全村{number}" for number in (1400, 1500, 1600)) + "\n人。"
    mentions = extractors.extract(text, [], ExtractSettings()).mentions
    (count,) = (one for one in mentions if one.kind == "count")
    assert (count.text, count.value.value, count.value.unit) == ("1600\n人", 1600.0, "人")
    assert text[count.start : count.end] == count.text
