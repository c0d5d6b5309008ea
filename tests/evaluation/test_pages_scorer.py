"""The scorer of pages on tiny documents: a perfect one scores perfectly, a damaged one exactly the damage."""

from dataclasses import replace

import pytest
from evaluation_samples import page_of

from archive_samples import make_document, make_page
from pipeline.evaluation import pages
from pipeline.evaluation.truth import Truth, TruthBlock, TruthCell, TruthLine, TruthPage, TruthTable
from schemas.page import PageText

PARAGRAPHS = (["云溪镇强化三项措施"], ["全镇共有四十八名联络员", "直接联系二十个村。"], ["一年投资六十万元。"])
LENGTH = sum(len(line) for paragraph in PARAGRAPHS for line in paragraph)


def truth_of(*read: PageText, name: str = "R1_clean", roles: tuple[str, ...] = (), turn: int = 0) -> Truth:
    """Truth that says what the pages say."""
    found = tuple(
        TruthPage(
            number=page.number,
            turn=turn,
            blocks=tuple(
                TruthBlock(
                    role=roles[at] if at < len(roles) else "para",
                    text="".join(line.text for line in block.lines),
                    lines=tuple(TruthLine(text=line.text, bbox=line.bbox) for line in block.lines),
                )
                for at, block in enumerate(page.blocks)
            ),
            tables=tuple(
                TruthTable(
                    header_rows=table.header_rows,
                    cells=tuple(
                        TruthCell(row=c.row, col=c.col, rowspan=c.rowspan, colspan=c.colspan, text=c.text)
                        for c in table.cells
                    ),
                )
                for table in page.tables
            ),
        )
        for page in read
    )
    return Truth(name=name, files=frozenset({f"{name}.png"}), pages=found, letter=name[0], clean="clean" in name)


def figures(truth: Truth, *read: PageText, name: str = "R1_clean") -> dict[str, float]:
    documents = [make_document(f"scans/{name}.png", read)] if read else []
    return dict(pages.measure(documents, [truth]).metrics)


def test_perfect_document_scores_perfectly():
    page = page_of(*PARAGRAPHS, table=True)
    m = figures(truth_of(page), page)
    assert {m[name] for name in ("line_cer", "page_cer", "block_cer", "letter_cer", "missing", "violations")} == {0}
    assert {m[name] for name in ("orientation", "cells_exact", "structure_exact", "header_path_exact")} == {1}
    assert m["line_cer.R.clean"] == m["page_cer.R"] == m["page_cer.clean"] == 0


def test_misread_character_counts_once():
    wrong = page_of(PARAGRAPHS[0], ["全镇共有四十入名联络员", "直接联系二十个村。"], PARAGRAPHS[2])
    m = figures(truth_of(page_of(*PARAGRAPHS)), wrong)
    assert m["line_cer"] == m["page_cer"] == m["block_cer"] == 1 / LENGTH


def test_other_order_costs_the_page_and_no_line():
    m = figures(truth_of(page_of(*PARAGRAPHS)), page_of(*PARAGRAPHS[::-1]))
    assert m["line_cer"] == m["block_cer"] == 0
    assert m["page_cer"] > 0.3


def test_caption_may_stand_anywhere_as_a_block_of_its_own():
    truth = truth_of(page_of(*PARAGRAPHS), roles=("caption",))
    moved = page_of(*PARAGRAPHS[1:], PARAGRAPHS[0])
    assert figures(truth, moved)["page_cer"] > 0
    marked = replace(moved, blocks=(*moved.blocks[:2], replace(moved.blocks[2], kind="caption")))
    assert figures(truth, marked)["page_cer"] == 0


def test_seal_never_counts_against_a_page():
    page = page_of(*PARAGRAPHS)
    seal = replace(make_page(1, [["云溪镇人民政府"]]).blocks[0], kind="seal", breaks=1)
    m = figures(truth_of(page), replace(page, blocks=(*page.blocks, seal)))
    assert m["page_cer"] == 0


def test_signs_that_look_alike_are_equal():
    truth = truth_of(page_of(["“三亮三比”——（一）", "甲·乙", "丙 丁"]))
    assert figures(truth, page_of(['"三亮三比"-(一)', "甲・乙", "丙丁"]))["line_cer"] == 0


def test_missing_document_is_wrong_in_every_character():
    m = figures(truth_of(page_of(*PARAGRAPHS, table=True)))
    assert (m["missing"], m["missing_pages"], m["line_cer"], m["orientation"], m["cells_exact"]) == (1, 1, 1, 0, 0)


def test_page_on_its_side_is_not_upright():
    page = page_of(*PARAGRAPHS)
    truth = truth_of(page)
    turned = [
        replace(block, lines=tuple(replace(x, bbox=(x.bbox[1], x.bbox[0], x.bbox[3], x.bbox[2])) for x in block.lines))
        for block in truth_of(page).pages[0].blocks
    ]
    sideways = replace(truth, pages=(replace(truth.pages[0], blocks=tuple(turned)),))
    assert figures(sideways, page)["orientation"] in (0, 1)  # mirrored: the least-squares turn decides
    few = page_of(PARAGRAPHS[0])
    assert figures(truth_of(few, turn=90), few)["orientation"] == 0
    assert figures(truth_of(few, turn=90), replace(few, rotation=270))["orientation"] == 1


def changed(page: PageText, *, drop_row: int = -1, text: dict[tuple[int, int], str] | None = None) -> PageText:
    """The page with a row of its table lost, or other texts in it."""
    cells = tuple(
        replace(cell, row=cell.row - (0 <= drop_row < cell.row), text=(text or {}).get((cell.row, cell.col), cell.text))
        for cell in page.tables[0].cells
        if cell.row != drop_row
    )
    return replace(page, tables=(replace(page.tables[0], cells=cells),))


def test_lost_row_costs_only_its_own_cells():
    page = page_of(*PARAGRAPHS, table=True)
    m = figures(truth_of(page), changed(page, drop_row=1))
    assert (m["cells_exact"], m["structure_exact"], m["cells_spurious"]) == (4 / 6, 0, 0)


def test_cell_that_is_misread_is_not_exact():
    page = page_of(*PARAGRAPHS, table=True)
    m = figures(truth_of(page), changed(page, text={(2, 1): "530"}))
    assert (m["cells_exact"], m["structure_exact"], m["header_path_exact"]) == (5 / 6, 1, 1)


def test_table_that_is_not_there_is_spurious():
    m = figures(truth_of(page_of(*PARAGRAPHS)), page_of(*PARAGRAPHS, table=True))
    assert (m["tables_spurious"], m["line_cer"]) == (1, 0)


def test_document_is_found_by_its_name_without_suffix_and_others_are_named():
    page = page_of(*PARAGRAPHS)
    documents = [make_document(source, [page]) for source in ("R1_clean.tif", "in/R1_clean.png", "x.png")]
    report = pages.measure(documents, [truth_of(page)])
    assert (report.metrics["missing"], report.duplicates) == (0, ())
    assert report.not_in_truth == ("R1_clean.tif", "x.png")


def test_report_is_a_table_and_json():
    page = page_of(*PARAGRAPHS)
    report = pages.measure([make_document("R1_clean.png", [page])], [truth_of(page)])
    head, whole, *_ = report.lines()
    assert head.split()[:3] == ["pages", "lost", "line_cer"]
    assert whole.split() == ["all", "1", "0", "0.00", "0.00", "0.00", "0.00", "100.00", "-", "-", "-"]
    assert report.as_json()["documents"]["R1_clean"]["line_cer"] == 0


@pytest.mark.parametrize("box", [(50, 100, 50, 130), (50, 100, 2000, 130)])
def test_box_off_the_page_is_a_violation(box):
    page = page_of(*PARAGRAPHS)
    block = page.blocks[0]
    off = replace(page, blocks=(replace(block, lines=(replace(block.lines[0], bbox=box),)), *page.blocks[1:]))
    assert figures(truth_of(page), off)["violations"] == 1
