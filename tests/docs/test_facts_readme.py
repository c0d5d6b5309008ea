"""The examples in the extractors' README are those of the members, which tests/extractors runs."""

import importlib
import os

import extractors
from commands import ROOT

README = ROOT / "extractors/README.md"
MARK = "<!-- members: REGENERATE=1 pytest tests/docs writes what follows -->\n"


def cell(text: object) -> str:
    return str(text).replace("|", "\\|").replace("\n", "⏎")


def section(name: str) -> str:
    member = importlib.import_module(f"extractors.{name}")
    title = (member.__doc__ or "").split("\n")[0]
    rows = ["", f"### {name}", "", title, "", "| text | found |", "|---|---|"]
    for text, facts in member.EXAMPLES:
        found = []
        for kind, words, fields in facts:
            shown = ", ".join(f"{field} {value}" for field, value in fields.items())
            found.append(f"{kind} **{cell(words)}**" + (f" ({cell(shown)})" if shown else ""))
        rows.append(f"| {cell(text)} | {'<br>'.join(found) or 'nothing'} |")
    return "\n".join(rows) + "\n"


def test_examples_are_those_of_the_members() -> None:
    written = README.read_text("utf-8")
    head = written[: written.index(MARK) + len(MARK)]
    real = head + "".join(map(section, extractors.members()))
    if os.environ.get("REGENERATE"):
        README.write_text(real, "utf-8")
    assert README.read_text("utf-8") == real
