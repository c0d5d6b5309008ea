"""Print of the other side that shows through the paper: it is pale, and reads better in a mirror."""

from collections.abc import Callable

import numpy as np

from pipeline.engines._ctc import Decoded
from pipeline.engines._quads import Grey, is_tall, strip
from schemas.page import Line

UNSURE, SURE = 0.75, 0.9
"""Confidence below which a line is looked at in a mirror, and from which it counts as mirrored there."""
PALE = 120
"""Grey that the ink of a line of the other side does not reach on a flattened page; it is 200 and more."""
HEIGHT = 48
"""Pixels of the strip that is read."""


def shows_through(page: Grey, line: Line, read: Callable[[Grey], Decoded]) -> bool:
    """Whether a line of the upright, flat page, shape (height, width), is print of the other side."""
    if line.bbox is None or line.confidence >= UNSURE or len(line.text) < 2:
        return False
    x0, y0, x1, y1 = line.bbox
    quad = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float32)
    seen = strip(page, quad, HEIGHT)
    if is_tall(quad) or np.percentile(seen, 2) < PALE:
        return False
    mirrored = read(np.ascontiguousarray(seen[:, ::-1]))
    return len(mirrored.text) > 1 and mirrored.confidence >= SURE
