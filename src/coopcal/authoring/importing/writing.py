"""The files of an import, with the events in them, and how they are written."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from coopcal.authoring.edit import Refusal, replace_events, source_of
from coopcal.authoring.importing.merging import Plan, Standing
from coopcal.authoring.placement import files_for_many, with_events
from coopcal.authoring.text import Value
from coopcal.definitions.source.files import LARGEST
from coopcal.definitions.source.tree import OrganisationFiles
from coopcal.model.message import Number, msg
from coopcal.model.problem import Place

_NEW_FILE = "# Events that “coopcal import” brought in. Edit them as you like: importing again keeps what you changed.\nevents: []\n"


def edited(
    made: Plan, files: OrganisationFiles, standing: Mapping[str, Standing], texts: Mapping[str, str]
) -> dict[str, str] | Refusal:
    """Return the texts of all files that a plan changes, by path; ``texts`` are those that stand."""
    found: dict[str, str] = {}
    by_path: dict[str, dict[str, Mapping[str, Value]]] = {}
    for identifier, values in made.changed.items():
        by_path.setdefault(standing[identifier].path, {})[identifier] = values
    for path, changed in by_path.items():
        source = source_of(path, texts[path])
        text = source if isinstance(source, Refusal) else replace_events(source, changed)
        if isinstance(text, Refusal):
            return text
        found[path] = text
    for path, events in files_for_many(files, list(made.added.values()), {**texts, **found}):
        text = with_events(path, found.get(path) or texts.get(path) or _NEW_FILE, events)
        if isinstance(text, Refusal):
            return text
        found[path] = text
    for path, text in found.items():
        if len(text.encode()) > LARGEST:
            said = msg(
                "The file would have more than {most} bytes, which are not read; make {organisation} a folder: "
                "move {path} to calendars/{organisation}/organisation.yaml, and import again",
                most=Number(LARGEST),
                organisation=files.id,
                path=path,
            )
            return Refusal(Place(path), said)
    return found


def put(root: Path, texts: Mapping[str, str]) -> None:
    """Write files so that each is there whole or as before, and none takes its place before all are written."""
    aside: list[tuple[str, Path]] = []
    try:
        for path, text in texts.items():
            file = (root / path).resolve()
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".import-", dir=file.parent)
            aside.append((name, file))
            with os.fdopen(handle, "wb") as opened:
                opened.write(text.encode())
                opened.flush()
                os.fsync(opened.fileno())
            Path(name).chmod(file.stat().st_mode & 0o777 if file.exists() else 0o644)
        for name, file in aside:
            Path(name).replace(file)
        for folder in {file.parent for _, file in aside}:
            _sync(folder)
    finally:
        for name, _ in aside:
            Path(name).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
