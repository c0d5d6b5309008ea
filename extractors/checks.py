"""Checks: numbers that can be recomputed, in running text and in tables, and prints that look odd."""

from collections.abc import Iterator
from dataclasses import replace

from extractors import _check_numbers, _check_tables, _check_wholes
from extractors._found import Example
from extractors._paper import Paper
from extractors._plain import Plain, plain
from schemas.entity import Mention
from schemas.relation import Check

KINDS = ("check",)
AFTER = ("rows",)
EXAMPLES: tuple[Example, ...] = (
    ("共有6名“第一书记”。其中，市派2名、县派4名。", (("check", "2+4=6", {"kind": "sum", "holds": True}),)),
    ("石桥村共有90户，其中贫困户100户。", (("check", "100 > 90", {"kind": "at_most", "holds": False}),)),
    (
        "全村1200人，其中男610人、女580人。",
        (
            ("check", "610 <= 1200", {"kind": "at_most", "holds": True}),
            ("check", "580 <= 1200", {"kind": "at_most", "holds": True}),
            ("check", "610+580=1190, not 1200", {"kind": "sum", "holds": False}),
        ),
    ),
    (
        "全村总人口2000人，其中党员100人，占总人口的8%。",
        (
            ("check", "100 <= 2000", {"kind": "at_most"}),
            ("check", "100 / 2000 = 5.00%, not 8%", {"kind": "percentage", "holds": False}),
        ),
    ),
    (
        "石桥村有212户845人。",
        (("check", "845 / 212 = 3.99 people per household", {"kind": "ratio", "holds": True}),),
    ),
    (
        "杏花村有212户2450人。",
        (("check", "2450 / 212 = 11.56 people per household", {"kind": "ratio", "holds": False}),),
    ),
    (
        "全镇236名党员代表联系787名党员。",
        (("check", "787 / 236 = 3.33", {"kind": "ratio", "holds": True}),),
    ),
    (
        "共20户，每户补助500元，共计15000元。",
        (("check", "20 x 500 = 10000", {"kind": "product", "holds": False}),),
    ),
    (
        "投入资金120万元，其中省级60万元、县级60万元、自筹12万元。",
        (
            ("check", "600000+600000+120000=1320000 > 1200000", {"kind": "sum", "holds": False}),
            ("check", "600000 <= 1200000", {"kind": "at_most"}),
            ("check", "600000 <= 1200000", {"kind": "at_most"}),
            ("check", "120000 <= 1200000", {"kind": "at_most"}),
        ),
    ),
    (
        "耕地由500亩增加到800亩，增长60%。",
        (("check", "(800-500) / 500 = 60.0%", {"kind": "growth", "holds": True}),),
    ),
    (
        "派到各村至少2名党员作为网格员，全镇30名网格员联系20个村。",
        (("check", "30 >= 2 x 20", {"kind": "min_quota", "holds": False}),),
    ),
    (
        "采取三项措施：一是宣传，二是培训，三是检查，四是奖惩。",
        (("check", "三项措施, but 4 points", {"kind": "enumeration", "holds": False}),),
    ),
    ("实行干分制考核。", (("check", "干分制 → 千分制?", {"kind": "oddity", "holds": True}),)),
    ("全村90户，今年新建厕所100座，修路12公里。", ()),
)
"""Texts invented for this purpose, and all checks in them."""


def conclude(paper: Paper) -> Iterator[Check]:
    """All checks of a document, in the order of the text; `holds` is false only where something looks wrong."""
    joined = plain(paper)
    text = joined.text
    told = [one for one in joined.mentions if _is_number(one) and one.rule != "rows.cell"]
    cells = [one for one in paper.mentions if _is_number(one) and one.rule == "rows.cell"]
    found = (
        *_check_numbers.conclude(text, told),
        *_check_wholes.quotas(text, told),
        *_check_wholes.ratios(text, told),
        *_check_wholes.products(text, told),
        *_check_wholes.alike(text, told),
        *_check_wholes.oddities(text),
    )
    there = [_there(check, joined) for check in found]
    there += [
        *_check_wholes.enumerations(paper),
        *_check_tables.conclude(paper.tables, paper.mentions),
        *_check_tables.totals(cells, [one for one in paper.mentions if _is_number(one) and one.rule != "rows.cell"]),
    ]
    yield from sorted(there, key=lambda check: (check.start or 0, check.end or 0))


def _is_number(mention: Mention) -> bool:
    return mention.kind in ("count", "money") and mention.confidence >= 0.5


def _there(check: Check, joined: Plain) -> Check:
    """The check at its place in the document's text."""
    if check.start is None or check.end is None:
        return check
    start, end = joined.span(check.start, check.end)
    return replace(check, start=start, end=end)
