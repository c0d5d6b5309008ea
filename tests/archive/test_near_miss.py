"""Words of four characters and more are found with one wrong character, below all that is exact."""

import random
import re
from collections.abc import Callable

import pytest

from pipeline.archive.search import count, search
from pipeline.archive.store import Archive
from plain_scan import sample_texts
from schemas.query import Hit, Query

Add = Callable[..., str]


def find(archive: Archive, text: str, **more: object) -> list[Hit]:
    query = Query(text=text, near_miss=True, **{"limit": 0, **more})  # type: ignore[arg-type]
    return search(archive, query)


def shown(hit: Hit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.highlights]


@pytest.mark.parametrize(
    ("printed", "highlight"),
    [
        ("开党贝代表会", "党贝代表"),  # one wrong
        ("开堂员代表会", "堂员代表"),
        ("开党员代衣会", "党员代衣"),
        ("党尸口代表", "党尸口代表"),  # one read as two
        ("党代表", "党代表"),  # one lost
        ("党员·代表", "党员·代表"),  # one added
        ("党员，代\n表", "党员，代表"),
        ("员代表", "员代表"),
    ],
)
def test_one_wrong_character_is_found(archive: Archive, add: Add, printed: str, highlight: str) -> None:
    add("a", printed)
    (hit,) = find(archive, "党员代表")
    assert shown(hit) == [highlight]
    assert not hit.exact
    assert hit.boxes
    assert search(archive, Query(text="党员代表")) == []


@pytest.mark.parametrize("printed", ["堂贝代表", "代表党员", "表党员", "党员", "党一二三代表", "党尸口代衣"])
def test_two_wrong_characters_are_not(archive: Archive, add: Add, printed: str) -> None:
    add("a", printed)
    assert find(archive, "党员代表") == []


@pytest.mark.parametrize("query", ["党员代", '"党员代表"', "党员 代表", "村 -党员代表", "2019年"])
def test_short_words_literals_and_what_is_excluded_stay_exact(archive: Archive, add: Add, query: str) -> None:
    add("a", "党贝代 党贝代表 2018年")
    assert find(archive, query) == []


def test_exact_hits_come_first_and_pages_are_stable(archive: Archive, add: Add) -> None:
    for at in range(9):
        add(f"{at}", "党员代表" if at % 3 == 2 else "党贝代表" if at % 3 else "青石镇")
    hits = find(archive, "党员代表")
    assert [(hit.source, hit.exact) for hit in hits] == [
        ("2", True), ("5", True), ("8", True), ("1", False), ("4", False), ("7", False),
    ]  # fmt: skip
    assert count(archive, Query(text="党员代表", near_miss=True)) == 6
    for size in (1, 2, 4):
        windows = [find(archive, "党员代表", limit=size, offset=offset) for offset in range(0, 8, size)]
        assert [hit for window in windows for hit in window] == hits
    assert [hit.source for hit in find(archive, "党员代表", order="page")] == ["2", "5", "8", "1", "4", "7"]


def test_a_wrong_character_within_larger_queries(archive: Archive, add: Add) -> None:
    add("a", "党贝代表共236名")
    add("b", "党贝代表，石桥村")
    add("c", "党员代表，石桥村")
    assert [hit.source for hit in find(archive, "党员代表 石桥村")] == ["c", "b"]
    assert [hit.source for hit in find(archive, "党员代表 -石桥村")] == ["a"]
    assert [hit.source for hit in find(archive, "党员代表 NEAR/1 236")] == ["a"]
    assert [hit.source for hit in find(archive, "党员代表 OR 石桥村")] == ["c", "b", "a"]


READ_AS = (
    "厕而 干二 入人 各车 八人 予耶 提旬 革半 霜厦 之福 六夫 斤厂 头天 亩褒 零霍 株条 镇个 七上 家字 责疼 "
    "制负 兴闪 修传 进选 校科 八入 千干 闫高 一。 千二 镇蚀 庙让 堃郊 榆栓 石五 铺销 淼琳 亓元 臧减 仝全 "
    "晁哆 奋碍 诫诚 覃章 塘壤 坳声 好妈 貌租 盏画 蒸茹 圾级 垃疗 巩珊 燕辫 坳协 广户 入六 薇殴 万五 了溯 "
    "干于 包外 民员 黑早 月贿 品铝 人雁 月为 一寺 与渎 工亚 塘缮 个厅 示宁 队认 明轩 坚旦 确网 绩名 淄渔 "
    "幸革 题是 兑竞 土士 偏人往 和发四 待竺 "
)
"""Characters and what Tesseract read instead on noisy scans."""


def misread(text: str, chance: random.Random) -> str:
    """The text with one Chinese character in fifty misread: as it was on the scans, or as another was."""
    pairs = {pair[0]: pair[1:] for pair in READ_AS.split()}
    others = list(pairs.values())
    return "".join(
        pairs.get(sign, chance.choice(others)) if "一" <= sign <= "龥" and chance.random() < 0.02 else sign
        for sign in text
    )


def test_words_are_found_in_text_with_the_errors_of_ocr(archive: Archive, add: Add) -> None:
    chance = random.Random(3)
    texts = sample_texts()
    for number, text in enumerate(texts):
        add(f"{number}", misread(text, chance))
    exact = near = 0
    words = [
        (f"{number}", run[at : at + 4])
        for number, text in enumerate(texts)
        for run in re.findall(r"[\u4e00-\u9fff]{4,}", text)
        for at in range(0, len(run) - 3, 7)
    ]
    for source, word in words:
        hits = find(archive, word)
        assert [hit.exact for hit in hits] == sorted((hit.exact for hit in hits), reverse=True)
        exact += any(hit.source == source and hit.exact for hit in hits)
        near += any(hit.source == source for hit in hits)
    assert len(words) > 500
    assert exact < 0.96 * len(words)
    assert near >= 0.99 * len(words)


LETTERS = "党员会村国里峰户镇庄树联系代表柳石桥全乡年月日名个开展工作和的人大组织山水田林"


@pytest.mark.parametrize("length", [4, 5, 8, 9, 12, 20])
def test_every_place_of_the_wrong_character_is_found(archive: Archive, add: Add, length: int) -> None:
    chance = random.Random(length)
    word = "".join(chance.sample(LETTERS, length))
    wrong = []
    for at in range(length):
        for read in ("", "口", "口日", "1", "，", "g"):
            wrong.append(f"在{word[:at]}{read}{word[at + 1 :]}处")
    add("a", *wrong)
    assert len(find(archive, word)) == len(wrong)
    add("b", *(text.translate({ord(word[-1]): "", ord(word[0]): ""})[:-1] for text in wrong[6:-6]))
    assert {hit.source for hit in find(archive, word)} == {"a"}
