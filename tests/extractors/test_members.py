"""Every member keeps the contract of the folder, and its examples hold."""

import importlib
import subprocess
import sys

import pytest

import extractors
from extractors import _frame
from schemas.settings import ExtractSettings

EXAMPLES = [
    (name, text, facts)
    for name in extractors.members()
    for text, facts in importlib.import_module(f"extractors.{name}").EXAMPLES
]


@pytest.mark.parametrize("name", extractors.members())
def test_a_member_says_what_it_finds(name):
    member = importlib.import_module(f"extractors.{name}")
    assert member.__doc__
    assert isinstance(member.KINDS, tuple)
    assert member.EXAMPLES
    assert any(callable(getattr(member, name, None)) for name in ("find", "read", "settle", "conclude"))
    assert set(getattr(member, "AFTER", ())) <= set(extractors.members()) - {name}


@pytest.mark.parametrize(("name", "text", "facts"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else "")
def test_examples_are_found_exactly(name, text, facts):
    kinds = importlib.import_module(f"extractors.{name}").KINDS
    whole = extractors.extract(text, [], ExtractSettings())
    found = [(one.kind, one.text, one.value, one.rule) for one in whole.mentions]
    found += [("relation", text[one.start : one.end], one, one.rule) for one in whole.relations]
    found += [("check", one.expression, one, f"{name}.") for one in whole.checks]
    found = [one for one in found if one[0] in kinds]
    assert [one[:2] for one in found] == [(kind, words) for kind, words, _ in facts]
    for (_, _, value, rule), (_, _, fields) in zip(found, facts, strict=True):
        assert {field: getattr(value, field) for field in fields} == fields
        assert rule.startswith(f"{name}.")


def test_importing_the_package_loads_no_library():
    heavy = "{'spacy', 'rjieba', 'numpy'}"
    calls = "extractors.version(), extractors.members()"
    code = f"import sys, extractors; {calls}; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_version_is_a_digest_of_every_file(tmp_path, monkeypatch):
    before = extractors.version()
    assert before == extractors.version()
    for path in _frame._FOLDER.rglob("*.py"):
        target = tmp_path / path.relative_to(_frame._FOLDER)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    monkeypatch.setattr(_frame, "_FOLDER", tmp_path)
    assert extractors.version() == before
    (tmp_path / "counts.py").write_text("")
    assert extractors.version() != before


def test_an_unknown_language_is_an_error():
    with pytest.raises(ValueError, match="zh"):
        extractors.extract("text", [], ExtractSettings(language="tlh"))
