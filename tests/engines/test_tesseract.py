import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from pipeline.engines import PageSource, PageView, tesseract
from pipeline.engines._hocr import glyph_lines
from pipeline.errors import ItemError, MissingDependency
from schemas.settings import ReadSettings

ROOT = Path(__file__).parents[2]
ENGLISH = ReadSettings(language="eng")
TEXT = ["REPORT OF THE TOWN", "There are 27 villages and 1450 people", "in the valley of the white river."]
needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")


def page(turn: int = 0, size: float = 1.0) -> np.ndarray:
    """The text, printed large enough for Tesseract, turned clockwise."""
    image = np.full((700, 1500), 255, np.uint8)
    for number, text in enumerate(TEXT * 2):
        at = (60, 100 + 100 * number)
        cv2.putText(image, text, at, cv2.FONT_HERSHEY_COMPLEX, 1.6, 0, 3, cv2.LINE_AA)
    image = cv2.resize(image, None, fx=size, fy=size, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(np.rot90(image, -turn // 90))


def inked(image: np.ndarray, rows: int = 130) -> list[int]:
    """The box around what is printed in the first rows."""
    down, across = np.nonzero(image[:rows] < 128)
    return [across.min(), down.min(), across.max() + 1, down.max() + 1]


def view(image: np.ndarray, dpi: float | None = 300) -> PageView:
    return PageView(image=image, dpi=dpi, source=PageSource(path=Path("a.png"), media_type="image/png", number=1))


@needs_tesseract
def test_lines_have_a_box_and_a_confidence_for_every_character() -> None:
    image = page()
    reading = tesseract.read(view(image), ENGLISH)
    assert (reading.rotation, [line.text for line in reading.lines]) == (0, TEXT * 2)
    for line in reading.lines:
        assert line.bbox is not None
        assert len(line.chars) == len(line.char_confidences) == len(line.text)
        assert all(near < far for near, far in line.chars)
        assert line.confidence > 0.8
    first = reading.lines[0]
    near, far = first.chars[0]
    assert image[60:105, near:far].min() < 50  # the R is there
    assert first.bbox == pytest.approx(inked(image), abs=6)


@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_page_that_lies_on_its_side_or_head_is_turned(turn: int) -> None:
    reading = tesseract.read(view(page(turn)), ENGLISH)
    assert (reading.rotation, [line.text for line in reading.lines]) == (360 - turn, TEXT * 2)
    assert reading.lines[0].bbox == pytest.approx(inked(page()), abs=6)


@needs_tesseract
@pytest.mark.parametrize("dpi", [100, None])
def test_small_print_is_enlarged_and_boxes_come_back(dpi: float | None) -> None:
    reading = tesseract.read(view(page(size=0.4), dpi), ENGLISH)
    assert [line.text for line in reading.lines] == TEXT * 2
    assert reading.lines[0].bbox == pytest.approx(inked(page(size=0.4), rows=60), abs=4)


@needs_tesseract
def test_blank_page_has_no_lines() -> None:
    reading = tesseract.read(view(np.full((400, 300), 255, np.uint8)), ENGLISH)
    assert (reading.lines, reading.rotation) == ((), 0)


@needs_tesseract
def test_language_that_is_not_installed_is_a_failure_with_a_remedy() -> None:
    with pytest.raises(ItemError, match="apt install tesseract-ocr-xx-yy") as caught:
        tesseract.read(view(page()), ReadSettings(language="xx_yy"))
    assert caught.value.failure_class == "missing"


@needs_tesseract
def test_version_names_program_data_and_languages() -> None:
    told = tesseract.version()
    assert told.startswith("tesseract ")
    assert "tessdata" in told
    assert told.endswith(")")


@needs_tesseract
def test_language_is_checked_before_the_first_page() -> None:
    tesseract.check(ENGLISH)
    with pytest.raises(MissingDependency, match=r"apt install tesseract-ocr-xx-yy; installed are: .*eng") as caught:
        tesseract.check(ReadSettings(language="eng+xx_yy"))
    assert caught.value.exit_code == 3


def test_english_alone_is_enough(tmp_path: Path) -> None:
    fake = tmp_path / "tesseract"
    fake.write_text(FAKE.format(python=sys.executable, folder=tmp_path))
    fake.chmod(0o755)
    (tmp_path / "eng.traineddata").write_bytes(b"0")
    code = """
from pipeline.engines import tesseract
from schemas.settings import ReadSettings
print(tesseract.version())
tesseract.check(ReadSettings(language="eng"))
tesseract.check(ReadSettings(language="chi_sim"))
"""
    done = python(code, PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert "(eng)" in done.stdout
    assert "no data for the language chi_sim" in done.stderr
    assert "apt install tesseract-ocr-script-hans" in done.stderr


@needs_tesseract
def test_cells_are_read_one_by_one_and_no_line_leaves_one() -> None:
    image = np.full((900, 1200), 255, np.uint8)
    words = [["Village", "Households", "People"], ["White River", "356", "1,208"], ["Old Mill", "7", "25"]]
    cells = [
        (100 + 330 * col, 300 + 100 * row, 430 + 330 * col, 400 + 100 * row) for row in range(3) for col in range(3)
    ]
    for (x0, _, _, y1), word in zip(cells, [word for row in words for word in row], strict=True):
        cv2.putText(image, word, (x0 + 6, y1 - 34), cv2.FONT_HERSHEY_COMPLEX, 1.4, 0, 3, cv2.LINE_AA)
    cv2.putText(image, "People of the valley", (200, 150), cv2.FONT_HERSHEY_COMPLEX, 1.6, 0, 3, cv2.LINE_AA)
    reading = tesseract.read(replace(view(image), fences=tuple(cells)), ENGLISH)
    lines = {line.text: line.bbox for line in reading.lines}
    assert set(lines) == {"People of the valley", *(word for row in words for word in row)}
    for cell, word in zip(cells, [word for row in words for word in row], strict=True):
        x0, y0, x1, y1 = lines[word]
        assert cell[0] <= x0 < x1 <= cell[2]
        assert cell[1] <= y0 < y1 <= cell[3]


@needs_tesseract
def test_low_image_is_one_line() -> None:
    (line,) = tesseract.read(view(page()[40:130]), ENGLISH).lines
    assert line.text == TEXT[0]


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_absent_program_is_named_with_its_package() -> None:
    done = python("from pipeline.engines import tesseract; tesseract.version()", PATH="/nowhere")
    assert "MissingDependency" in done.stderr
    assert "apt install tesseract-ocr" in done.stderr


def test_importing_the_engine_loads_no_library() -> None:
    code = "import sys; import pipeline.engines.tesseract; sys.exit('pytesseract' in sys.modules)"
    assert python(code).returncode == 0


FAKE = """#!{python}
import os, signal, sys, time
if "--list-langs" in sys.argv:
    print('List of available languages in "{folder}" (1):\\neng')
elif "--version" in sys.argv:
    print("tesseract 5.3.0")
else:
    alive = open("{folder}/alive", "w")
    print(os.environ["OMP_THREAD_LIMIT"], file=alive, flush=True)
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)
    print("survived", file=alive)
"""
"""A Tesseract whose worker is killed while it works; it holds a pipe as long as it lives."""

WORKER = """
import numpy as np
from pathlib import Path
from pipeline.engines import PageSource, PageView, tesseract
from schemas.settings import ReadSettings
source = PageSource(path=Path("a.png"), media_type="image/png", number=1)
tesseract.read(PageView(image=np.zeros((50, 50), np.uint8), dpi=300, source=source), ReadSettings(language="eng"))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a parent-death signal")
def test_tesseract_has_one_thread_and_dies_with_its_worker(tmp_path: Path) -> None:
    fake = tmp_path / "tesseract"
    fake.write_text(FAKE.format(python=sys.executable, folder=tmp_path))
    fake.chmod(0o755)
    os.mkfifo(tmp_path / "alive")
    reader = os.open(tmp_path / "alive", os.O_RDONLY | os.O_NONBLOCK)
    done = python(WORKER, PATH=f"{tmp_path}:{os.environ['PATH']}", TMPDIR=str(tmp_path))
    assert done.returncode == -signal.SIGKILL
    os.set_blocking(reader, True)
    with os.fdopen(reader) as alive:
        assert alive.read() == "1\n"  # up to its end: the program that wrote it is gone


@needs_tesseract
def test_no_temporary_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    tesseract.read(view(page()), ENGLISH)
    assert not list(tmp_path.iterdir())


HOCR = """<div class='ocr_page'><p><span class='ocr_line' title="bbox 0 0 100 20">
<span class='ocrx_word' title='bbox 0 0 40 20; x_wconf 90'>
<span class='ocrx_cinfo' title='x_bboxes 0 0 20 20; x_conf 99.5'>青</span>
<span class='ocrx_cinfo' title='x_bboxes 20 0 40 20; x_conf 90'>&lt;</span></span>
<span class='ocrx_word' title='bbox 40 0 60 20'>
<span class='ocrx_cinfo' title='x_bboxes 40 0 60 20; x_conf 80'>禾</span></span>
</span></p></div>"""


def test_hocr_gives_every_character_its_box_and_words_a_space() -> None:
    (glyphs,) = glyph_lines(HOCR, 2.0)
    assert [glyph.text for glyph in glyphs] == ["青", "<", " ", "禾"]
    assert (glyphs[0].x1, glyphs[0].y1, glyphs[0].confidence) == (10, 10, 0.995)
