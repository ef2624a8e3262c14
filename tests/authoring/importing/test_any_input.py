"""Whatever comes in: never a traceback, never a tree with new errors; and what is plain comes over without a loss."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.checking import lay
from tests.support.importing import calendar, event, imported
from tests.support.roundtrip import compared
from tests.support.sweep import sized
from tests.support.trees import NOW

from coopcal.compile.pipeline import check
from coopcal.model.problem import has_errors

SETTINGS = settings(deadline=None, suppress_health_check=list(HealthCheck))

NAMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID", "SUMMARY", "DESCRIPTION", "LOCATION", "GEO",
         "CATEGORIES", "URL", "ATTACH", "ORGANIZER", "CLASS", "STATUS", "BEGIN", "END", "X-WR-TIMEZONE", "TZID")  # fmt: skip
VALUES = ("20260908T190000", "20260908T190000Z", "20260908", "20260101T000000Z/PT1H", "PT1H", "-P1W", "FREQ=DAILY", "FREQ=WEEKLY;COUNT=3", "FREQ=MONTHLY;BYDAY=-1FR",
          "FREQ=YEARLY;BYMONTHDAY=31", "VEVENT", "VCALENDAR", "VTIMEZONE", "a", "https://example.org/", "mailto:a@example.org", "50;4", "", "PRIVATE", "CANCELLED", "<b>x")  # fmt: skip
LINES = st.one_of(
    st.builds("{}:{}".format, st.sampled_from(NAMES), st.one_of(st.sampled_from(VALUES), st.text(max_size=20))),
    st.builds("{};{}={}:{}".format, st.sampled_from(NAMES), st.sampled_from(("TZID", "VALUE", "RANGE", "LANGUAGE")), st.sampled_from(("Europe/Brussels", "DATE", "THISANDFUTURE", "x")), st.sampled_from(VALUES)),
    st.sampled_from(("BEGIN:VEVENT", "END:VEVENT", "UID:a", "SUMMARY:Party", "DTSTART:20260908T190000", "RRULE:FREQ=WEEKLY")),
)  # fmt: skip


def into_a_tree(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = lay(Path(folder), {})
        imported(root, data, name)

        assert not has_errors(check(root, NOW).problems)


@settings(SETTINGS, max_examples=sized(60, sample=8))
@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(LINES, max_size=25).map(lambda lines: calendar("BEGIN:VEVENT", *lines)),
    )
)
def test_any_calendar(data: bytes) -> None:
    """Bytes and lines of every kind."""
    into_a_tree(data, "x.ics")


@settings(SETTINGS, max_examples=sized(40, sample=8))
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(alphabet=',;"\n\t0123456789/.:-amp', max_size=200).map(
            lambda rows: f"Subject,Start Date,End\nx,2026-01-01,\n{rows}".encode()
        ),
    )
)
def test_any_table(data: bytes) -> None:
    """Bytes and cells of every kind."""
    into_a_tree(data, "x.csv")


@st.composite
def plain(draw: st.DrawFn) -> bytes:
    """Return a calendar of usual events, with usual rules, exceptions and changes."""
    events: list[str] = []
    for number in range(draw(st.integers(1, 4))):
        day = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 700)))
        timed = draw(st.booleans())
        clock, length = draw(st.integers(7, 20)), draw(st.integers(1, 3))
        zone = draw(st.sampled_from(("Europe/Brussels", "America/New_York", "Asia/Tokyo")))

        def when(name: str, day: date, hour: int, timed: bool = timed, zone: str = zone) -> str:  # noqa: FBT001
            return (
                f"{name};TZID={zone}:{day:%Y%m%d}T{hour:02}3000"
                if timed
                else f"{name};VALUE=DATE:{day:%Y%m%d}"
            )

        end = day if timed else day + timedelta(days=length)
        lines = [when("DTSTART", day, clock), when("DTEND", end, clock + length)]
        weeks = draw(st.integers(0, 12))
        if weeks > 3:
            lines.append(
                f"RRULE:FREQ=WEEKLY;INTERVAL={draw(st.integers(1, 3))};COUNT={weeks}"
                if draw(st.booleans())
                else f"RRULE:FREQ=DAILY;COUNT={weeks}"
            )
        events += event(*lines, uid=f"{number}@example.org", title=f"Event {number}")
    return calendar(*events)


@settings(SETTINGS, max_examples=sized(12, sample=8))
@given(plain())
def test_plain_calendars_come_over_without_a_loss(data: bytes) -> None:
    """Imported, compiled and read again, they say the same."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.ics"
        file.write_bytes(data)
        found = compared(file, Path(folder) / "tree")

    assert (found.losses, found.missing, found.extra, found.left_out) == ([], [], [], [])
    assert found.equal > 0
