"""Properties of facts on pages that nobody chose: offsets, ids, and boxes on the pages that a mention touches."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

import extractors
from pipeline.layout.text import assemble
from pipeline.stages.extract import facts_of
from schemas.document import DocumentFacts
from schemas.page import Block, Line, PageText, Quality, TextBlock
from schemas.settings import ExtractSettings

PHRASES = (
    "柳溪镇,石桥村,杏花社区,云湾、桐坳等村,48名网格员,共有8名第一书记，其中市派2名、区派7名。,212户856人,1100余户,"
    "2—3名,占76.9％,投资60万元，其中省级40万元、县级30万元。,2019年7月1日,近年来,《村规民约》,该镇印发,全村120户，,"
    "柳政发〔2019〕3号,村支部书记王小山说，,“最美庭院”评比活动,柳溪镇党委,总人口的5%,每户补助500元，共计15000元。,"
    "位于,4  双井村,\u3000\u3000"
)
PIECES = [*PHRASES.split(","), *"。，、到的3A"]
LINE = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)
BLOCK = st.lists(LINE, min_size=1, max_size=3)
KINDS = st.sampled_from(["paragraph", "paragraph", "paragraph", "heading", "page_number", "header", "table", "title"])
PAGE = st.lists(st.tuples(KINDS, BLOCK), min_size=1, max_size=3)
HEIGHT, WIDTH, LINE_HEIGHT, CHARACTER = 3000, 2400, 40, 20


def page(number: int, blocks: Sequence[tuple[str, list[str]]], *, printed: bool) -> PageText:
    """A page with its lines below each other; with character extents in every second line."""
    placed, y = [], 100
    for order, (kind, texts) in enumerate(blocks):
        lines = []
        for text in texts:
            right = 200 + CHARACTER * len(text)
            extents = tuple((200 + CHARACTER * at, 220 + CHARACTER * at) for at in range(len(text))) if y % 80 else ()
            box = None if printed else (200, y, right, y + LINE_HEIGHT)
            lines.append(Line(text=text, bbox=box, confidence=0.9, chars=() if printed else extents))
            y += LINE_HEIGHT
        boxes = [line.bbox for line in lines if line.bbox]
        whole = (200, boxes[0][1], max(box[2] for box in boxes), boxes[-1][3]) if boxes else None
        placed.append(Block(kind=kind, bbox=whole, lines=tuple(lines), breaks=min(order, 1)))  # type: ignore[arg-type]
    return PageText(
        number=number,
        width=None if printed else WIDTH,
        height=None if printed else HEIGHT,
        dpi=None,
        rotation=0,
        skew=0.0,
        engine="test",
        quality=Quality(),
        blocks=tuple(placed),
    )


def look_over(facts: DocumentFacts, text: str) -> None:
    """What holds for the facts of any document."""
    ids = [one.id for one in facts.mentions]
    assert len(ids) == len(set(ids))
    for one in facts.mentions:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
    for relation in facts.relations:
        assert 0 <= relation.start < relation.end <= len(text)
        assert {relation.subject_mention, relation.object_mention} - {None} <= set(ids)
    for check in facts.checks:
        assert set(check.mentions) <= set(ids)
        if check.start is not None and check.end is not None:
            assert 0 <= check.start <= check.end <= len(text)
    for name in facts.summary.__dataclass_fields__:
        for fact in getattr(facts.summary, name):
            assert set(fact.mentions) <= set(ids)


@settings(deadline=None, max_examples=40)
@given(st.lists(PAGE, min_size=1, max_size=3), st.booleans())
def test_every_mention_of_a_page_has_its_place(blocks: list[list[tuple[str, list[str]]]], printed: bool) -> None:
    pages = [page(number, told, printed=printed) for number, told in enumerate(blocks, 1)]
    text = assemble(pages)
    facts = facts_of(pages, ExtractSettings())
    look_over(facts, text.text)
    assert facts == facts_of(pages, ExtractSettings())
    for one in facts.mentions:
        touched = {place.number for place in text.pages if one.start < place.end and place.start < one.end}
        on = {box.page for box in one.boxes}
        assert on <= touched
        assert bool(on) is not printed
        for box in one.boxes:
            x0, y0, x1, y1 = box.bbox
            assert 0 <= x0 < x1 <= WIDTH
            assert 0 <= y0 < y1 <= HEIGHT


@settings(deadline=None, max_examples=40)
@given(st.lists(BLOCK, min_size=1, max_size=5), st.data())
def test_any_page_breaks_leave_the_facts_whole(blocks: list[list[str]], data: st.DataObject) -> None:
    text, placed = "", list[TextBlock]()
    for lines in blocks:
        start = len(text)
        text += "".join(lines)
        before = [one.end for one in placed]
        carried = data.draw(st.sampled_from([None, *before[-2:]]))
        placed.append(TextBlock(kind="paragraph", page=len(placed) + 1, start=start, end=len(text), continues=carried))
        text += data.draw(st.sampled_from(["\n", "\n", "\n\n"]))
    facts = extractors.extract(text, placed, ExtractSettings())
    look_over(facts, text)
    assert facts == extractors.extract(text, placed, ExtractSettings())
