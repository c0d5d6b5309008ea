"""Relations: who does what to whom, what is part of what, who holds which office, what a row of a table says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors import _parts, _relation_story
from extractors._found import Example
from extractors._paper import Paper
from extractors._plain import Plain, plain
from extractors._relation_text import Phrase, Scene
from extractors._row_places import head_places, nearest, row_places
from extractors._view import look
from extractors.languages import zh
from schemas.entity import CountValue, DocumentValue, Mention, PersonValue, PlaceValue
from schemas.relation import Relation

KINDS = ("relation",)
AFTER = ("rows",)
EXAMPLES: tuple[Example, ...] = (
    (
        "全镇48名网格员直接联系20个村。",
        (
            (
                "relation",
                "全镇48名网格员直接联系20个村",
                {"predicate": "contacts", "verb": "直接联系", "object": "20个村"},
            ),
        ),
    ),
    (
        "石桥村选出优秀党员作为党员代表联系普通党员。",
        (
            ("relation", "石桥村选出优秀党员", {"predicate": "selects", "subject": "石桥村", "object": "优秀党员"}),
            (
                "relation",
                "党员代表联系普通党员",
                {"predicate": "contacts", "subject": "党员代表", "object": "普通党员"},
            ),
        ),
    ),
    (
        "镇党委派驻到各村至少2名机关党员作为党建指导员，协助村党支部完善制度。",
        (
            ("relation", "镇党委派驻到各村至少2名机关党员", {"predicate": "stations", "subject": "镇党委"}),
            ("relation", "协助村党支部", {"predicate": "assists", "subject": "至少2名机关党员", "object": "村党支部"}),
        ),
    ),
    (
        "全乡共有6名“第一书记”在6个村挂职。其中，市派2名、县派4名。",
        (
            ("relation", "6名“第一书记”在6个村挂职", {"predicate": "serves_in", "object": "6个村"}),
            ("relation", "市派2名", {"predicate": "part_of", "verb": "市派", "object": "6名“第一书记”"}),
            ("relation", "县派4名", {"predicate": "part_of", "subject": "县派4名"}),
        ),
    ),
    (
        "柳溪镇投资60万元实施“清水”工程，硬化村内道路12公里。",
        (
            ("relation", "柳溪镇投资60万元", {"predicate": "invests", "subject": "柳溪镇", "object": "60万元"}),
            ("relation", "柳溪镇投资60万元实施“清水”工程", {"predicate": "implements", "object": "“清水”工程"}),
            ("relation", "60万元实施“清水”工程", {"predicate": "funds", "subject": "60万元", "object": "“清水”工程"}),
            (
                "relation",
                "硬化村内道路12公里",
                {"predicate": "builds", "subject": "柳溪镇", "object": "村内道路12公里"},
            ),
        ),
    ),
    (
        "为每户文明家庭奖励一口铁锅，每户补助500元。",
        (
            (
                "relation",
                "为每户文明家庭奖励一口铁锅",
                {"predicate": "awards", "subject": "每户文明家庭", "object": "一口铁锅"},
            ),
            ("relation", "每户补助500元", {"predicate": "awards", "subject": "每户", "object": "500元"}),
        ),
    ),
    (
        "柳溪镇组织村支部书记到县委党校参加培训，到石桥村参观学习。",
        (
            ("relation", "村支部书记到县委党校参加培训", {"predicate": "sends_to", "object": "县委党校"}),
            ("relation", "到石桥村参观学习", {"predicate": "visits", "subject": "村支部书记", "object": "石桥村"}),
        ),
    ),
    (
        "每人每月到联系点调研工作不少于三天。",
        (("relation", "每人每月到联系点调研工作不少于三天", {"predicate": "quota", "object": "调研工作不少于三天"}),),
    ),
    (
        "“最美庭院”评比活动由柳溪镇妇联主办。",
        (("relation", "“最美庭院”评比活动由柳溪镇妇联主办", {"predicate": "runs", "subject": "柳溪镇妇联"}),),
    ),
    (
        "村支部书记王小山说，",
        (("relation", "村支部书记王小山", {"predicate": "has_role", "subject": "王小山", "object": "村支部书记"}),),
    ),
    (
        "柳溪镇被县委评为“平安乡镇”。",
        (("relation", "柳溪镇被县委评为“平安乡镇”", {"predicate": "receives", "object": "“平安乡镇”"}),),
    ),
    (
        "镇纪委对站所工作进行检查，每个片区由1名镇干部包抓。",
        (
            ("relation", "镇纪委对站所工作进行检查", {"predicate": "assesses", "object": "站所工作"}),
            ("relation", "每个片区由1名镇干部包抓", {"predicate": "contacts", "subject": "1名镇干部"}),
        ),
    ),
    (
        "石桥村15名党员与45户贫困户结成帮扶对子。",
        (("relation", "石桥村15名党员与45户贫困户结成", {"predicate": "contacts", "object": "45户贫困户"}),),
    ),
    ("干部正在联系有关部门，指导员加强学习，养殖小区8处，种植面积300亩。", ()),
)
"""Texts invented for this purpose, and all relations in them."""

_SURROGATE = re.compile(r"[\ud800-\udfff]")
"""Halves of characters, which the dictionary cannot read."""


def conclude(paper: Paper) -> Iterator[Relation]:
    """All relations of a document, in the order of the text."""
    joined = plain(paper)
    text, mentions = joined.text, joined.mentions
    found = [
        *_relation_story.stated(_scene(joined), _township(paper)),
        *_part_of(text, mentions),
        *_offices(text, mentions),
    ]
    found += _issued(text, mentions, {one.object_mention for one in found if one.predicate == "issues"})
    there = [_there(one, joined) for one in found] + list(_rows(paper))
    seen: set[tuple[object, ...]] = set()
    for one in sorted(there, key=lambda one: (one.start, one.end, one.predicate)):
        key = (one.predicate, one.subject, one.object, one.start)
        if key not in seen and one.subject != one.object:
            seen.add(key)
            yield one


def _there(one: Relation, joined: Plain) -> Relation:
    """The relation at its place in the document's text."""
    start, end = joined.span(one.start, one.end)
    return replace(one, start=start, end=end)


def _scene(joined: Plain) -> Scene:
    mentions = [one for one in joined.mentions if one.kind not in ("date", "event") and one.confidence >= 0.5]
    return Scene(seen=look(_SURROGATE.sub("�", joined.text)), mentions=mentions, starts=[one.start for one in mentions])


def _township(paper: Paper) -> Phrase | None:
    """The township of the document stands in where a sentence names nobody, if the document is about it alone."""
    township = paper.description.township
    if township is None:
        return None
    values = [one.value for one in paper.mentions if one.kind == "township"]
    named = [value.canonical for value in values if isinstance(value, PlaceValue)]
    mostly = named.count(township.name) > max(2, 0.8 * len(named))
    if township.inferred and not mostly and township.name not in (paper.description.title or ""):
        return None
    trust = 0.65 if township.name in (paper.description.title or "") else 0.5
    return Phrase(start=0, end=0, text=township.name, trust=trust)


def _part_of(text: str, mentions: Sequence[Mention]) -> Iterator[Relation]:
    """市派1名、区派7名 are part of 8名第一书记."""
    numbers = [one for one in mentions if one.kind in ("count", "money") and not one.rule.startswith("rows.")]
    for group in _parts.groups(text, numbers):
        for found in _parts.find(text, group):
            whole = _with_noun(text, found.whole)
            for part, label, start in zip(found.parts, found.labels, found.starts, strict=True):
                if (_parts.amount(part) or 0) > (_parts.amount(found.whole) or 0):
                    continue
                yield Relation(
                    predicate="part_of",
                    verb=label or None,
                    subject=text[start : part.end] if label else _with_noun(text, part),
                    object=whole,
                    start=start,
                    end=part.end,
                    subject_mention=part.id,
                    object_mention=found.whole.id,
                    confidence=0.9 if found.word else 0.8,
                    rule="relations.part",
                )


def _with_noun(text: str, mention: Mention) -> str:
    """A count with what it counts: 8名“第一书记”."""
    noun = mention.value.object if isinstance(mention.value, CountValue) else None
    if noun and text.startswith(noun, mention.end):
        return text[mention.start : mention.end + len(noun)]
    if noun and text.endswith(noun, 0, mention.start):
        return noun + mention.text
    return mention.text


def _offices(text: str, mentions: Sequence[Mention]) -> Iterator[Relation]:
    """Who holds which office, where it stands beside the name."""
    for one in mentions:
        if one.kind != "person" or not isinstance(one.value, PersonValue) or not one.value.role:
            continue
        if one.text in zh.RELATION_VERBS:
            continue  # 包 is a family name, too: 镇干部包抓
        role = one.value.role
        start = text.rfind(role, max(0, one.start - 40), one.start)
        end = text.find(role, one.end, one.end + 30) if start < 0 else -1
        if start < 0 and end < 0:
            continue
        yield Relation(
            predicate="has_role",
            subject=one.value.name,
            object=role,
            start=start if start >= 0 else one.start,
            end=one.end if start >= 0 else end + len(role),
            subject_mention=one.id,
            confidence=one.confidence,
            rule="relations.office",
        )


def _issued(text: str, mentions: Sequence[Mention], told: set[str | None]) -> Iterator[Relation]:
    """Documents whose issuer stands beside them, where no verb told it."""
    organisations = [one for one in mentions if one.kind == "organisation"]
    for one in mentions:
        if not isinstance(one.value, DocumentValue) or not one.value.issuer or one.id in told:
            continue
        start = text.rfind(one.value.issuer, max(0, one.start - 100), one.start)
        bodies = [] if start < 0 else [body for body in organisations if start <= body.end and body.start < one.start]
        body = next((body for body in bodies if body.end == start + len(one.value.issuer)), None)
        if body is not None:
            yield Relation(
                predicate="issues",
                subject=body.text,
                object=one.text,
                start=min(start, body.start),
                end=one.end,
                subject_mention=body.id,
                object_mention=one.id,
                confidence=0.8,
                rule="relations.issuer",
            )


def _rows(paper: Paper) -> Iterator[Relation]:
    """Every number of a table with the village of its row or column."""
    cells = {one.start: one for one in paper.mentions if one.rule == "rows.cell"}
    villages = {one.start: one for one in paper.mentions if one.kind == "village"} if cells else {}
    for table in paper.tables if villages else ():
        rows, heads = row_places(table), head_places(table)
        for placed in table.cells:
            above = next((heads[head] for head in placed.cell.header_path if head in heads), None)
            place = nearest(rows, placed.cell.row, placed.cell.col) or above
            number, village = cells.get(placed.start), villages.get(place.cell.start) if place is not None else None
            if number is None or village is None or placed.start == placed.end:
                continue
            yield Relation(
                predicate="has",
                subject=village.text,
                object=number.text + (number.value.unit if isinstance(number.value, CountValue) else ""),
                start=min(village.start, number.start),
                end=max(village.end, number.end),
                subject_mention=village.id,
                object_mention=number.id,
                confidence=number.confidence,
                rule="relations.row",
            )
