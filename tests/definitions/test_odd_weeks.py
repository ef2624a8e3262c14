"""Odd and even weeks of the calendar: the right dates in every client, also where a year has 53 weeks."""

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
import recurring_ical_events
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support import lint
from tests.support.checking import lay, problems_of
from tests.support.sweep import sized
from tests.support.trees import compiled

from coopcal import recurrence
from coopcal.compile.pipeline import check
from coopcal.model.event import Recurring
from coopcal.site.reader import open_site
from coopcal.zones.shift import day_of

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HEAD = "name: The Bakery\ncountry: BE\nevents:\n  - id: one\n    title: One\n"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def meant(first: date, last: date, weekdays: set[int], *, odd: bool) -> list[date]:
    """Return the days of the calendar, one by one."""
    days = (first + timedelta(days=each) for each in range((last - first).days + 1))
    return [day for day in days if day.weekday() in weekdays and bool(day.isocalendar().week % 2) is odd]


def text(first: date, weekdays: set[int], rest: str, *, odd: bool) -> str:
    """Write a weekly event."""
    on = ", ".join(NAMES[each] for each in sorted(weekdays))
    weeks = "odd" if odd else "even"
    return f"{HEAD}    when: {first} 19:00/21:00\n    repeats: {{every: week, on: [{on}], weeks: {weeks}{rest}}}\n"


def given_dates(root: Path, written: str, until: date) -> list[date]:
    """Return the days on which it takes place, by the model."""
    checked = check(lay(root, {"calendars/bakery.yaml": written}), NOW)
    assert [str(each) for each in checked.problems if each.severity == "error"] == []
    assert checked.catalogue is not None
    event = checked.catalogue.organisations[0].events[0]
    stretches = (event, *event.dates)
    assert all(each.recurrence.rule.is_odd is None for each in stretches if isinstance(each, Recurring))
    found = [
        occurrence.details.when
        for each in stretches
        for occurrence in recurrence.occurrences(each, each.days[0], min(each.days[1], until))
    ]
    return sorted(day_of(when) for when in found if day_of(when) <= until)


@settings(max_examples=sized(60, sample=8), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dates(date(2000, 1, 1), date(2070, 1, 1)),
    st.sets(st.integers(0, 6), min_size=1, max_size=3),
    st.booleans(),
    st.integers(1, 400),
)
def test_the_dates_are_those_of_the_calendar(start: date, weekdays: set[int], odd: bool, weeks: int) -> None:  # noqa: FBT001 - drawn
    """Whatever the first date, the weekdays, the end: as a last day, as a number, or none."""
    first = meant(start, start + timedelta(days=40), weekdays, odd=odd)[0]
    last = first + timedelta(weeks=weeks)
    right = meant(first, last, weekdays, odd=odd)
    for rest in (f", until: {last}", f", count: {len(right)}", ""):
        with tempfile.TemporaryDirectory() as folder:
            assert given_dates(Path(folder), text(first, weekdays, rest, odd=odd), last) == right


@pytest.mark.parametrize("odd", [True, False])
def test_another_reader_finds_them_in_the_feed(tmp_path: Path, *, odd: bool) -> None:
    """With what differs on dates in stretches before and behind the year of 53 weeks, and from a date on."""
    first = meant(date(2026, 9, 1), date(2026, 10, 1), {0}, odd=odd)[0]
    right = meant(first, date(2033, 12, 31), {0}, odd=odd)
    off, moved, onward = right[2], right[20], right[12]
    rest = (
        f", until: 2033-12-31, except: [{off}], changes: {{{moved}: {{when: 20:00/21:00}}, "
        f"from {onward}: {{title: Other}}}}"
    )
    root = lay(tmp_path, {"calendars/bakery.yaml": text(first, {0}, rest, odd=odd)})
    assert compiled(root, NOW).published
    feed = open_site(root / "_site").feeds["bakery"].bodies["identity"].content

    assert lint.faults(feed) == []
    calendar = icalendar.Calendar.from_ical(feed)
    read = recurring_ical_events.of(calendar).between(date(2026, 1, 1), date(2035, 1, 1))
    found = {each["DTSTART"].dt.date(): each for each in read}
    assert sorted(found) == [day for day in right if day != off]
    assert len(found) == len(read)
    assert found[moved]["DTSTART"].dt.hour == 20
    assert {str(each["SUMMARY"]) for day, each in found.items() if day >= onward} == {"Other"}
    assert {str(each["SUMMARY"]) for day, each in found.items() if day < onward} == {"One"}


@pytest.mark.parametrize(
    ("repeats", "code", "mend"),
    [
        ("{every: week, weeks: uneven}", "unknown-word", "did you mean “odd”?"),
        ("{every: 2 weeks, weeks: even}", "bad-repeats", "every: week"),
        ("{every: month, weeks: even}", "bad-repeats", "every: week"),
        ("{rule: FREQ=WEEKLY, weeks: even}", "bad-repeats", None),
        ("{every: week, weeks: odd}", "first-date-not-in-rule", "when: 2026-05-05 19:00/21:00"),
        ("{every: week, weeks: even, except: [2026-05-19]}", "no-such-occurrence", None),
    ],
)
def test_what_is_no_such_week_is_told(tmp_path: Path, repeats: str, code: str, mend: str | None) -> None:
    """With the nearest that is."""
    written = f"{HEAD}    when: 2026-05-12 19:00/21:00\n    repeats: {repeats}\n"

    found = [
        each for each in problems_of(tmp_path, {"calendars/bakery.yaml": written}) if each.severity == "error"
    ]

    assert [each.code for each in found] == [code]
    assert mend is None or found[0].mend == mend
