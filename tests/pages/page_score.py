"""Counts what an export got wrong of a drawn page: characters in any order and in reading order, cells, orientation."""

import re
import unicodedata
from collections import Counter

import numpy as np

SAME = str.maketrans(
    "“”‘’「」〔〕[]【】—–―─．·•・○", '""\'\'""()()()----....〇'
)  # one form for signs that a scan cannot tell apart
FLOATING = {"caption", "header", "pageno", "margin_note"}
"""Roles that may stand anywhere in the reading order as blocks of their own."""
APART = {"caption", "header", "footer", "page_number", "seal"}
"""Kinds of such blocks in an export."""


def normalise(text: str) -> str:
    """Text as it is compared: NFKC, no white space, one form for quotes, brackets, dashes and dots."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(SAME)
    return re.sub("-+", "-", text)


def distance(wanted: str, got: str, *, anywhere: bool = False) -> int:
    """Levenshtein distance; with `anywhere` to the best place in `got`, and never more than `wanted` is long."""
    text = np.frombuffer(got.encode("utf-32-le"), "u4")
    steps = np.arange(len(text) + 1)
    row = np.zeros(len(text) + 1, int) if anywhere else steps.copy()
    for count, character in enumerate(wanted, 1):
        new = np.empty_like(row)
        new[0] = count
        new[1:] = np.minimum(row[:-1] + (text != ord(character)), row[1:] + 1)
        row = np.minimum.accumulate(new - steps) + steps
    return min(len(wanted), int(row.min())) if anywhere else int(row[-1])


def score(truth: dict, text: str, page: dict | None = None) -> Counter:
    """Summable counts for one page; `page` is its record in an export, None where only the text is known."""
    got = normalise(text)
    counts: Counter = Counter()
    for block in truth["blocks"]:
        for line in block["lines"]:
            wanted = normalise(line["text"])
            counts["line_n"] += len(wanted)
            counts["line_d"] += 0 if wanted in got else distance(wanted, got, anywhere=True)
    wanted, flow = _main_flow(truth["blocks"], got, page)
    counts["page_n"], counts["page_d"] = len(wanted), distance(wanted, flow)
    if page:
        counts.update(pages=1, upright=_upright(truth, page))
        for table, found in _paired(truth.get("tables", []), page["tables"]):
            counts.update(_table(table, found))
    return counts


def _main_flow(blocks: list[dict], text: str, page: dict | None) -> tuple[str, str]:
    """Truth and reading in order, without the floating blocks that the reading sets apart."""
    if page is None:
        return normalise("".join(block["text"] for block in blocks)), text
    loose = normalise("".join(block["text"] for block in blocks if block["role"] in FLOATING))
    notes = normalise("".join(block["text"] for block in blocks if block["role"] == "margin_note"))
    kept, taken = "", ""
    for block in page["blocks"]:
        part = normalise(block["text"])
        if block["kind"] == "seal" or (block["kind"] in APART and _in(part, loose)) or _in(part, notes):
            taken += part
        else:
            kept += part
    wanted = [normalise(b["text"]) for b in blocks]
    return "".join(
        w for w, b in zip(wanted, blocks, strict=True) if b["role"] not in FLOATING or not _in(w, taken)
    ), kept


def _in(text: str, other: str) -> bool:
    return bool(text) and distance(text, other, anywhere=True) <= 0.4 * len(text)


def _upright(truth: dict, page: dict) -> bool:
    """Whether lines that are printed below each other were found below each other."""
    found = {normalise(line["text"]): line["bbox"] for block in page["blocks"] for line in block["lines"]}
    found |= {normalise(cell["text"]): cell["bbox"] for table in page["tables"] for cell in table["cells"]}
    lines = [(line["bbox"], found.get(normalise(line["text"]))) for b in truth["blocks"] for line in b["lines"]]
    known = sorted((box, place) for box, place in lines if place)
    if not known:
        return False
    low, high = min(known, key=lambda pair: pair[0][1]), max(known, key=lambda pair: pair[0][1])
    return low[1][1] < high[1][1]


def _paired(tables: list[dict], found: list[dict]) -> list[tuple[dict, dict | None]]:
    """Tables of the truth with those that were found, from top to bottom."""
    ordered = sorted(found, key=lambda table: table["bbox"][1])
    return [(table, ordered[n] if n < len(ordered) else None) for n, table in enumerate(tables)]


def _table(table: dict, found: dict | None) -> Counter:
    """Cells with text, those read exactly at their place, and whether rows, columns and spans are right."""
    wanted = {(c["r"], c["c"]): (c["rs"], c["cs"], normalise(c["text"])) for c in table["cells"]}
    cells = found["cells"] if found else []
    got = {(c["row"], c["col"]): (c["rowspan"], c["colspan"], normalise(c["text"])) for c in cells}
    filled = {at: cell for at, cell in wanted.items() if cell[2]}
    exact = sum(at in got and got[at][2] == cell[2] for at, cell in filled.items())

    def shape(grid: dict) -> set:
        return {(at, cell[:2]) for at, cell in grid.items() if cell[2] or cell[:2] != (1, 1)}

    return Counter(tables=1, cells=len(filled), exact=exact, structure=shape(wanted) == shape(got))


def share(counts: Counter, part: str, whole: str) -> float | None:
    """`part` per hundred of `whole`."""
    return round(100 * counts[part] / counts[whole], 2) if counts[whole] else None
