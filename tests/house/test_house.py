"""The house rules that no library checks: ceilings, doors, what the tree may hold."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOPS = ("schemas", "extractors", "pipeline")
SOURCES = [*sorted(path for top in TOPS for path in (ROOT / top).rglob("*.py")), ROOT / "cli.py"]
ALL = [*SOURCES, *sorted(p for top in ("tests", "samples", "benchmarks") for p in (ROOT / top).rglob("*.py"))]
FILE_CEILING = 400
FUNCTION_CEILING = 60
DOORS = {
    "click": {"cli", "pipeline.commands"},
    "pytesseract": {"pipeline.engines.tesseract"},
    "rapidocr": {"pipeline.engines.rapidocr"},
    "onnxruntime": {"pipeline.engines.rapidocr"},
    "spacy": {"extractors._spacy"},
    "rjieba": {"extractors._words"},
    "rich": {"pipeline.run.progress"},
    "openpyxl": {"pipeline.export", "pipeline.description.catalogue"},
    "datasette": {"pipeline.web"},
    "bagit": {"pipeline.export"},
    "lxml": {"pipeline.export"},
    "pikepdf": {"pipeline.export"},
    "pydantic": {"schemas.codec"},
    "sqlite_utils": {"pipeline.archive"},
    "pypdfium2": {"pipeline.images", "pipeline.engines.textlayer"},
    "pdfplumber": {"pipeline.images", "pipeline.engines.textlayer"},
}
"""Outside library -> the modules or packages that may import it."""


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_and_functions_stay_under_their_ceilings(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= FILE_CEILING
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno + 1 <= FUNCTION_CEILING, f"{node.name} is too long"


@pytest.mark.parametrize("library", sorted(DOORS))
def test_outside_library_has_one_door(library: str) -> None:
    allowed = DOORS[library]
    users = {module_of(path) for path in SOURCES if library in imports_of(path)}
    assert users, f"nothing imports {library}; is its door still needed?"
    assert all(any(user == door or user.startswith(f"{door}.") for door in allowed) for user in users), users


def test_nothing_imports_the_command_line() -> None:
    assert not [str(path) for path in SOURCES if "cli" in imports_of(path)]


def test_every_module_opens_with_a_sentence() -> None:
    assert not [str(path) for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]


def test_no_two_test_files_share_a_name() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(set(names)) == sorted(names)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_no_tracked_file_names_a_download_address() -> None:
    address = re.compile(rb"https?://[^ \"'>]+\.(?:whl|tar\.gz|tgz|deb)")
    assert not [str(path) for path in tracked() if path.is_file() and address.search(path.read_bytes())]


def test_constraints_hold_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert lines
    assert not [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9._+!-]+", line)]


def test_top_level_holds_what_belongs_there_and_nothing_else() -> None:
    given = {"cli.py", "extractors", "pipeline", "samples", "schemas", "tests", "benchmarks"}
    beside = {
        "README.md",
        "README.zh-CN.md",
        "CHANGELOG.md",
        "LICENSE",
        "Makefile",
        "pyproject.toml",
        "constraints.txt",
    }
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} == given | beside | {".ci", ".gitignore"}
