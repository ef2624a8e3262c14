"""The next edition of an event: what it shares with the last one, and what is to be looked at."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from coopcal.authoring.text import Value

SHARED = (
    "hours", "timezone", "also_in", "where", "online", "organisers", "hosts", "partners", "participants", "description", "tags",
    "links", "registration", "practical", "languages", "contact", "hashtag", "image", "visibility", "public_shows", "shows_as", "series", "sessions",
)  # fmt: skip
"""Keys that an edition takes over. What was so of the last one alone is not: its state, its history, its papers."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TIMES = re.compile(r"(?:\d{4}-\d\d-\d\d[ T])?(\d\d:\d\d(?:/\d\d:\d\d|/PT\w+)?)")


@dataclass(frozen=True, slots=True)
class Edition:
    """The keys of the next edition without id and ``when``, and what people are to be told of it."""

    keys: Mapping[str, Value]
    told: tuple[str, ...]


def next_edition(last: Mapping[str, Value], year: int, *, one_day: bool) -> Edition:
    """Give what the edition of a year takes over from the last one.

    Its own year in title and hashtag becomes the new one; ``one_day`` tells whether sessions may keep their times alone.
    """
    old = _year_of(last)
    told: list[str] = []
    keys: dict[str, Value] = {"title": _with_year(last.get("title", ""), old, year)}
    for name in SHARED:
        if name in last:
            keys[name] = last[name]
    if "hashtag" in keys:
        keys["hashtag"] = _with_year(keys["hashtag"], old, year)
    if "registration" in keys:
        keys["registration"] = _registration(keys["registration"], told)
        if not keys["registration"]:
            del keys["registration"]
    if "sessions" in keys:
        keys["sessions"] = _sessions(keys["sessions"], told, one_day=one_day)
    told += [
        f"“{name}” names {old}; look whether it still holds"
        for name in ("description", "links", "online", "registration", "practical", "image")
        if name in keys and old is not None and _names(keys[name], old)
    ]
    told += [
        f"“{name}” was left out; write that of this edition"
        for name in ("documents", "repeats")
        if name in last
    ]
    return Edition(keys, tuple(told))


def _year_of(event: Mapping[str, Value]) -> int | None:
    found = _YEAR.search(str(event.get("when", "")))
    return int(found[0]) if found else None


def _with_year(value: Value, old: int | None, new: int) -> Value:
    if old is None:
        return value
    if isinstance(value, str):
        return re.sub(rf"(?<!\d){old}(?!\d)", str(new), value)
    if isinstance(value, Mapping):
        return {key: _with_year(each, old, new) for key, each in value.items()}
    return [_with_year(each, old, new) for each in value]


def _names(value: Value, year: int) -> bool:
    if isinstance(value, str):
        return str(year) in value
    return any(_names(each, year) for each in (value.values() if isinstance(value, Mapping) else value))


def _registration(value: Value, told: list[str]) -> Value:
    if not isinstance(value, Mapping):
        return value
    kept = {key: each for key, each in value.items() if key not in ("opens", "closes", "full")}
    if len(kept) < len(value):
        told.append("“registration” is without its dates; add when it opens and closes")
    return kept


def _sessions(value: Value, told: list[str], *, one_day: bool) -> Value:
    if isinstance(value, str | Mapping):
        return value
    sessions: list[Value] = []
    for each in value:
        if not isinstance(each, Mapping):
            continue
        kept = {
            key: said
            for key, said in each.items()
            if key in ("id", "title", "when", "description", *SHARED) and key != "links"
        }
        times = _TIMES.fullmatch(str(each.get("when", "")))
        if times and one_day:
            kept["when"] = times[1]
        elif "when" in kept:
            del kept["when"]
            told.append(f"the session “{each.get('id', '?')}” has no time yet")
        sessions.append(kept)
    return sessions
