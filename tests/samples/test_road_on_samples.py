"""The main job on the samples: every fact that must be found is found, with its box, and search finds its page."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from commands import ROOT, SAMPLES, environment, xiangdang_command

KINDS = {"village", "township", "count", "money", "date", "programme", "document"}
"""Kinds whose extractors are complete enough that every listed fact counts."""
SEED = ("蔡庄村", "怡华社区", "永安镇", "236名", "787名", "60万元", "1100余户", "《党建工作目标责任书》", "刘艳")


@pytest.fixture(scope="module")
def documents(sample_archive: Path) -> dict[str, dict[str, Any]]:
    command = xiangdang_command("export", "jsonl", "--archive", sample_archive)
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, check=True)
    return {Path(found["source"]).name: found for found in map(json.loads, done.stdout.splitlines())}


def pages_found(sample_archive: Path, query: str) -> set[tuple[str, int]]:
    command = xiangdang_command("search", query, "--json", "--limit", "0", "--archive", sample_archive)
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
    return {(Path(hit["source"]).name, hit["page"]) for hit in map(json.loads, done.stdout.splitlines())}


def test_every_document_is_in_the_archive(documents: dict[str, dict[str, Any]]) -> None:
    expected = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
    assert set(documents) == {entry["source"] for entry in expected["documents"]}


def test_expected_facts_are_found_on_their_pages(documents: dict[str, dict[str, Any]]) -> None:
    expected = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
    wanted = {
        (entry["source"], fact["kind"], fact["text"], fact["page"])
        for entry in expected["documents"]
        for fact in entry["facts"]
        if fact["kind"] in KINDS
    }
    found = {
        (name, mention["kind"], "".join(mention["text"].split()), page["number"])
        for name, document in documents.items()
        for mention in document["mentions"]
        for page in document["pages"]
        if page["start"] <= mention["start"] < page["end"]
    }
    assert len(wanted) > 80
    missed = wanted - found
    assert {fact for fact in missed if not (fact[1] == "programme" and half_of_it(fact, found))} == set()


def half_of_it(fact: tuple[str, str, str, int], found: set[tuple[str, str, str, int]]) -> bool:
    """A programme's name has soft edges: at least half of it, on the same page, is enough."""
    source, kind, text, page = fact
    names = [other[2] for other in found if (other[0], other[1], other[3]) == (source, kind, page)]
    return any((name in text or text in name) and 2 * len(name) >= len(text) >= len(name) / 2 for name in names)


@pytest.mark.parametrize("text", SEED)
def test_seed_fact_has_a_box(documents: dict[str, dict[str, Any]], text: str) -> None:
    mentions = [mention for mention in documents["seed_newspaper.jpg"]["mentions"] if mention["text"] == text]
    assert mentions
    assert all(mention["boxes"] for mention in mentions)


@pytest.mark.parametrize("query", ["蔡庄", "党员 代表", '"党员 代表"', "村", "党建工作目标责任书", "永安鎮", "７８７"])
def test_search_finds_exactly_the_pages_that_hold_the_words(
    documents: dict[str, dict[str, Any]], sample_archive: Path, query: str
) -> None:
    words = [query.replace('"', "").replace(" ", "")] if '"' in query else query.split()
    folded = [word.replace("鎮", "镇").replace("７８７", "787") for word in words]
    holding = {
        (name, page["number"])
        for name, document in documents.items()
        for page in document["pages"]
        if all(word in "".join(document["text"][page["start"] : page["end"]].split()) for word in folded)
    }
    assert holding
    assert pages_found(sample_archive, query) == holding


def test_turned_pages_are_upright(documents: dict[str, dict[str, Any]]) -> None:
    assert documents["briefing_rot90.jpg"]["pages"][0]["rotation"] in (90, 270)
    assert documents["notice_rot180.jpg"]["pages"][0]["rotation"] == 180


def test_nothing_but_the_archive_was_written(sample_archive: Path) -> None:
    assert sorted(path.name for path in sample_archive.iterdir()) == [
        "archive.db",
        "archive.lock",
        "images",
        "originals",
    ]


def test_a_lone_one_in_a_table_is_one(documents: dict[str, dict[str, Any]]) -> None:
    (table,) = documents["village_table.jpg"]["pages"][0]["tables"]
    numbers = [cell["text"] for cell in table["cells"] if cell["header_path"] == ["序号"]]
    assert numbers[:12] == [str(number) for number in range(1, 13)]
