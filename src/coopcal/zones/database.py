"""The zone database: the pinned ``tzdata`` package alone, never the machine's own zone files."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_NO_PLACES = frozenset({"Factory", "localtime", "posixrules"})
"""Entries of zone databases that say nothing of any place."""


@cache
def names() -> frozenset[str]:
    """Return the zone names that staff may write: those of the database, old spellings too."""
    listed = files("tzdata").joinpath("zones").read_text(encoding="utf-8")
    return frozenset(listed.split()) - _NO_PLACES


class Zone(ZoneInfo):
    """A zone of the pinned database; what is copied, or handed to another process, is read from there again."""

    def __reduce__(self) -> tuple[Callable[[str], ZoneInfo], tuple[str]]:
        """Say how it is copied: by its name, as a zone that is read from a file has no other way."""
        return zone, (self.key,)


_READ: dict[str, Zone] = {}
"""The zones that were asked for, by name: at most those of the database, each a few kilobytes; all threads share them."""


def zone(name: str) -> ZoneInfo:
    """Return the zone of that exact name, the same object each time; raise ZoneInfoNotFoundError for any other name."""
    known = _READ.get(name)
    return known or _READ.setdefault(name, _read(name))


def _read(name: str) -> Zone:
    if name not in names():
        raise ZoneInfoNotFoundError(f"No time zone found with key {name}")
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return Zone.from_file(file, key=name)


def canonical(name: str) -> str:
    """Follow links from an old or second spelling to the name that the database keeps the data under."""
    while (target := _links().get(name)) is not None:
        name = target
    return name


@cache
def southern() -> frozenset[str]:
    """Return the zones whose principal place lies south of the equator."""
    rows = (line.split("\t") for line in table("zone.tab") if not line.startswith("#"))
    return frozenset(row[2] for row in rows if row[1].startswith("-"))


@cache
def _links() -> Mapping[str, str]:
    rows = (line.split() for line in table("tzdata.zi") if line.startswith("L "))
    return MappingProxyType({alias: target for _, target, alias in rows})


def table(name: str) -> list[str]:
    """Return the lines of one of the database's tables."""
    return files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8").splitlines()
