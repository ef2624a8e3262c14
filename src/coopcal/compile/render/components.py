"""The VEVENTs that an entry becomes: one, or the master of a series and its overrides."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from coopcal.compile.render.rendering import Surroundings
from coopcal.compile.render.series import RecurrenceSet
from coopcal.model.entry import ClosingEntry, Entry
from coopcal.model.event import Recurrence, Recurring
from coopcal.model.happening import Details


@dataclass(frozen=True, slots=True)
class Part:
    """One VEVENT to be: what it shows of an entry, the address of its page if it has one, and the lines that make it a series or the date of one on a ``day``.

    ``recurrence`` is that of the entry where its usual details are shown, None of an override and of what is single.
    ``home`` is the time zone of its organisation, ``timezone`` the TZID of these lines.
    """

    entry: Entry
    details: Details
    recurrence: Recurrence | None
    home: str
    url: str | None
    recurring: bytes = b""
    timezone: str | None = None
    day: date | None = None

    @property
    def in_series(self) -> bool:
        """Return whether it is a series or a date of one, whose sessions have no entries of their own."""
        return isinstance(self.entry, Recurring)

    @property
    def timed(self) -> Details:
        """The details that tell whether it could be doubted whose time is meant."""
        return self.entry.closed if isinstance(self.entry, ClosingEntry) else self.details


def parts(entry: Entry, around: Surroundings, *, hide: bool) -> Iterator[Part]:
    """Return the master first, then its dates that differ (clients.md 2.6); with ``hide``, none that are cancelled."""
    page, home = around.page(entry), around.timezone(entry.organisation)
    if not isinstance(entry, Recurring):
        yield Part(entry, entry.details, None, home, page)
        return
    recurrence = entry.recurrence
    overridden = {override.day: override.details for override in recurrence.overrides}
    shown = RecurrenceSet.of(entry.details, recurrence, hide=hide)
    if shown.only is not None:
        usual = None if shown.last in overridden else recurrence
        yield Part(entry, shown.only, usual, home, page)
        return
    zone = shown.timezone if shown.left_out else None
    yield Part(entry, shown.master, recurrence, home, page, shown.rule(), zone)
    for day, details in shown.overrides:
        identified = shown.recurrence_id(day)
        if day in overridden:
            url = around.date_page(entry, day)
            yield Part(entry, details, None, home, url, identified, shown.timezone, day)
        else:
            yield Part(entry, details, recurrence, home, page, identified, shown.timezone, day)
