"""The Ruby gem icalendar reads feeds, with the times that the zone database tells."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
import pytest
from tests.support import ruby
from tests.support.sweep import sized, some
from tests.support.tzif import ZoneFile

from coopcal.compile.render.vtimezone import vtimezone
from coopcal.zones import names

FEEDS = sorted((Path(__file__).parents[1] / "golden/feeds").glob("*/expected/*.ics"))
YEAR = 2026


def by_icalendar(feed: bytes) -> list[ruby.Row]:
    """Read a feed with icalendar for Python, which knows the zones by their names."""
    return [
        (
            str(event["UID"]),
            seconds(event["RECURRENCE-ID"].dt) if "RECURRENCE-ID" in event else None,
            seconds(event["DTSTART"].dt),
            seconds(event["DTEND"].dt),
        )
        for event in icalendar.Calendar.from_ical(feed).walk("VEVENT")
    ]


def seconds(value: date | datetime) -> int | str:
    return int(value.timestamp()) if isinstance(value, datetime) else value.isoformat()


@pytest.mark.sweep(cases=1)
@pytest.mark.parametrize("clock", ["UTC", "America/New_York", "Pacific/Auckland"])
def test_every_golden_feed_is_read_right(clock: str) -> None:
    """All their zones have present-day rules; where the machine that reads stands does not matter."""
    feeds = [path.read_bytes() for path in FEEDS]
    read = [rows if isinstance(rows, str) else set(rows) for rows in ruby.ask(feeds, clock)]

    assert read == [set(by_icalendar(feed)) for feed in feeds]
    assert len(feeds) > 20
    assert any(feed.count(b"BEGIN:VTIMEZONE") > 1 for feed in feeds)


def present_day(zone: str) -> bool:
    """Return whether a VTIMEZONE says that a zone's clocks never change, or change by rules without an end."""
    text = vtimezone(zone, YEAR)
    return text.count(b"BEGIN:STANDARD") == 1 and b"UNTIL=" not in text and b"RDATE" not in text


def local_times(zone: str) -> Iterator[tuple[str, int]]:
    """Return local times of five years, some of each month and around each change, with their moments.

    Left out are times that do not exist or exist twice, and the very minute at which a change is over, which the
    gem takes for the last one before.
    """
    database = ZoneFile(zone)
    begin, end = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (YEAR, YEAR + 5))
    moments = list(range(begin + 86_400, end, 29 * 86_400 + 3_600))
    before = database.initial
    for moment, after in database.steps:
        if begin < moment < end:
            moments += [moment - abs(after - before) - 60, moment + abs(after - before) + 60]
        before = after
    for moment in moments:
        local = datetime.fromtimestamp(moment + database.offset(moment), UTC)
        yield f"{local:%Y%m%dT%H%M%S}", moment


def calendar(zone: str) -> tuple[bytes, list[int]]:
    """Make a calendar of an hour at each local time, and return the moments at which these begin."""
    times = list(local_times(zone))
    events = b"".join(
        b"BEGIN:VEVENT\r\nUID:%d\r\nDTSTART;TZID=%b:%b\r\nEND:VEVENT\r\n"
        % (number, zone.encode(), local.encode())
        for number, (local, _) in enumerate(times)
    )
    head = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n" + vtimezone(zone, YEAR)
    return head + events + b"END:VCALENDAR\r\n", [moment for _, moment in times]


@pytest.mark.sweep
def test_every_zone_of_present_day_rules_is_read_right() -> None:
    zones = [zone for zone in some(sorted(names()), sample=24) if present_day(zone) and zone != "UTC"]
    made = [calendar(zone) for zone in zones]
    wrong = {
        zone: rows if isinstance(rows, str) else list(zip(rows, moments, strict=True))[:3]
        for zone, (_, moments), rows in zip(zones, made, ruby.ask([feed for feed, _ in made]), strict=True)
        if isinstance(rows, str) or [row[2] for row in rows] != moments
    }

    assert wrong == {}
    assert len(zones) > sized(560, sample=15)


def test_an_observance_that_has_not_begun_is_what_the_gem_cannot_read() -> None:
    """Why rules begin in the year before: were this mended, the form could be chosen anew."""
    feed, _ = calendar("Europe/Brussels")
    late = feed.replace(b"DTSTART:20251026T030000", b"DTSTART:20261025T030000")

    assert isinstance(ruby.ask([late])[0], str)
