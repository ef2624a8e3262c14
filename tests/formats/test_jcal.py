"""Feeds as jCal: what icalendar makes of the same bytes."""

import json
from pathlib import Path

import pytest
from icalendar import Calendar

from coopcal.formats.jcal import jcal
from coopcal.text import content_lines as lines

FEEDS = sorted((Path(__file__).parents[1] / "golden/feeds").glob("*/expected/*.ics"))


def as_icalendar_has_it(feed: bytes) -> bytes:
    document = json.dumps(Calendar.from_ical(feed).to_jcal(), ensure_ascii=False, separators=(",", ":"))
    return f"{document}\n".encode()


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_every_golden_feed_is_what_icalendar_makes_of_it(path: Path) -> None:
    """Byte by byte: days, moments, rules, offsets, places, durations and texts."""
    assert jcal(path.read_bytes()) == as_icalendar_has_it(path.read_bytes())


def test_reminders_attachments_and_odd_texts_are_in_it() -> None:
    """What golden feeds have little of."""
    feed = b"".join(
        (
            b"BEGIN:VCALENDAR\r\n",
            lines.raw("COLOR", "steelblue"),
            b"BEGIN:VEVENT\r\n",
            lines.text("SUMMARY", 'a, b; c\\d\ne "f" ^n', LANGUAGE="pt-BR"),
            lines.texts("CATEGORIES", ["a, b", "c\\", "d"]),
            lines.raw("EXDATE", "20260728T190000", TZID="Europe/Brussels"),
            lines.raw("ATTACH", "https://example.coop/a;b,c"),
            lines.raw("EXDATE", "20260804T190000", TZID="Europe/Brussels"),
            lines.raw("RRULE", "FREQ=MONTHLY;INTERVAL=2;UNTIL=20261231;BYDAY=2TU,-1FR;BYSETPOS=-1"),
            b"BEGIN:VALARM\r\nTRIGGER:-PT2H\r\nEND:VALARM\r\n",
            b"END:VEVENT\r\nEND:VCALENDAR\r\n",
        )
    )

    assert jcal(feed) == as_icalendar_has_it(feed)
