"""An event of several dates, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coopcal.agenda import Agenda, Occurrence, coming, occurrence
from coopcal.emit import dates
from coopcal.emit.words import word
from coopcal.site.record import EventRecord

MOST = 30
"""Dates that the page shows."""


@dataclass(frozen=True, slots=True)
class Series:
    """An event of several dates.

    ``now`` is it as it is at its next date, or was at its last one; ``words`` say from when to when it is;
    ``listed`` are the dates to show, and ``more`` how many are not; ``is_on`` if any is to come.
    """

    now: Occurrence
    words: str
    listed: Sequence[Occurrence]
    more: int
    is_on: bool


def series_of(event: EventRecord, known: Agenda, instant: datetime, language: str) -> Series:
    """Give what is shown of an event that has several dates."""
    found = known.of_whole(event)
    ahead = coming(found, instant)
    stretches = [each for each in known.stretches(event) if each.page == event.page]
    is_endless = any(each.last == date.max for each in stretches)
    now = next((each for each in stretches if coming(known.of((each,)), instant)), stretches[-1])
    listed = ahead[:MOST] or found[-MOST:]
    return Series(
        now=occurrence(now),
        words=_words(found, language, is_endless=is_endless),
        listed=listed,
        more=0 if is_endless else len(ahead or found) - len(listed),
        is_on=bool(ahead),
    )


def _words(found: Sequence[Occurrence], language: str, *, is_endless: bool) -> str:
    first, last = found[0], found[-1]
    said = first.words(language)
    if is_endless:
        return word("repeated", language, when=said)
    return word("repeated_until", language, when=said, last=_day_or_less(last, language))


def _day_or_less(found: Occurrence, language: str) -> str:
    """Say when something begins, no more precisely than it is known: a day, a month or a year."""
    if found.when is not None:
        return dates.day(found.first, language)
    known = (found.first.year, found.first.month) == (found.last.year, found.last.month)
    return dates.month(found.last, language) if known else f"{found.last.year}"
