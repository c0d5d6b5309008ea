"""What an archive adds to extraction: rules file, gazetteer, trained pipeline; checked before a run starts."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import extractors
from pipeline.archive.facts import authority, gazetteer
from pipeline.archive.store import Archive
from pipeline.errors import FileAccessError, UsageError
from pipeline.run.options import Options
from schemas.settings import ExtractSettings

RULES = "rules.toml"
"""Name of the rules file in an archive's folder, used where no other is named."""


def extract_settings(folder: Path, given: Mapping[str, Any]) -> ExtractSettings:
    """How facts are found: what the command line gave, and the rules file that lies in the archive's folder."""
    return ExtractSettings(
        township=given.get("township"),
        rules=rules(folder, given.get("rules")),
        model=model(given.get("spacy_model")),
    )


def rules(folder: Path, file: Path | None) -> str:
    """The text of the rules file, of `folder`/rules.toml where none is named, empty where that is absent.

    Raises FileAccessError where it cannot be read, UsageError that names file and line where it is wrong.
    """
    path = file or folder / RULES
    if file is None and not path.exists():
        return ""
    try:
        text = path.read_text("utf-8-sig")
        extractors.check_rules(text)
    except OSError as error:
        raise FileAccessError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not text in UTF-8.", "Save it as UTF-8.") from error
    except ValueError as error:
        raise UsageError(f"{path}: {error}.", "Correct the file and run the same command again.") from error
    return text


def model(folder: Path | None) -> str | None:
    """The path of a trained spaCy pipeline; UsageError where the folder holds none."""
    if folder is None:
        return None
    if not (folder / "config.cfg").exists() or not (folder / "meta.json").exists():
        raise UsageError(
            f"{folder} holds no trained spaCy pipeline: config.cfg or meta.json is missing.",
            "Name the folder that `nlp.to_disk` or `spacy train` wrote, such as model-best.",
        )
    return str(folder.resolve())


def model_parts(settings: ExtractSettings) -> tuple[str, ...]:
    """What the fingerprint needs to know of a trained pipeline beside its path: another training, other facts."""
    if settings.model is None:
        return ()
    files = sorted(path for path in Path(settings.model).rglob("*") if path.is_file())
    return tuple(f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)


def with_own(archive: Archive, options: Options) -> Options:
    """The options with the archive's gazetteer; the authority list is brought up to date beside it."""
    if not options.stages & {"extract", "load"}:
        return options
    connection = archive.connection
    with archive.transaction():
        places = gazetteer.entries(gazetteer.places(connection))
        authority.refresh(connection, places, authority.entries_of_rules(options.extract.rules))
    own = gazetteer.as_csv(connection)
    return replace(options, extract=replace(options.extract, gazetteer=own)) if own else options
