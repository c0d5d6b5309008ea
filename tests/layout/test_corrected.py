"""What a person says a line or cell reads is what the page reads, whichever engine reads it later."""

from dataclasses import replace

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from archive_samples import make_line
from pipeline.layout.corrected import Corrected, corrected, standing
from pipeline.layout.tables import finish
from pipeline.layout.text import assemble, box_of
from schemas.page import Block, Line, PageText, Quality
from schemas.review import Verdict
from schemas.table import Box, Cell, Table


def page(*texts: str, vertical: bool = False) -> PageText:
    lines = [make_line(text, number) for number, text in enumerate(texts)]
    if vertical:
        lines = [replace(line, bbox=(line.bbox[1], line.bbox[0], line.bbox[3], line.bbox[2]), vertical=True)
                 for line in lines if line.bbox]  # fmt: skip
    blocks = tuple(
        Block(kind="paragraph", bbox=line.bbox, lines=(replace(line, doubtful=True, second="另"),), breaks=number and 1)
        for number, line in enumerate(lines)
    )
    return PageText(
        number=1, width=1240, height=1754, dpi=None, rotation=0, skew=0.0, engine="replay",
        quality=Quality(mean_confidence=0.97, min_confidence=0.97, expected_errors=1.0, doubtful_lines=len(texts)),
        blocks=blocks,
    )  # fmt: skip


def plain(*texts: str) -> PageText:
    blocks = tuple(
        Block(kind="paragraph", bbox=None, lines=(Line(text=text, bbox=None, confidence=1.0),), breaks=number and 1)
        for number, text in enumerate(texts)
    )
    return PageText(
        number=1, width=None, height=None, dpi=None, rotation=0, skew=0.0, engine="plain", quality=Quality(),
        blocks=blocks,
    )  # fmt: skip


def verdict(action: str, old: str, new: str | None = None, *, box: Box | None = None, **more: object) -> Verdict:
    return Verdict(target="line", action=action, page=1, bbox=box, old=old, new=new, who="甲", **more)  # type: ignore[arg-type]


def on_line(number: int, length: int, action: str, old: str, new: str | None = None) -> Verdict:
    return verdict(action, old, new, box=make_line("字" * length, number).bbox)


def text(done: Corrected) -> str:
    return assemble([done.page]).text


def line_of(done: Corrected, number: int) -> Line:
    return done.page.blocks[number].lines[0]


def test_a_page_without_verdicts_is_the_very_same() -> None:
    given = page("清水衬投资60万元。")
    assert corrected(given, []).page is given
    assert corrected(given, [replace(on_line(0, 9, "fix", "清水衬投资60万元。", "x"), page=2)]).page is given


def test_a_fixed_line_is_certain_and_what_stays_keeps_its_place() -> None:
    given = page("全镇共有236名", "清水衬投资60万元。", "完")
    done = corrected(given, [on_line(1, 9, "fix", "清水衬投资60万元。", "清水村投资600万元。")])
    assert text(done) == "全镇共有236名\n清水村投资600万元。\n完"
    line, before = line_of(done, 1), given.blocks[1].lines[0]
    assert (line.confidence, line.doubtful, line.second, line.bbox) == (1.0, False, None, before.bbox)
    assert len(line.chars) == len(line.char_confidences) == len(line.text)
    assert line.chars[:2] == before.chars[:2]
    assert line.chars[2] == before.chars[2], "one character for another stands where that stood"
    assert line.chars[-3:] == before.chars[-3:], "what stands behind an insertion does not move"
    assert all(near < far for near, far in line.chars)
    assert done.page.quality.doubtful_lines == 2
    assert done.page.quality.mean_confidence == pytest.approx((9 * 0.97 + 11) / 20)


def test_a_character_that_was_left_out_takes_half_of_its_neighbour() -> None:
    done = corrected(page("新增户数"), [on_line(0, 4, "fix", "新增户数", "新增余户数")])
    line = line_of(done, 0)
    assert box_of(line, 2, 3) == (95, 100, 110, 136)
    assert line.chars[3:] == make_line("新增户数", 0).chars[2:]


@pytest.mark.parametrize("new", ["多清水村", "清水村了", "清", "全部是别的字了啊"])
def test_extents_stay_inside_the_line(new: str) -> None:
    done = corrected(page("清水村"), [on_line(0, 3, "fix", "清水村", new)])
    line = line_of(done, 0)
    assert line.bbox is not None
    assert len(line.chars) == len(new)
    assert all(line.bbox[0] <= near < far <= line.bbox[2] for near, far in line.chars)


def test_a_vertical_line_is_corrected_along_its_length() -> None:
    given = page("清水衬投资", vertical=True)
    box = given.blocks[0].lines[0].bbox
    done = corrected(given, [verdict("fix", "清水衬投资", "清水村投资", box=box)])
    assert text(done) == "清水村投资"
    assert line_of(done, 0).chars == given.blocks[0].lines[0].chars


def test_an_accepted_line_is_certain_as_it_is() -> None:
    done = corrected(page("清水村", "二"), [on_line(0, 3, "accept", "清水村")])
    assert (line_of(done, 0).text, line_of(done, 0).confidence, line_of(done, 0).doubtful) == ("清水村", 1.0, False)
    assert line_of(done, 1).doubtful


def test_a_rejected_line_is_no_text_and_may_come_back() -> None:
    given = page("丨丶一", "清水村")
    stain = on_line(0, 3, "reject", "丨丶一")
    done = corrected(given, [stain])
    assert text(done) == "清水村"
    assert done.page.blocks[0].breaks == 0
    back = corrected(given, [stain, on_line(0, 3, "fix", "", "三个一")])
    assert text(back) == "三个一\n清水村"
    assert back.stale == ()


def test_the_latest_verdict_on_a_line_wins_and_is_the_one_that_is_told() -> None:
    first, second = on_line(0, 3, "fix", "清水衬", "清水付"), on_line(0, 3, "fix", "清水付", "清水村")
    done = corrected(page("清水衬"), [first, second])
    assert (text(done), done.applied) == ("清水村", (second,))


@pytest.mark.parametrize(
    "read_now",
    [
        "清水衬投资60万元",  # as before
        "清水村投资60万元",  # what was said already
        "请水衬投贷60万元",  # something else that is near
    ],
)
def test_another_reading_of_the_same_line_is_corrected_too(read_now: str) -> None:
    done = corrected(page(read_now), [on_line(0, 9, "fix", "清水衬投资60万元", "清水村投资60万元")])
    assert text(done) == "清水村投资60万元"
    assert done.stale == ()


def test_what_no_longer_applies_is_told_and_changes_nothing() -> None:
    fix = on_line(0, 8, "fix", "清水衬投资六十", "清水村投资六十")
    far = corrected(page("本页以下空白无字"), [fix])
    assert text(far) == "本页以下空白无字"
    assert far.stale == ((fix, "something else is read there now: 本页以下空白无字"),)
    nothing = corrected(page("x"), [replace(fix, bbox=(50, 900, 290, 936))])
    assert nothing.stale[0][1] == "no line is read there any more"


def test_a_line_that_is_read_in_pieces_is_not_written_over_one_of_them() -> None:
    whole = make_line("清水衬投资六十万元整", 0)
    assert whole.bbox
    x0, y0, x1, y1 = whole.bbox
    left, right = (
        Line(text="清水衬投资六十", bbox=(x0, y0, x0 + 210, y1), confidence=0.9),
        Line(text="万元整", bbox=(x0 + 210, y0, x1, y1), confidence=0.9),
    )
    given = replace(page("x"), blocks=(Block(kind="paragraph", bbox=whole.bbox, lines=(left, right), breaks=0),))
    done = corrected(given, [verdict("fix", whole.text, "清水村投资六十万元整", box=whole.bbox)])
    assert text(done) == "清水衬投资六十万元整"
    assert done.stale[0][1] == "its words are read as several lines now"


def test_lines_of_a_plain_text_are_found_by_what_they_read_and_where() -> None:
    given = plain("清水衬", "别的", "清水衬")
    second = replace(verdict("fix", "清水衬", "清水村民"), start=7)
    first = replace(verdict("fix", "清水衬", "清水乡的村"), start=0)
    assert text(corrected(given, [second])) == "清水衬\n别的\n清水村民"
    assert text(corrected(given, [second, first])) == "清水乡的村\n别的\n清水村民"
    again = replace(verdict("fix", "清水村民", "清水"), start=9)
    assert text(corrected(given, [second, first, again])) == "清水乡的村\n别的\n清水"
    assert corrected(plain("另"), [second]).stale[0][1] == "no line reads so any more"


def test_a_line_of_a_plain_text_may_come_back() -> None:
    out = replace(verdict("reject", "别的"), start=4)
    given = plain("清水村", "别的", "完")
    assert text(corrected(given, [out])) == "清水村\n完"
    assert text(corrected(given, [out, replace(verdict("fix", "", "另外"), start=4)])) == "清水村\n另外\n完"


def test_what_stands_there_is_told_by_place() -> None:
    given = page("清水衬", "别的")
    assert standing(given, on_line(1, 2, "accept", "")) == "别的"
    assert standing(given, verdict("accept", "", box=(900, 900, 950, 930))) is None
    assert standing(plain("清水衬", "别的"), replace(verdict("accept", ""), start=4)) == "别的"


COLUMNS, TOP, HEIGHT, WIDTH = 2, 600, 60, 300


def cell_box(row: int, col: int) -> Box:
    return (50 + col * WIDTH, TOP + row * HEIGHT, 50 + (col + 1) * WIDTH, TOP + (row + 1) * HEIGHT)


def cell_line(row: int, col: int, words: str) -> Line:
    x0, y0, _, _ = cell_box(row, col)
    chars = tuple((x0 + 10 + 30 * at, x0 + 38 + 30 * at) for at in range(len(words)))
    box = (x0 + 10, y0 + 10, x0 + 10 + 30 * len(words), y0 + 50)
    return Line(text=words, bbox=box, confidence=0.8, chars=chars, char_confidences=(0.8,) * len(words))


def tabled(*rows: tuple[str, str]) -> PageText:
    """A page with a title and a table of two columns: villages and a number."""
    cells, lines = [], []
    for row, words in enumerate(rows):
        for col, text in enumerate(words):
            cells.append(Cell(row=row, col=col, text=text, bbox=cell_box(row, col), confidence=0.8))
            lines += [cell_line(row, col, text)] if text else []
    box = (50, TOP, 50 + 2 * WIDTH, TOP + len(rows) * HEIGHT)
    table = finish(Table(bbox=box, header_rows=0, cells=tuple(cells), ruled=True, caption="各村户数"))
    given = page("各村户数")
    block = Block(kind="table", bbox=box, lines=tuple(lines))
    return replace(given, blocks=(*given.blocks, block), tables=(table,))


TABLE = (("村名", "户数"), ("清水村", "120"), ("石桥村", "85"), ("柳湾村", "9S"), ("合计", "300"))


def on_cell(row: int, col: int, action: str, old: str, new: str | None = None) -> Verdict:
    return replace(verdict(action, old, new, box=cell_box(row, col)), target="cell")


def cell(done: Corrected, row: int, col: int) -> Cell:
    return next(one for one in done.page.tables[0].cells if (one.row, one.col) == (row, col))


def test_a_fixed_cell_changes_its_line_its_value_and_the_sums() -> None:
    given = tabled(*TABLE)
    assert not any(check.holds for check in given.tables[0].checks)
    done = corrected(given, [on_cell(3, 1, "fix", "9S", "95")])
    assert text(done) == text(corrected(tabled(*TABLE[:3], ("柳湾村", "95"), TABLE[4]), []))
    fixed = cell(done, 3, 1)
    assert (fixed.text, fixed.value, fixed.confidence, fixed.doubtful) == ("95", "95", 1.0, False)
    assert [check.holds for check in done.page.tables[0].checks] == [True]
    assert not cell(done, 4, 1).doubtful


def test_a_cell_whose_sum_fails_stays_doubtful_where_nobody_judged_it() -> None:
    done = corrected(tabled(*TABLE), [on_cell(3, 1, "fix", "9S", "96")])
    assert not done.page.tables[0].checks[0].holds
    assert cell(done, 4, 1).doubtful


def test_a_fixed_line_changes_the_cell_it_stands_in() -> None:
    given = tabled(*TABLE)
    line = cell_line(3, 1, "9S")
    done = corrected(given, [verdict("fix", "9S", "95", box=line.bbox)])
    assert (cell(done, 3, 1).text, cell(done, 3, 1).value) == ("95", "95")
    assert [check.holds for check in done.page.tables[0].checks] == [True]


def test_a_number_that_was_not_read_gets_a_line_in_its_place() -> None:
    given = tabled(*TABLE[:3], ("柳湾村", ""), TABLE[4])
    done = corrected(given, [on_cell(3, 1, "fix", "", "95")])
    assert text(done).split("\n")[-4:] == ["柳湾村", "95", "合计", "300"]
    assert cell(done, 3, 1).value == "95"
    emptied = corrected(given, [on_cell(3, 1, "fix", "", "95"), on_cell(3, 1, "fix", "95", "")])
    assert text(emptied) == text(corrected(given, []))


def test_a_wrapped_cell_is_cut_where_its_lines_were() -> None:
    given = tabled(("村名", "户数"), ("清水衬委会", "120"))
    table, block = given.tables[0], given.blocks[1]
    x0, y0, _, _ = cell_box(1, 0)
    parts = (
        Line(text="清水衬", bbox=(x0 + 5, y0 + 2, x0 + 95, y0 + 28), confidence=0.9),
        Line(text="委会", bbox=(x0 + 5, y0 + 30, x0 + 65, y0 + 56), confidence=0.9),
    )
    lines = (*block.lines[:2], *parts, block.lines[3])
    given = replace(given, blocks=(given.blocks[0], replace(block, lines=lines)), tables=(table,))
    done = corrected(given, [on_cell(1, 0, "fix", "清水衬委会", "清水村委会")])
    assert [line.text for line in done.page.blocks[1].lines] == ["村名", "户数", "清水村", "委会", "120"]
    assert cell(done, 1, 0).text == "清水村委会"


def test_a_corrected_title_is_the_title_of_its_table() -> None:
    given = tabled(*TABLE)
    done = corrected(given, [on_line(0, 4, "fix", "各村户数", "各村户口数")])
    assert done.page.tables[0].caption == "各村户口数"


def test_a_cell_that_reads_something_else_is_told() -> None:
    fix = on_cell(3, 1, "fix", "41", "42")
    done = corrected(tabled(*TABLE), [fix])
    assert done.stale == ((fix, "something else is read in that cell now: 9S"),)
    gone = replace(fix, bbox=(900, 10, 950, 30))
    assert corrected(tabled(*TABLE), [gone]).stale == ((gone, "no cell is read there any more"),)


WORDS = st.text("清水村衬石桥1９S 0A", max_size=8)
PLACES = st.one_of(
    st.tuples(st.integers(0, 5), st.integers(0, 1)).map(lambda place: cell_box(*place)),
    st.integers(0, 2).map(lambda number: make_line("各村户数", number).bbox),
    st.tuples(st.integers(1, 4), st.integers(0, 1)).map(lambda place: cell_line(*place, "120").bbox),
    st.none(),
)
VERDICTS = st.builds(
    Verdict,
    target=st.sampled_from(["line", "cell"]),
    action=st.sampled_from(["accept", "reject", "fix"]),
    page=st.just(1),
    bbox=PLACES,
    start=st.one_of(st.none(), st.integers(0, 60)),
    old=st.one_of(WORDS, st.sampled_from([word for row in TABLE for word in row])),
    new=st.one_of(st.none(), WORDS),
)


@settings(max_examples=150, deadline=None)
@drawn(st.lists(VERDICTS, max_size=6))
def test_whatever_is_decided_the_page_stays_whole(said: list[Verdict]) -> None:
    before = tabled(*TABLE)
    done = corrected(before, said)
    for block in done.page.blocks:
        assert block.lines
        for line in block.lines:
            assert line.text.strip()
            assert line.bbox is not None
            assert not line.chars or len(line.chars) == len(line.text)
            assert all(near <= far for near, far in line.chars)
    assert [(one.row, one.col) for one in done.page.tables[0].cells] == [
        (one.row, one.col) for one in before.tables[0].cells
    ]
    assert len(done.applied) + len(done.stale) <= len(said)
    assert corrected(before, said) == done
    assemble([done.page])


def test_a_missed_line_joins_its_column() -> None:
    left, right = page("甲一", "甲二"), page("乙一", "乙二")
    moved = [replace(block, bbox=aside(block.bbox), lines=(replace(block.lines[0], bbox=aside(block.bbox), chars=()),))
             for block in right.blocks]  # fmt: skip
    both = replace(left, blocks=(*left.blocks, *moved))
    first, last = moved[0].bbox, left.blocks[1].bbox
    assert first
    assert last
    below = verdict("fix", "", "甲三", box=(last[0], last[3] + 5, last[2], last[3] + 25))
    above = verdict("fix", "", "乙零", box=(first[0], max(first[1] - 30, 0), first[2], max(first[1] - 10, 1)))
    done = corrected(both, [below, above])
    assert [line.text for block in done.page.blocks for line in block.lines] == [
        "甲一",
        "甲二",
        "甲三",
        "乙零",
        "乙一",
        "乙二",
    ]
    assert done.applied == (below, above)


def aside(box: Box | None) -> Box:
    assert box
    return box[0] + 600, box[1], box[2] + 600, box[3]


def test_a_missed_line_of_a_vertical_page_stands_left_of_the_one_before() -> None:
    upright = page("甲", "丙", vertical=True)
    boxes = [block.bbox for block in upright.blocks]
    right, left = sorted((box for box in boxes if box), reverse=True)
    between = (left[2] + 1, left[1], right[0] - 1, left[3])
    read_first = next(block.lines[0].text for block in upright.blocks if block.bbox == right)
    done = corrected(upright, [verdict("fix", "", "乙", box=between)])
    order = [line.text for block in done.page.blocks for line in block.lines]
    assert order.index("乙") == order.index(read_first) + 1
    assert all(line.vertical for block in done.page.blocks for line in block.lines)


def test_nothing_is_added_beside_nothing() -> None:
    asked = verdict("fix", "", "一行", box=(1, 1, 90, 20))
    empty = replace(page(), blocks=())
    assert corrected(empty, [asked]).stale == ((asked, "nothing is read on the page that a line could stand beside"),)
    there = page("甲")
    gone = verdict("reject", "", box=(1, 1500, 90, 1530))
    assert corrected(there, [gone]).stale == ((gone, "no line is read there any more"),)
