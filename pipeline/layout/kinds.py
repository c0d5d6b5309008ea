"""Kinds: what a block is, from its size, its place and the shape of its text; a paragraph where that is not plain."""

import re
from collections.abc import Sequence

from pipeline.layout.paragraphs import STARTS, Draft
from pipeline.layout.pieces import Scale
from schemas.page import BlockKind

BYLINE = re.compile(
    r"(记者|通讯员|作者|撰稿|策划|图文|摄影|责任编辑|版式设计|本报讯)[^。，；]{0,40}$|^[（(]?(文|图)\s*[/／]"
)
ROLE = re.compile(r"记者|通讯员|撰稿|策划|图文|摄影|责任编辑|版式设计")
"""Two of these in a short line make a byline whatever its size."""
HEADER = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日.{0,4}星期|第?\d{1,2}版|日报|县志|年鉴")
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
    if _is_header(draft, body, page_height, scale):
        return "header"
    text, size = draft.text, max(row.size for row in draft.rows)
    short = len(draft.rows) <= 3 and len(text) <= 60 and not text.endswith(("。", "；", "，", "：", "、"))
    if short and len(ROLE.findall(text)) > 1:
        return "byline"
    if short and size > 1.28 * scale.em and len(text) > 1:
        return "title"
    if len(text) <= 45 and len(draft.rows) <= 2 and BYLINE.search(text) and not text.endswith(("。", "，")):
        return "byline"
    if short and _is_heading(draft):
        return "heading"
    if len(draft.rows) == 1 and STARTS.match(text) and not NUMBERED.match(text):
        return "list"
    return "paragraph"


def _is_header(draft: Draft, body: Sequence[Draft], page_height: int, scale: Scale) -> bool:
    row = draft.rows[0]
    top = min(d.rows[0].y0 for d in body)
    small = len(draft.rows) == 1 and row.height < 1.3 * scale.height and len(row.text) <= 40
    return small and row.y0 - top < scale.height and row.y1 < 0.15 * page_height and bool(HEADER.search(row.text))


def _is_heading(draft: Draft) -> bool:
    text, column = draft.text, draft.column
    if NUMBERED.match(text):
        return len(draft.rows) == 1 and len(text) <= 30
    centred = all(column.centred(row) for row in draft.rows)
    return len(text) > 1 and (column.large(draft.rows[0]) or (centred and len(draft.rows) == 1))
