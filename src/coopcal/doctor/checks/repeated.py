"""What differs between two fetches, one second apart, between which nothing happened."""

import re

from coopcal.doctor.client import ALL, Client
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.visit import Visit
from coopcal.model.message import msg

_UIDS = re.compile(rb"^UID[;:].*$", re.MULTILINE | re.IGNORECASE)
_STAMPS = re.compile(rb"^DTSTAMP[;:].*$", re.MULTILINE | re.IGNORECASE)

STAMPS = Kind(
    "stamped-at-each-fetch",
    msg(
        "Each event says that it was changed at the moment of the fetch (DTSTAMP), so that programs take all for new each time."
    ),
    msg("Have the program that writes the calendar set DTSTAMP to when the event last changed."),
    Evidence.REPORT,
    ("2.9",),
    faulty=(Client.NEXTCLOUD, Client.EVOLUTION),
)
UIDS = Kind(
    "uids-change",
    msg(
        "The identifiers of events (UID) are others at each fetch, so that programs show events twice, or lose reminders."
    ),
    msg("Have the program that writes the calendar keep the UID of an event for ever."),
    Evidence.REPORT,
    ("2.1",),
    faulty=ALL,
)
BYTES = Kind(
    "other-bytes-at-each-fetch",
    msg(
        "The calendar is a little different at each fetch, so that nobody is ever told that nothing has changed."
    ),
    msg("Have the program that writes the calendar write the same where nothing has changed."),
    Evidence.SOURCE,
    ("4.11",),
)
KINDS = (STAMPS, UIDS, BYTES)


def check(visit: Visit, faults: Faults) -> None:
    """Hold the second fetch against the first."""
    first, second = visit.body, visit.again
    if first is None or second is None or first == second:
        return
    uids, others = _UIDS.findall(first), _UIDS.findall(second)
    if len(uids) == len(others) and uids and not set(uids) & set(others):
        faults.tell(UIDS)
    stamps, later = _STAMPS.findall(first), _STAMPS.findall(second)
    if len(stamps) == len(later) and stamps and not set(stamps) & set(later):
        faults.tell(STAMPS)
    faults.tell(BYTES)
