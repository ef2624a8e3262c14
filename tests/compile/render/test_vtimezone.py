"""Our VTIMEZONEs against the zone database: every step of every zone, as two other readers take them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from itertools import pairwise, takewhile
from operator import itemgetter
from typing import NamedTuple, cast

import pytest
from dateutil.rrule import rrulestr
from icalendar import Component
from tests.support.node import ask
from tests.support.sweep import some
from tests.support.tzif import ZoneFile

from coopcal.compile.render.vtimezone import vtimezone
from coopcal.zones import names, zone

END = int(datetime(2051, 1, 1, tzinfo=UTC).timestamp())

EVERY_HOUR = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Windhoek",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kolkata",
    "Asia/Pyongyang",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Europe/Brussels",
    "Europe/Dublin",
    "Europe/Moscow",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
)
ICAL_JS = (
    *EVERY_HOUR,
    "Africa/El_Aaiun",
    "Africa/Johannesburg",
    "Africa/Juba",
    "Africa/Tripoli",
    "America/Asuncion",
    "America/Bogota",
    "America/Caracas",
    "America/Chihuahua",
    "America/Denver",
    "America/Havana",
    "America/Mexico_City",
    "America/Montevideo",
    "America/Port-au-Prince",
    "America/Scoresbysund",
    "Asia/Amman",
    "Asia/Beirut",
    "Asia/Damascus",
    "Asia/Hebron",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Asia/Ulaanbaatar",
    "Atlantic/Azores",
    "Atlantic/Reykjavik",
    "Australia/Sydney",
    "Europe/Chisinau",
    "Europe/Istanbul",
    "Europe/Kyiv",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Minsk",
    "Europe/Rome",
    "Pacific/Auckland",
    "Pacific/Easter",
    "Pacific/Fiji",
    "UTC",
)


class Step(NamedTuple):
    """From ``moment`` on (seconds since 1970), clocks are ``after`` seconds ahead of UTC."""

    moment: int
    after: int
    before: int


def steps(text: bytes) -> list[Step]:
    """Read a VTIMEZONE as RFC 5545 says, with dateutil's rules: every onset until 2051, in order."""
    return _steps(re.sub(rb"TZID:[^\r]*", b"TZID:Any", text))


@cache
def _steps(text: bytes) -> list[Step]:
    """Many zones have the same changes, and are read once."""
    return sorted(
        step for observance in Component.from_ical(text).subcomponents for step in onsets(observance)
    )


def onsets(observance: Component) -> Iterator[Step]:
    before: timedelta = observance["TZOFFSETFROM"].td
    after: timedelta = observance["TZOFFSETTO"].td
    clock = timezone(before)
    first = cast("datetime", observance["DTSTART"].dt)
    starts = [first.replace(tzinfo=clock)]
    if "RRULE" in observance:
        rule = rrulestr(observance["RRULE"].to_ical().decode(), dtstart=starts[0])
        starts = list(takewhile(lambda each: each.timestamp() < END, rule))
        assert starts[0] == first.replace(tzinfo=clock), "DTSTART is the rule's first"
    if "RDATE" in observance:
        assert [each.dt for each in observance["RDATE"].dts] == [observance["DTSTART"].dt]
    for start in starts:
        yield Step(int(start.timestamp()), int(after.total_seconds()), int(before.total_seconds()))


def changes(read: list[Step]) -> list[tuple[int, int]]:
    """Leave out what changes no offset (the initial observance, a new abbreviation)."""
    return [(step.moment, step.after) for step in read if step.before != step.after]


@pytest.mark.sweep
@pytest.mark.parametrize("first_year", [1990, 2012, 2026])
def test_every_step_of_every_zone_is_that_of_the_database(first_year: int) -> None:
    wrong = []
    for name in some(sorted(names()), sample=15):
        read, database = steps(vtimezone(name, first_year)), ZoneFile(name)
        opening = read[0].moment
        assert opening <= int(datetime(first_year, 1, 1, 15, tzinfo=UTC).timestamp()), name
        midnight = opening + read[0].after
        # A change over that very midnight has happened already (Lima, 1990).
        over_it = [moment for moment, _ in database.steps if moment + database.offset(moment - 1) == midnight]
        began = max([opening, *over_it])
        since = (
            began if read[0].before == read[0].after else began - 1
        )  # Present-day rules begin with a change.
        expected = [step for step in database.steps if since < step[0] < END]
        chained = all(new.before == old.after for old, new in pairwise(read))
        if read[0].after != database.offset(began) or changes(read) != expected or not chained:
            wrong.append(name)
    assert len(names()) > 590
    assert wrong == []


@pytest.mark.sweep(cases=6)
@pytest.mark.parametrize("first_year", [1990, 2026])
@pytest.mark.parametrize("name", EVERY_HOUR)
def test_every_hour_until_2050_is_right(name: str, first_year: int) -> None:
    tz, hours = zone(name), 0
    ends = [*steps(vtimezone(name, first_year)), Step(END, 0, 0)]
    for step, following in pairwise(ends):
        since = -(-step.moment // 3600) * 3600
        moments = range(since, following.moment, 3600)
        found = {datetime.fromtimestamp(moment, tz).utcoffset() for moment in moments}
        assert found <= {timedelta(seconds=step.after)}, step
        hours += len(moments)
    assert hours > (2051 - first_year) * 365 * 24


@pytest.mark.node
@pytest.mark.sweep(cases=1)
@pytest.mark.parametrize("first_year", [1990, 2026])
def test_ical_js_reads_fifty_zones_right_to_the_second(first_year: int) -> None:
    assert len(set(ICAL_JS)) >= 50
    looked_at = some(ICAL_JS, sample=6)
    samples = {name: sorted(set(local_samples(name, first_year))) for name in looked_at}
    answers = ask(
        [
            {
                "ask": "offsets",
                "vtimezone": vtimezone(name, first_year).decode(),
                "local": [local for local, _ in samples[name]],
            }
            for name in looked_at
        ]
    )
    wrong = [
        (name, local, expected, found)
        for name, answer in zip(looked_at, answers, strict=True)
        for (local, expected), found in zip(samples[name], answer, strict=True)
        if expected != found
    ]
    assert wrong == []


def local_samples(name: str, first_year: int) -> Iterator[tuple[str, int]]:
    """Return local times from a year on with their offsets: some of each year; the last before and the first after each step.

    Times that do not exist or exist twice are left out: no reader can be right about them.
    """
    database = ZoneFile(name)
    for year in range(first_year, 2051):
        for month, day in ((1, 2), (3, 8), (4, 30), (7, 1), (9, 9), (11, 15), (12, 31)):
            moment = int(datetime(year, month, day, 12, tzinfo=UTC).timestamp())
            yield shown(moment + database.offset(moment)), database.offset(moment)
    before = database.initial
    for moment, after in database.steps:
        if int(datetime(first_year, 1, 3, tzinfo=UTC).timestamp()) < moment < END:
            yield shown(moment + min(before, after) - 1), before
            yield shown(moment + max(before, after)), after
        before = after


def shown(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()


def test_brussels_in_full() -> None:
    """Present-day rules alone, from the year before, so that each has begun when the first event starts."""
    expected = """\
BEGIN:VTIMEZONE
TZID:Europe/Brussels
BEGIN:DAYLIGHT
DTSTART:20250330T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
    assert vtimezone("Europe/Brussels", 2026).decode() == expected.replace("\n", "\r\n")
    assert len(vtimezone("Europe/Brussels", 2026)) < 400


def test_a_zone_whose_law_changes_begins_with_what_holds_on_the_first_of_january() -> None:
    """Also where it changed in the year before, as its rules do not tell that year."""
    for name, first_year in (("America/New_York", 2006), ("America/New_York", 2007), ("Africa/Cairo", 2023)):
        (first, *_) = Component.from_ical(vtimezone(name, first_year)).subcomponents
        assert first["DTSTART"].dt == datetime(first_year, 1, 1)  # noqa: DTZ001 - local
        assert first["TZOFFSETFROM"].td == first["TZOFFSETTO"].td


def test_a_zone_without_changes_is_one_standard() -> None:
    (only,) = Component.from_ical(vtimezone("Asia/Kolkata", 2026)).subcomponents
    assert (only.name, only["TZNAME"], only["TZOFFSETTO"].td) == ("STANDARD", "IST", timedelta(hours=5.5))


def test_a_rule_that_ended_ends_in_utc() -> None:
    rules = re.findall(r"RRULE:(.*)\r\n", vtimezone("America/New_York", 2000).decode())
    assert rules == [
        "FREQ=YEARLY;UNTIL=20060402T070000Z;BYDAY=1SU;BYMONTH=4",
        "FREQ=YEARLY;UNTIL=20061029T060000Z;BYDAY=-1SU;BYMONTH=10",
        "FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
        "FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
    ]


def test_a_zone_of_the_south_ends_the_year_before_in_summer() -> None:
    kinds = [part.name for part in Component.from_ical(vtimezone("Australia/Sydney", 2026)).subcomponents]
    assert kinds == ["STANDARD", "DAYLIGHT"]


def test_irish_summer_is_daylight_whatever_the_law_calls_it() -> None:
    parts = Component.from_ical(vtimezone("Europe/Dublin", 2026)).subcomponents
    assert [(part.name, part["TZNAME"]) for part in parts] == [
        ("DAYLIGHT", "IST"),
        ("STANDARD", "GMT"),
    ]


def test_a_single_onset_has_itself_as_rdate() -> None:
    text = vtimezone("Africa/Casablanca", 2020).decode()
    assert "RRULE" not in text
    assert "\r\nDTSTART:20200419T030000\r\nRDATE:20200419T030000\r\n" in text


@pytest.mark.sweep
@pytest.mark.parametrize("first_year", [1970, 1990, 2012, 2026, 2049, 2060])
def test_every_text_is_whole_and_in_the_form_that_readers_take(first_year: int) -> None:
    for name in some(sorted(names()), sample=30):
        text = vtimezone(name, first_year).decode("ascii")
        assert max(map(len, text.split("\r\n"))) <= 75, name
        assert "\n" not in text.replace("\r\n", ""), name
        assert not re.search(r"COMMENT|TZURL|LAST-MODIFIED|COUNT=|RDATE:[^\r]*,", text), name
        assert set(re.findall(r"\n(\w+)(?=[:;])", text)) <= PROPERTIES, name
        assert "BEGIN:STANDARD\r\n" in text, name
        opening = re.search(rf"DTSTART:{first_year}0101T000000\r\nTZNAME", text)
        starts = re.findall(r"DTSTART:(\d{4})\d{4}T\d{6}\r\nRRULE:(?!.*UNTIL)", text)
        assert opening or starts == [str(first_year - 1)] * (text.count("BEGIN:") - 1), name
        rules = re.findall(r"RRULE:(.*)\r\n", text)
        assert all(RULE.fullmatch(rule) for rule in rules), name


PROPERTIES = {"BEGIN", "END", "TZID", "DTSTART", "RRULE", "RDATE", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO"}
RULE = re.compile(r"FREQ=YEARLY;(UNTIL=\d{8}T\d{6}Z;)?BYDAY=(-1|[1-4])(MO|TU|WE|TH|FR|SA|SU);BYMONTH=\d{1,2}")


@pytest.mark.parametrize("first_year", [2045, 2060])
def test_a_feed_that_begins_late_knows_summer_all_the_same(first_year: int) -> None:
    rules = re.findall(r"RRULE:(.*)\r\n", vtimezone("Europe/Brussels", first_year).decode())
    assert rules == ["FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"]


@pytest.mark.parametrize(("name", "first_year"), [("Pacific/Apia", 2012), ("Pacific/Kiritimati", 1995)])
def test_a_year_that_begins_with_a_leap_over_the_date_line_is_right_from_its_start(
    name: str, first_year: int
) -> None:
    first = min(steps(vtimezone(name, first_year)), key=itemgetter(0))
    assert (first.before, first.after) == (14 * 3600, 14 * 3600)


@pytest.mark.sweep(cases=1)
@pytest.mark.parametrize("first_year", [9999, 1])
def test_years_at_the_ends_of_the_calendar_do_no_harm(first_year: int) -> None:
    for name in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        assert vtimezone(name, first_year).endswith(b"END:VTIMEZONE\r\n")
