"""The stable interface: the committed JSON Schema is the one the records give, and every export fits it."""

import json
import subprocess
from pathlib import Path

import jsonschema
import pytest

from commands import ROOT, environment, xiangdang_command
from schemas import codec

KEYS = {
    "schema_version", "id", "sha256", "source", "media_type", "title", "document_number", "issuer", "date", "township",
    "archival", "text", "pages", "mentions", "relations", "checks", "summary",
}  # fmt: skip


def exported(archive: Path) -> list[dict[str, object]]:
    command = xiangdang_command("export", "jsonl", "--archive", archive)
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def documents(sample_archive: Path) -> list[dict[str, object]]:
    return exported(sample_archive)


def test_committed_schema_is_the_generated_one() -> None:
    committed = (ROOT / "schemas/document.schema.json").read_text("utf-8")
    assert committed == codec.json_schema(), "run: xiangdang schema > schemas/document.schema.json"


def test_every_document_fits_the_schema_and_has_exactly_the_keys(documents: list[dict[str, object]]) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(codec.json_schema()))
    assert len(documents) > 10
    for document in documents:
        validator.validate(document)
        assert set(document) == KEYS


def test_every_offset_and_box_holds(documents: list[dict[str, object]]) -> None:
    for document in documents:
        text, pages = document["text"], {page["number"]: page for page in document["pages"]}
        for page in pages.values():
            for block in page["blocks"]:
                assert text[block["start"] : block["end"]] == block["text"]
                for part in [block, *block["lines"]]:
                    assert part["bbox"] is None or inside(part["bbox"], page)
        for mention in document["mentions"]:
            assert text[mention["start"] : mention["end"]] == mention["text"]
            assert all(inside(box["bbox"], pages[box["page"]]) for box in mention["boxes"])


def test_every_mention_on_a_scan_has_a_box(documents: list[dict[str, object]]) -> None:
    scans = [document for document in documents if document["media_type"] != "text/plain"]
    assert [mention for document in scans for mention in document["mentions"] if not mention["boxes"]] == []


def inside(box: list[int], page: dict[str, int]) -> bool:
    x0, y0, x1, y1 = box
    return 0 <= x0 < x1 <= page["width"] and 0 <= y0 < y1 <= page["height"]
