"""Entries for the end of registration."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from coopcal.model.entry import ClosingEntry, Entry
from coopcal.model.event import FurtherDate, overrides_of
from coopcal.model.happening import Details, Happening, ShowsAs, Status
from coopcal.model.registration import Registration
from coopcal.model.when import Deadline, WholeDays


def closing_entries(entries: Iterable[Entry]) -> tuple[ClosingEntry, ...]:
    """Return an entry for the end of registration of each of those that have one; dates that share it have one."""
    closing: dict[object, ClosingEntry] = {}
    for happening in entries:
        if not isinstance(happening, Happening):
            continue
        overrides = ((override.day, override.details) for override in overrides_of(happening))
        for day, details in ((None, happening.details), *overrides):
            registration = details.registration
            if registration is None or registration.closes is None or details.is_off:
                continue
            key = (happening.key_of_whole, registration.closes)
            first = closing.get(key)
            if first is None or _is_date(first.of) > _is_date(happening):
                closing[key] = _entry(happening, day, details, registration, registration.closes)
    return tuple(closing.values())


def _is_date(happening: Happening) -> bool:
    return isinstance(happening, FurtherDate)


def _entry(
    of: Happening, day: date | None, details: Details, registration: Registration, closes: date | datetime
) -> ClosingEntry:
    zone = (
        closes.tzinfo.key if isinstance(closes, datetime) and isinstance(closes.tzinfo, ZoneInfo) else "UTC"
    )
    shown = replace(
        details,
        when=Deadline(closes, zone) if isinstance(closes, datetime) else WholeDays(closes, closes),
        description=None,
        locations=(),
        online=None,
        links=(),
        documents=(),
        practical=None,
        spoken=(),
        registration=replace(registration, opens=None, closes=None),
        status=Status.CONFIRMED,
        shows_as=ShowsAs.FREE,
        sessions=(),
        moved_from=None,
        second_call=None,
        image=None,
    )
    return ClosingEntry(of=of, day=day, details=shown, closed=details)
