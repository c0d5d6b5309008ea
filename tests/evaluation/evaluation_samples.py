"""An invented text with gold, and the document of an archive that found all of it."""

from collections.abc import Sequence
from dataclasses import replace

from archive_samples import make_document, make_page
from pipeline.evaluation.facts import measure
from pipeline.evaluation.gold import Distractor, Gold, GoldCheck, GoldFact, GoldRelation, restore
from schemas.document import Document
from schemas.entity import CountValue, Mention, MoneyValue, PlaceValue, ProgrammeValue, Value
from schemas.page import PageText
from schemas.relation import Check, Relation
from schemas.table import Cell, Table

LINES = (
    "云溪镇召开例会。2019年临河镇的枫林、竹山和松坡村等3个村共有1746户,",
    "投资60万元,奖励1100余户。枫林村开展“三亮三比”专题教育,",
    "近200名党员参加;该镇派1名、区派7名,共8名。",
)
TEXT = "".join(LINES)


def at(words: str, nth: int = 0) -> tuple[int, int]:
    """Where words stand in the text."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def fact(kind: str, words: str, nth: int = 0, *, optional: bool = False, **value: object) -> GoldFact:
    start, end = at(words, nth)
    return GoldFact(kind=kind, start=start, end=end, value=value, optional=optional)


def exactly(number: float, unit: str) -> dict[str, object]:
    return {"value": number, "min": number, "max": number, "qualifier": "exact", "unit": unit}


def gold() -> Gold:
    facts = (
        fact("township", "云溪镇"),
        fact("township", "临河镇"),
        fact("township", "该镇", optional=True),
        fact("village", "枫林", canonical="枫林村"),
        fact("village", "竹山", canonical="竹山村"),
        fact("village", "松坡村", canonical="松坡村"),
        fact("village", "枫林村", canonical="枫林村"),
        fact("count", "3个", **exactly(3, "个"), object="村"),
        fact("count", "1746户", **exactly(1746, "户")),
        fact("count", "1100余户", value=None, min=1100, max=None, qualifier="minimum", unit="户"),
        fact("count", "近200名", value=None, min=None, max=200, qualifier="maximum", unit="名", object="党员"),
        fact("count", "1名", **exactly(1, "名")),
        fact("count", "7名", **exactly(7, "名")),
        fact("count", "8名", **exactly(8, "名")),
        fact("money", "60万元", amount="600000", currency="CNY", qualifier="exact"),
        fact("programme", "“三亮三比”专题教育"),
    )
    start, end = at("枫林、竹山和松坡村等3个村共有1746户,投资60万元")
    year = at("2019")
    bare = Gold(
        document="a1",
        kinds=("township", "village", "count", "money", "programme"),
        facts=facts,
        distractors=(Distractor(start=year[0], end=year[1]),),
        relations=(
            GoldRelation(predicate="invests", verb="投资", subject="枫林", object="60万元", start=start, end=end),
        ),
        checks=(GoldCheck(expression="1+7=8", numbers=(1.0, 7.0, 8.0), holds=True),),
    )
    return restore(bare, TEXT)


def place(name: str, level: str) -> PlaceValue:
    return PlaceValue(name=name, canonical=name, level=level, code=None, township=None)


def count(number: float | None, unit: str, **more: object) -> CountValue:
    known = {"min": number, "max": number, "qualifier": "exact", "object": None, "per": None, "scope": None}
    return CountValue(value=number, unit=unit, **{**known, **more})  # type: ignore[arg-type]


def values() -> list[tuple[str, str, int, Value]]:
    """Every fact that is asked for: kind, words, which of them, value."""
    paid = MoneyValue(amount="600000", currency="CNY", value=6e5, min=6e5, max=6e5, qualifier="exact", object=None)
    taught = ProgrammeValue(name="三亮三比", canonical="三亮三比专题教育", type="campaign", generic=False)
    return [
        ("township", "云溪镇", 0, place("云溪镇", "township")),
        ("township", "临河镇", 0, place("临河镇", "township")),
        ("village", "枫林", 0, place("枫林村", "village")),
        ("village", "竹山", 0, place("竹山村", "village")),
        ("village", "松坡村", 0, place("松坡村", "village")),
        ("count", "3个", 0, count(3, "个", object="村")),
        ("count", "1746户", 0, count(1746, "户")),
        ("money", "60万元", 0, paid),
        ("count", "1100余户", 0, count(None, "户", min=1100.0, qualifier="minimum")),
        ("village", "枫林村", 0, place("枫林村", "village")),
        ("programme", "“三亮三比”专题教育", 0, taught),
        ("count", "近200名", 0, count(None, "名", max=200.0, qualifier="maximum", object="党员")),
        ("count", "1名", 0, count(1, "名")),
        ("count", "7名", 0, count(7, "名")),
        ("count", "8名", 0, count(8, "名")),
    ]


def mention(number: int, kind: str, words: str, nth: int, value: Value, text: str = TEXT) -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Mention(
        id=f"m{number}", kind=kind, text=words, start=start, end=start + len(words), value=value, confidence=1.0,
        rule="test.rule",
    )  # type: ignore[arg-type]  # fmt: skip


def found(source: str = "in/a1_x.txt") -> Document:
    """A document with every fact that is asked for, and nothing else."""
    mentions = tuple(mention(number, *parts) for number, parts in enumerate(values(), 1))
    start, end = at("投资60万元")
    return make_document(
        source,
        [make_page(1, [LINES])],
        mentions=mentions,
        relations=(Relation(predicate="投资", subject="枫林村", object="60万元", start=start, end=end),),
        checks=(Check(kind="sum", holds=True, expression="1 + 7 = 8", mentions=()),),
    )


def with_value(document: Document, words: str, **changes: object) -> Document:
    """The document with another value at the mention of these words."""
    mentions = tuple(
        replace(one, value=replace(one.value, **changes)) if one.text == words else one for one in document.mentions
    )
    return replace(document, mentions=mentions)


def figures(*documents: Document, **options: object) -> dict[str, float]:
    return dict(measure(documents, [gold()], **options).metrics)  # type: ignore[arg-type]


TABLE = (("村名", "户数"), ("枫林村", "257"), ("竹山村", "580"))


def page_of(*paragraphs: Sequence[str], table: bool = False) -> PageText:
    """A page, with the table where it is asked for."""
    page = make_page(1, paragraphs)
    cells = tuple(
        Cell(
            row=row, col=col, text=text, confidence=1.0, header_path=(TABLE[0][col],) if row else (),
            bbox=(50 + 200 * col, 900 + 50 * row, 240 + 200 * col, 940 + 50 * row),
        )
        for row, texts in enumerate(TABLE)
        for col, text in enumerate(texts)
    )  # fmt: skip
    drawn = Table(bbox=(40, 890, 460, 1050), header_rows=1, cells=cells)
    return replace(page, tables=(drawn,) if table else ())
