"""Members by file name: a folder is a kind, a file in it is a member, the file's name is the member's public name."""

import importlib
import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

from pipeline.errors import UsageError

PLUGINS = "XIANGDANG_PLUGINS"
"""Environment variable: folders with own members (`engines/mine.py`), separated like PATH."""


def names(kind: str) -> list[str]:
    """Public names of the members of a kind (`pipeline.engines`), sorted; files that begin with _ are no members."""
    found = {path.stem for folder in _folders(kind) for path in folder.glob("*.py") if not path.name.startswith("_")}
    return sorted(found)


def find(kind: str, name: str) -> ModuleType:
    """The member's module; UsageError lists the names that exist."""
    if name not in names(kind):
        title = kind.rpartition(".")[2].removesuffix("s")
        raise UsageError(f"There is no {title} named {name!r}.", f"Choose one of: {', '.join(names(kind))}.")
    own = Path(_package(kind).__path__[0]) / f"{name}.py"
    return importlib.import_module(f"{kind}.{name}") if own.exists() else _load_plugin(kind, name)


def _package(kind: str) -> ModuleType:
    return importlib.import_module(kind)


def _folders(kind: str) -> list[Path]:
    plugins = [Path(part) / kind.rpartition(".")[2] for part in os.environ.get(PLUGINS, "").split(os.pathsep) if part]
    return [Path(_package(kind).__path__[0]), *plugins]


def _load_plugin(kind: str, name: str) -> ModuleType:
    full = f"{kind}.{name}"
    if full in sys.modules:
        return sys.modules[full]
    path = next(folder / f"{name}.py" for folder in _folders(kind) if (folder / f"{name}.py").exists())
    spec = importlib.util.spec_from_file_location(full, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[full] = module
    spec.loader.exec_module(module)
    return module
