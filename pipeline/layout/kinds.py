"""Kinds: what a block is, from its size, its place and the shape of its text; a paragraph where that is not plain."""

import re
from collections.abc import Sequence

from pipeline.layout.contents import LEADER
from pipeline.layout.marks import ENDS, STARTS
from pipeline.layout.paragraphs import Draft
from pipeline.layout.pieces import Scale
from schemas.page import BlockKind

BYLINE = re.compile(
    r"(记者|通讯员|作者|撰稿|策划|图文|摄影|责任编辑|版式设计|本报讯)[^。，；]{0,40}$|^[（(]?(文|图)\s*[/／]"
)
ROLE = re.compile(r"记者|通讯员|撰稿|策划|图文|摄影|责任编辑|版式设计")
"""Two of these in a short line make a byline whatever its size."""
HEADER = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日.{0,4}星期|第?\d{1,2}版|日报|县志|年鉴")
EDGE = 0.1
"""Share of the page's height at its upper and lower end where running headers and footers stand."""
LONGEST_ITEM = 4
"""Lines up to which a marked or numbered paragraph is an item of a list."""
CLOSED = ("。", "；", "，", "：", "、", ".", ",", ";", ":")
"""What no title ends with."""
NUMBERED = re.compile(
    r"^\s*([一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百\d]+[章节篇])"
)


def kinds(drafts: Sequence[Draft], page_height: int, scale: Scale) -> list[BlockKind]:
    """The kind of every draft of a page, in order."""
    body = [draft for draft in drafts if not draft.rows[0].alone]
    return [_kind(draft, number, body, page_height, scale) for number, draft in enumerate(drafts)]


def _kind(draft: Draft, number: int, body: Sequence[Draft], page_height: int, scale: Scale) -> BlockKind:
    first = draft.rows[0]
    if first.pieces[0].table:
        return "table"
    if draft.caption:
        return "caption"
    if first.pieces[0].vertical:
        return "vertical"
    if draft.continues:
        return "paragraph"
    if LEADER.search(draft.text):
        return "list"
    if _is_header(draft, body, page_height, scale) or _is_running(draft, body, page_height, scale, foot=False):
        return "header"
    if _is_running(draft, body, page_height, scale, foot=True):
        return "footer"
    text, size = draft.text, max(row.size for row in draft.rows)
    closed = text.rstrip("\"'”’").endswith(CLOSED)
    short = len(draft.rows) <= 3 and len(text) <= 60 and not closed
    if short and len(ROLE.findall(text)) > 1:
        return "byline"
    if short and size > 1.28 * scale.em and len(text) > 1:
        return "title"
    if len(text) <= 45 and len(draft.rows) <= 2 and BYLINE.search(text) and not text.endswith(("。", "，")):
        return "byline"
    item = STARTS.match(text) is not None and not NUMBERED.match(text)
    if short and (_is_lone_item(draft, body) if item else _is_heading(draft)):
        return "heading"
    if item and len(draft.rows) <= LONGEST_ITEM:
        return "list"
    return "paragraph"


def _is_header(draft: Draft, body: Sequence[Draft], page_height: int, scale: Scale) -> bool:
    row = draft.rows[0]
    top = min(d.rows[0].y0 for d in body)
    small = len(draft.rows) == 1 and row.height < 1.3 * scale.height and len(row.text) <= 40
    return small and row.y0 - top < scale.height and row.y1 < 0.15 * page_height and bool(HEADER.search(row.text))


def _is_running(draft: Draft, body: Sequence[Draft], page_height: int, scale: Scale, *, foot: bool) -> bool:
    """True for a short line in smaller print at the very top or foot of a page, set off from the text."""
    row = draft.rows[0]
    at_edge = row.y0 > (1 - EDGE) * page_height if foot else row.y1 < EDGE * page_height
    if len(draft.rows) > 1 or not at_edge or row.size > 0.95 * scale.em or len(row.text) > 30:
        return False
    if row.text.endswith(ENDS):
        return False
    others = [other for one in body if one is not draft for other in one.rows]
    inward = [
        row.y0 - other.y1 if foot else other.y0 - row.y1 for other in others if abs(other.cy - row.cy) > row.height
    ]
    # A line above a headline belongs to it.
    near = min(others, key=lambda other: abs(other.cy - row.cy), default=row)
    return bool(inward) and min(inward) > 0.7 * scale.pitch and near.size < 1.25 * scale.em


def _is_lone_item(draft: Draft, body: Sequence[Draft]) -> bool:
    """True for a numbered line that other numbered lines neither precede nor follow: it heads what stands below."""
    place = body.index(draft)
    around = [*body[max(0, place - 1) : place], *body[place + 1 : place + 2]]
    numbered = draft.text.lstrip()[:1].isdigit() and len(draft.text) <= (60 if draft.rows[0].latin else 20)
    return numbered and len(draft.rows) == 1 and not any(STARTS.match(other.text) for other in around)


def _is_heading(draft: Draft) -> bool:
    text, column = draft.text, draft.column
    if NUMBERED.match(text):
        return len(draft.rows) == 1 and len(text) <= 30
    first = draft.rows[0]
    if first.pieces[0].turned and len(draft.rows) == 1 and len(text) <= 14:
        # Stops get lost in vertical lines, so a heading there is a short line that begins where paragraphs do.
        width = column.right - column.left
        if 1.2 * column.size < column.indent(first) < 0.35 * width and column.missing(first) > 0.4 * width:
            return True
    centred = all(column.centred(row) for row in draft.rows)
    return len(text) > 1 and (column.large(draft.rows[0]) or (centred and len(draft.rows) == 1))
