"""Dates of series, by hand: what the words give, and what changes of the clocks do to them."""

import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.support.checking import lay, places, problems_of
from tests.support.trees import NOW

from coopcal import recurrence
from coopcal.compile.pipeline import check
from coopcal.definitions.repeats.every import alike
from coopcal.definitions.repeats.spoken import Spoken, in_english
from coopcal.definitions.repeats.words import NUMBERS, UNITS, units, weekday_words
from coopcal.definitions.when.names import weekday_name
from coopcal.model.event import Event, FurtherDate, Series, Stretch
from coopcal.model.happening import Happening
from coopcal.model.problem import Severity
from coopcal.model.recurrence import Frequency, Rule
from coopcal.zones.shift import day_of

HEAD = "name: The Bakery\ncountry: BE\nbreaks: {summer: 2026-07-01/2026-08-31}\nevents:\n  - id: baking\n    title: Baking\n"


def events_of(root: Path, when: str, repeats: str) -> list[Happening]:
    """Return the event, and its further dates, of a series in a small tree."""
    body = f"{HEAD}    when: {when}\n    repeats: {repeats}\n"
    checked = check(lay(root, {"calendars/bakery.yaml": body}), NOW)
    assert [each for each in checked.problems if each.severity is Severity.ERROR] == []
    assert checked.catalogue is not None
    return list(checked.catalogue.events())


def days_of(root: Path, when: str, repeats: str, last: date = date(2027, 1, 1)) -> list[str]:
    """Return the days on which something begins, up to one, by month and day."""
    found = [
        day_of(each.details.when)
        for event in events_of(root, when, repeats)
        for each in recurrence.occurrences(event, date(2026, 1, 1), last)
    ]
    return [f"{day:%m-%d}" for day in sorted(found)]


@pytest.mark.parametrize(
    ("when", "repeats", "expected"),
    [
        ("2026-09-08", "{every: week, count: 3}", ["09-08", "09-15", "09-22"]),
        ("2026-09-08", "{every: 2 weeks, on: [Tuesday, Thursday], count: 4}", ["09-08", "09-10", "09-22", "09-24"]),
        ("2026-09-08", "{every: month, on: second Tuesday, count: 3}", ["09-08", "10-13", "11-10"]),
        ("2026-09-04", "{every: month, on: first and third Friday, count: 4}", ["09-04", "09-18", "10-02", "10-16"]),
        ("2026-09-25", "{every: month, on: dernier vendredi, count: 3}", ["09-25", "10-30", "11-27"]),
        ("2026-08-31", "{every: month, on: last day, count: 3}", ["08-31", "09-30", "10-31"]),
        ("2026-09-01", "{every: month, on: 1 and 15, until: 2026-10-10}", ["09-01", "09-15", "10-01"]),
        ("2026-09-09", "{every: day, on: weekdays, count: 4}", ["09-09", "09-10", "09-11", "09-14"]),
        ("2026-09-30", '{rule: "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", count: 3}', ["09-30", "10-30", "11-30"]),
        ("2026-09-08", "{rule: FREQ=WEEKLY;COUNT=2}", ["09-08", "09-15"]),
        ("2026-06-23", "{every: week, until: 2026-09-10, except: [summer]}", ["06-23", "06-30", "09-01", "09-08"]),
        ("2026-09-08", "{every: week, count: 3, except: [2026-09-15]}", ["09-08", "09-22"]),
        ("2026-09-08 19:00/21:00", "{every: week, count: 2, also: [2026-09-10]}", ["09-08", "09-10", "09-15"]),
        ("2026-09-08", "{every: week, count: 3, changes: {2026-09-15: {when: 2026-09-16}}}", ["09-08", "09-16", "09-22"]),
        ("2026-09-08 19:00/21:00", "{every: week, count: 2, changes: {2026-09-15: {when: 2026-09-16}}}", ["09-08", "09-16"]),
        ("2026-09-08", "{every: year}", ["09-08"]),
    ],
)  # fmt: skip
def test_words_give_dates(when: str, repeats: str, expected: list[str], tmp_path: Path) -> None:
    assert days_of(tmp_path, when, repeats) == expected


def test_a_later_change_holds_from_its_date_on(tmp_path: Path) -> None:
    """A second series, with a UID of its own, goes on where the first one ends."""
    first, second, third = events_of(
        tmp_path,
        "2026-09-08 19:00/21:00",
        "{every: week, count: 6, changes: {from 2026-09-20: {when: 18:00/20:00}, from 2026-10-06: {title: New}}}",
    )
    said = [
        [(each.day.isoformat()[5:], each.details.title.say("en"), f"{each.details.when.start:%H:%M}")
         for each in recurrence.occurrences(event, date(2026, 1, 1), date(2027, 1, 1))]
        for event in (first, second, third)
    ]  # fmt: skip

    assert said == [
        [("09-08", "Baking", "19:00"), ("09-15", "Baking", "19:00")],
        [("09-22", "Baking", "18:00"), ("09-29", "Baking", "18:00")],
        [("10-06", "New", "18:00"), ("10-13", "New", "18:00")],
    ]
    assert [type(each) for each in (first, second, third)] == [Series, Stretch, Stretch]
    assert [(each.sign, each.continues) for each in (second, third) if isinstance(each, Stretch)] == [
        ("20260920", None),
        ("20261006", "20260920"),
    ]


@pytest.mark.parametrize("language", ["en", "fr", "es", "it", "pt", "de"])
def test_every_word_of_the_table_is_read(language: str) -> None:
    """Each unit with each number, each unit by its adverb, and weekdays by their plurals, in every language."""
    of_day = weekday_words((language,))

    for words in (words for by_language in UNITS.values() for words in by_language[language].split()):
        assert in_english(words) is not None, words
    for number, named in NUMBERS.items():
        for word in named.split():
            found = in_english(f"{word} weeks")
            assert found == Spoken("week" if number == 1 else f"{number} weeks", ""), word
    for name, day in of_day.items():
        if len(name) > 4:
            assert in_english(name) == Spoken("week", weekday_name(day, "Wednesday")), name
    assert sum(len(name) > 4 for name in of_day) >= {"pt": 14}.get(language, 10)


@pytest.mark.parametrize(
    "repeats",
    ["{every: zwei Wochen}", "{every: due settimane}", "{every: deux semaines, on: mardis}", "{every: dos semanas, on: martes}",
     "{every: 2 weeks, on: Tuesdays}", "{every: zwei Wochen, on: dienstags}"],
)  # fmt: skip
def test_files_read_the_words_of_people(repeats: str, tmp_path: Path) -> None:
    site = "uid_domain: example.coop\nlanguages: [en, fr, es, it, pt, de]\ntimezone: Europe/Brussels\n"
    body = f"{HEAD}    when: 2026-09-08\n    repeats: {repeats.replace('}', ', count: 3}')}\n"
    body = body.replace("title: Baking", "title: {en: a, fr: b, es: c, it: d, pt: e, de: f}")
    checked = check(lay(tmp_path, {"coopcal.yaml": site, "calendars/bakery.yaml": body}), NOW)
    assert checked.catalogue is not None
    (event,) = checked.catalogue.events()
    assert isinstance(event, Series)
    assert (event.recurrence.rule.interval, event.recurrence.last) == (2, date(2026, 10, 6))


@pytest.mark.parametrize("language", ["en", "fr", "es", "it", "pt", "de"])
@pytest.mark.parametrize("said", ["kurs", "cours", "tage", "anna", "messe", "wohl", "sette", "ora", "x"])
def test_no_word_of_another_language_is_proposed(said: str, language: str) -> None:
    """Nor one that is alike in three letters alone."""
    found = alike(said, (language,))

    near = found.split("“")[1].split("”")[0] if found else None
    assert near is None or near in units((language, "en"))
    assert found is None or sum((Counter(said) & Counter(near)).values()) >= min(4, len(said))
    assert said != "kurs" or found is None


def test_a_change_to_whole_days_is_an_event_of_its_own(tmp_path: Path) -> None:
    """A date of another kind than DTSTART would be no RECURRENCE-ID's match (clients.md 7.2)."""
    series, apart = events_of(
        tmp_path,
        "2026-09-08 19:00/21:00",
        '{every: week, count: 3, changes: {2026-09-15: {when: "2026-09-16 ??:??"}}}',
    )
    assert isinstance(series, Series)
    assert [each.day for each in series.recurrence.exception_dates] == [date(2026, 9, 15)]
    assert series.recurrence.overrides == ()
    assert isinstance(apart, FurtherDate)
    assert (apart.sign, apart.details.moved_from is not None) == ("20260915", True)


def test_times_on_the_wall_stay_over_a_change_of_the_clocks(tmp_path: Path) -> None:
    (event,) = events_of(tmp_path, "2026-10-20 19:00/21:00", "{every: week, count: 2}")
    starts = [
        each.details.when.start for each in recurrence.occurrences(event, date(2026, 1, 1), date(2027, 1, 1))
    ]

    assert [f"{start:%H:%M %z}" for start in starts] == ["19:00 +0200", "19:00 +0100"]


WRONG = [
    ("2026-09-08", "{every: fortnight}", "bad-repeats", "every: 2 weeks"),
    ("2026-09-08", "{every: quarter}", "bad-repeats", "every: 3 months"),
    ("2026-09-08", "{every: other week}", "bad-repeats", "every: 2 weeks"),
    ("2026-09-08", "{every: 0 weeks}", "bad-repeats", "every: 2 weeks"),
    ("2026-09-08", "{every: wek}", "bad-repeats", "did you mean “week”?"),
    ("2026-09-08", "{every: week, on: Tusday}", "bad-repeats", "did you mean “Tuesday”?"),
    ("2026-09-08", "{every: fortnightly}", "bad-repeats", "every: 2 weeks"),
    ("2026-09-08", "{every: quindicinale}", "bad-repeats", "every: 2 weeks"),
    ("2026-09-08", "{every: kurs}", "bad-repeats", "write “day”, “week”, “2 weeks”, “month” or “year”"),
    ("2026-09-08", "{on: Tuesday}", "bad-repeats", "every: week"),
    ("2026-09", "{every: month}", "bad-repeats", "when: 2026-03-14"),
    ("2026-09-08", "{every: week, until: 2026-12-01, count: 3}", "bad-repeats", "take “count” out"),
    ("2026-09-08", "{every: week, rule: FREQ=WEEKLY}", "bad-repeats", "take “every” out"),
    ("2026-09-08", "{rule: FREQ=HOURLY}", "bad-repeats", "write it as FREQ=MONTHLY;BYDAY=2TU (daily, weekly, monthly or yearly)"),
    ("2026-09-08", "{rule: FREQ=YEARLY;BYWEEKNO=20}", "impossible-rule", "write the dates as a list in “when”"),
    ("2026-09-08", "{every: week, on: 8}", "impossible-rule", "every: month"),
    ("2026-09-08", "{every: week, on: second Tuesday}", "impossible-rule", "every: month"),
    ("2026-09-08", "{every: month, on: Tuesday}", "impossible-rule", "on: second Tuesday   (or every: week)"),
    ("2026-09-29", "{every: month, on: fifth Tuesday}", "not-in-every-month", "on: last Tuesday"),
    ("2026-08-31", "{every: month}", "not-in-every-month", "on: last day"),
    ("2028-02-29", "{every: year}", "not-in-every-month", "on: last day"),
    ("Wed 2026-09-09", "{every: month, on: second Tuesday}", "first-date-not-in-rule", "when: 2026-09-08"),
    ("2026-09-08", "{every: week, except: [2026-09-16]}", "no-such-occurrence", "the nearest: Tuesday 2026-09-15 and Tuesday 2026-09-22"),
    ("2026-09-08 19:00", "{every: week, except: [2026-09-15 18:00]}", "no-such-occurrence", "write “2026-09-15”"),
    ("2026-09-08", "{every: month, except: [2026-09-10/2026-09-20]}", "no-such-occurrence", "the nearest: Tuesday 2026-09-08 and Thursday 2026-10-08"),
    ("2026-09-08", "{every: week, count: 2, changes: {2026-09-22: {title: New}}}", "no-such-occurrence", "the nearest: Tuesday 2026-09-15"),
    ("2026-09-08", "{every: week, count: 2, changes: {from 2026-09-22: {title: New}}}", "no-such-occurrence", "the nearest: Tuesday 2026-09-15"),
    ("2026-09-08", "{every: week, until: 2026-01-01}", "ends-before-start", "until: 2027-12-31"),
    ("2026-09-08", "{every: year, count: 99}", "too-far-ahead", "take the line out, if it goes on without an end"),
    ("2026-03-01 02:30/04:00", "{every: week, until: 2026-05-01}", "clocks-change", "let it begin at another time, end it before with “until”, or write its dates as a list in “when”"),
    ("2026-09-13 00:30/02:30", "{every: week, until: 2026-11-01}", "clocks-change", "except: [2026-10-25] and also: [2026-10-25 00:30/2026-10-25 02:30+02:00]; or end it before with “until: 2026-10-24”"),
    ("2026-10-24 22:00/2026-10-25 04:00", "{every: week, until: 2026-12-31}", "no-end-over-clock-change", "let it begin on 2026-10-31, and write this date under “also”"),
]  # fmt: skip


@pytest.mark.parametrize(("when", "repeats", "code", "mend"), WRONG)
def test_what_is_wrong_has_a_mend(when: str, repeats: str, code: str, mend: str, tmp_path: Path) -> None:
    body = f"{HEAD}    when: {when}\n    repeats: {repeats}\n"
    found = problems_of(tmp_path, {"calendars/bakery.yaml": body})
    errors = [(each.code, each.mend) for each in found if each.severity is Severity.ERROR]

    assert errors == [(code, mend)]
    assert places(found, code)[0][1] in (7, 8)


def test_a_mend_over_a_change_of_the_clocks_is_right(tmp_path: Path) -> None:
    """What the problem says to write is accepted, and gives the date in UTC."""
    found = days_of(
        tmp_path,
        "2026-09-13 00:30/02:30",
        '{every: week, until: 2026-11-01, except: [2026-10-25], also: ["2026-10-25 00:30/2026-10-25 02:30+02:00"]}',
    )
    assert found == ["09-13", "09-20", "09-27", "10-04", "10-11", "10-18", "10-25", "11-01"]


def test_a_list_of_dates_may_say_more(tmp_path: Path) -> None:
    body = HEAD + (
        "    when:\n      - 2026-05-05 19:00/20:30\n      - {id: visit, when: 2026-05-12, where: The mill}\n"
        "      - 2026-05-20 18:00/19:00\n      - 2026-05-20 20:00/21:00\n"
    )
    checked = check(lay(tmp_path, {"calendars/bakery.yaml": body}), NOW)
    assert checked.catalogue is not None
    first, *others = checked.catalogue.events()

    assert isinstance(first, Event)
    assert first.dates == tuple(others)
    assert [each.sign for each in first.dates] == ["visit", "20260520", "20260520T2000"]
    assert others[0].details.locations[0].name is not None
    assert others[1].details.locations == ()


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("[]", "bad-when"),
        ("[2026-05-05, 2026-05-05]", "date-in-two-lists"),
        ("[2026-05-05, {title: Two}]", "missing-key"),
        ("[2026-05-05, {id: 2, when: 2026-05-06}, {id: 2, when: 2026-05-07}]", "duplicate-id"),
    ],
)
def test_a_wrong_list_is_told(when: str, code: str, tmp_path: Path) -> None:
    found = problems_of(tmp_path, {"calendars/bakery.yaml": f"{HEAD}    when: {when}\n"})

    assert code in [each.code for each in found]


def test_a_list_and_a_rule_do_not_go_together(tmp_path: Path) -> None:
    body = f"{HEAD}    when: [2026-05-05, 2026-05-12]\n    repeats: {{every: week}}\n"
    found = problems_of(tmp_path, {"calendars/bakery.yaml": body})

    assert [each.code for each in found if each.severity is Severity.ERROR] == ["bad-repeats"]


def test_threads_may_ask_for_the_days_of_one_rule_at_once() -> None:
    """Each is told all of them, though they are found as far as somebody asks: nobody meets another in the middle."""
    rule = Rule(Frequency.DAILY)
    first = date(2026, 1, 1)
    asked = [first + timedelta(days=number) for number in range(0, 12_000, 40)]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(3):
            days = recurrence.Days(rule, first)
            with ThreadPoolExecutor(8) as pool:
                given = list(pool.map(lambda last, days=days: len(days.between(first, last)), asked))
            assert given == [(last - first).days + 1 for last in asked]
    finally:
        sys.setswitchinterval(before)
