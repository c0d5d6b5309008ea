"""An archive of generated reports through the real load stage: speed, memory, size, exactness, and search times.

Usage: python benchmarks/archive.py [--pages 100000] [--folder DIR] [--each 30] [--without NAME ...]

Documents of ten pages of about 950 characters, with lines, extents and some 13 facts a page, are stored as reading and
extraction would have left them, then `xiangdang load` brings them into the tables. Search is measured beside LIKE over
the same text, FTS5's trigram tokens, and tantivy (`pip install tantivy`; left out with a note where it is absent).
CPU is user + system of this process; times are those of one query, warm. With --folder the archive is kept, and a
second run measures the one that lies there.
"""

import argparse
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # what is measured is the tree that this file lies in

import _archive_peers as peers  # noqa: E402
from _archive_made import PAGES, fill  # noqa: E402
from _archive_terms import Class, classes, pages_of  # noqa: E402

from pipeline.archive.search import count, search  # noqa: E402
from pipeline.archive.store import Archive  # noqa: E402
from pipeline.run import go_on  # noqa: E402
from pipeline.run.options import Options  # noqa: E402
from pipeline.run.progress import Silent  # noqa: E402
from schemas.query import Filters, Query  # noqa: E402

SEED = 7
SLOW = 200_000
"""Pages from which LIKE is asked only three terms of a class: each is a scan of everything."""


def main() -> None:
    """Make or open the archive, measure, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="where the archive is made and kept")
    parser.add_argument("--each", type=int, default=30, help="queries of a class")
    parser.add_argument("--without", nargs="*", default=[], metavar="NAME", help="LIKE, trigram, tantivy")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch, "archive")
        if not (folder / "archive.db").exists():
            make(folder, given.pages)
        measure(folder, Path(scratch), given.each, given.without)


def make(folder: Path, pages: int) -> None:
    """Store the records, load them, say at what cost."""
    documents = range(pages // PAGES)
    with measured("records of intake, reading, extraction", pages), Archive.open(folder, create=True) as archive:
        for _ in fill(archive, documents, SEED):
            pass
    with measured("load (the stage)", pages):
        go_on(folder, [], Options(stages=frozenset({"load"})), Silent())


@contextmanager
def measured(title: str, pages: int) -> Iterator[None]:
    """Pages a second of CPU, and resident memory in the first and the last third of the time."""
    series: list[float] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.5):
            series.append(int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6)

    watcher = threading.Thread(target=watch)
    began, wall = time.process_time(), time.monotonic()
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
    cpu, wall = time.process_time() - began, time.monotonic() - wall
    third = len(series) // 3
    held = f"{max(series[: third + 1]):.0f} -> {max(series[-third - 1 :]):.0f} MB" if series else "-"
    print(f"{title}: {pages / cpu:,.0f} pages a second of CPU ({cpu:,.1f} s CPU, {wall:,.1f} s), {held}", flush=True)


def measure(folder: Path, scratch: Path, each: int, without: Sequence[str]) -> None:
    """Sizes, exactness and times."""
    with Archive.open(folder) as archive:
        pages, text = archive.connection.execute(
            "SELECT count(*), sum(length(CAST(text AS BLOB))) FROM pages"
        ).fetchone()
        own = archive.connection.execute("SELECT sum(length(block)) FROM pages_index_data").fetchone()[0]
        sorts, truth = classes(archive.connection, pages, each, SEED)
        others = list(_peers(folder, scratch, without, lambda: pages_of(archive.connection)))
        print(f"\n{pages:,} pages, {text / 1e6:,.1f} MB of text, archive.db {folder_size(folder) / 1e6:,.0f} MB\n")
        _show_builds(text, own, others, archive)
        _show_exactness(archive, sorts, truth, others, pages)
        _show_times(archive, sorts, others, pages)


def folder_size(folder: Path) -> int:
    """Bytes of the database."""
    return (folder / "archive.db").stat().st_size


def _peers(
    folder: Path, scratch: Path, without: Sequence[str], pages: Callable[[], Iterable[peers.Page]]
) -> Iterator[peers.Like | peers.Trigram | peers.Tantivy]:
    if "LIKE" not in without:
        yield peers.Like(folder / "archive.db")
    for kind in (peers.Trigram, peers.Tantivy):
        if kind.name in without:
            continue
        try:
            peer = kind(scratch)
        except ImportError:
            print(f"{kind.name}: not installed, left out (pip install {kind.name})")
            continue
        peer.build(pages())
        yield peer


def _show_builds(text: int, own: int, others: Sequence[peers.Like], archive: Archive) -> None:
    print("| index | MB | bytes / text bytes | build, CPU s |\n|---|---|---|---|")
    print(f"| xiangdang | {own / 1e6:,.1f} | {own / text:.2f} | {_rebuilt(archive):,.1f} |")
    for peer in others:
        print(f"| {peer.name} | {peer.bytes / 1e6:,.1f} | {peer.bytes / text:.2f} | {peer.seconds:,.1f} |")


def _rebuilt(archive: Archive) -> float:
    """CPU seconds of building the index of all pages at once, in a table of its own."""
    from pipeline.archive.folding import index_text

    with tempfile.TemporaryDirectory() as scratch:
        connection = sqlite3.connect(Path(scratch, "index.db"))
        connection.execute("CREATE VIRTUAL TABLE t USING fts5 (tokens, content = '', tokenize = 'ascii')")
        began = time.process_time()
        rows = ((page, index_text(text)) for page, text in pages_of(archive.connection))
        connection.executemany("INSERT INTO t (rowid, tokens) VALUES (?, ?)", rows)
        connection.commit()
        connection.close()
        return time.process_time() - began


def _show_exactness(
    archive: Archive, sorts: Sequence[Class], truth: dict[str, int], others: Sequence[peers.Like], pages: int
) -> None:
    """Share of the terms of which exactly the right number of pages is found."""
    names = ["xiangdang", *(peer.name for peer in others)]
    print(f"\n| terms with the exact number of pages | terms | {' | '.join(names)} |\n|---|---|{'---|' * len(names)}")
    for sort in sorts:
        if not sort.terms:
            continue
        # Literally: as a word 聪盲五 is found as 聪盲5, too, which a plain scan cannot know.
        exact = sum(count(archive, Query(text=f'"{term}"')) == truth[term] for term in sort.terms)
        cells = [exact / len(sort.terms)]
        for peer in others:
            asked = sort.terms[:3] if peer.name == "LIKE" and pages >= SLOW else sort.terms
            cells.append(sum(peer.count(term) == truth[term] for term in asked) / len(asked))
        print(f"| {sort.name} | {len(sort.terms)} | {' | '.join(f'{cell:.2f}' for cell in cells)} |")


def _show_times(archive: Archive, sorts: Sequence[Class], others: Sequence[peers.Like], pages: int) -> None:
    """Milliseconds of the first page of results, with snippets and boxes for ours, bare numbers of pages for others."""
    names = ["xiangdang", *(peer.name for peer in others)]
    print(f"\n| first 20 pages, ms p50 / p99 | pages found | {' | '.join(names)} |\n|---|---|{'---|' * len(names)}")
    for sort in sorts:
        found = statistics.median(count(archive, Query(text=query)) for query in sort.queries) if sort.queries else 0
        cells = [timed(lambda query: search(archive, Query(text=query)), sort.queries)]
        for peer in others:
            asked = sort.terms[:3] if peer.name == "LIKE" and pages >= SLOW else sort.terms
            cells.append(timed(peer.first, asked))
        print(f"| {sort.name} | {found:,.0f} | {' | '.join(cells)} |", flush=True)
    for share in ("medium", "common"):
        terms = next((sort.terms for sort in sorts if sort.terms and share in sort.name), [])
        for name, filters in _filters(archive).items():
            cell = timed(lambda query: search(archive, Query(text=query, filters=filters)), terms)  # noqa: B023
            print(f"| {share}, {name} | | {cell} |{' - |' * len(others)}", flush=True)


def _filters(archive: Archive) -> dict[str, Filters]:
    village = archive.connection.execute("SELECT text FROM mentions WHERE kind = 'village' LIMIT 1").fetchone()[0]
    return {
        "--village": Filters(village=(village,)),
        "--year": Filters(years=(2010, 2012)),
        "--kind": Filters(kind=("money",)),
        "--where": Filters(where=("党员 > 500 名",)),
    }


def timed(ask: Callable[[str], object], queries: Sequence[str]) -> str:
    """Median and the slowest but 1 % of the queries, in milliseconds; each is asked once before it counts."""
    times = []
    for query in queries:
        for _ in range(2):
            began = time.perf_counter()
            ask(query)
            spent = time.perf_counter() - began
        times.append(spent * 1000)
    times.sort()
    return f"{times[len(times) // 2]:.1f} / {times[int(len(times) * 0.99)]:.1f}" if times else "-"


if __name__ == "__main__":
    main()
