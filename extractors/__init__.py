"""What finds facts in text. A file is a member, its name is the first half of `mention.rule` (`counts.classifier`).

A member is a module whose docstring names what it finds, with

    KINDS = ("count",)          kinds of facts it writes
    EXAMPLES: tuple[Example, ...]   texts and exactly the facts in them: documentation and test
    AFTER = ("dates",)          members that run before it, where it looks at what they found; may be left out

and at least one of these functions, all pure and linear in the length of the text:

    def find(doc: spacy.tokens.Doc) -> Iterable[Found]
        Facts of a piece of text; doc has one token per character, so that token offsets are offsets into the piece.
        `_view.view(doc)` holds the folded text and its words. No fact crosses the end of a paragraph; breaks inside a
        paragraph are taken out before (`_unwrap`).
    def read(tables: Sequence[PlacedTable], text: str) -> Iterable[Found]
        Facts of the tables, at offsets of the document's text.
    def settle(found: Sequence[Found], paper: Paper) -> Iterable[Found]
        All facts of the document again, by offset, with what only the whole document tells: canonical names, what
        该镇 stands for, the year of 7月1日. May leave out or add facts; `rule` holds the member's name already.
    def conclude(paper: Paper) -> Iterable[Relation | Check]
        What joins the mentions, which have their ids now.

`find` runs as component of a blank spaCy pipeline and writes overlapping spans to `doc.spans["facts"]`. The functions
of one name run in the order that AFTER gives. KINDS holds `relation` and `check` too. Adding a member is adding a file.
Importing this package imports no library; the first `extract` of a process loads spaCy.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from extractors._check_years import Known as Known
from schemas.document import DocumentFacts
from schemas.page import PlacedTable, TextBlock
from schemas.relation import Check
from schemas.settings import ExtractSettings

if TYPE_CHECKING:
    from extractors._amounts import Amount as Amount
    from extractors._place_own import Entry as Entry


def extract(
    text: str, blocks: Sequence[TextBlock], settings: ExtractSettings, tables: Sequence[PlacedTable] = ()
) -> DocumentFacts:
    """The facts of any text; mentions have no boxes yet. ValueError for an unknown language."""
    from extractors import _frame

    return _frame.extract(text, blocks, settings, tables)


def conclude(
    facts: DocumentFacts,
    text: str,
    blocks: Sequence[TextBlock],
    settings: ExtractSettings,
    tables: Sequence[PlacedTable] = (),
    words: Mapping[str, str] | None = None,
) -> DocumentFacts:
    """The facts of a text with what follows from its mentions told anew: relations, checks, summary.

    For mentions that people changed. Those whose review is `rejected` stay, but nothing follows from them. `words` has,
    by id, what stands in the summary for the printed words of a mention.
    """
    from extractors import _frame
    from extractors._paper import Paper

    paper = Paper(
        text=text,
        blocks=blocks,
        tables=tables,
        settings=settings,
        description=facts.description,
        mentions=facts.mentions,
    )
    return _frame.conclude(paper, words)


def dictionary_words(text: str) -> list[str]:
    """The text cut into words of the dictionary, without guessing words that it does not hold."""
    from extractors import _words

    return _words.dictionary_words(text)


def read_amount(text: str, counted: str = "") -> "Amount | None":
    """The amount that a text begins with (500名, 五十万元, 100-200户), in the unit that facts are converted to.

    None where it begins with none, or with a vague one. `counted` is what is counted, where that is known.
    """
    from extractors import _amounts

    return _amounts.read_amount(text, counted)


def check_rules(text: str) -> None:
    """Raises ValueError that names the line where an archive's own rules (TOML) are wrong."""
    from extractors import _own_rules

    _own_rules.parse(text)


def jumps(earlier: Sequence[Known], now: Sequence[Known]) -> Iterator[Check]:
    """Checks of numbers of `now` that are unlike what the latest earlier document says of the same village."""
    from extractors import _check_years

    return _check_years.jumps(earlier, now)


def read_gazetteer(text: str) -> "tuple[Entry, ...]":
    """The places of an archive's own gazetteer (csv); ValueError that names the line where it is wrong."""
    from extractors import _place_own

    return _place_own.read_own(text)


def check_gazetteer(text: str) -> None:
    """Raises ValueError that names the line where an archive's own gazetteer (csv) is wrong."""
    read_gazetteer(text)


def gazetteer_version() -> str | None:
    """Which official gazetteer is installed; None without one, and then no division of a township is suggested."""
    from extractors import _gazetteer

    return _gazetteer.version() if _gazetteer.official() is not None else None


def version() -> str:
    """A digest over everything in this folder; part of the fingerprint of the extract stage."""
    from extractors import _frame

    return _frame.version()


def members() -> list[str]:
    """Names of the members, sorted."""
    from extractors import _frame

    return _frame.members()
