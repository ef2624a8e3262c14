"""Whether a calendar comes out of its compression as it went in."""

from coopcal.doctor.answer import OK, TOO_OFTEN, Answer
from coopcal.doctor.client import ALL, Client, all_but
from coopcal.doctor.coding import CodingError, decoded
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.visit import CALENDAR, Visit
from coopcal.model.message import msg

GZIP = Kind(
    "gzip-broken",
    msg(
        "The calendar compressed by gzip cannot be read, or is another one; nearly all programs ask for it so."
    ),
    msg("Have compression for calendars turned off on the server, or its fault found."),
    Evidence.STANDARD,
    ("4.10",),
    fatal=ALL,
)
BROTLI = Kind(
    "brotli-broken",
    msg("The calendar compressed by Brotli cannot be read, or is another one."),
    msg("Have Brotli turned off for calendars on the server, or its fault found."),
    Evidence.REPORT,
    ("4.10",),
    fatal=(Client.APPLE, Client.THUNDERBIRD),
)
UNASKED = Kind(
    "compressed-unasked",
    msg(
        "The calendar is compressed (“{coding}”) also for programs that do not ask for that, and cannot read it."
    ),
    msg("Have the server compress only where Accept-Encoding asks for it."),
    Evidence.REPORT,
    ("4.10",),
    fatal=(Client.OUTLOOK,),
    faulty=all_but(Client.OUTLOOK),
)
UNREADABLE = Kind(
    "compressed-unreadable",
    msg(
        "The calendar is compressed (“{coding}”), unasked, and so that it cannot be read, or is far too large."
    ),
    GZIP.mend,
    Evidence.STANDARD,
    ("4.10",),
    fatal=ALL,
)
NO_VARY = Kind(
    "compressed-without-vary",
    msg(
        "Caches on the way are not told that there is a compressed calendar and another one, and may mix them up."
    ),
    msg("Have the server send the header Vary: Accept-Encoding with the calendar."),
    Evidence.STANDARD,
    ("4.10",),
)
KINDS = (GZIP, BROTLI, UNASKED, UNREADABLE, NO_VARY)


def check(visit: Visit, faults: Faults) -> None:
    """Look at each coding."""
    answer = visit.main.answer
    if answer is None or visit.compressed is None or not visit.has_calendar:
        return
    coding = answer.header("Content-Encoding").lower()
    if visit.body is None:
        faults.tell(UNREADABLE, coding=coding)
        return
    if coding not in ("", "identity"):
        faults.tell(UNASKED, coding=coding)
    for asked, kind in (("gzip", GZIP), ("br", BROTLI)):
        reply = visit.compressed[asked]
        if isinstance(reply, Answer) and reply.status == TOO_OFTEN:
            continue
        if not isinstance(reply, Answer) or reply.status != OK or not _is_calendar(reply, visit):
            faults.tell(kind)
        elif reply.header("Content-Encoding") and "accept-encoding" not in reply.header("Vary").lower():
            faults.tell(NO_VARY)


def _is_calendar(reply: Answer, visit: Visit) -> bool:
    """Return whether an answer holds a calendar, where the uncompressed one does."""
    try:
        body = decoded(reply, visit.limits.largest)
    except CodingError:
        return False
    return (CALENDAR in body.upper()) == (CALENDAR in (visit.body or b"").upper())
