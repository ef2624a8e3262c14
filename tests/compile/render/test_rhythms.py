"""How a series recurs is never told wrongly: a sentence that is read again gives the same dates."""

import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from tests.support.checking import lay
from tests.support.spoken_series import understood
from tests.support.sweep import sized
from tests.support.trees import NOW

from coopcal.compile.pipeline import check
from coopcal.compile.render.rhythms import rhythm_of
from coopcal.model.event import Series
from coopcal.model.problem import Severity
from coopcal.model.when import days_of
from coopcal.recurrence import occurrences
from coopcal.text import dates
from coopcal.text.recurring import told

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
BREAKS = {
    "in summer": [(date(2026, 7, 1), date(2026, 8, 31)), (date(2027, 7, 5), date(2027, 8, 29))],
    "at Christmas": [(date(2026, 12, 21), date(2027, 1, 3))],
}
HEAD = (
    "name: The Bakery\ncountry: BE\nbreaks:\n  summer: [2026-07-01/2026-08-31, 2027-07-05/2027-08-29]\n"
    "  christmas: 2026-12-21/2027-01-03\n  exams: 2027-02-01/2027-02-14\nevents:\n  - id: e\n    title: T\n"
)
END = date(2029, 12, 31)

WEEKDAYS = st.lists(st.sampled_from(CODES), min_size=1, max_size=7, unique=True).map(
    lambda found: ",".join(sorted(found, key=CODES.index))
)
PLACED = st.lists(
    st.tuples(st.sampled_from([1, 2, 3, 4, -1]), st.sampled_from(CODES)), min_size=1, max_size=3, unique=True
).map(lambda found: ",".join(f"{place}{code}" for place, code in found))
MONTH_DAYS = st.lists(st.sampled_from([*range(1, 29), -1]), min_size=1, max_size=3, unique=True).map(
    lambda found: ",".join(map(str, found))
)
POSITIONS = st.lists(st.sampled_from([1, 2, 3, 4, -1, -2, -3]), min_size=1, max_size=2, unique=True).map(
    lambda found: ",".join(map(str, found))
)


WITHIN_A_RANGE = "2027-01-22", "{rule: FREQ=DAILY, except: [2027-03-03/2027-04-12], also: [2027-03-22]}"
WITHIN_A_BREAK = "2026-09-05", "{every: week, except: [christmas], also: [2026-12-26]}"
WITHIN_ITS_ONLY_DATE = "2026-09-05", "{every: week, except: [2026-10-09/2026-10-11], also: [2026-10-10]}"
AT_ANOTHER_TIME = (
    "2026-06-01 18:00/20:00",
    "{rule: FREQ=DAILY, except: [2026-06-01], also: [2026-06-01 07:00]}",
)
INTO_ANOTHER_YEAR = "2026-11-15", "{rule: FREQ=DAILY, until: 2026-11-23, except: [2026-11-22/2027-01-01]}"


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Return a rule of RFC 5545 without its end."""
    interval = draw(st.sampled_from([1, 1, 1, 2, 3]))
    often = f";INTERVAL={interval}" if interval > 1 else ""
    month = draw(st.integers(1, 12))
    yearly = f"FREQ=YEARLY{often};BYMONTH={month}"
    chosen: st.SearchStrategy[str] = st.one_of(
        st.just(f"FREQ=DAILY{often}"),
        WEEKDAYS.map(f"FREQ=WEEKLY{often};BYDAY={{}}".format),
        st.tuples(WEEKDAYS, st.sampled_from(CODES)).map(
            lambda found: f"FREQ=WEEKLY{often};BYDAY={found[0]};WKST={found[1]}"
        ),
        PLACED.map(f"FREQ=MONTHLY{often};BYDAY={{}}".format),
        MONTH_DAYS.map(f"FREQ=MONTHLY{often};BYMONTHDAY={{}}".format),
        st.tuples(WEEKDAYS | st.sampled_from(["MO,TU,WE,TH,FR", ",".join(CODES)]), POSITIONS).map(
            lambda found: f"FREQ=MONTHLY{often};BYDAY={found[0]};BYSETPOS={found[1]}"
        ),
        st.integers(1, 28).map(lambda day: f"{yearly};BYMONTHDAY={day}"),
        st.just(f"{yearly};BYMONTHDAY=-1"),
        PLACED.map(lambda placed: f"{yearly};BYDAY={placed.split(',')[0]}"),
        st.tuples(st.sampled_from(["MO,TU,WE,TH,FR", "SA,SU"]), POSITIONS).map(
            lambda found: f"{yearly};BYDAY={found[0]};BYSETPOS={found[1]}"
        ),
    )
    return draw(chosen)


@st.composite
def series(draw: st.DrawFn) -> tuple[str, str]:
    """Return ``when`` and ``repeats`` of a series whose first date is one of its rule."""
    rule = draw(rules())
    earliest = datetime.combine(date(2026, 6, 1) + timedelta(days=draw(st.integers(0, 300))), time(0))
    given = rrulestr(rule, dtstart=earliest)
    days = [day.date() for day, _ in zip(given, range(90), strict=False)]
    assume(len(days) > 4)
    written = [f"rule: {rule}"]
    if rule.startswith("FREQ=WEEKLY;BYDAY") and ";WKST" not in rule and draw(st.booleans()):
        days_named = [draw(st.sampled_from(["Monday", "Saturday"]))]
        parity = draw(st.sampled_from(["odd", "even"]))
        wanted = [
            earliest.date() + timedelta(days=number)
            for number in range(900)
            if (earliest + timedelta(days=number)).strftime("%A") in days_named
        ]
        days = [day for day in wanted if (day.isocalendar().week % 2 == 1) is (parity == "odd")]
        written = [f"every: week, on: {days_named[0]}, weeks: {parity}"]
    match draw(st.sampled_from(["", "until", "until", "count"])):
        case "until":
            written.append(f"until: {draw(st.sampled_from(days[3:]))}")
        case "count":
            written.append(f"count: {draw(st.integers(4, 60))}")
    if left_out := draw(
        st.lists(
            st.sampled_from(days[1:]).map(str)
            | st.tuples(st.sampled_from(days), st.integers(0, 40)).map(
                lambda found: f"{found[0]}/{found[0] + timedelta(days=found[1])}"
            )
            | st.sampled_from(["summer", "christmas", "exams"]),
            max_size=draw(st.sampled_from([0, 1, 2, 7])),
            unique=True,
        )
    ):
        written.append(f"except: [{', '.join(left_out)}]")
    clock = draw(st.sampled_from([" 18:00/20:00", " 09:00", "", ""]))
    if further := draw(
        st.lists(
            st.tuples(
                st.dates(date(2026, 6, 1), date(2028, 12, 1)), st.sampled_from([" 18:00/20:00", " 07:00"])
            ),
            max_size=draw(st.sampled_from([0, 0, 2, 5])),
            unique_by=lambda found: found[0],
        )
    ):
        written.append(f"also: [{', '.join(f'{day}{time if clock else str()}' for day, time in further)}]")
    if clock and draw(st.integers(0, 2)) == 0:
        turn = draw(st.sampled_from(days[1:]))
        change = draw(st.sampled_from(["{when: 19:00/21:30}", "{status: cancelled}", "{title: Other}"]))
        written.append(f"changes: {{from {turn}: {change}}}")
    return f"{days[0]}{clock}", f"{{{', '.join(written)}}}"


def read(when: str, repeats: str) -> Series | None:
    """Return the series that is written so; None where that is refused."""
    with tempfile.TemporaryDirectory() as folder:
        body = f"{HEAD}    when: {when}\n    repeats: {repeats}\n"
        checked = check(lay(Path(folder), {"calendars/bakery.yaml": body}), NOW)
    if any(problem.severity is Severity.ERROR for problem in checked.problems):
        return None
    assert checked.catalogue is not None
    return next(each for each in checked.catalogue.events() if isinstance(each, Series))


def taking_place(event: Series) -> dict[date, set[str]]:
    """Return the days on which something takes place, with the times."""
    found: dict[date, set[str]] = {}
    for entry in (event, *event.dates):
        for one in occurrences(entry, date(2026, 1, 1), END):
            begins = one.details.when
            clock = dates.clocks(begins, "en") if hasattr(begins, "timezone") else ""
            if not one.details.is_off:
                found.setdefault(one.day, set()).add(clock)
    return found


@settings(max_examples=sized(1500, sample=60), deadline=None, suppress_health_check=list(HealthCheck))
@given(series(), st.none() | st.dates(date(2026, 1, 1), date(2028, 12, 31)))
@example(WITHIN_A_RANGE, None)
@example(WITHIN_A_BREAK, None)
@example(WITHIN_ITS_ONLY_DATE, None)
@example(AT_ANOTHER_TIME, None)
@example(INTO_ANOTHER_YEAR, None)
def test_a_sentence_that_is_read_again_gives_the_same_dates(
    written: tuple[str, str], since: date | None
) -> None:
    """Of each rule that can be said; of others the number of dates is right."""
    event = read(*written)
    assume(event is not None)
    assert event is not None
    rhythm, when = rhythm_of(event), event.details.when
    sentence = told(rhythm, when, "en", since=since)
    dated = taking_place(event)
    if not sentence:
        assert len(dated) - len(rhythm.also) <= 1
        return
    if rhythm.last is not None and since is not None and rhythm.last < since:
        since = None  # all of it is over, and told as it was
    found = understood(sentence, rhythm.first, END, BREAKS)
    if found.number is not None or not found.dates:
        assert found.number in (None, rhythm.count)
        return
    from_day = since or date.min
    expected = {day: clocks for day, clocks in dated.items() if day >= from_day}
    actual = {day: clocks for day, clocks in found.dates.items() if day >= from_day and clocks}
    if found.exceptions:
        missing = {day for day in rhythm.days if day >= from_day}
        assert found.exceptions == len(missing)
        actual = {day: clocks for day, clocks in actual.items() if day not in missing or day in expected}
    if found.further:
        further = [when for when in rhythm.also if days_of(when)[1] >= from_day]
        assert found.further == len(further)
        for each in further:
            clock = dates.clocks(each, "en") if hasattr(each, "timezone") else ""
            actual.setdefault(days_of(each)[0], set()).add(clock)

    assert actual == expected, sentence


def test_breaks_are_published_by_season_alone() -> None:
    """Their ids are of the sources: what is named otherwise is told by its days."""
    event = read("2026-09-05", "{every: week, except: [exams, christmas]}")
    assert event is not None

    assert {pause.name for pause in rhythm_of(event).pauses} == {"", "christmas"}
