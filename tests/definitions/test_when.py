"""``when``: every form of the contract, and every mistake that people make, with its place and mend."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from coopcal.definitions.source.node import Listing, Scalar
from coopcal.definitions.when import WhenContext, decode_when
from coopcal.model.problem import Position, Problems
from coopcal.model.when import DayOnly, Deadline, Imprecise, Precision, Season, Timed, When, WholeDays
from coopcal.zones.hints import ZoneHints

AT = 11
CONTEXT = WhenContext(ZoneHints(organisation="Europe/Brussels"), timedelta(hours=2), ("en", "fr"), day=None)


def read(text: str, context: WhenContext = CONTEXT) -> tuple[When | None, Problems]:
    problems = Problems()
    place = Position("a.yaml", 5, AT, AT + max(len(text), 1))
    return decode_when(Scalar(text, place), None, context, problems), problems


def right(text: str, context: WhenContext = CONTEXT) -> When:
    when, problems = read(text, context)

    assert problems.found == []
    assert when is not None
    return when


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2012-11-16", date(2012, 11, 16), date(2012, 11, 16)),
        ("2017-10-19/2017-10-22", date(2017, 10, 19), date(2017, 10, 22)),
        ("Thu 2017-10-19/2017-10-22", date(2017, 10, 19), date(2017, 10, 22)),
        ("jeudi 2017-10-19 / 2017-10-22", date(2017, 10, 19), date(2017, 10, 22)),
    ],
)
def test_whole_days(text: str, first: date, last: date) -> None:
    """The last day is included."""
    assert right(text) == WholeDays(first, last)


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2012-05", Precision.MONTH, date(2012, 5, 1), date(2012, 5, 31)),
        ("2016", Precision.YEAR, date(2016, 1, 1), date(2016, 12, 31)),
        ("2012-05/2012-06", Precision.MONTH, date(2012, 5, 1), date(2012, 6, 30)),
        ("2011-11-14?/2011-11-18?", Precision.DAY, date(2011, 11, 14), date(2011, 11, 18)),
        ("autumn 2027", Precision.SEASON, date(2027, 9, 1), date(2027, 11, 30)),
        ("2027-23", Precision.SEASON, date(2027, 9, 1), date(2027, 11, 30)),
        ("hiver 2027", Precision.SEASON, date(2027, 12, 1), date(2028, 2, 29)),
        ("2016?", Precision.YEAR, date(2016, 1, 1), date(2016, 12, 31)),
    ],
)
def test_imprecise_dates(text: str, precision: Precision, first: date, last: date) -> None:
    """As precise as what is known, and never more."""
    when = right(text)

    assert isinstance(when, Imprecise)
    assert (when.begin.precision, when.first, when.last) == (precision, first, last)
    assert when.begin.uncertain == ("?" in text)


def test_seasons_follow_the_hemisphere() -> None:
    """Spring in the south begins in September."""
    southern = WhenContext(CONTEXT.hints, CONTEXT.usual_length, ("en",), southern=True)
    when = right("spring 2027", southern)

    assert isinstance(when, Imprecise)
    assert when.begin.season is Season.SPRING
    assert when.first == date(2027, 9, 1)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-03-14 09:00/17:30", utc(2026, 3, 14, 8), utc(2026, 3, 14, 16, 30)),
        ("2026-03-14T9:00/17:30", utc(2026, 3, 14, 8), utc(2026, 3, 14, 16, 30)),
        ("Sat 2026-03-14 09:00/17:30", utc(2026, 3, 14, 8), utc(2026, 3, 14, 16, 30)),
        ("2026-03-14 22:00/2026-03-15 01:00", utc(2026, 3, 14, 21), utc(2026, 3, 15)),
        ("2026-03-14 09:00/PT90M", utc(2026, 3, 14, 8), utc(2026, 3, 14, 9, 30)),
        ("2026-03-29 01:00/PT2H", utc(2026, 3, 29), utc(2026, 3, 29, 2)),
        ("2026-10-25 02:30+02:00/04:00", utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 3)),
        ("2026-10-25 02:30+01:00/04:00", utc(2026, 10, 25, 1, 30), utc(2026, 10, 25, 3)),
    ],
)
def test_timed(text: str, start: datetime, end: datetime) -> None:
    """Moments are those that clocks of the zone show; lengths are exact over clock changes."""
    when = right(text)

    assert isinstance(when, Timed)
    assert when.end is not None
    assert (when.start.astimezone(UTC), when.end.astimezone(UTC)) == (start, end)
    assert when.timezone == "Europe/Brussels"


def test_an_unknown_end_is_never_stated() -> None:
    """In calendars it lasts the usual length."""
    when = right("2026-03-14 19:00")

    assert isinstance(when, Timed)
    assert when.end is None
    assert when.usual_end - when.start == timedelta(hours=2)


def test_deadlines_and_unknown_times() -> None:
    """``until`` and ``??:??``."""
    deadline = right("until 2026-06-30 12:00")

    assert isinstance(deadline, Deadline)
    assert deadline.at.astimezone(UTC) == utc(2026, 6, 30, 10)
    assert right("2026-03-14 ??:??") == DayOnly(date(2026, 3, 14))


def test_times_alone_do_within_a_day() -> None:
    """As in the sessions of an event of one day."""
    when = right(
        "14:00/14:30", WhenContext(CONTEXT.hints, CONTEXT.usual_length, ("en",), day=date(2026, 3, 14))
    )

    assert isinstance(when, Timed)
    assert when.start.astimezone(UTC) == utc(2026, 3, 14, 13)


@pytest.mark.parametrize(
    ("text", "code", "under", "mend"),
    [
        ("2026-03-14 09:00:00/17:30", "bad-time", "2026-03-14 09:00:00"[11:], "when: 2026-03-14 09:00/17:30"),
        ("2026-03-14 24:00", "bad-time", "24:00", "when: 2026-03-15 00:00"),
        ("2026-03-14 18h30", "bad-time", "18h30", "when: 2026-03-14 18:30"),
        ("2026-03-14 18.30", "bad-time", "18.30", "when: 2026-03-14 18:30"),
        ("2026-03-14 6 pm", "bad-time", "6 pm", "when: 2026-03-14 18:00"),
        ("2026-03-14 12:15 am", "bad-time", "12:15 am", "when: 2026-03-14 00:15"),
        ("2026-03-14 noon", "bad-time", "noon", "when: 2026-03-14 12:00"),
        ("2026-03-14 09:00/18h", "bad-time", "18h", "when: 2026-03-14 09:00/18:00"),
        ("2026-03-14 09:00/2h", "bad-time", "2h", "when: 2026-03-14 09:00/PT2H"),
        ("2026-03-14 09:00/90 min", "bad-time", "90 min", "when: 2026-03-14 09:00/PT90M"),
        ("2026-03-14 09:00/10 heures", "bad-time", "10 heures", "when: 2026-03-14 09:00/PT10H"),
        ("14.3.2026", "bad-date", "14.3.2026", "when: 2026-03-14"),
        ("14/3/2026", "bad-date", "14/3/2026", "when: 2026-03-14"),
        ("3/14/2026", "bad-date", "3/14/2026", "when: 2026-03-14"),
        ("3/4/2026", "bad-date", "3/4/2026", "when: 2026-04-03   (or when: 2026-03-04)"),
        ("14.3.26", "bad-date", "14.3.26", "when: 2026-03-14"),
        ("2026-3-14", "bad-date", "2026-3-14", "when: 2026-03-14"),
        ("2026/03/14", "bad-date", "2026/03/14", "when: 2026-03-14"),
        ("14 March 2026", "bad-date", "14 March 2026", "when: 2026-03-14"),
        ("March 14th, 2026", "bad-date", "March 14th, 2026", "when: 2026-03-14"),
        ("14 mars 2026", "bad-date", "14 mars 2026", "when: 2026-03-14"),
        ("1er mai 2026", "bad-date", "1er mai 2026", "when: 2026-05-01"),
        ("May 2026", "bad-date", "May 2026", "when: 2026-05"),
        ("2026-03-14–2026-03-15", "dash-for-slash", "–", "when: 2026-03-14/2026-03-15"),
        ("2026-03-14 - 2026-03-15", "dash-for-slash", " - ", "when: 2026-03-14/2026-03-15"),
        ("2026-03-14 09:00-17:30", "dash-for-slash", "-17:30"[:1], "when: 2026-03-14 09:00/17:30"),
        ("2026-02-31", "no-such-day", "31", "when: 2026-02-28"),
        ("2026-14-03", "no-such-day", "14", "when: 2026-03-14"),
        ("2026-13", "no-such-day", "13", "months go from 01 to 12"),
        ("2026-03-14 22:00/01:00", "ends-before-start", "01:00", "when: 2026-03-14 22:00/2026-03-15 01:00"),
        ("2026-03-16/2026-03-14", "ends-before-start", "2026-03-14", "when: 2026-03-14/2026-03-16"),
        ("2026-03-29 02:30", "no-such-time", "02:30", "when: 2026-03-29 03:30"),
        (
            "2026-03-14 09:00/2026-03-29 02:30",
            "no-such-time",
            "02:30",
            "when: 2026-03-14 09:00/2026-03-29 03:30",
        ),
        (
            "2026-10-25 02:30",
            "twice-that-day",
            "02:30",
            "when: 2026-10-25 02:30+02:00   (the first), or when: 2026-10-25 02:30+01:00   (the second)",
        ),
        (
            "2026-03-14 09:00+03:00",
            "wrong-offset",
            "09:00",
            "when: 2026-03-14 07:00   (or when: 2026-03-14 09:00+01:00)",
        ),
        ("Sun 2026-03-14", "wrong-weekday", "Sun", "when: Sat 2026-03-14   (or when: Sun 2026-03-15)"),
        (
            "14:00/14:30",
            "time-without-day",
            "14:00",
            "write the day before it, such as “2026-03-14 14:00/14:30”",
        ),
    ],
)
def test_what_people_type_is_mended(text: str, code: str, under: str, mend: str) -> None:
    """One problem, with the mark under what is wrong, and the corrected line."""
    when, problems = read(text)
    (problem,) = problems.found

    assert when is None
    assert (problem.code, problem.mend) == (code, mend)
    assert text[problem.position.column - AT : problem.position.end_column - AT] == under


@pytest.mark.parametrize("mend", ["when: 2026-10-25 02:30+02:00", "when: 2026-03-14 22:00/2026-03-15 01:00"])
def test_mends_are_right(mend: str) -> None:
    """What is proposed is read."""
    assert right(mend.removeprefix("when: "))


def test_a_list_is_refused_where_one_date_is_wanted() -> None:
    """Never silently; lists of dates are read one by one."""
    problems = Problems()

    assert decode_when(Listing((), Position("a.yaml", 3, 4, 5)), None, CONTEXT, problems) is None
    assert [(each.code, each.position.line) for each in problems.found] == [("bad-when", 3)]


@given(st.text(max_size=60) | st.from_regex(r"\s?[\d?~:/ TPMuntil.h+-]{0,40}", fullmatch=True))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Never a traceback, and never nothing; the place lies in the text."""
    when, problems = read(text)

    assert (when is None) == bool(problems.found)
    for problem in problems.found:
        assert AT <= problem.position.column < problem.position.end_column <= AT + max(len(text), 1)


@given(st.datetimes(datetime(1850, 1, 1), datetime(2150, 1, 1)), st.integers(1, 20000))  # noqa: DTZ001 - local times
def test_what_is_written_is_what_is_meant(start: datetime, minutes: int) -> None:
    """Days and times come back as they were written, where clocks show them once."""
    start = start.replace(second=0, microsecond=0, fold=0)
    end = start + timedelta(minutes=minutes)
    when, problems = read(f"{start:%Y-%m-%d %H:%M}/{end:%Y-%m-%d %H:%M}")
    codes = {problem.code for problem in problems.found}

    if when is None:
        assert codes <= {"no-such-time", "twice-that-day", "ends-before-start", "ends-at-start"}
    else:
        assert isinstance(when, Timed)
        assert when.end is not None
        assert (when.start.replace(tzinfo=None), when.end.replace(tzinfo=None)) == (start, end)


@pytest.mark.parametrize("language", ["en", "fr", "es", "it", "pt", "de"])
def test_a_weekday_is_put_right_in_the_language_that_it_is_written_in(language: str) -> None:
    """Long or short, with its capital letter; the line that is proposed is read."""
    context = replace(CONTEXT, languages=(language,))
    tables = Locale(language).days["format"]
    for width in ("wide", "abbreviated"):
        names = [str(tables[width][number]).strip(".") for number in range(7)]
        for written in (name for name in names if name.isalpha()):
            _, problems = read(f"{written} 2026-03-13", context)
            mends = [offer.said for problem in problems.found for offer in problem.offers]
            for mend in mends:
                right(mend.removeprefix("when: "), context)
            friday = names[4] if names[4].isalpha() else str(tables["abbreviated"][4]).strip(".")
            assert written == names[4] or f"when: {friday} 2026-03-13" in mends


@pytest.mark.parametrize(
    "written", ["31.6.2027", "31/06/2027", "31 juin 2027", "2027-6-31", "31.6.2027 16:00"]
)
def test_a_day_that_a_month_does_not_have_is_said_alike_however_it_is_written(written: str) -> None:
    """And the last one that it has is proposed."""
    ((problem,),) = [read(written)[1].found]

    assert problem.message == "June 2027 has 30 days, so there is no 31"
    assert (problem.mend or "").startswith("when: 2027-06-30")
    assert problem.fix is None
