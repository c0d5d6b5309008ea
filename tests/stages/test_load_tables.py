"""The load stage looks at tables over all pages: what carries on, what adds up; the archive shows it."""

from dataclasses import replace
from pathlib import Path

from archive_samples import make_page
from pipeline.archive.documents import read_document, write_document
from pipeline.archive.store import Archive
from pipeline.layout import headers
from pipeline.stages.load import build_document
from schemas.document import Description, Document, DocumentFacts
from schemas.failure import Failure
from schemas.page import PageText
from schemas.source import Source
from schemas.table import Cell, Table


def drawn(*rows: str) -> Table:
    cells = tuple(
        Cell(row=row, col=col, text=text, bbox=(100 * col, 40 * row, 100 * col + 100, 40 * row + 40), confidence=0.98)
        for row, line in enumerate(rows)
        for col, text in enumerate(line.split("|"))
    )
    return headers.apply(Table(bbox=(0, 0, 300, 40 * len(rows)), header_rows=0, cells=cells, ruled=True))


def page(number: int, table: Table) -> PageText:
    return replace(make_page(number, []), tables=(table,))


FIRST = page(1, drawn("村名|户数|人口", "枫树村|120|431", "芦花村|98|360"))
SECOND = page(2, drawn("石桥村|70|251", "合计|288|1,043"))


def load(*pages: PageText, failures: dict[int, Failure] | None = None) -> Document:
    source = Source(
        sha256="a" * 64, path="表.pdf", path_raw="表.pdf".encode(), size=1, modified_ns=1, media_type="application/pdf",
        pages=len(pages),
    )  # fmt: skip
    return build_document(source, pages, failures or {}, DocumentFacts(description=Description(), mentions=()))


def test_a_table_over_two_pages_is_checked_as_one() -> None:
    document = load(FIRST, SECOND)
    (first,), (second,) = (page.tables for page in document.pages)
    assert second.continues
    assert second.cells[1].header_path == ("户数",)
    assert [(check.holds, check.stated, check.computed) for check in second.checks] == [
        (True, "288", "288"),
        (False, "1043", "1042"),
    ]
    assert [cell.text for cell in (*first.cells, *second.cells) if cell.doubtful] == ["431", "360", "251", "1,043"]


def test_a_page_that_failed_parts_the_tables() -> None:
    failure = Failure(failure_class="timeout", message="超时", remedy="重试")
    document = load(FIRST, replace(SECOND, number=3), failures={2: failure})
    assert [len(page.tables) for page in document.pages] == [1, 0, 1]
    assert not document.pages[2].tables[0].continues


def test_the_archive_shows_values_doubts_and_sums(tmp_path: Path) -> None:
    document = load(FIRST, SECOND)
    with Archive.open(tmp_path / "archive", create=True) as archive:
        with archive.transaction():
            write_document(archive, document, {1: FIRST, 2: SECOND}, {})
        assert read_document(archive, document.id) == document
        doubted = archive.connection.execute("SELECT page, value FROM table_cells WHERE doubtful ORDER BY page, row")
        assert [tuple(row) for row in doubted] == [(1, "431"), (1, "360"), (2, "251"), (2, "1043")]
        failed = archive.connection.execute(
            "SELECT page, stated, computed, expression FROM table_checks WHERE NOT holds"
        )
        assert [tuple(row) for row in failed] == [(2, "1043", "1042", "1043 ≠ 431 + 360 + 251 = 1042")]
