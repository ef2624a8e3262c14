"""The files of an import: which file takes new events, and writing all of them aside before any takes its place."""

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from coopcal.authoring.edit import Refusal, append_events, replace_events, source_of
from coopcal.authoring.importing.merging import Plan, Standing
from coopcal.authoring.text import Value, item
from coopcal.definitions.source.files import LARGEST
from coopcal.definitions.source.tree import OrganisationFiles
from coopcal.model.message import Number, msg
from coopcal.model.problem import Place

FULL = 3_000_000
"""Bytes after which new events go into another file; larger ones than ``LARGEST`` are not read."""

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
    for path, events in _shared(made, files, {**texts, **found}):
        source = source_of(path, found.get(path) or texts.get(path) or _NEW_FILE)
        text = source if isinstance(source, Refusal) else append_events(source, events)
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


def _shared(
    made: Plan, files: OrganisationFiles, texts: Mapping[str, str]
) -> Sequence[tuple[str, list[Mapping[str, Value]]]]:
    """Share new events among files: all into the organisation's own, or, in a folder, into as many as they need."""
    events = list(made.added.values())
    main = files.main.path if files.main else f"calendars/{files.id}.yaml"
    if not events:
        return []
    if main == f"calendars/{files.id}.yaml":
        return [(main, events)]
    shares: list[tuple[str, list[Mapping[str, Value]]]] = []
    number, room = 0, 0
    for event in events:
        size = sum(len(line.encode()) + 1 for line in item(event, 2)) + 1
        while room < size:
            number += 1
            path = f"calendars/{files.id}/imported{f'-{number}' if number > 1 else ''}.yaml"
            room = FULL - len(texts.get(path, "").encode())
            if room >= size or not texts.get(path):
                room = max(room, size)
                shares.append((path, []))
        shares[-1][1].append(event)
        room -= size
    return [share for share in shares if share[1]]


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
