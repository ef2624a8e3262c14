"""An event of several dates, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from coopcal.site.record import Record, as_whole
from coopcal.views.agenda import Agenda, in_words
from coopcal.views.occurrence import Occurrence, occurrence
from coopcal.views.occurrences import coming

MOST = 30
"""Dates that the page shows."""


@dataclass(frozen=True, slots=True)
class Series:
    """An event of several dates.

    ``now`` is it as it is at its next date, or was at its last one; ``words`` say when it is;
    ``listed`` are the dates to show, and ``more`` how many are not; ``is_on`` if any is to come.
    """

    now: Occurrence
    words: str
    listed: Sequence[Occurrence]
    more: int
    is_on: bool


def series_of(event: Record, known: Agenda, instant: datetime, language: str, here: str) -> Series:
    """Return what is shown of an event that has several dates."""
    dates_of_all = known.of_whole(event)
    ahead = coming(dates_of_all, instant)
    shown_here = [entry for entry in known.entries_of(event) if entry.page == event.page]
    is_endless = any(entry.last == date.max for entry in shown_here)
    on = {date.event.uid for date in ahead}
    now = next((entry for entry in shown_here if entry.uid in on), shown_here[-1])
    listed = ahead[:MOST] or dates_of_all[-MOST:]
    return Series(
        now=_as_a_whole(occurrence(as_whole(now)), ahead or dates_of_all),
        words=in_words(event, known, instant, language, here),
        listed=listed,
        more=0 if is_endless else len(ahead or dates_of_all) - len(listed),
        is_on=bool(ahead),
    )


def _as_a_whole(now: Occurrence, dates_of_all: Sequence[Occurrence]) -> Occurrence:
    """Return an event as it is; the first one of a list may be off while others take place."""
    if not now.off or all(date.off for date in dates_of_all):
        return now
    details = replace(now.details, status="confirmed", reason={})
    return replace(now, event=replace(now.event, details=details))
