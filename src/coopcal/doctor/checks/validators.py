"""Whether a program that has the calendar is told so, and is told of changes."""

from coopcal.doctor.answer import TOO_OFTEN, Answer, Reply
from coopcal.doctor.client import Client
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.visit import Visit, date_of
from coopcal.model.message import msg

UNCHANGED = 304
_ASK_SO = (Client.APPLE, Client.THUNDERBIRD, Client.ICSX5, Client.EVOLUTION)
_BY_DATE = (Client.APPLE, Client.THUNDERBIRD, Client.ICSX5)

NONE = Kind(
    "no-validators",
    msg("The answer has neither ETag nor Last-Modified, so that every program fetches everything each time."),
    msg("Have the server send an ETag and a Last-Modified with the calendar."),
    Evidence.SOURCE,
    ("4.11",),
)
ETAG_IGNORED = Kind(
    "etag-ignored",
    msg(
        "A program that has the calendar, and says so by its ETag, is sent all of it again ({status} in place of 304)."
    ),
    msg("Have the server answer 304 where If-None-Match names the ETag of what is there."),
    Evidence.SOURCE,
    ("4.11",),
)
DATE_IGNORED = Kind(
    "date-ignored",
    msg(
        "A program that has the calendar, and says so by its date, is sent all of it again ({status} in place of 304)."
    ),
    msg("Have the server answer 304 where If-Modified-Since is the Last-Modified of what is there."),
    Evidence.SOURCE,
    ("4.11",),
)
NEVER_NEW = Kind(
    "changes-never-sent",
    msg(
        "A program that has an older calendar is told that nothing has changed, and so never sees what is new."
    ),
    msg("Have the server answer 304 only where ETag or date are those of what is there now."),
    Evidence.SOURCE,
    ("4.12",),
    fatal=_ASK_SO,
)
IN_FUTURE = Kind(
    "changed-in-future",
    msg(
        "The server says that the calendar was last changed at {date}, which is yet to come: changes until then may be missed."
    ),
    msg("Have the clock of the server set right, and Last-Modified say when the calendar last changed."),
    Evidence.REPORT,
    ("4.12",),
    faulty=_BY_DATE,
)
KINDS = (NONE, ETAG_IGNORED, DATE_IGNORED, NEVER_NEW, IN_FUTURE)


def check(visit: Visit, faults: Faults) -> None:
    """Look at the answers to those that have something already."""
    answer, validated = visit.main.answer, visit.validated
    if answer is None or validated is None or not visit.has_calendar:
        return
    changed = date_of(answer.header("Last-Modified"))
    if not answer.header("ETag") and changed is None:
        faults.tell(NONE)
    if (status := _status(validated.by_etag)) not in (0, UNCHANGED):
        faults.tell(ETAG_IGNORED, status=status)
    if (status := _status(validated.by_date)) not in (0, UNCHANGED):
        faults.tell(DATE_IGNORED, status=status)
    if UNCHANGED in (_status(validated.by_other_etag), _status(validated.by_old_date)):
        faults.tell(NEVER_NEW)
    if changed is not None and changed > visit.now:
        faults.tell(IN_FUTURE, date=f"{changed:%Y-%m-%d %H:%M} UTC")


def _status(reply: Reply | None) -> int:
    return reply.status if isinstance(reply, Answer) and reply.status != TOO_OFTEN else 0
