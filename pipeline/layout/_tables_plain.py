"""Tables without a grid: columns and rows told from where lines stand, and from rules across the page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from pipeline.layout.gutters import NUMBER, Rect
from pipeline.layout.pieces import Piece, Scale
from pipeline.layout.splits import part
from schemas.table import Box

Span = tuple[float, float]

ALIKE = 2.0
"""Characters by which the ends of rules of one table may differ."""
FULL = 0.7
"""Share of the most pieces in one row from which a row shows the columns."""
NUMBERS = 0.5
"""Share of a column's cells that are numbers in at least one column of a table without rules."""
PROSE = 24
"""Characters of the usual cell in a column of running text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Pieces that make one cell."""

    row: int
    """From 0."""
    col: int
    """From 0."""
    rowspan: int
    """Rows it covers."""
    colspan: int
    """Columns it covers."""
    pieces: tuple[Piece, ...]
    """What is printed in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A table told from its lines."""

    places: tuple[Place, ...]
    """Cells with text, row by row."""
    rows: tuple[Span, ...]
    """Upper and lower edge of every row."""
    cols: tuple[Span, ...]
    """Left and right edge of every column."""

    def box(self, row: int, col: int, rowspan: int, colspan: int) -> Box:
        """Where a cell lies, whole pixels."""
        x0, y0 = int(self.cols[col][0]), int(self.rows[row][0])
        x1, y1 = round(self.cols[col + colspan - 1][1]), round(self.rows[row + rowspan - 1][1])
        return max(x0, 0), max(y0, 0), max(x1, x0 + 1), max(y1, y0 + 1)


def regions(rulings: Sequence[Rect], scale: Scale) -> list[list[Rect]]:
    """Rules across the page that have the same ends, at least three, from top to bottom; other rules stay out."""
    across = sorted(
        (r for r in rulings if r[2] - r[0] > 10 * scale.em and r[2] - r[0] > 8 * (r[3] - r[1])), key=lambda r: r[1]
    )
    groups: list[list[Rect]] = []
    for rule in across:
        for group in groups:
            if all(abs(rule[side] - group[0][side]) < ALIKE * scale.em for side in (0, 2)):
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) >= 3]


def plan(rows: Sequence[Sequence[Piece]], rules: Sequence[float], scale: Scale) -> Plan | None:
    """Cells of the rows of pieces (from top to bottom, each from the left); None where they make no table.

    `rules` are the heights of rules that run across the whole table.
    """
    most = max(len(row) for row in rows)
    full = [row for row in rows if len(row) >= max(2, FULL * most)]
    if most < 2 or len(full) < (2 if rules else 3):
        return None
    head = _head(rows, rules)
    # Headers stand over the middle of columns whose numbers stand at the right: only the body shows the columns.
    columns = _columns([row for row in rows[head:] if any(row is one for one in full)] or full, scale)
    if len(columns) < 2:
        return None
    body = [[cut for piece in row for cut in _cut(piece, columns)] for row in _body(rows[head:], columns, scale)]
    if len(body) < 2 or not _is_table(body, columns, ruled=len(rules) >= 3):
        return None
    header, depth = _header(rows[:head], columns)
    places = [*header]
    for number, row in enumerate(body):
        for col, end, pieces in _cells(row, columns):
            places.append(Place(row=depth + number, col=col, rowspan=1, colspan=end - col, pieces=tuple(pieces)))
    heights = _header_heights(rows[:head], depth) + [(min(p.y0 for p in row), max(p.y1 for p in row)) for row in body]
    return Plan(
        places=tuple(sorted(places, key=lambda place: (place.row, place.col))),
        rows=tuple(_between(heights)),
        cols=tuple(_between(columns)),
    )


def _columns(rows: Sequence[Sequence[Piece]], scale: Scale) -> list[Span]:
    """Left and right edges of the columns: what pieces of the rows cover, those over several others left out."""
    pieces = [piece for row in rows for piece in row]
    spanning = {
        piece
        for piece in pieces
        if any(sum(_shared(piece, other) > 0.5 * other.width for other in row) > 1 for row in rows if piece not in row)
    }
    columns: list[Span] = []
    for piece in sorted((p for p in pieces if p not in spanning), key=lambda p: p.x0):
        start, end = columns[-1] if columns else (piece.x0, piece.x0)
        if end - piece.x0 > max(0.1 * scale.em, 0.4 * min(piece.width, end - start)):
            columns[-1] = columns[-1][0], max(columns[-1][1], piece.x1)
        else:
            columns.append((piece.x0, piece.x1))
    return columns


def _shared(one: Piece, other: Piece) -> float:
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def _reach(piece: Piece, columns: Sequence[Span]) -> tuple[int, int]:
    """First column of a piece and the one after its last."""
    over = [
        number
        for number, (x0, x1) in enumerate(columns)
        if min(piece.x1, x1) - max(piece.x0, x0) > 0.3 * min(piece.width, x1 - x0)
    ]
    if over:
        return over[0], over[-1] + 1
    nearest = min(range(len(columns)), key=lambda n: max(columns[n][0] - piece.cx, piece.cx - columns[n][1]))
    return nearest, nearest + 1


def _cells(row: Sequence[Piece], columns: Sequence[Span]) -> list[tuple[int, int, list[Piece]]]:
    """The pieces of one row by column; those that share a column together."""
    found: list[tuple[int, int, list[Piece]]] = []
    for piece in sorted(row, key=lambda p: (_reach(p, columns)[0], p.cy, p.x0)):
        start, end = _reach(piece, columns)
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1]), [*found[-1][2], piece]
        else:
            found.append((start, end, [piece]))
    return found


def _cut(piece: Piece, columns: Sequence[Span]) -> list[Piece]:
    """The piece, or one piece for each of several columns that its line was read across."""
    start, end = _reach(piece, columns)
    line = piece.lines[0]
    if end - start < 2 or len(piece.lines) > 1 or len(line.chars) != len(line.text) or line.bbox is None:
        return [piece]
    shift = piece.x0 - line.bbox[0]
    edges = _between(columns)

    def column(char: tuple[int, int]) -> int:
        return next((n for n in range(start, end) if (char[0] + char[1]) / 2 + shift < edges[n][1]), end - 1)

    owners = [column(char) for char in line.chars]
    begins = [n for n in range(len(owners)) if n == 0 or owners[n] != owners[n - 1]]
    parts = [part(line, a, b) for a, b in pairwise([*begins, len(owners)]) if line.text[a:b].strip()]
    boxes = [(one, one.bbox) for one in parts if one.bbox]
    return [replace(piece, lines=(one,), x0=box[0] + shift, x1=box[2] + shift) for one, box in boxes]


def _is_number(piece: Piece) -> bool:
    return NUMBER.fullmatch(piece.text) is not None


def _head(rows: Sequence[Sequence[Piece]], rules: Sequence[float]) -> int:
    """Number of rows of text in the header: those above the second rule, else those before the first numbers."""
    if len(rules) >= 3:
        above = sum(1 for row in rows if median(piece.cy for piece in row) < rules[1])
        if 0 < above < len(rows) - 1:
            return above
    for number, row in enumerate(rows):
        later = row[1:]
        if later and sum(map(_is_number, later)) >= 0.5 * len(later):
            return number if number <= 5 else 0
    return 1


def _body(rows: Sequence[Sequence[Piece]], columns: Sequence[Span], scale: Scale) -> list[list[Piece]]:
    """The rows of the body; a line of a wrapped cell joins the row that it is nearest to."""
    if not rows:
        return []
    most = max(len(row) for row in rows)
    anchors = [row for row in rows if len(row) >= max(2, 0.5 * most) or any(map(_is_number, row))]
    if len(anchors) < 2:
        return [list(row) for row in rows]
    heights = [median(piece.cy for piece in row) for row in anchors]
    pitch = median(low - high for high, low in pairwise(heights))
    body = [(height, list(row)) for height, row in zip(heights, anchors, strict=True)]
    for row in rows:
        if any(row is anchor for anchor in anchors):
            continue
        height = median(piece.cy for piece in row)
        near = min(range(len(anchors)), key=lambda n: abs(heights[n] - height))
        if abs(heights[near] - height) < 0.85 * pitch:
            body[near][1].extend(row)
        else:
            body.append((height, list(row)))
    return [row for _, row in sorted(body, key=lambda pair: pair[0])]


def _is_table(body: Sequence[Sequence[Piece]], columns: Sequence[Span], *, ruled: bool) -> bool:
    """False for columns of running text, for lists and for names in rows."""
    cells = [cell for row in body for cell in _cells(row, columns)]
    crossing = sum(1 for start, end, _ in cells if end - start > 1)
    filled = sum(1 for row in body if len(_cells(row, columns)) >= 0.5 * len(columns))
    if crossing > 0.1 * len(cells) + 1 or filled < 0.6 * len(body):
        return False
    texts: list[list[Piece]] = [[] for _ in columns]
    for start, _, pieces in cells:
        texts[start] += pieces
    lengths = [median(len(piece.text) for piece in column) for column in texts if column]
    prose = sum(length > PROSE for length in lengths)
    if ruled:
        return prose < len(columns) - prose
    numeric = [sum(map(_is_number, column)) >= NUMBERS * len(column) for column in texts if column]
    if len(columns) == 2:
        return numeric[-1] and not numeric[0] and prose == 0
    return sum(numeric) >= 1 and any(numeric[1:]) and prose <= 1


def _header(rows: Sequence[Sequence[Piece]], columns: Sequence[Span]) -> tuple[list[Place], int]:
    """Cells of the header and how many rows it has: headers over several columns stand in rows of their own."""
    pieces = [piece for row in rows for piece in row]
    if not pieces:
        return [], 0
    if len(rows) == 1 and len(pieces) == len(columns):
        return [Place(row=0, col=n, rowspan=1, colspan=1, pieces=(piece,)) for n, piece in enumerate(rows[0])], 1
    own: list[list[Piece]] = [[] for _ in columns]
    groups: list[Piece] = []
    for piece in pieces:
        start, end = _reach(piece, columns)
        if end - start > 1 or _is_over(piece, pieces, columns):
            groups.append(piece)
        else:
            own[start].append(piece)
    if not groups:
        merged = [Place(row=0, col=n, rowspan=1, colspan=1, pieces=tuple(col)) for n, col in enumerate(own) if col]
        return merged, 1
    # Columns with a header of their own as low as those right below are the ones that it can be over.
    tops = [min(p.core[0] for p in own[n]) for group in groups for n in _beside(group, columns) if own[n]]
    low = max(tops) - 0.25 * groups[0].height if tops else 0.0
    free = [n for n, col in enumerate(own) if col and min(p.core[0] for p in col) >= low]
    covered = _shares(sorted(groups, key=lambda p: p.cx), free, columns)
    places = [Place(row=0, col=start, rowspan=1, colspan=end - start, pieces=(piece,)) for piece, start, end in covered]
    inside = {n for _, start, end in covered for n in range(start, end)}
    for number, column in enumerate(own):
        if column:
            row, span = (1, 1) if number in inside else (0, 2)
            places.append(Place(row=row, col=number, rowspan=span, colspan=1, pieces=tuple(column)))
    return places, 2


def _is_over(piece: Piece, header: Sequence[Piece], columns: Sequence[Span]) -> bool:
    """True where the columns on both sides of the piece have headers of their own, all of them below it."""
    for column in _beside(piece, columns):
        heads = [p for p in header if p is not piece and _reach(p, columns) == (column, column + 1)]
        if not heads or any(p.core[0] < piece.core[1] - 0.1 * piece.height for p in heads):
            return False
    return True


def _beside(piece: Piece, columns: Sequence[Span]) -> tuple[int, int]:
    """The columns to the left and right of a piece; one that it stands in the middle of is neither."""
    middles = [(x0 + x1) / 2 for x0, x1 in columns]
    start, end = _reach(piece, columns)
    if end - start > 1:
        return start, end - 1
    if abs(piece.cx - middles[start]) < 0.2 * min((b - a for a, b in pairwise(middles)), default=0.0):
        return start - 1, min(start + 1, len(columns) - 1)
    right = next((n for n, middle in enumerate(middles) if middle > piece.cx), len(columns) - 1)
    return right - 1, right


def _shares(groups: Sequence[Piece], free: Sequence[int], columns: Sequence[Span]) -> list[tuple[Piece, int, int]]:
    """For every header over several columns its first one and the one after its last, so that it is best centred."""
    runs: list[list[int]] = []
    for number in free:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    found: list[tuple[Piece, int, int]] = []
    for run in runs:
        x0, x1 = columns[run[0]][0], columns[run[-1]][1]
        over = [piece for piece in groups if x0 <= piece.cx <= x1]
        found += _parted(over, run, columns)
    return found


def _parted(over: Sequence[Piece], run: Sequence[int], columns: Sequence[Span]) -> list[tuple[Piece, int, int]]:
    """Neighbouring columns parted among the headers over them, so that each stands over the middle of its own."""
    count, size = len(over), len(run)
    if not count or count > size:
        return []
    best: dict[tuple[int, int], tuple[float, list[tuple[Piece, int, int]]]] = {(0, 0): (0.0, [])}
    for number, piece in enumerate(over):
        for start in range(number, size):
            if (number, start) not in best:
                continue
            cost, done = best[number, start]
            for end in range(start + 1, size + 1):
                middle = (columns[run[start]][0] + columns[run[end - 1]][1]) / 2
                total = cost + abs(middle - piece.cx)
                if total < best.get((number + 1, end), (float("inf"), []))[0]:
                    best[number + 1, end] = total, [*done, (piece, run[start], run[end - 1] + 1)]
    return best.get((count, size), (0.0, []))[1]


def _header_heights(rows: Sequence[Sequence[Piece]], depth: int) -> list[Span]:
    """Upper and lower edges of the rows of the header."""
    pieces = [piece for row in rows for piece in row]
    if not pieces:
        return []
    top, bottom = min(p.y0 for p in pieces), max(p.y1 for p in pieces)
    step = (bottom - top) / max(depth, 1)
    return [(top + number * step, top + (number + 1) * step) for number in range(depth)]


def _between(spans: Sequence[Span]) -> list[Span]:
    """The spans, each up to the middle of the white beside it."""
    middles = [(one[1] + two[0]) / 2 for one, two in pairwise(spans)]
    starts, ends = [spans[0][0], *middles], [*middles, spans[-1][1]]
    return list(zip(starts, ends, strict=True))
