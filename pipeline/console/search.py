"""`xiangdang search`: hits, facets, image strips, lists of queries, saved searches."""

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.archive.facts import gazetteer
from pipeline.archive.search import count, facets, saved
from pipeline.archive.search import search as find_pages
from pipeline.archive.search.filters import longer_names, unknown_names
from pipeline.archive.select import years
from pipeline.archive.store import Archive
from pipeline.console import emit, tell
from pipeline.console.crops import write_crops
from pipeline.errors import FileAccessError, NothingToDo, UsageError
from pipeline.export import _cells
from schemas import codec
from schemas.query import Filters, Hit, Query

COLUMNS = ("source", "document", "page", "exact", "score", "snippet", "boxes")
"""Of `--csv`; `--from-list` puts query and hits before them."""
FACET_VALUES = 12
"""Values of a facet that people are shown; --json and --csv have all."""


def search(folder: Path, given: Mapping[str, Any]) -> None:
    """Does what the command line asks for."""
    if given["list_saved"]:
        return list_saved(folder, as_json=given["as_json"])
    if given["delete_saved"] is not None:
        return delete_saved(folder, given["delete_saved"])
    with Archive.open(folder, write=given["save"] is not None, command="search --save") as archive:
        query = _query(archive, given)
        if given["from_list"] is not None:
            return _search_list(archive, query, _lines(given["from_list"]), given)
        if not query.text.strip() and query.filters == Filters():
            raise UsageError("Search for what?", "Give words, a filter such as --village, or --saved NAME.")
        if given["save"] is not None:
            saved.save(archive, given["save"], query, overwrite=given["overwrite"])
            tell(f"Saved as {given['save']!r}; `xiangdang search --saved {given['save']}` runs it again.")
        if given["facets"]:
            return _show_facets(facets.facets(archive, query), given)
        return _show_hits(archive, query, given)


def _query(archive: Archive, given: Mapping[str, Any]) -> Query:
    text = " ".join(given["query"])
    filters = _filters(given)
    paged = {"limit": given["limit"], "offset": given["offset"]}
    if given["saved"] is None:
        order = given["order"] or Query(text="").order
        return Query(text=text, filters=filters, near_miss=given["near_miss"], order=order, **paged)
    if text or filters != Filters():
        raise UsageError("--saved takes no words and no filters.", "Leave them out, or leave out --saved.")
    found = saved.saved(archive, given["saved"])
    order = given["order"] or found.order
    return replace(found, near_miss=given["near_miss"] or found.near_miss, order=order, **paged)


def _filters(given: Mapping[str, Any]) -> Filters:
    named = ("village", "township", "programme", "person", "organisation", "kind", "source", "where")
    return Filters(
        **{name: given[name] for name in named},
        years=years(given["year"]) if given["year"] else None,
        confidence=given["confidence"],
    )


def _show_hits(archive: Archive, query: Query, given: Mapping[str, Any]) -> None:
    hits = find_pages(archive, query)
    total = count(archive, query)
    if given["as_csv"]:
        _write_rows([COLUMNS, *(_row(hit) for hit in hits)])
    for hit in hits if not given["as_csv"] else ():
        emit(json.dumps(codec.to_dict(hit), ensure_ascii=False) if given["as_json"] else _lines_of(hit))
    if given["crop"] is not None:
        write_crops(archive, hits, given["crop"], overwrite=given["overwrite"])
    if not (given["as_json"] or given["as_csv"]):
        tell(_balance(query, len(hits), total))
        for kind, name in unknown_names(archive.connection, query.filters) if not total else ():
            longer = longer_names(archive.connection, kind, name)
            perhaps = f" Perhaps {'、'.join(longer)}?" if longer else ""
            tell(f"No document names the {kind} {name}.{perhaps}")


def _balance(query: Query, shown: int, total: int) -> str:
    """How much of the whole was shown, and how to see more."""
    pages = f"{total} page{'s' * (total != 1)}"
    if not total:
        return "No page was found."
    if not shown:
        return f"{pages} found; --offset {query.offset} is behind the last."
    last = query.offset + shown
    if shown == total:
        return f"All {pages} shown." if total > 1 else "1 page found."
    more = f" More: --offset {last}, or --limit 0 for all." if last < total else ""
    return f"Pages {query.offset + 1} to {last} of {total} shown.{more}"


def _lines_of(hit: Hit) -> str:
    return f"{hit.source}, page {hit.page}{'' if hit.exact else ' (near)'}\n    {marked(hit)}"


def marked(hit: Hit) -> str:
    """The snippet with its matches in bold on a terminal, in 【】 elsewhere."""
    opening, closing = ("\033[1;31m", "\033[0m") if sys.stdout.isatty() else ("【", "】")
    parts, at = [], 0
    for start, end in hit.highlights:
        parts += [hit.snippet[at:start], opening, hit.snippet[start:end], closing]
        at = end
    return "".join([*parts, hit.snippet[at:]])


def _row(hit: Hit) -> tuple[object, ...]:
    boxes = "; ".join(",".join(map(str, box)) for box in hit.boxes)
    return hit.source, hit.document, hit.page, int(hit.exact), round(hit.score, 6), hit.snippet, boxes


def _write_rows(rows: Iterable[Sequence[object]]) -> None:
    """Rows as csv on stdout, none of whose cells a spreadsheet would run."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerows([_cells.cell(value) for value in row] for row in rows)


def _show_facets(found: Mapping[str, facets.Facet], given: Mapping[str, Any]) -> None:
    if given["as_json"]:
        emit(json.dumps({name: dict(values) for name, values in found.items()}, ensure_ascii=False))
    elif given["as_csv"]:
        rows = [(name, value, pages) for name, values in found.items() for value, pages in values]
        _write_rows([("facet", "value", "pages"), *rows])
    else:
        for name, values in found.items():
            emit(name)
            for value, pages in values[:FACET_VALUES]:
                emit(f"{pages:8}  {value or '(unknown)'}")
            if len(values) > FACET_VALUES:
                emit(f"          ... and {len(values) - FACET_VALUES} more")


def _lines(file: Path) -> list[str]:
    """The queries of a file, one a line, in UTF-8 or GBK."""
    try:
        text = gazetteer.decode(file.read_bytes(), str(file))
    except OSError as error:
        raise FileAccessError(f"{file} cannot be read: {error.strerror}.", "Check the path.") from error
    found = [line.strip() for line in text.splitlines() if line.strip()]
    if not found:
        raise NothingToDo(f"{file} holds no query.", "Write one query a line.")
    return found


def _search_list(archive: Archive, query: Query, lines: Sequence[str], given: Mapping[str, Any]) -> None:
    """Each line as a query of its own, with the same filters; a query without hits has one row that says so."""
    if query.text:
        raise UsageError("--from-list takes no words beside the file.", "Filters hold for all of its queries.")
    if given["as_json"] or given["facets"] or given["crop"] is not None or given["save"] is not None:
        raise UsageError("--from-list writes csv only.", "Leave out --json, --facets, --crop and --save.")
    _write_rows([("query", "hits") if given["counts"] else ("query", "hits", *COLUMNS)])
    for line in lines:
        one = replace(query, text=line)
        total = count(archive, one)
        hits = [] if given["counts"] else find_pages(archive, one)
        _write_rows([(line, total, *_row(hit)) for hit in hits] or [(line, total)])


def list_saved(folder: Path, *, as_json: bool) -> None:
    """Every saved search with what it asks."""
    with Archive.open(folder) as archive:
        found = saved.all_saved(archive)
    for one in found:
        emit(json.dumps(codec.to_dict(one), ensure_ascii=False) if as_json else f"{one.name}\t{_told(one.query)}")
    if not found:
        tell("No search is saved; `xiangdang search ... --save NAME` saves one.")


def _told(query: Query) -> str:
    """The query as its command line would say it."""
    parts = [query.text] if query.text else []
    for name in Filters.__dataclass_fields__:
        value = getattr(query.filters, name)
        if name == "years" and value:
            parts.append(f"--year {value[0]}-{value[1]}")
        elif name == "confidence" and value is not None:
            parts.append(f"--confidence {value:g}")
        elif isinstance(value, tuple) and name != "years":
            parts += [f"--{name} {one!r}" for one in value]
    return " ".join([*parts, *(["--near-miss"] if query.near_miss else [])])


def delete_saved(folder: Path, name: str) -> None:
    """Forgets a saved search."""
    with Archive.open(folder, write=True, command="search --delete-saved") as archive:
        saved.delete(archive, name)
    tell(f"Deleted {name!r}.")
