"""Reminders ring when those who asked for them want to be reminded."""

from datetime import datetime, timedelta

import icalendar
import pytest

from coopcal.formats.filtered import with_reminder
from coopcal.model.reminder import Reminder

DAY = b"DTSTART;VALUE=DATE:20260912\r\n"
MATINEE = b"DTSTART;TZID=Europe/Brussels:20260912T073000\r\n"
LATE = b"DTSTART;TZID=Europe/Brussels:20260912T140000\r\n"


def event_of(
    start: bytes, status: bytes = b"CONFIRMED", summary: bytes = b"SUMMARY:Open day\\, in town\r\n"
) -> bytes:
    return (
        b"BEGIN:VEVENT\r\nUID:a@example.coop\r\n"
        + start
        + summary
        + b"STATUS:"
        + status
        + b"\r\nEND:VEVENT\r\n"
    )


@pytest.mark.parametrize(
    ("asked", "start", "rings"),
    [
        ("evening", DAY, "2026-09-11T18:00"),
        ("evening", MATINEE, "2026-09-11T18:00"),
        ("evening", LATE, "2026-09-11T18:00"),
        ("morning", DAY, "2026-09-12T08:00"),
        ("morning", MATINEE, "2026-09-12T06:30"),
        ("morning", LATE, "2026-09-12T08:00"),
        ("PT2H", LATE, "2026-09-12T12:00"),
        ("PT90M", LATE, "2026-09-12T12:30"),
        ("P1DT1H", LATE, "2026-09-11T13:00"),
        ("PT2H", DAY, "2026-09-11T18:00"),
        ("P1D", DAY, "2026-09-11T18:00"),
        ("P7D", DAY, "2026-09-05T18:00"),
    ],
)
def test_it_rings_then(asked: str, start: bytes, rings: str) -> None:
    """As icalendar reads the bytes; a whole day never rings at midnight."""
    reminder = Reminder.of(asked)
    assert reminder is not None
    event = icalendar.Event.from_ical(with_reminder(event_of(start), reminder))
    assert isinstance(event, icalendar.Event)
    (alarm,) = event.walk("VALARM")
    begins = event.start
    clock = datetime.fromisoformat(begins.isoformat()).replace(tzinfo=None)
    trigger = alarm["TRIGGER"].dt

    assert isinstance(trigger, timedelta)
    assert clock + trigger == datetime.fromisoformat(rings)
    assert (alarm["ACTION"], alarm["DESCRIPTION"]) == ("DISPLAY", event["SUMMARY"])


@pytest.mark.parametrize(
    "asked", ["", "night", "P", "PT", "2H", "-PT2H", "P31D", "PT99999H", "PT2H ", "EVENING"]
)
def test_what_is_no_reminder_is_none(asked: str) -> None:
    """An unknown value leaves what is left (contract, section 4)."""
    assert Reminder.of(asked) is None


def test_what_is_cancelled_does_not_ring() -> None:
    """It is told, and no more."""
    cancelled = event_of(LATE, b"CANCELLED")

    assert with_reminder(cancelled, Reminder(timedelta(hours=1))) == cancelled


def test_a_long_title_is_folded_anew() -> None:
    """The name of the property is longer, so its lines end elsewhere."""
    folded = b"SUMMARY:" + "é".encode() * 33 + b"\r\n " + "é".encode() * 35 + b"\r\n"
    reminded = with_reminder(event_of(LATE, summary=folded), Reminder(timedelta(hours=1)))
    (alarm,) = icalendar.Event.from_ical(reminded).walk("VALARM")

    assert alarm["DESCRIPTION"] == "é" * 68
    assert max(map(len, reminded.split(b"\r\n"))) <= 75
