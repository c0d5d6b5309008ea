from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.engines import PageSource
from pipeline.stages.ocr import PageTask, read_page
from schemas.page import PageText
from schemas.settings import Limits, ReadSettings
from tests.images.drawn_seals import FONT, RED, Stamp, paper, stamp, write

pytestmark = pytest.mark.skipif(not FONT.exists(), reason="the font Noto Serif CJK (fonts-noto-cjk) is not installed")
TITLE, NAME, DATE = "青禾镇人民政府文件", "青禾镇人民政府", "二〇一九年三月十八日"
BODY = ("各村要高度重视，加强组织领导，明确责任分工，", "于九月底前将核查汇总表报送镇人民政府办公室。")


def page() -> np.ndarray:
    """A short letter with a red title and a seal over signature and date."""
    sheet = write(paper(1500, 1100), TITLE, (150, 80), 90, RED)
    for number, line in enumerate(BODY):
        sheet = write(sheet, line, (120, 350 + 80 * number), 38)
    sheet = write(write(sheet, NAME, (640, 900), 38), DATE, (600, 990), 38)
    return stamp(sheet, Stamp(text="中共青禾镇委员会", centre=(780, 960), across=190, down=190))


@cache
def read(folder: Path, turn: int) -> PageText:
    path = folder / f"letter{turn}.png"
    Image.fromarray(np.rot90(page(), -turn // 90)).save(path)
    source = PageSource(path=path, media_type="image/png", number=1)
    return read_page(PageTask(source=source, settings=ReadSettings(), limits=Limits(), expected=None)).text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("letters")


@pytest.mark.parametrize("turn", [0, 180])
def test_seal_is_a_block_of_its_own_and_the_text_under_it_stays_whole(folder: Path, turn: int) -> None:
    text = read(folder, turn)
    assert text.rotation == turn
    seals = [block for block in text.blocks if block.kind == "seal"]
    assert ["".join(line.text for line in block.lines) for block in seals] == ["中共青禾镇委员会"]
    assert seals[0].bbox == pytest.approx((590, 770, 970, 1150), abs=12)
    flow = [line.text for block in text.blocks if block.kind != "seal" for line in block.lines]
    assert sorted(flow) == sorted([TITLE, *BODY, NAME, DATE])
