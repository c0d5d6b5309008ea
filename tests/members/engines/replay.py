"""An engine that does not look: it returns `<source>.txt` (pages parted by form feeds), else a text of its own."""

from pathlib import Path

from pipeline.engines import PageView, Reading
from schemas.page import Line
from schemas.settings import ReadSettings

THREADS = 1


def version() -> str:
    return "replay 1"


def read(view: PageView, settings: ReadSettings) -> Reading:
    texts = _texts(view)
    height, width = view.image.shape
    step = max(2, height // (len(texts) + 2))
    return Reading(
        lines=tuple(
            Line(text=text, bbox=(0, row * step, max(1, width - 1), row * step + step - 1), confidence=0.99)
            for row, text in enumerate(texts)
        ),
        rotation=0,
    )


def _texts(view: PageView) -> list[str]:
    height, width = view.image.shape
    number = view.source.number
    sidecar = Path(f"{view.source.path}.txt")
    if sidecar.exists():
        pages = sidecar.read_text(encoding="utf-8").split("\f")
        return [line for line in pages[number - 1].splitlines() if line.strip()] if number <= len(pages) else []
    return [
        f"云溪镇工作简报第{number}页",
        f"全镇{number + 3}个村共有党员{number * 7 + 100}名。",
        f"本页宽{width}，高{height}。",
    ]
