"""The next edition of an event: what it shares with the last one, what was moved or left, and what is to be looked at."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from coopcal.authoring.moved_dates import (
    DATE,
    days_in,
    first_day,
    in_years,
    items_of,
    moved,
    times_of,
    until_moved,
    with_times,
    with_year,
    written_of,
)
from coopcal.authoring.text import Value
from coopcal.model.message import msg, plural

LEFT = (
    "status", "reason", "note", "documents", "moved_from", "corrected", "formerly", "uid", "draft", "publish_from",
)  # fmt: skip
"""Keys that were so of the last edition alone: its state, its history, its papers."""

_OF_REGISTRATION = ("opens", "closes", "free", "full")
_OF_SINGLE_DATES = ("also", "changes")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLOCK = re.compile(r"(?:\d{4}-\d\d-\d\d[ T]+)?(\d{1,2}:\d\d(?:/\d{1,2}:\d\d|/PT\w+)?)")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Edition:
    """The keys of the next edition without id, and what people are to be told of it."""

    keys: Mapping[str, Value]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """When the next edition is: as it was said, and whether that is one day alone, without a time.

    ``first`` is its first day, None where it is less precise than a day; ``year`` the one that it is of.
    """

    said: str
    first: date | None
    year: int
    day_alone: bool


def next_edition(last: Mapping[str, Value], asked: Wanted) -> Edition:
    """Return what the next edition takes over from the last one.

    All days are moved by as many days as the first one, so that what lay a week apart does so again. The year of the last
    edition in its title becomes the new one.
    """
    return _Maker(last, asked).edition()


class _Maker:
    def __init__(self, last: Mapping[str, Value], asked: Wanted) -> None:
        self._last, self._wanted = last, asked
        self._told: list[str] = []
        self._left: list[str] = []
        first = written_of(next(iter(items_of(last.get("when", ""))), ""))
        year, day = _YEAR.search(first), first_day(first)
        self._old_year = int(year[0]) if year else None
        self._distance = (asked.first - day).days if day and asked.first else None
        self._when = self._moved_when(last.get("when", ""))

    def edition(self) -> Edition:
        """Return the keys in the order of the last edition."""
        carried = {
            name: self._when if name == "when" else self._carried(name, value)
            for name, value in self._last.items()
            if name != "id" and not self._leave(name)
        }
        keys = {name: value for name, value in carried.items() if value is not None}
        left = ", ".join(dict.fromkeys(self._left))
        if left:
            self._told.append(
                msg("This was so of the last edition alone, and was left out: {keys}.", keys=left)
            )
        self._tell_what_names_the_last(keys)
        return Edition(keys, tuple(self._told))

    def _leave(self, name: str, under: str = "") -> bool:
        if name in LEFT:
            self._left.append(f"{under}{name}")
        return name in LEFT

    def _carried(self, name: str, value: Value, under: str = "") -> Value | None:
        match name:
            case "title" | "hashtag":
                return self._of_the_year(value)
            case "hours":
                return self._hours(value, under)
            case "registration":
                return self._without(value, _OF_REGISTRATION, f"{under}{name}.")
            case "repeats":
                return self._repeats(value)
            case "sessions":
                return [self._session(session) for session in items_of(value)]
            case _:
                return value

    def _moved_when(self, value: Value) -> Value:
        asked, distance = self._wanted, self._distance
        dates = items_of(value)
        written = [written_of(item) for item in dates]
        movable = distance is not None and all(first_day(text) for text in written)
        if isinstance(value, str) and movable and asked.day_alone:
            return moved(value, distance or 0)
        if isinstance(value, str) or not movable:
            if ":" in "".join(written) or len(written) > 1:
                self._told.append(msg("The last edition was at: {when}.", when=", ".join(written)))
            return asked.said
        made = [self._date(item, distance or 0, written[0]) for item in dates]
        days = ", ".join(str(first_day(written_of(item))) for item in made)
        self._told.append(
            plural(
                "Its one date is moved, to {days}.",
                "All {count} dates are moved by as many days, to {days}; look whether they hold.",
                len(made),
                days=days,
            )
        )
        return made

    def _date(self, item: Value, distance: int, first: str) -> Value:
        """Return one of several dates; those at the times of the first one are at the new times, where there are some."""
        written = written_of(item)
        later = moved(written, distance)
        times = None if self._wanted.day_alone else times_of(self._wanted.said)
        if times and times_of(written) == times_of(first):
            later = with_times(later, times)
        if not isinstance(item, Mapping):
            return later
        kept = {
            name: later if name == "when" else self._carried(name, value, "when.")
            for name, value in item.items()
            if not self._leave(name, "when.")
        }
        return {name: value for name, value in kept.items() if value is not None}

    def _hours(self, value: Value, under: str) -> Value | None:
        """Return opening hours, which go with whole days; those of single days are moved with them."""
        if self._wanted.first is None or ":" in self._wanted.said:
            self._left.append(f"{under}hours")
            return None
        if isinstance(value, Mapping) and self._distance is not None:
            by = self._distance
            return {moved(day, by) if DATE.fullmatch(day) else day: content for day, content in value.items()}
        return value

    def _without(self, value: Value, names: Iterable[str], under: str) -> Value | None:
        """Return keys without some; None where none is left."""
        if not isinstance(value, Mapping):
            return value
        self._left += [f"{under}{name}" for name in value if name in names]
        return {name: content for name, content in value.items() if name not in names} or None

    def _repeats(self, value: Value) -> Value | None:
        if self._distance is None:
            self._left.append("repeats")
            return None
        kept = self._without(value, _OF_SINGLE_DATES, "repeats.")
        if not isinstance(kept, Mapping):
            return kept
        carried = {name: self._repetition(name, content) for name, content in kept.items()}
        return {name: content for name, content in carried.items() if content is not None}

    def _repetition(self, name: str, value: Value) -> Value | None:
        """Return a part of ``repeats``: breaks go on being excepted, single days do not."""
        if name == "except":
            breaks = [pause for pause in map(written_of, items_of(value)) if not DATE.search(pause)]
            if len(breaks) < len(items_of(value)) or any(
                isinstance(item, Mapping) for item in items_of(value)
            ):
                self._left.append("repeats.except")
            return breaks or None
        if name == "until" and isinstance(value, str) and (day := first_day(value)):
            until = str(in_years(day, self._distance or 0))
        elif name == "rule" and isinstance(value, str):
            until = until_moved(value, self._distance or 0)
        else:
            return value
        if until != value:
            self._told.append(
                msg("It recurs until another day; look whether it holds: {until}.", until=until)
            )
        return until

    def _session(self, value: Value) -> Value:
        if not isinstance(value, Mapping):
            return value
        kept = {
            name: self._in_session(name, content, written_of(value.get("id", "?")))
            for name, content in value.items()
            if not self._leave(name, "sessions.")
        }
        return {name: content for name, content in kept.items() if content is not None}

    def _in_session(self, name: str, value: Value, identifier: str) -> Value | None:
        if name == "id":
            return self._of_the_year(value)
        if name != "when" or not isinstance(value, str):
            return self._carried(name, value, "sessions.")
        clock, dated = _CLOCK.fullmatch(value), DATE.search(value) is not None
        keeps = self._is_one_day(self._when) or (not dated and not isinstance(self._when, str))
        if clock and keeps and (not dated or self._is_one_day(self._last.get("when", ""))):
            return clock[1]
        if dated and self._distance is not None:
            return moved(value, self._distance)
        self._told.append(
            msg("The session “{id}” has no time yet; it was at: {when}.", id=identifier, when=value)
        )
        return None

    @staticmethod
    def _is_one_day(when: Value) -> bool:
        return len(set(days_in(when))) == 1

    def _of_the_year(self, value: Value) -> Value:
        """Return a text with the year of the last edition put forward."""
        if self._old_year is None:
            return value
        return with_year(value, self._old_year, self._wanted.year)

    def _tell_what_names_the_last(self, keys: Mapping[str, Value]) -> None:
        """Name what has the old year in it, and a title with a number, which may be that of the edition."""
        old = self._old_year
        if old is not None and old != self._wanted.year:
            names = [
                name
                for name, value in keys.items()
                if name not in ("when", "repeats", "hours") and _says(value, lambda text: str(old) in text)
            ]
            if names:
                stale = ", ".join(names)
                self._told.append(
                    msg(
                        "The year {year} stands in {keys}; look whether it still holds.",
                        year=old,
                        keys=stale,
                    )
                )
        numbers = [
            number for number in _NUMBER.findall(_text(keys.get("title", ""))) if not _YEAR.fullmatch(number)
        ]
        if numbers:
            title = _text(keys["title"])
            self._told.append(
                msg("The title has a number in it; look whether it still holds: {title}.", title=title)
            )


def _says(value: Value, matches: Callable[[str], bool]) -> bool:
    match value:
        case str():
            return matches(value)
        case Mapping():
            return any(_says(content, matches) for content in value.values())
        case _:
            return any(_says(item, matches) for item in value)


def _text(value: Value) -> str:
    return value if isinstance(value, str) else " · ".join(map(_text, items_of(value)))
