import pytest

import extractors
from extractors import rows
from pipeline.layout import headers, sums
from schemas.page import PlacedCell, PlacedTable
from schemas.settings import ExtractSettings
from schemas.table import Cell, Table


def lay(grid, unit=None, caption=None, before=""):
    """A table from rows of texts and the text it stands in; None carries on the cell at the left, ... the one above."""
    cells, parts, placed, length = [], [before], [], len(before)
    spans = {}
    for row, texts in enumerate(grid):
        for col, text in enumerate(texts):
            if text is None or text is ...:
                at = next(c for r, c in ((row, c) for c in range(col, -1, -1)) if grid[r][c] is not None)
                key = (row, at)
                if text is ...:
                    key = next((r, col) for r in range(row, -1, -1) if grid[r][col] is not ...)
                    spans[key] = (row - key[0] + 1, spans.get(key, (1, 1))[1])
                else:
                    spans[key] = (1, col - at + 1)
    for row, texts in enumerate(grid):
        for col, text in enumerate(texts):
            if text is None or text is ...:
                continue
            down, along = spans.get((row, col), (1, 1))
            box = (100 * col, 50 * row, 100 * (col + along), 50 * (row + down))
            cells.append(
                Cell(
                    row=row, col=col, rowspan=down, colspan=along, text=text.replace("\n", ""), bbox=box, confidence=1.0
                )
            )
            if text:
                parts.append(text + "\n")
            placed.append((length, length + len(text)))
            length += len(text) + bool(text)
    whole = Table(
        bbox=(0, 0, 100 * len(grid[0]), 50 * len(grid)),
        header_rows=0,
        cells=tuple(cells),
        unit=unit,
        caption=caption,
        ruled=True,
    )
    whole = sums.check(headers.apply(whole))
    found = [PlacedCell(cell=cell, start=a, end=b) for cell, (a, b) in zip(whole.cells, placed, strict=True)]
    return "".join(parts), PlacedTable(page=1, table=whole, cells=tuple(found))


def read(grid, **more):
    text, table = lay(grid, **more)
    return text, extractors.extract(text, [], ExtractSettings(), [table])


def numbers(facts):
    """(place, object, value, unit) of every number of a row."""
    found = [one for one in facts.mentions if one.rule == "rows.cell"]
    return [
        (getattr(one.value, "place", None), one.value.object, one.value.value, getattr(one.value, "unit", "元"))
        for one in found
    ]


PEOPLE = [
    ["村名", "户数", "总人口", None, None, "耕地(亩)", "集体收入(万元)"],
    [..., ..., "合计", "男", "女", ..., ...],
    ["石磨村", "212", "845", "430", "415", "1,416", "23.5"],
    ["白果村", "120", "402", "200", "202", "980", "5.04"],
    ["合计", "332", "1247", "630", "617", "2,396", "28.54"],
]


def test_every_number_of_a_row_counts_for_its_village():
    text, facts = read(PEOPLE, caption="青石乡2013年基本情况表")
    assert numbers(facts)[:6] == [
        ("石磨村", "户数", 212.0, "户"),
        ("石磨村", "总人口", 845.0, "人"),
        ("石磨村", "总人口·男", 430.0, "人"),
        ("石磨村", "总人口·女", 415.0, "人"),
        ("石磨村", "耕地", 1416.0, "亩"),
        (None, "集体收入", 235000.0, "元"),
    ]
    for one in facts.mentions:
        assert text[one.start : one.end] == one.text
    assert {one.value.as_of for one in facts.mentions if one.rule == "rows.cell" and one.kind == "count"} == {"2013"}
    area = next(one.value for one in facts.mentions if one.text == "1,416")
    assert (area.measure, area.canonical_unit) == ("area", "m²")


def test_a_row_of_totals_counts_for_no_village():
    _, facts = read(PEOPLE)
    total = next(one.value for one in facts.mentions if one.text == "1247")
    assert (total.place, total.scope, total.object) == (None, "合计", "总人口")


def test_a_village_is_found_once():
    _, facts = read(PEOPLE)
    assert [one.text for one in facts.mentions if one.kind == "village"] == ["石磨村", "白果村"]


def test_bare_names_below_a_head_that_says_village_are_villages():
    _, facts = read([["村名", "人口"], ["石磨", "845"], ["白果", "402"], ["柳树圈", "77"]])
    villages = [one for one in facts.mentions if one.kind == "village"]
    assert [(one.text, one.value.canonical) for one in villages] == [
        ("石磨", "石磨村"),
        ("白果", "白果村"),
        ("柳树圈", "柳树圈村"),
    ]
    assert numbers(facts)[0] == ("石磨村", "人口", 845.0, "人")


def test_villages_of_a_list_name_no_row():
    grid = [
        ["行政村", "自然村", "人口", "耕地公顷"],
        ["石磨", "石磨、前黄集", "1217", "149"],
        ["白果", "白果", "731", "76"],
    ]
    _, facts = read(grid)
    assert numbers(facts)[:2] == [("石磨村", "人口", 1217.0, "人"), ("石磨村", "耕地", 149.0, "公顷")]
    assert "前黄集" in [one.text for one in facts.mentions if one.kind == "village"]


@pytest.mark.parametrize(
    ("unit", "head", "expected"),
    [
        ("人", "人数", (77.0, "人")),
        ("户、人、亩", "面积", (77.0, "亩")),
        ("万人", "人数", (770000.0, "人")),
        ("户、人、亩", "入住率", (77.0, "%")),
        (None, "存栏(头)", (77.0, "头")),
        (None, "出生率(‰)", (77.0, "‰")),
        (None, "总户数", (77.0, "户")),
        (None, "别的", (77.0, "")),
    ],
)
def test_the_unit_comes_from_the_head_or_the_unit_line(unit, head, expected):
    _, facts = read([["村名", head], ["石磨村", "77"], ["白果村", "78"]], unit=unit)
    assert numbers(facts)[0][2:] == expected


def test_columns_may_be_villages_too():
    _, facts = read([["项目", "石磨村", "白果村"], ["户数", "212", "120"], ["人口", "845", "402"]])
    assert numbers(facts) == [
        ("石磨村", "户数", 212.0, "户"),
        ("白果村", "户数", 120.0, "户"),
        ("石磨村", "人口", 845.0, "人"),
        ("白果村", "人口", 402.0, "人"),
    ]


def test_a_number_with_its_unit_is_found_once():
    _, facts = read([["村名", "投资"], ["石磨村", "86.5万元"], ["白果村", "12万元"]])
    money = [one for one in facts.mentions if one.kind == "money"]
    assert [(one.value.amount, one.rule) for one in money] == [("865000", "rows.cell"), ("120000", "rows.cell")]


def test_a_cell_broken_over_lines_gives_no_mention_with_a_break():
    _, facts = read([["村名", "人口"], ["石\n磨村", "845"], ["白果村", "402"]])
    assert not any("\n" in one.text for one in facts.mentions)
    assert numbers(facts)[0] == ("石磨村", "人口", 845.0, "人")


def test_tables_about_other_things_are_left_alone():
    _, facts = read([["品种", "亩产(公斤)"], ["小麦", "450"], ["玉米", "520"]])
    assert numbers(facts) == []


def test_every_row_relates_its_village_to_its_numbers():
    _, facts = read(PEOPLE)
    has = [one for one in facts.relations if one.predicate == "has"]
    assert [(one.subject, one.object) for one in has][:2] == [("石磨村", "212户"), ("石磨村", "845人")]
    ids = {one.id: one for one in facts.mentions}
    assert all(ids[one.object_mention].rule == "rows.cell" for one in has)
    assert sum(one.subject == "白果村" for one in has) == 6


def test_the_sums_of_a_table_are_checks_with_their_cells():
    _, facts = read(PEOPLE)
    sums_ = [one for one in facts.checks if one.kind == "table_sum"]
    ids = {one.id: one.text for one in facts.mentions}
    assert all(one.holds for one in sums_)
    assert ["332", "212", "120"] in [[ids[name] for name in one.mentions] for one in sums_]


def test_a_sum_that_fails_says_both_numbers():
    grid = [row[:2] for row in PEOPLE if row[0] is not ...]
    grid[-1] = ["合计", "382"]
    grid.insert(1, ["柳树村", "50"])
    grid.insert(1, ["桃花村", "31"])
    _, facts = read(grid)
    (failed,) = [one for one in facts.checks if not one.holds]
    assert (failed.kind, "382" in failed.message, "413" in failed.message) == ("table_sum", True, True)


def test_rows_where_people_do_not_fit_households_are_told():
    grid = [["村名", "户数", "人口"], ["石磨村", "212", "845"], ["白果村", "120", "4020"], ["柳树村", "90", "300"]]
    grid += [["桃花村", "88", "310"], ["桐坳村", "70", "250"]]
    _, facts = read(grid)
    (failed,) = [one for one in facts.checks if one.kind == "ratio"]
    assert (failed.holds, failed.expression) == (False, "4020 / 120 = 33.50 people per household")


def test_the_villages_of_a_table_against_the_township_in_the_text():
    grid = [["村名", "总人口"], ["石磨村", "845"], ["白果村", "402"], ["柳树村", "300"]]
    _, facts = read(grid, before="青石乡全乡总人口1600人。\n")
    found = [one for one in facts.checks if one.kind == "village_sum"]
    assert [(one.holds, one.expression) for one in found] == [(False, "3 villages: 1547, 全乡: 1600")]


def test_nothing_is_read_from_a_table_without_places():
    text, table = lay([["", ""], ["", ""]])
    assert list(rows.read([table], text)) == []
