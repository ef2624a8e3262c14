"""Events: with one date, with several that are listed, or recurring by a rule."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from coopcal.model.happening import Details, Happening
from coopcal.model.recurrence import Pause, Rule
from coopcal.model.text import Text
from coopcal.model.when import When, days_of


@dataclass(frozen=True, slots=True)
class ExceptionDate:
    """A date that the rule gives and on which nothing takes place (RFC 5545, 3.8.5.1); perhaps with the reason.

    ``pause`` is the break or the range of days that it lies in, where it is written so.
    """

    day: date
    reason: Text | None = None
    pause: Pause | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A date that the rule gives (``day``), and what takes place of it instead, perhaps on another day."""

    day: date
    details: Details


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How something recurs: its first date is that of its ``when``; the rule gives it, too.

    ``last`` is the last day that the rule gives, None for a rule without end. ``exception_dates`` and ``overrides``
    name days that the rule gives, in order, none in both. ``times``: its end is written as the number of its dates.
    """

    rule: Rule
    last: date | None
    exception_dates: tuple[ExceptionDate, ...] = ()
    overrides: tuple[Override, ...] = ()
    times: bool = False

    @property
    def days_apart(self) -> frozenset[date]:
        """The days that the rule gives and on which nothing takes place as usual."""
        excepted = {excepted.day for excepted in self.exception_dates}
        return frozenset(excepted | {override.day for override in self.overrides})


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherDate(Happening):
    """A date of an event beside its first one, or beside those of its rule.

    ``sign`` (``20260818``, ``20260818T1900`` or an id) makes its UID, and tells it from the event's other dates.
    """

    sign: str

    @property
    def key(self) -> str:
        """The name in the sources, with its sign behind it: ``cicopa/course+20260818``."""
        return f"{self.key_of_whole}+{self.sign}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch(FurtherDate):
    """The dates of a series from one on, from which it goes on otherwise.

    ``continues`` is the sign of the stretch before it, None where that is the series itself.
    """

    recurrence: Recurrence
    continues: str | None

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last local day that any date touches; without end: date.max."""
        return _days(self.details.when, self.recurrence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Happening):
    """An event: one that takes place once, or the first date of several that are listed.

    ``dates`` are its further ones. ``whole_title`` is that of all dates together, where the first one has another.
    ``public_shows_busy``: of a hidden event the public sees the time that it takes. ``corrected``: its published date
    was wrong, and it is the same event.
    """

    dates: tuple[FurtherDate, ...] = ()
    whole_title: Text | None = None
    public_shows_busy: bool = False
    corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(Event):
    """An event that recurs by a rule; its further ``dates`` are those beside the rule, and its stretches."""

    recurrence: Recurrence

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last local day that any date touches; without end: date.max."""
        return _days(self.details.when, self.recurrence)


Recurring = Series | Stretch
"""What has several dates by a rule."""


def overrides_of(happening: Happening) -> tuple[Override, ...]:
    """Return the dates of a series that differ; none of what does not recur."""
    return happening.recurrence.overrides if isinstance(happening, Recurring) else ()


def files_of(happening: Happening) -> tuple[str, ...]:
    """Return the files of the documents and images of something, and of those of its overrides, each once."""
    shown = (happening.details, *(override.details for override in overrides_of(happening)))
    return tuple(dict.fromkeys(file for details in shown for file in details.files))


def has_dates(happening: Happening) -> bool:
    """Return whether it has several dates, or is one of them."""
    return isinstance(happening, Series | FurtherDate) or (
        isinstance(happening, Event) and bool(happening.dates)
    )


def further_date(event: Event, sign: str, details: Details) -> FurtherDate:
    """Return a further date of an event."""
    return FurtherDate(sign=sign, **_shared(event, details))


def stretch(
    event: Event, sign: str, continues: str | None, details: Details, recurrence: Recurrence
) -> Stretch:
    """Return a stretch of an event that recurs."""
    return Stretch(sign=sign, continues=continues, recurrence=recurrence, **_shared(event, details))


def series(event: Event, recurrence: Recurrence, dates: tuple[FurtherDate, ...]) -> Series:
    """Return an event as it recurs, with its further dates."""
    own = {field.name: getattr(event, field.name) for field in fields(Event)}
    return Series(**{**own, "recurrence": recurrence, "dates": dates})


def _shared(event: Event, details: Details) -> dict[str, Any]:
    """Return what a date has of its event, and its own details."""
    return {**{field.name: getattr(event, field.name) for field in fields(Happening)}, "details": details}


def _days(when: When, recurrence: Recurrence) -> tuple[date, date]:
    first, last = days_of(when)
    moved = [days_of(override.details.when) for override in recurrence.overrides]
    latest = recurrence.last + (last - first) if recurrence.last else date.max
    return min([first, *(begin for begin, _ in moved)]), max([latest, *(end for _, end in moved)])
