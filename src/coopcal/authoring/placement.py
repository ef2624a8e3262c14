"""Where new events go: which file of their organisation takes them, and the place in it, behind the last event."""

from collections.abc import Mapping, Sequence
from datetime import date

from coopcal.authoring.edit import Refusal, append_events, source_of
from coopcal.authoring.text import Value, item
from coopcal.definitions.source.tree import OrganisationFiles
from coopcal.model.organisation import Organisation

FULL = 3_000_000
"""Bytes of a file after which imported events go into another; a source file may have ``LARGEST``."""


def paths_of(files: OrganisationFiles) -> list[str]:
    """Return the paths of the files that an organisation's events may stand in, its own first."""
    return [file.path for file in (files.main, *files.events) if file is not None]


def file_for(files: OrganisationFiles, organisation: Organisation, day: date | None) -> str:
    """Return the path of the file that takes an event of a day.

    That is the file named for its year; else the one whose events lie nearest to it, of several the last by name; else,
    and where no day is known, the last by name that may hold events. The organisation has a file.
    """
    paths = paths_of(files)
    newest = max(paths[1:] or paths)
    if day is None:
        return newest
    distances: dict[str, int] = {}
    for event in organisation.events:
        first, last = event.days
        distance = max((first - day).days, (day - last).days, 0)
        path = event.details.position.path
        distances[path] = min(distance, distances.get(path, distance))
    of_the_year = next((path for path in paths if path.endswith(f"/{day.year}.yaml")), None)
    nearest = [path for path, distance in distances.items() if distance == min(distances.values())]
    return of_the_year or max(nearest, default=newest)


def file_named(files: OrganisationFiles, name: str) -> str | None:
    """Return the path of the file that somebody names, by its path from anywhere or its name alone; None for no file."""
    for path in paths_of(files):
        if name in (path, path.rsplit("/", 1)[-1]) or name.endswith(f"/{path}"):
            return path
    return None


def files_for_many(
    files: OrganisationFiles, events: Sequence[Mapping[str, Value]], texts: Mapping[str, str]
) -> list[tuple[str, list[Mapping[str, Value]]]]:
    """Return the files that take imported events, each with its share, in order; ``texts`` are those that stand, by path.

    An organisation of one file takes all into it; in a folder they go into files of their own, as many as they need.
    """
    main = files.main.path if files.main else f"calendars/{files.id}.yaml"
    if not events:
        return []
    if main == f"calendars/{files.id}.yaml":
        return [(main, list(events))]
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


def with_events(path: str, text: str, events: Sequence[Mapping[str, Value]]) -> str | Refusal:
    """Return the text of a file with events behind its last one, every other byte as it was; or why it is not edited."""
    source = source_of(path, text)
    return source if isinstance(source, Refusal) else append_events(source, events)
