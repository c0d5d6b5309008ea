"""Gold is read with its text or without it; what is no gold is named."""

import importlib.util
import json
from dataclasses import replace
from pathlib import Path

import pytest
from evaluation_samples import TEXT, gold

from pipeline.errors import UsageError
from pipeline.evaluation.gold import complete, digest, fitting, read_gold, texts_below
from schemas import codec

STRIP = Path(__file__).parents[1] / "gold" / "_strip.py"


def strip(given):
    spec = importlib.util.spec_from_file_location("gold_strip", STRIP)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return json.loads(module.written(module.strip(given)))


def whole():
    return codec.to_dict(gold())


def put(folder, name, content):
    (folder / name).write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")


def test_gold_with_its_text_is_read_as_it_was_written(tmp_path):
    put(tmp_path, "a1.facts.json", whole())
    put(tmp_path, "other.json", "no gold, and not read")
    assert read_gold(tmp_path) == [gold()]


def test_stripped_gold_holds_no_words_and_is_restored_from_its_text(tmp_path):
    stripped = strip(whole())
    assert "云溪镇" not in json.dumps(
        [one for one in stripped["facts"] if one["kind"] == "township"], ensure_ascii=False
    )
    assert TEXT not in json.dumps(stripped, ensure_ascii=False)
    put(tmp_path, "a1.json", stripped)
    (tmp_path / "any.txt").write_text(TEXT, "utf-8")
    (restored,) = complete(read_gold(tmp_path), texts_below(tmp_path))
    assert restored.text == TEXT
    assert {(f.kind, f.start, f.end, f.text) for f in restored.facts} == {
        (f.kind, f.start, f.end, f.text) for f in gold().facts
    }
    assert restored.relations == gold().relations


def test_gold_without_its_text_says_what_to_do(tmp_path):
    put(tmp_path, "a1.json", strip(whole()))
    with pytest.raises(UsageError, match=r"gold of a1 holds no text.*--texts") as error:
        complete(read_gold(tmp_path), {digest("another"): "another"})
    assert error.value.exit_code == 2


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        {"document": "a1", "kinds": [], "facts": []},
        {"document": "a1", "text": "一村", "kinds": ["village"], "facts": [{"kind": "village", "start": 0}]},
        {"document": "a1", "text": "一村", "kinds": [], "facts": [{"kind": "village", "start": 5, "end": 9}]},
        {
            "document": "a1",
            "text": "一村",
            "kinds": [],
            "facts": [{"kind": "village", "start": 0, "end": 1, "text": "村"}],
        },
    ],
)
def test_what_is_no_gold_is_named(tmp_path, content):
    put(tmp_path, "a1.facts.json", content)
    with pytest.raises(UsageError, match="a1"):
        read_gold(tmp_path)


def test_folder_without_gold_is_named(tmp_path):
    with pytest.raises(UsageError, match="holds no gold"):
        read_gold(tmp_path)


@pytest.mark.parametrize(
    ("name", "belongs"),
    [("a1.txt", True), ("a1_scan.pdf", True), ("a1-2.jpg", True), ("a12.txt", False), ("b.txt", False)],
)
def test_gold_belongs_to_files_that_begin_with_its_name(name, belongs):
    assert gold().belongs(name) == belongs


def test_file_belongs_to_the_gold_with_the_longest_name_that_fits():
    golds = [replace(gold(), document=name) for name in ("柳溪镇", "柳溪镇辖村", "云岭乡")]
    assert fitting(golds, "柳溪镇.txt") == [0]
    assert fitting(golds, "柳溪镇辖村_scan.pdf") == [1]
    assert fitting(golds, "石门乡.txt") == []
