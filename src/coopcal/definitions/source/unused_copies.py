"""Copies of feeds of others that no feed merges in any more."""

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from coopcal.definitions.codes.site import COPY_NOT_USED
from coopcal.definitions.source.origin import Origin
from coopcal.definitions.source.record import LARGEST, record_path
from coopcal.definitions.source.tree import INCLUDED
from coopcal.model.included import copy_name
from coopcal.model.message import plural
from coopcal.model.problem import Position, Problem


class UnusedCopy(NamedTuple):
    """A copy that is read no more: whose events it holds, its name, and the address that it was had from."""

    organisation: str
    name: str
    url: str


def unused_copies(origin: Origin, wanted: Collection[tuple[str, str]]) -> Iterator[UnusedCopy]:
    """Yield the copies that are not among those ``wanted``; what has no record of ours is none."""
    folders, _ = origin.entries(INCLUDED)
    for organisation in (entry.name for entry in folders if entry.folder):
        files, _ = origin.entries(f"{INCLUDED}/{organisation}")
        names = (entry.name.removesuffix(".json") for entry in files if entry.name.endswith(".json"))
        for name in names:
            if (organisation, name) not in wanted:
                url = _url(origin, organisation, name)
                if url is not None:
                    yield UnusedCopy(organisation, name, url)


def told_of_unused(copies: Iterable[UnusedCopy]) -> list[Problem]:
    """Return what is told of such copies: at the first of them, and how many there are."""
    first, *others = copies
    said = plural(
        "No feed merges in this copy of a feed of others any more ({url}); it is not read",
        "No feed merges in {count} copies of feeds of others any more, of which this is the first ({url}); they are not read",
        1 + len(others),
        url=first.url,
    )
    mend = plural("take it out: coopcal fetch", "take them out: coopcal fetch", 1 + len(others))
    position = Position(record_path(first.organisation, first.name))
    return [Problem.of(position, COPY_NOT_USED, said, mend)]


def _url(origin: Origin, organisation: str, name: str) -> str | None:
    """Return the address that a record names, if its copy is called for that, as those are that were fetched."""
    text, problems = origin.read(record_path(organisation, name))
    if text is None or problems or len(text) > LARGEST:
        return None
    with suppress(ValueError, RecursionError):
        said = json.loads(text)
        url = said.get("url") if isinstance(said, dict) else None
        return url if isinstance(url, str) and copy_name(url) == name else None
    return None
