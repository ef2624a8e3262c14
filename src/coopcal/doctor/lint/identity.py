"""By what programs know events again, and their changes."""

import re
from collections import Counter

from coopcal.doctor.client import ALL, Client, all_but
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.feed import Feed
from coopcal.model.message import msg

NO_UID = Kind(
    "no-uid",
    msg(
        "Events have no identifier (UID): Outlook refuses such a calendar, others show events twice after each change."
    ),
    msg("Have the program that writes the calendar give each event a UID, and keep it for ever."),
    Evidence.REPORT,
    ("2.1",),
    fatal=(Client.OUTLOOK,),
    faulty=all_but(Client.OUTLOOK),
)
UID_TWICE = Kind(
    "uid-twice",
    msg("Several events have the same identifier (UID) “{uid}”, and only one of them is shown."),
    msg("Have the program that writes the calendar give each event a UID of its own."),
    Evidence.REPORT,
    ("2.2",),
    faulty=ALL,
)
ORDER = Kind(
    "date-before-series",
    msg("A date of a series that differs stands before its series, or without it: “{uid}”."),
    msg("Have the program that writes the calendar write a series before its dates that differ."),
    Evidence.SOURCE,
    ("2.6",),
    faulty=(Client.ICSX5, Client.EVOLUTION),
)
NO_STAMP = Kind(
    "no-stamp",
    msg(
        "Events do not say when they were written (DTSTAMP), so that Evolution may never show their changes."
    ),
    msg("Have the program that writes the calendar write DTSTAMP, and change it when the event changes."),
    Evidence.SOURCE,
    ("2.5",),
    faulty=(Client.EVOLUTION,),
)
NO_MARKS = Kind(
    "no-change-marks",
    msg("Events have neither LAST-MODIFIED nor SEQUENCE, without which Google was seen to keep old times."),
    msg("Have the program that writes the calendar write both, and let them grow with each change."),
    Evidence.REPORT,
    ("2.4", "2.7"),
)
SEQUENCE = Kind(
    "bad-sequence",
    msg("The number of a change (SEQUENCE) is none: “{value}”."),
    msg("Have the program that writes the calendar write whole numbers from 0 to 2147483647 there."),
    Evidence.STANDARD,
    ("2.8",),
    faulty=ALL,
)
CANCELLED = Kind(
    "cancelled-hidden",
    msg(
        "Cancelled events are marked by STATUS:CANCELLED alone, and Google hides them, so that nobody learns that they are cancelled."
    ),
    msg("Have “Cancelled” written into the title, and STATUS:CANCELLED left out, if people are to see it."),
    Evidence.REPORT,
    ("2.12", "2.13"),
)
ALIKE = Kind(
    "events-alike",
    msg("Events are alike but for their identifiers, and vdirsyncer shows one of them."),
    msg("Delete the one that is there by mistake, or tell them apart in their titles."),
    Evidence.MEASURED,
    ("9.5",),
)
KINDS = (NO_UID, UID_TWICE, ORDER, NO_STAMP, NO_MARKS, SEQUENCE, CANCELLED, ALIKE)

_LARGEST = 2**31 - 1
_WHAT_IS_SHOWN = ("SUMMARY", "DTSTART", "DTEND", "LOCATION", "URL", "DESCRIPTION", "RRULE", "RECURRENCE-ID")


def check(feed: Feed, faults: Faults) -> None:
    """Look at each event, and hold all against each other."""
    seen: Counter[tuple[str, str]] = Counter()
    alike: Counter[tuple[str, ...]] = Counter()
    for event in feed.events:
        uid, original = event.value("UID"), event.value("RECURRENCE-ID")
        if not uid:
            faults.tell(NO_UID, event.number)
        elif seen[uid, original]:
            faults.tell(UID_TWICE, event.number_of("UID"), uid=uid)
        if original and uid and not seen[uid, ""]:
            faults.tell(ORDER, event.number_of("UID"), uid=uid)
        seen[uid, original] += 1
        if not event.line("DTSTAMP"):
            faults.tell(NO_STAMP, event.number)
        if not event.line("LAST-MODIFIED") and not event.line("SEQUENCE"):
            faults.tell(NO_MARKS, event.number)
        sequence = event.value("SEQUENCE")
        if sequence and not (re.fullmatch(r"\d{1,10}", sequence) and int(sequence) <= _LARGEST):
            faults.tell(SEQUENCE, event.number_of("SEQUENCE"), value=sequence)
        if event.value("STATUS").upper() == "CANCELLED":
            faults.tell(CANCELLED, event.number_of("STATUS"))
        shown = tuple(event.value(name) for name in _WHAT_IS_SHOWN)
        if alike[shown] and seen[uid, original] == 1:
            faults.tell(ALIKE, event.number)
        alike[shown] += 1
