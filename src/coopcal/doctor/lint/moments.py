"""When events begin and end, and whether they take time."""

from datetime import date, time, timedelta

from coopcal.authoring.importing.values import Clock, Moment, duration
from coopcal.doctor.client import ALL, Client
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.feed import DAY, Feed, Part, form_of, local_of, moment_of
from coopcal.model.message import msg

_ZERO = timedelta(0)

NO_START = Kind(
    "no-start",
    msg("Events do not say when they begin."),
    msg(
        "Have the program that writes the calendar write DTSTART as in 20261024T140000, or 20261024 for whole days."
    ),
    Evidence.STANDARD,
    ("5.1",),
    faulty=ALL,
)
UNREADABLE = Kind(
    "start-unreadable",
    msg("Events begin at “{value}”, which no program reads as a day or a time."),
    NO_START.mend,
    Evidence.STANDARD,
    ("5.1",),
    faulty=ALL,
)
ENDS_EARLY = Kind(
    "ends-before-start",
    msg("Events end when they begin, or before."),
    msg(
        "Have the program that writes the calendar write an end after each start; of whole days, that is the day after the last one (DTEND)."
    ),
    Evidence.REPORT,
    ("5.1",),
    faulty=(Client.OUTLOOK,),
)
NO_END = Kind(
    "no-end",
    msg("Events do not say when they end; programs then take them to last a day, an hour, or no time."),
    msg("Have the program that writes the calendar write the end of each event (DTEND)."),
    Evidence.STANDARD,
    ("5.1",),
)
OTHER_KIND = Kind(
    "end-of-another-kind",
    msg("Events begin on a day and end at a time, or the other way round."),
    msg("Have the program that writes the calendar write beginning and end both as days, or both as times."),
    Evidence.STANDARD,
    ("5.1",),
    faulty=ALL,
)
MIDNIGHTS = Kind(
    "midnight-to-midnight",
    msg(
        "Whole days are written as times from midnight to midnight, which are other hours elsewhere, and no whole days in Outlook."
    ),
    msg("Have the program that writes the calendar write whole days as days (VALUE=DATE)."),
    Evidence.REPORT,
    ("5.2",),
    faulty=(Client.OUTLOOK,),
)
BLOCKS = Kind(
    "days-block-time",
    msg("Whole days do not say whether they take people's time, and Outlook calls everybody busy on them."),
    msg(
        "Have the program that writes the calendar write TRANSP:TRANSPARENT and X-MICROSOFT-CDO-BUSYSTATUS:FREE with notices and whole days."
    ),
    Evidence.REPORT,
    ("5.3",),
)
KINDS = (NO_START, UNREADABLE, ENDS_EARLY, NO_END, OTHER_KIND, MIDNIGHTS, BLOCKS)


def check(feed: Feed, faults: Faults) -> None:
    """Look at each event."""
    for event in feed.events:
        start = moment_of(event.line("DTSTART"))
        if start is None:
            if written := event.value("DTSTART"):
                faults.tell(UNREADABLE, event.number_of("DTSTART"), value=written)
            else:
                faults.tell(NO_START, event.number_of("DTSTART"))
            continue
        _look_at_end(event, start, faults)
        if (
            form_of(start) == DAY
            and not event.line("TRANSP")
            and not event.line("X-MICROSOFT-CDO-BUSYSTATUS")
        ):
            faults.tell(BLOCKS, event.number)


def _look_at_end(event: Part, start: Moment, faults: Faults) -> None:
    line = event.line("DTEND")
    if line is None:
        length = duration(event.value("DURATION"))
        if length is None:
            faults.tell(NO_END, event.number)
        elif length <= _ZERO:
            faults.tell(ENDS_EARLY, event.number_of("DURATION"))
        return
    end = moment_of(line)
    if end is None:
        faults.tell(NO_END, line.number)
    elif (form_of(end) == DAY) != (form_of(start) == DAY):
        faults.tell(OTHER_KIND, line.number)
    elif form_of(end) == form_of(start) and local_of(end) <= local_of(start):
        faults.tell(ENDS_EARLY, line.number)
    elif _is_midnight(start) and _is_midnight(end):
        faults.tell(MIDNIGHTS, line.number)


def _is_midnight(value: date | Clock) -> bool:
    return isinstance(value, Clock) and value.local.time() == time(0)
