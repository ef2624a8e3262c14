"""Events that recur."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from math import prod

from coopcal.authoring.importing.expansion import expanded
from coopcal.authoring.importing.lines import Line
from coopcal.authoring.importing.rrules import FINEST, Rrule, rule_of
from coopcal.authoring.importing.values import Clock, Moment, moments
from coopcal.doctor.client import ALL, Client
from coopcal.doctor.fault import Evidence, Faults, Kind
from coopcal.doctor.feed import DAY, FLOATING, Feed, Part, form_of, is_in_utc, local_of, moment_of
from coopcal.model.message import msg
from coopcal.zones.database import names, zone

MOST_SERIES = 2_000
"""Series whose dates are looked at; more of them are looked at without."""

_CLOCK = ("BYHOUR", "BYMINUTE", "BYSECOND")

MOST_DATES = 500
"""Dates of a series among which one is looked for that is not left out."""

FURTHER = Kind(
    "further-dates",
    msg("Series have further dates beside their rule (RDATE), which Outlook, Google and ICSx5 lose in part."),
    msg("Have the program that writes the calendar write each further date as an event of its own."),
    Evidence.REPORT,
    ("7.1",),
    faulty=(Client.GOOGLE, Client.OUTLOOK, Client.ICSX5),
)
OTHER_FORM = Kind(
    "exception-in-other-zone",
    msg(
        "Dates that are left out, or differ, are written in another form or time zone than their series: Apple may drop the series, and others show these dates."
    ),
    msg(
        "Have the program that writes the calendar write EXDATE and RECURRENCE-ID just as DTSTART is written."
    ),
    Evidence.REPORT,
    ("7.2",),
    faulty=(Client.GOOGLE, Client.APPLE),
)
UNTIL = Kind(
    "end-of-series",
    msg(
        "The end of a series (UNTIL) is not written as its beginning asks: in UTC for times, a day for whole days."
    ),
    msg(
        "Have the program that writes the calendar write UNTIL in UTC, ending in Z, or as a day for whole days."
    ),
    Evidence.STANDARD,
    ("7.3",),
    faulty=ALL,
)
ONE_DATE = Kind(
    "series-of-one",
    msg("A series has one date alone (COUNT=1), for which Outlook was seen to refuse the whole calendar."),
    msg("Have the program that writes the calendar write what takes place once as an event without a rule."),
    Evidence.REPORT,
    ("7.4",),
    fatal=(Client.OUTLOOK,),
)
NO_DATES = Kind(
    "series-without-dates",
    msg("All dates of a series are left out, at which Nextcloud fails."),
    msg("Have the series deleted, as nothing of it takes place."),
    Evidence.SOURCE,
    ("7.4",),
    faulty=(Client.NEXTCLOUD,),
)
UNCLEAR = Kind(
    "rule-unclear",
    msg("A rule says nothing that programs understand alike: “{rule}”."),
    msg("Choose the rhythm of the event anew, or write its dates one by one."),
    Evidence.REPORT,
    ("7.5",),
    faulty=ALL,
)
WITHIN_DAYS = Kind(
    "rule-within-days",
    msg(
        "A rule gives more than one time a day, or goes by the hour, minute or second, and programs show nothing of such a series, or not all: “{rule}”."
    ),
    msg(
        "Have each of its times written as a series by days, or the whole as one event from its first time to its last."
    ),
    Evidence.REPORT,
    ("7.5",),
    faulty=(Client.GOOGLE, Client.OUTLOOK, Client.APPLE),
)
START = Kind(
    "start-not-in-rule",
    msg(
        "The first date of a series is none of its own rule, and some programs show it, others not: “{rule}”."
    ),
    msg("Have the series begin on the first date that its rule gives."),
    Evidence.STANDARD,
    ("7.6",),
    faulty=ALL,
)
KINDS = (FURTHER, OTHER_FORM, UNTIL, ONE_DATE, NO_DATES, UNCLEAR, WITHIN_DAYS, START)


def check(feed: Feed, faults: Faults) -> None:
    """Look at each series and each date of one."""
    starts: dict[str, Moment] = {}
    looked_at = 0
    for event in feed.events:
        start = moment_of(event.line("DTSTART"))
        if start is None:
            continue
        if event.line("RDATE"):
            faults.tell(FURTHER, event.number_of("RDATE"))
        original = event.line("RECURRENCE-ID")
        if original is None:
            starts[event.value("UID")] = start
        else:
            _look_at_form(original, starts.get(event.value("UID")), faults)
        for line in event.lines("EXDATE"):
            _look_at_form(line, start, faults)
        if rule := event.line("RRULE"):
            looked_at += 1
            _look_at_rule(event, rule, start, faults, with_dates=looked_at <= MOST_SERIES)


def _look_at_form(line: Line, start: Moment | None, faults: Faults) -> None:
    for value in moments(line):
        written = value[0] if isinstance(value, tuple) else value
        if start is not None and (written is None or form_of(written) != form_of(start)):
            faults.tell(OTHER_FORM, line.number)
            return


def _look_at_rule(event: Part, line: Line, start: Moment, faults: Faults, *, with_dates: bool) -> None:
    rule = rule_of(line.value)
    if rule is None or (rule.frequency == "WEEKLY" and "BYMONTHDAY" in rule.by):
        faults.tell(UNCLEAR, line.number, rule=line.value)
        return
    if rule.frequency in FINEST:
        faults.tell(WITHIN_DAYS, line.number, rule=line.value)
    elif prod(len(rule.by.get(name, (0,))) for name in _CLOCK) > 1:
        faults.tell(WITHIN_DAYS, line.number, only=(Client.OUTLOOK,), rule=line.value)
    if rule.count == 1:
        faults.tell(ONE_DATE, line.number)
    if rule.until is not None and not _goes_with(rule.until, start):
        faults.tell(UNTIL, line.number)
    if not with_dates:
        return
    begins = local_of(start)
    if begins not in expanded(rule, begins, begins):
        faults.tell(START, line.number, rule=line.value)
    elif _has_none_left(event, rule, start):
        faults.tell(NO_DATES, line.number)


def _goes_with(until: Moment, start: Moment) -> bool:
    if form_of(start) in (DAY, FLOATING):
        return form_of(until) == form_of(start)
    return is_in_utc(until)


def _has_none_left(event: Part, rule: Rrule, start: Moment) -> bool:
    excepted = {
        local_of(value)
        for line in event.lines("EXDATE")
        for value in moments(line)
        if value is not None and not isinstance(value, tuple)
    }
    if rule.endless or not excepted or len(excepted) > MOST_DATES:
        return False
    begins = local_of(start)
    last = _last(rule.until, start) if rule.until is not None else begins + timedelta(days=36_500)
    dates = islice(expanded(rule, begins, last), min(rule.count or MOST_DATES, len(excepted) + 1))
    return all(date in excepted for date in dates)


def _last(until: Moment, start: Moment) -> datetime:
    """Return the end of a rule on the clocks of its series."""
    name = form_of(start)
    if isinstance(until, Clock) and is_in_utc(until) and name in names():
        return until.local.replace(tzinfo=UTC).astimezone(zone(name)).replace(tzinfo=None)
    return local_of(until)
