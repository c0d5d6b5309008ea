"""Reads Chinese and Latin print with the PP-OCRv6 models of the rapidocr wheel, on onnxruntime; the default engine.

The wheel gives the models and the boxes of the detector; cutting, recognising and turning are done here: one strip at
a time costs least on one thread, every character keeps its place, and no line is dropped or turned on its own.
"""

import hashlib
import importlib.util
import re
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from pipeline.engines import PageView, Reading
from pipeline.engines._ctc import Decoded, decode, joined
from pipeline.engines._quads import Grey, Quad, half_turn, is_tall, strip, upright_box
from pipeline.engines._room import roomy
from pipeline.engines._upright import turn_needed, turned
from pipeline.errors import MissingDependency
from schemas.page import Line
from schemas.settings import ReadSettings

THREADS = 1

MODEL = "PP-OCRv6_small"
DETECTOR, RECOGNISER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"

LONGEST = 2000
"""Pixels of the longest side that the detector sees; 3600 costs 2-3 times the CPU and finds nothing more."""
SHORTEST = 736
"""Pixels to which the detector's view of a small page is enlarged, as rapidocr does (`limit_side_len`)."""
STEP = 32
"""The detector's input has sides that are multiples of this."""
HEIGHT, COLUMN = 48, 8
"""Height of the recogniser's strips and width of one column of its output, pixels."""
PADDED = 64
"""Strips are padded to a multiple of this, so that memory is used again instead of growing with every new width."""
WIDEST = 6400
"""Pixels of the longest strip; a longer one is squeezed."""

PER_MILLE = re.compile(r"%[0oO](?![0-9A-Za-z%])")
"""How the model reads many a ‰; no printed text has a per cent sign with a lone 0 behind it."""
MARGIN = 0.2
"""Share of its height by which a strip is cut longer at both ends; without it stops and quotation marks get lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Models:
    detector: Any
    recogniser: Any
    boxes: Any
    alphabet: tuple[str, ...]


@cache
def version() -> str:
    """Name and version of the library, name and digest of the models; raises MissingDependency."""
    digest = hashlib.sha256()
    for name in (DETECTOR, RECOGNISER):
        digest.update(_model_path(name).read_bytes())
    return f"rapidocr {metadata.version('rapidocr')} {MODEL} {digest.hexdigest()[:16]}"


def read(view: PageView, settings: ReadSettings) -> Reading:
    """Every line that is found, whatever its confidence; turns the page where its text lies on its side or its head."""
    page, quads = view.image, _detect(view.image)
    cuts = roomy(page, quads, MARGIN)
    rotation, known = turn_needed(quads, lambda number: strip(page, cuts[number], HEIGHT), _recognise)
    upright = turned(page, rotation) if rotation else page
    if rotation:
        quads = (
            [half_turn(quad, page.shape[1], page.shape[0]) for quad in quads] if rotation == 180 else _detect(upright)
        )
        cuts = roomy(upright, quads, MARGIN)
    lines = (_line(upright, *pair, known.get(number)) for number, pair in enumerate(zip(quads, cuts, strict=True)))
    return Reading(lines=tuple(line for line in lines if line), rotation=rotation)


def _line(page: Grey, quad: Quad, cut: Quad, decoded: Decoded | None) -> Line | None:
    """The record of one line, None where nothing is printed in the quad; `cut` is what the recogniser sees of it."""
    decoded = decoded or _recognise(strip(page, cut, HEIGHT))
    if not decoded.text:
        return None
    height, width = page.shape
    vertical = is_tall(quad)
    shown = upright_box(cut, width, height)
    low, high = (shown[1], shown[3]) if vertical else (shown[0], shown[2])
    chars = tuple(_pixels(span, low, high) for span in decoded.spans)
    start, end = chars[0][0], chars[-1][1]
    x0, y0, x1, y1 = upright_box(quad, width, height)
    return Line(
        text=decoded.text,
        bbox=(x0, min(y0, start), x1, max(y1, end)) if vertical else (min(x0, start), y0, max(x1, end), y1),
        confidence=round(decoded.confidence, 4),
        chars=chars,
        char_confidences=tuple(round(confidence, 4) for confidence in decoded.confidences),
        vertical=vertical,
    )


def _pixels(span: tuple[float, float], low: int, high: int) -> tuple[int, int]:
    """A share of low..high in whole pixels, at least one pixel wide."""
    start = min(round(low + span[0] * (high - low)), high - 1)
    return start, max(round(low + span[1] * (high - low)), start + 1)


def _recognise(cut: Grey) -> Decoded:
    """The text of one strip, shape (HEIGHT, any)."""
    if cut.shape[1] > WIDEST:
        cut = np.asarray(cv2.resize(cut, (WIDEST, HEIGHT), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    width = cut.shape[1]
    padded = np.zeros((HEIGHT, -(-width // PADDED) * PADDED), dtype=np.float32)
    padded[:, :width] = cut.astype(np.float32) / 127.5 - 1
    models = _models()
    scores = models.recogniser.run(None, {"x": np.broadcast_to(padded, (1, 3, *padded.shape))})[0][0]
    return joined(decode(scores, models.alphabet, width / COLUMN), PER_MILLE, "‰")


def _detect(page: Grey) -> list[Quad]:
    """Boxes around lines of text, in pixels of the page."""
    height, width = page.shape
    view = _detector_view(page)
    colour = np.broadcast_to(view.astype(np.float32) / 127.5 - 1, (1, 3, *view.shape))
    models = _models()
    heat = models.detector.run(None, {"x": colour})[0]
    boxes, _ = models.boxes(heat, (height, width))
    return [np.asarray(box, dtype=np.float32) for box in boxes]


def _detector_view(page: Grey) -> Grey:
    """The page scaled to what the detector sees: longest side at most LONGEST, sides multiples of STEP."""
    height, width = page.shape
    scale = min(LONGEST / max(height, width), max(1.0, SHORTEST / min(height, width)))
    shape = [max(round(side * scale / STEP), 1) * STEP for side in (width, height)]
    smaller = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(page, shape, interpolation=smaller), dtype=np.uint8)


@cache
def _models() -> _Models:
    """Loaded once per process; no file but those of the wheel is opened, nothing is downloaded."""
    import onnxruntime
    from rapidocr.ch_ppocr_det.utils import DBPostProcess

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = THREADS
    # The arena halves the detector's CPU (no page faults); patterns per shape would only make it grow.
    options.enable_mem_pattern = False
    options.log_severity_level = 4
    detector, recogniser = (
        onnxruntime.InferenceSession(str(_model_path(name)), options, providers=["CPUExecutionProvider"])
        for name in (DETECTOR, RECOGNISER)
    )
    alphabet = recogniser.get_modelmeta().custom_metadata_map["character"].splitlines()
    boxes = DBPostProcess(thresh=0.3, box_thresh=0.5, max_candidates=3000, unclip_ratio=1.6, use_dilation=True)
    return _Models(detector=detector, recogniser=recogniser, boxes=boxes, alphabet=(*alphabet, " "))


def _model_path(name: str) -> Path:
    """A model inside the installed wheel; raises MissingDependency."""
    package = importlib.util.find_spec("rapidocr")
    found = Path(package.origin).parent / "models" / name if package and package.origin else None
    if found is None or not found.is_file() or importlib.util.find_spec("onnxruntime") is None:
        raise MissingDependency(
            f"The engine rapidocr or its model {name} is not installed.",
            "Install it with: pip install 'rapidocr>=3.10,<4' onnxruntime",
        )
    return found
