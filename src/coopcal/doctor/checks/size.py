"""How large a calendar is, and how long it takes."""

from coopcal.doctor.caller import Limits
from coopcal.doctor.client import ALL, Client
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.visit import Visit
from coopcal.model.message import Number, lasting, msg

LARGEST_OF_GOOGLE = 1_000_000
MOST_OF_GOOGLE = 1_111

EMPTY = Kind(
    "empty-answer",
    msg("The server answers that all is well, and sends nothing: programs delete what they have."),
    msg(
        "Have the server send the calendar, or a status of 500 where it cannot; a calendar without events is not empty either."
    ),
    Evidence.SOURCE,
    ("4.13", "8.3"),
    fatal=ALL,
)
BROKEN_OFF = Kind(
    "broken-off",
    msg("The connection ends before the whole calendar has come."),
    msg("Ask whoever runs the server to find out why it ends, or why the length that it announces is wrong."),
    Evidence.STANDARD,
    ("4.13",),
    fatal=ALL,
)
TOO_LARGE = Kind(
    "too-large",
    msg(
        "The calendar has {size} bytes; from 1,000,000 on Google leaves events out without a word, or takes none."
    ),
    msg("Publish fewer years in it, say the last and the coming one, and the rest in an archive."),
    Evidence.REPORT,
    ("4.18",),
    faulty=(Client.GOOGLE,),
)
TOO_MANY = Kind(
    "too-many-events",
    msg("The calendar has {count} events; Google was seen to show 1,111 of them and leave out the rest."),
    msg("Publish fewer years in it, say the last and the coming one, and the rest in an archive."),
    Evidence.REPORT,
    ("4.18",),
    faulty=(Client.GOOGLE,),
)
ENDLESS = Kind(
    "far-too-large",
    msg("The calendar has more than {size} bytes, and was not read any further."),
    msg("Publish fewer years in it, and have a look at what makes it so large."),
    Evidence.UNKNOWN,
    ("4.18",),
    fatal=ALL,
)
SLOW = Kind(
    "slow",
    msg("The calendar takes {time} to come; programs give up after a time, ICSx5 after 60 seconds."),
    msg("Have the server keep the calendar ready, instead of making it anew for each program."),
    Evidence.SOURCE,
    ("4.18",),
    faulty=ALL,
)
KINDS = (EMPTY, BROKEN_OFF, TOO_LARGE, TOO_MANY, ENDLESS, SLOW)


def look(body: bytes, faults: Faults, *, is_whole: bool) -> None:
    """Look at how much there is."""
    if is_whole and not body.strip():
        faults.tell(EMPTY)
    if len(body) > LARGEST_OF_GOOGLE:
        faults.tell(TOO_LARGE, size=Number(len(body)))
    if (count := body.upper().count(b"BEGIN:VEVENT")) > MOST_OF_GOOGLE:
        faults.tell(TOO_MANY, count=Number(count))


def tell_endless(limits: Limits, faults: Faults) -> None:
    """Tell that there is more than is read."""
    faults.tell(ENDLESS, size=Number(limits.largest))


def check(visit: Visit, faults: Faults) -> None:
    """Look at how the body came."""
    answer = visit.main.answer
    if answer is None:
        return
    if answer.is_too_long:
        tell_endless(visit.limits, faults)
    elif not answer.is_whole:
        faults.tell(BROKEN_OFF)
    slowest = max(journey.answer.seconds for journey in visit.by_client.values() if journey.answer)
    if slowest > visit.limits.slow:
        faults.tell(SLOW, time=lasting(slowest))
