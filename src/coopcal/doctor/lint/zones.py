"""Time zones, and times that have none."""

from collections.abc import Mapping

from coopcal.authoring.importing.lines import Line
from coopcal.doctor.client import Client
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.feed import FLOATING, Feed, Part, form_of, is_in_utc, moment_of
from coopcal.model.message import msg
from coopcal.zones.windows_names import of_windows

_TIMES = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE")
_HOURS_AND_MINUTES = 5

NO_VTIMEZONE = Kind(
    "zone-not-described",
    msg(
        "The time zone “{zone}” is used, and described nowhere (VTIMEZONE): in Outlook times are an hour or more off."
    ),
    msg("Have the program that writes the calendar write a VTIMEZONE for each time zone."),
    Evidence.REPORT,
    ("1.1",),
    faulty=(Client.OUTLOOK,),
)
INCOMPLETE = Kind(
    "zone-incomplete",
    msg(
        "The description of the time zone “{zone}” is incomplete, for which Outlook on the web shows no events at all."
    ),
    msg(
        "Have the program that writes the calendar write standard time, and summer time where there is any, each with its beginning and its offsets."
    ),
    Evidence.REPORT,
    ("1.2",),
    fatal=(Client.OUTLOOK,),
)
LISTED = Kind(
    "zone-by-list",
    msg(
        "The description of the time zone “{zone}” lists each change of the clocks (RDATE), which some programs read wrongly: an hour off in summer."
    ),
    msg("Have the program that writes the calendar write changes of the clocks as yearly rules (RRULE)."),
    Evidence.MEASURED,
    ("1.3", "1.5", "9.6"),
    faulty=(Client.OUTLOOK, Client.THUNDERBIRD, Client.NEXTCLOUD),
)
HISTORY = Kind(
    "zone-with-history",
    msg(
        "The description of the time zone “{zone}” begins in times before there were time zones, at which Outlook on the web may fail."
    ),
    msg("Have the program that writes the calendar describe time zones from 1970 on."),
    Evidence.CLAIM,
    ("1.4",),
    faulty=(Client.OUTLOOK,),
)
NAME = Kind(
    "zone-name",
    msg(
        "The time zone is called “{zone}”, a name that some programs do not know: they take its times for UTC."
    ),
    msg("Have the program that writes the calendar name time zones as in Europe/Berlin."),
    Evidence.REPORT,
    ("1.6",),
    faulty=(Client.THUNDERBIRD, Client.NEXTCLOUD),
)
NO_ZONE = Kind(
    "floating-times",
    msg(
        "Times have no time zone, so that Google shows them as those of London without summer time, and Outlook wherever it is."
    ),
    msg("Have the program that writes the calendar write a time zone with every time (TZID)."),
    Evidence.REPORT,
    ("1.7",),
    faulty=(Client.GOOGLE, Client.OUTLOOK),
)
UTC_SERIES = Kind(
    "series-in-utc",
    msg("Events that recur are in UTC, and move by an hour where the clocks change."),
    msg(
        "Have the program that writes the calendar write the time zone of the place (TZID), unless UTC is meant."
    ),
    Evidence.REPORT,
    ("1.8",),
)
HINT = Kind(
    "zone-hint-differs",
    msg(
        "The calendar calls “{hint}” its time zone (X-WR-TIMEZONE), while its times are in “{zone}”; some programs believe the former."
    ),
    msg("Have the program that writes the calendar leave out X-WR-TIMEZONE, or write the zone of its times."),
    Evidence.REPORT,
    ("1.9",),
)
KINDS = (NO_VTIMEZONE, INCOMPLETE, LISTED, HISTORY, NAME, NO_ZONE, UTC_SERIES, HINT)


def check(feed: Feed, faults: Faults) -> None:
    """Look at zones that are used, and at how they are described."""
    used: dict[str, int] = {}
    for event in feed.events:
        for name in _TIMES:
            for line in event.lines(name):
                _look_at_time(line, used, faults)
        if is_in_utc(moment_of(event.line("DTSTART"))) and event.line("RRULE"):
            faults.tell(UTC_SERIES, event.number_of("RRULE"))
    _look_at_names(feed, used, faults)
    for part in feed.zones:
        _look_at_description(part, faults)


def _look_at_names(feed: Feed, used: Mapping[str, int], faults: Faults) -> None:
    described = {zone.value("TZID") for zone in feed.zones}
    for zone, number in used.items():
        if zone not in described:
            faults.tell(NO_VTIMEZONE, number, zone=zone)
        if zone.startswith("/") or of_windows(zone):
            faults.tell(NAME, number, zone=zone)
    for calendar in feed.calendars:
        hint = calendar.value("X-WR-TIMEZONE")
        if hint and len(used) == 1 and hint not in used:
            faults.tell(HINT, calendar.number_of("X-WR-TIMEZONE"), hint=hint, zone=next(iter(used)))


def _look_at_time(line: Line, used: dict[str, int], faults: Faults) -> None:
    value = moment_of(line)
    if line.tzid and not is_in_utc(value):
        used.setdefault(line.tzid, line.number)
    elif value is not None and form_of(value) == FLOATING:
        faults.tell(NO_ZONE, line.number)


def _look_at_description(zone: Part, faults: Faults) -> None:
    name = zone.value("TZID") or "?"
    observances = list(zone.of("STANDARD", "DAYLIGHT"))
    is_whole = zone.line("TZID") and any(part.name == "STANDARD" for part in observances)
    for part in observances:
        if not all(part.line(one) for one in ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO")):
            is_whole = None
        dates = {date for line in part.lines("RDATE") for date in line.value.split(",")}
        if dates - {part.value("DTSTART")}:
            faults.tell(LISTED, part.number_of("RDATE"), zone=name)
        if any(
            len(part.value(one).strip("+-")) >= _HOURS_AND_MINUTES for one in ("TZOFFSETFROM", "TZOFFSETTO")
        ):
            faults.tell(HISTORY, part.number, zone=name)
    if not is_whole:
        faults.tell(INCOMPLETE, zone.number, zone=name)
