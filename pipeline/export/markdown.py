"""A readable page (Markdown) a document: what it is, checks that fail, then every fact once with its pages."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any, BinaryIO

from pipeline.export._markdown import bounds, by_place, is_count_of, numbers, plain, section, told, where
from schemas.document import Document, Township
from schemas.entity import CountValue, Mention, Value
from schemas.summary import Fact

BETWEEN = "\n---\n\n"
"""Between the pages of two documents."""
CANDIDATES = 5
"""Divisions a township may be that are listed."""
SUGGESTION = 0.5
"""Facts that are only stated with a lower confidence stand apart."""
ARCHIVAL = {
    "fonds": "Fonds (全宗号)", "item_number": "Item (档号)", "retention": "Retention (保管期限)",
    "security": "Security (密级)", "urgency": "Urgency (紧急程度)", "signatory": "Signed by (签发人)",
    "recipients": "To (主送)", "copies": "Copies to (抄送)", "printed_by": "Printed by (印发机关)",
    "printed_on": "Printed on (印发日期)",
}  # fmt: skip


def write(documents: Iterable[Document], out: BinaryIO) -> None:
    """The pages one after the other, UTF-8."""
    for number, document in enumerate(documents):
        out.write(((BETWEEN if number else "") + page(document)).encode("utf-8", "backslashreplace"))


SUFFIXES = {".md": write}


def page(document: Document) -> str:
    """The page of one document."""
    return "\n".join([f"# {plain(document.title) or '(no title)'}", "", *_head(document), *_body(document)])


def _head(document: Document) -> Iterator[str]:
    archival = document.archival
    known = {
        "Document": document.id,
        "Source": document.source,
        "Number (文号)": document.document_number,
        "Issuer": document.issuer,
        "Date": document.date,
        **{name: getattr(archival, key) for key, name in ARCHIVAL.items()},
        "Attachments (附件)": "; ".join(archival.attachments),
        "Township": _township(document.township) if document.township else None,
        "Pages": len(document.pages),
    }
    yield from told(known.items())
    if document.township and document.township.candidates:
        yield from section("## Which township it may be", ("division", "code", "votes", "because of"), (
            (" ".join(one.path), one.code, f"{one.votes:g}", "、".join(one.evidence))
            for one in document.township.candidates[:CANDIDATES]
        ))  # fmt: skip


def _township(township: Township) -> str:
    path = f" ({' '.join(township.path)})" if township.path else ""
    code = f", code {township.code}" if township.code else ""
    sure = "fixed by a person" if not township.inferred else f"confidence {township.confidence:.2f}"
    return f"{township.name}{path}{code}, {sure}"


def _body(document: Document) -> Iterator[str]:
    summary, suggested = _apart(document)
    placed = [one for one in document.mentions if isinstance(one.value, CountValue) and one.value.place]
    yield from _checks("## Checks that fail", document, holds=False)
    for title, kind, columns, cells in _TABLES:
        facts = [fact for fact in summary[kind] if not _place(fact.value)]
        rows = ((*cells(fact.value, _printed(fact)), numbers(fact.pages)) for fact in facts)
        yield from section(f"## {title}", (*columns, "pages"), rows)
        if kind == "counts":
            yield from by_place("## Counts by village", _placed(document, placed))
    places = {place for one in placed if (place := _place(one.value))}
    yield from section("## Relations", ("who", "does", "to what", "relation", "page"), (
        (one.subject, one.verb, one.object, one.predicate, _page_of(document, one.start))
        for one in document.relations if not is_count_of(one.predicate, one.subject, places)
    ))  # fmt: skip
    yield from _checks("## Checks that hold", document, holds=True)
    yield from section("## Suggestions, to be checked", ("kind", "what", "pages"), (
        (kind, fact.label, numbers(fact.pages)) for kind, fact in suggested
    ))  # fmt: skip


_TABLES: tuple[tuple[str, str, Sequence[str], Callable[[Any, str], Sequence[object]]], ...] = (
    ("Villages", "villages", ("name", "level", "township", "perhaps"),
     lambda v, text: (v.canonical, v.level, v.township, v.suggested)),
    ("Counts", "counts", ("as printed", "number", "unit", "of what", "for"),
     lambda v, text: (text, bounds(v), v.unit, v.object, where(v))),
    ("Programmes", "programmes", ("name", "type", "only a kind"),
     lambda v, text: (v.canonical, v.type, "yes" if v.generic else None)),
    ("People", "people", ("name", "role"), lambda v, text: (v.name, v.role)),
    ("Organisations", "organisations", ("as printed", "full name", "type"),
     lambda v, text: (text, v.canonical, v.type)),
    ("Money", "money", ("as printed", "amount", "currency", "for"),
     lambda v, text: (text, bounds(v), v.currency, v.object)),
    ("Dates", "dates", ("as printed", "from", "to", "repeats", "reckoned from"),
     lambda v, text: (text, v.start, v.end if v.end != v.start else None, v.recurrence, v.base)),
    ("Documents cited", "documents", ("title", "number", "issuer", "date"),
     lambda v, text: (v.title, v.number, v.issuer, v.date)),
    ("Events", "events", ("who", "did", "what"), lambda v, text: (v.who, v.action, v.what)),
)  # fmt: skip
"""Title, group of the summary, columns, and the cells of a value; the pages follow."""


def _apart(document: Document) -> tuple[dict[str, list[Fact]], list[tuple[str, Fact]]]:
    """The facts of the summary by group, and with their groups those that only suggestions state."""
    groups = {field.name: getattr(document.summary, field.name) for field in fields(document.summary)}
    facts = {name: [fact for fact in group if not fact.suggestion] for name, group in groups.items()}
    suggested = [(name, fact) for name, group in groups.items() for fact in group if fact.suggestion]
    return facts, suggested


def _placed(document: Document, mentions: Iterable[Mention]) -> Iterator[tuple[CountValue, str, int | None, object]]:
    for one in mentions:
        if isinstance(one.value, CountValue):
            yield one.value, "" if one.confidence >= SUGGESTION else "?", _page_of(document, one.start), None


def _checks(title: str, document: Document, *, holds: bool) -> Iterator[str]:
    yield from section(title, ("kind", "numbers", "meaning", "page"), (
        (check.kind, check.expression, check.message, _page_of(document, check.start))
        for check in document.checks if check.holds == holds
    ))  # fmt: skip


def _page_of(document: Document, offset: int | None) -> int | None:
    """Number of the page on which an offset lies."""
    at = -1 if offset is None else bisect_right(document.pages, offset, key=lambda page: page.start) - 1
    return document.pages[at].number if at >= 0 else None


def _place(value: Value) -> str | None:
    return value.place if isinstance(value, CountValue) else None


def _printed(fact: Fact) -> str:
    """The words of a fact; the label of a count has what is counted behind them."""
    counted = getattr(fact.value, "object", None) or "" if isinstance(fact.value, CountValue) else ""
    return fact.label.removesuffix(counted) or fact.label
