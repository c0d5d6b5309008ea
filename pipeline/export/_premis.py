"""PREMIS 3 of one document: its files with their digests, what was done to them, and by what and whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from pipeline.export._xml import Element, add, root
from pipeline.export._xml import write as write_xml
from schemas.document import Document

NAMESPACE = "http://www.loc.gov/premis/v3"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
EVENT_TYPES = {
    "intake": "ingestion",
    "ocr": "optical character recognition",
    "extract": "information extraction",
    "load": "indexing",
    "review": "metadata modification",
}
"""What stages are called in PREMIS; people's decisions are `review`."""
NEVER_NOTED = "unknown"
"""The time of an event that an early version of the archive did not note; PREMIS wants one."""
PERSON, SOFTWARE = "person", ("software", "xiangdang")
"""How agents are identified: people by their names."""

Tree = tuple[str, Any]
"""An element: its name, and its text or its children."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file of the document in the package."""

    path: str
    """Relative to the package's payload."""
    sha256: str
    """Hexadecimal digest."""
    size: int
    """Bytes."""
    media_type: str
    """Such as image/jpeg."""
    name: str | None = None
    """The path as it was given, for the original."""
    page: int | None = None
    """Page number, for the image of a page."""


def write(
    document: Document, files: Sequence[File], *, history: Iterable[Mapping[str, str]], version: str, out: BinaryIO
) -> None:
    """The XML; `files` begin with the original, `history` is that of `Holdings`, `version` our own."""
    top, events = root("premis", {"version": "3.0"}, NAMESPACE), list(history)
    for file in files:
        _add(top, _object(file, files[0])).set(f"{{{INSTANCE}}}type", "file")
    for number, event in enumerate(events, 1):
        _add(top, _event(f"{document.id}-{number}", event, document, files))
    people = dict.fromkeys(event["who"] for event in events if event["who"])
    for agent in (_software(version), *map(_person, people)):
        _add(top, agent)
    write_xml(top, out)


def _add(parent: Element, tree: Tree) -> Element:
    name, content = tree
    if isinstance(content, str):
        return add(parent, name, text=content)
    element = add(parent, name)
    for child in content:
        _add(element, child)
    return element


def _identifier(of: str, kind: str, value: str) -> Tree:
    """The pair of elements by which PREMIS names anything: linkingAgentIdentifier with its Type and its Value."""
    return f"{of}Identifier", [(f"{of}IdentifierType", kind), (f"{of}IdentifierValue", value)]


def _object(file: File, original: File) -> Tree:
    fixity = [("messageDigestAlgorithm", "SHA-256"), ("messageDigest", file.sha256)]
    designation = ("format", [("formatDesignation", [("formatName", file.media_type)])])
    parts: list[Tree] = [
        _identifier("object", "path", file.path),
        ("objectCharacteristics", [("fixity", fixity), ("size", str(file.size)), designation]),
    ]
    if file.name:
        parts.append(("originalName", file.name))
    if file is not original:
        kinds = [("relationshipType", "derivation"), ("relationshipSubType", "has source")]
        parts.append(("relationship", [*kinds, _identifier("relatedObject", "path", original.path)]))
    return "object", parts


def _event(name: str, event: Mapping[str, str], document: Document, files: Iterable[File]) -> Tree:
    agent = (PERSON, event["who"]) if event["who"] else SOFTWARE
    page = int(event["item"].rpartition(":")[2]) if event["item"].startswith(f"{document.sha256}:") else None
    outcome: list[Tree] = [("eventOutcome", event["state"])]
    if event["message"]:
        outcome.append(("eventOutcomeDetail", [("eventOutcomeDetailNote", event["message"])]))
    return "event", [
        _identifier("event", "xiangdang", name),
        ("eventType", EVENT_TYPES.get(event["stage"], event["stage"])),
        ("eventDateTime", event["at"] or NEVER_NOTED),
        *(("eventDetailInformation", [("eventDetail", detail)]) for detail in _details(event, document, page)),
        ("eventOutcomeInformation", outcome),
        _identifier("linkingAgent", *agent),
        *(_identifier("linkingObject", "path", file.path) for file in files if file.page in (None, page)),
    ]


def _details(event: Mapping[str, str], document: Document, page: int | None) -> Iterator[str]:
    """What was worked on and with what: the path, the page, the engine and its model, the digest of all settings."""
    if event["stage"] == "intake":
        yield f"path: {event['item']}"
    if page is not None:
        yield f"page: {page}"
    read = next((one for one in document.pages if one.number == page), None) if event["stage"] == "ocr" else None
    if read and read.engine:
        yield f"engine: {read.quality.model or read.engine}"
    if event["tool"]:
        yield f"{'from' if event['stage'] == 'review' else 'fingerprint'}: {event['tool']}"


def _software(version: str) -> Tree:
    """Ourselves; which version did a stage is part of the event's fingerprint only, so the note says whose it is."""
    noted = [("agentVersion", version), ("agentNote", "The version is that which wrote this file.")] if version else []
    return "agent", [
        _identifier("agent", *SOFTWARE),
        ("agentName", SOFTWARE[1]),
        ("agentType", "software"),
        *noted,
    ]


def _person(name: str) -> Tree:
    return "agent", [_identifier("agent", PERSON, name), ("agentName", name), ("agentType", "person")]
