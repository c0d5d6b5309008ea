"""Bags: valid by the library of the field, with the events of every document, always the same bytes."""

import hashlib
import json
from pathlib import Path

import bagit
import pytest
from lxml import etree

from batches import pages
from commands import Command
from pipeline.archive.review import verdicts
from pipeline.archive.store import Archive
from schemas.review import Verdict

PREMIS = {"p": "http://www.loc.gov/premis/v3"}
AT = "2031-05-06T07:08:09Z"


@pytest.fixture
def archive(xiangdang: Command, tmp_path: Path) -> Path:
    """A text and a scan of two pages that were run, and a line that somebody corrected."""
    (tmp_path / "报告.txt").write_text("柳溪镇有3个村。", "utf-8")
    pages(tmp_path / "scan.tif", 2)
    xiangdang("run", "报告.txt", "scan.tif", "--engine", "replay", "--progress", "none")
    with Archive.open(tmp_path / "archive", write=True) as opened, opened.transaction() as connection:
        sha256 = hashlib.sha256((tmp_path / "scan.tif").read_bytes()).hexdigest()
        verdict = Verdict(
            target="line", action="fix", document=sha256, page=2, old="<旧>", new="新\x0b", who="周小满", at=AT
        )
        verdicts.append(connection, [verdict])
    return tmp_path / "archive"


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def premis_of(bag: Path, name: str) -> etree._Element:
    original = next(path for path in bag.rglob(f"original.{name}"))
    return etree.parse(original.parent / "premis.xml").getroot()


def test_a_bag_is_valid_and_complete(archive: Path, xiangdang: Command, tmp_path: Path) -> None:
    xiangdang("export", "bagit", "-o", "bag")
    bag = bagit.Bag(str(tmp_path / "bag"))
    bag.validate()
    assert bag.version_info == (1, 0)
    assert bag.info["Bagging-Date"] == AT[:10]
    payload = [path for path in (tmp_path / "bag/data").rglob("*") if path.is_file()]
    assert bag.info["Payload-Oxum"] == f"{sum(path.stat().st_size for path in payload)}.{len(payload)}"
    originals = {path.read_bytes() for path in payload if path.stem == "original"}
    assert originals == {(tmp_path / name).read_bytes() for name in ("报告.txt", "scan.tif")}
    assert sum(path.parent.name == "pages" for path in payload) == 2
    records = [json.loads(line) for line in (tmp_path / "bag/data/records.jsonl").read_bytes().splitlines()]
    assert {Path(record["source"]).name for record in records} == {"报告.txt", "scan.tif"}


def test_a_changed_byte_is_noticed(archive: Path, xiangdang: Command, tmp_path: Path) -> None:
    xiangdang("export", "bagit", "-o", "bag")
    with (tmp_path / "bag/data/records.jsonl").open("r+b") as file:
        file.write(b" ")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(tmp_path / "bag")).validate()


def test_every_stage_and_decision_is_an_event(archive: Path, xiangdang: Command, tmp_path: Path) -> None:
    xiangdang("export", "bagit", "-o", "bag")
    root = premis_of(tmp_path / "bag", "tif")
    types = [event.findtext("p:eventType", namespaces=PREMIS) for event in root.iterfind("p:event", PREMIS)]
    assert sorted(types[:-1]) == [
        "indexing",
        "information extraction",
        "ingestion",
        *["optical character recognition"] * 2,
    ]
    assert types[0] == "ingestion"
    decision = root.findall("p:event", PREMIS)[-1]
    assert decision.findtext("p:eventType", namespaces=PREMIS) == "metadata modification"
    assert decision.findtext("p:eventDateTime", namespaces=PREMIS) == AT
    assert "“<旧>” → “新\ufffd”" in "".join(decision.itertext())
    assert "周小满" in [name.text for name in root.iterfind("p:agent/p:agentName", PREMIS)]
    assert "scan.tif" in root.findtext("p:object/p:originalName", namespaces=PREMIS)


def test_objects_bear_the_digests_of_their_files(archive: Path, xiangdang: Command, tmp_path: Path) -> None:
    xiangdang("export", "bagit", "-o", "bag")
    root = premis_of(tmp_path / "bag", "tif")
    objects = root.findall("p:object", PREMIS)
    assert len(objects) == 3
    for one in objects:
        path = tmp_path / "bag/data" / one.findtext(".//p:objectIdentifierValue", namespaces=PREMIS)
        assert one.findtext(".//p:messageDigest", namespaces=PREMIS) == hashlib.sha256(path.read_bytes()).hexdigest()
        assert one.findtext(".//p:size", namespaces=PREMIS) == str(path.stat().st_size)
    linked = {value.text for value in root.iterfind(".//p:linkingObjectIdentifierValue", PREMIS)}
    assert linked == {one.findtext(".//p:objectIdentifierValue", namespaces=PREMIS) for one in objects}
    agents = {value.text for value in root.iterfind(".//p:agentIdentifierValue", PREMIS)}
    assert {value.text for value in root.iterfind(".//p:linkingAgentIdentifierValue", PREMIS)} == agents


def test_the_same_archive_gives_the_same_bag(archive: Path, xiangdang: Command, tmp_path: Path) -> None:
    xiangdang("export", "bagit", "-o", "one")
    xiangdang("export", "bagit", "-o", "two")
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_an_original_that_is_damaged_or_gone_ends_the_export(archive: Path, xiangdang: Command, tmp_path: Path) -> None:
    kept = next((archive / "originals").rglob("*.txt"))
    kept.write_bytes(b"something else")
    assert "damaged" in xiangdang("export", "bagit", "-o", "bag", code=11).stderr
    kept.unlink()
    (tmp_path / "报告.txt").unlink()
    assert "cannot be found" in xiangdang("export", "bagit", "-o", "bag", code=5).stderr
    assert not [path.name for path in tmp_path.iterdir() if "bag" in path.name]
    xiangdang("export", "bagit", "scan.tif", "-o", "bag")
    bagit.Bag(str(tmp_path / "bag")).validate()
