"""How an event recurs, in words."""

import os
import re
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from coopcal.compile.render.seasons import named
from coopcal.model.recurrence import Frequency, Pause, Rhythm, Rule, Turn, Weekday
from coopcal.model.when import DayOnly, Deadline, Timed, WholeDays
from coopcal.text import recurring
from coopcal.text.catalogues import LANGUAGES, VARIANTS
from coopcal.text.recurring import listed, told
from coopcal.text.words import words_of

SATURDAYS = Rule(Frequency.WEEKLY, 1, (Weekday(5),))
FIRST = date(2027, 3, 6)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Every Saturday, until 18 December 2027; not in summer and at Christmas"),
        ("de", "Jeden Samstag, bis 18. Dezember 2027; nicht im Sommer und an Weihnachten"),
        ("es", "Todos los sábados, hasta el 18 de diciembre de 2027; excepto en verano y en Navidad"),
        ("fr", "Tous les samedis, jusqu’au 18 décembre 2027 ; sauf en été et à Noël"),
        ("it", "Ogni sabato, fino al 18 dicembre 2027; tranne in estate e a Natale"),
        ("pt", "Todos os sábados, até 18 de dezembro de 2027; exceto no verão e no Natal"),
    ],
)
def test_a_market_is_told_in_every_language(language: str, said: str) -> None:
    """With its breaks by their names."""
    breaks = (
        Pause("summer", date(2027, 7, 1), date(2027, 8, 31)),
        Pause("christmas", date(2027, 12, 5), date(2027, 12, 15)),
    )
    rhythm = Rhythm(SATURDAYS, FIRST, date(2027, 12, 18), count=30, pauses=breaks)

    assert told(rhythm, WholeDays(FIRST, FIRST), language) == said


WORKING = tuple(map(Weekday, range(5)))
MATRIX = {
    "daily": Rule(Frequency.DAILY),
    "every third day": Rule(Frequency.DAILY, 3),
    "weekly": SATURDAYS,
    "on two weekdays": Rule(Frequency.WEEKLY, 1, (Weekday(0), Weekday(3))),
    "at the end of the week": Rule(Frequency.WEEKLY, 1, (Weekday(4), Weekday(5), Weekday(6))),
    "working days": Rule(Frequency.WEEKLY, 1, WORKING),
    "all weekdays": Rule(Frequency.WEEKLY, 1, tuple(map(Weekday, range(7)))),
    "every second week": Rule(Frequency.WEEKLY, 2, (Weekday(0), Weekday(6))),
    "odd weeks": Rule(Frequency.WEEKLY, 1, (Weekday(5),), is_odd=True),
    "even weeks": Rule(Frequency.WEEKLY, 1, (Weekday(1), Weekday(2)), is_odd=False),
    "second Tuesday": Rule(Frequency.MONTHLY, 1, (Weekday(1, 2),)),
    "first and third Sunday": Rule(Frequency.MONTHLY, 1, (Weekday(6, 1), Weekday(6, 3))),
    "different weekdays": Rule(Frequency.MONTHLY, 1, (Weekday(0, 1), Weekday(5, 4), Weekday(6, -1))),
    "last Friday of every third month": Rule(Frequency.MONTHLY, 3, (Weekday(4, -1),)),
    "days of the month": Rule(Frequency.MONTHLY, 1, (), (1, 2, 15)),
    "ends of months": Rule(Frequency.MONTHLY, 2, (), (21, -1)),
    "last working day": Rule(Frequency.MONTHLY, 1, WORKING, positions=(-1,)),
    "last day but one": Rule(Frequency.MONTHLY, 1, tuple(map(Weekday, range(7))), positions=(-2,)),
    "on the first of May": Rule(Frequency.YEARLY, 1, (), (1,), (5,)),
    "every second year on 8 March": Rule(Frequency.YEARLY, 2, (), (8,), (3,)),
    "second Sunday of May": Rule(Frequency.YEARLY, 1, (Weekday(6, 2),), (), (5,)),
    "last day of April": Rule(Frequency.YEARLY, 1, (), (-1,), (4,)),
    "first working day of October": Rule(Frequency.YEARLY, 1, WORKING, (), (10,), (1,)),
    "no rule": None,
    "too odd": Rule(Frequency.WEEKLY, 2, (Weekday(0), Weekday(6)), week_start=6),
    "the third of two weekdays": Rule(Frequency.MONTHLY, 1, (Weekday(0), Weekday(3)), positions=(3,)),
    "the last working day but two": Rule(Frequency.MONTHLY, 1, WORKING, positions=(-3,)),
}
"""Rules as they are told, and at the end those that are not."""


def timed(day: date, begins: int, ends: int) -> Timed:
    zone = ZoneInfo("Europe/Brussels")
    start, end = (datetime.combine(day, time(hour), zone) for hour in (begins, ends))
    return Timed(start, end, end, "Europe/Brussels")


EVENING = timed(FIRST, 19, 21)
SPANS = {
    "without end": Rhythm(SATURDAYS, FIRST, None),
    "by number": Rhythm(SATURDAYS, FIRST, date(2027, 5, 8), 10, times=True),
    "several breaks": Rhythm(
        SATURDAYS,
        FIRST,
        date(2028, 12, 16),
        60,
        pauses=(
            Pause("summer-break", date(2027, 7, 1), date(2027, 8, 31)),
            Pause("christmas", date(2027, 12, 20), date(2028, 1, 2)),
            Pause("sommer", date(2028, 7, 1), date(2028, 8, 31)),
            Pause("easter", date(2028, 4, 10), date(2028, 4, 20)),
            Pause("exams", date(2028, 1, 8), date(2028, 1, 29)),
            Pause("", date(2028, 2, 1), date(2028, 3, 11)),
            Pause("", date(2028, 12, 1), date(2029, 1, 8)),
        ),
    ),
    "short seasons": Rhythm(
        SATURDAYS,
        FIRST,
        date(2027, 12, 18),
        30,
        pauses=(Pause("winter", date(2027, 11, 1), date(2027, 11, 14)),),
    ),
    "all seasons": Rhythm(
        SATURDAYS,
        FIRST,
        None,
        pauses=tuple(
            Pause(name, date(2027 + number, 3, 1), date(2027 + number, 4, 30))
            for number, name in enumerate(
                ("spring", "summer", "autumn", "winter", "christmas", "easter", "carnival")
            )
        ),
    ),
    "all seasons of a year": Rhythm(
        SATURDAYS,
        FIRST,
        date(2027, 12, 18),
        9,
        pauses=tuple(
            Pause(name, date(2027, 3, 1), date(2027, 4, 30))
            for name in ("spring", "summer", "autumn", "winter", "christmas", "easter", "carnival")
        ),
    ),
    "single dates": Rhythm(
        SATURDAYS, FIRST, date(2027, 12, 18), 30, days=(date(2027, 5, 1), date(2027, 5, 8))
    ),
    "single dates of years": Rhythm(
        SATURDAYS, FIRST, None, days=(date(2027, 5, 1), date(2027, 5, 8), date(2028, 1, 1))
    ),
    "many dates": Rhythm(
        SATURDAYS, FIRST, None, days=tuple(date(2027, 5, day) for day in (1, 8, 15, 22, 29))
    ),
    "a break and many dates": Rhythm(
        SATURDAYS,
        FIRST,
        date(2027, 12, 18),
        20,
        pauses=(Pause("christmas", date(2027, 12, 5), date(2027, 12, 12)),),
        days=tuple(date(2027, 5, day) for day in (1, 8, 15, 22, 29)),
    ),
    "other times, and off": Rhythm(
        SATURDAYS,
        FIRST,
        date(2028, 12, 16),
        60,
        turns=(
            Turn(date(2027, 11, 6), timed(date(2027, 11, 6), 18, 20)),
            Turn(date(2028, 1, 1), timed(date(2028, 1, 1), 18, 20)),
            Turn(date(2028, 8, 5), timed(date(2028, 8, 5), 18, 20), "cancelled"),
        ),
    ),
    "further dates": Rhythm(
        SATURDAYS, FIRST, None, also=(timed(date(2027, 8, 11), 19, 21), timed(date(2027, 12, 1), 9, 12))
    ),
    "many further dates": Rhythm(
        SATURDAYS, FIRST, None, also=tuple(timed(date(2027, 8, day), 19, 21) for day in (2, 3, 4, 5))
    ),
    "exceptions of what is not told": Rhythm(None, FIRST, date(2027, 12, 18), 30, days=(date(2027, 5, 1),)),
}
"""What differs from a rule."""
SPANS = {name: replace(rhythm, pauses=tuple(map(named, rhythm.pauses))) for name, rhythm in SPANS.items()}


def days(*dates: date) -> list[WholeDays]:
    """Return these days, each whole."""
    return [WholeDays(day, day) for day in dates]


def said_of_all(language: str) -> str:
    """Return a line for each of what is told here."""
    lines = []
    for name, rule in MATRIX.items():
        rhythm = Rhythm(rule, FIRST, date(2027, 11, 8), 12)
        lines.append((name, told(rhythm, WholeDays(FIRST, FIRST), language)))
    for name, rhythm in SPANS.items():
        lines.append((name, told(rhythm, EVENING, language)))
        lines.append(
            (
                f"{name}, before",
                told(rhythm, EVENING, language, since=date(2027, 1, 1), zone="Europe/Brussels"),
            )
        )
        lines.append((f"{name}, later", told(rhythm, EVENING, language, since=date(2028, 1, 1))))
    lines += [
        ("two days long", told(SPANS["without end"], WholeDays(FIRST, date(2027, 3, 7)), language)),
        ("a deadline", told(SPANS["without end"], Deadline(EVENING.start, EVENING.timezone), language)),
        ("without a time", told(SPANS["without end"], DayOnly(FIRST), language)),
        ("begins in another year", told(SPANS["several breaks"], EVENING, language, since=date(2026, 1, 1))),
        ("three listed dates", listed([timed(date(2027, 5, day), 19, 21) for day in (1, 8, 11)], language)),
        (
            "many listed dates",
            listed([timed(date(2027, 5, day), 19, 21) for day in (1, 8, 11, 12, 15, 19)], language),
        ),
        (
            "of two months",
            listed(days(date(2027, 2, 17), date(2027, 2, 24), date(2027, 3, 6), date(2027, 3, 10)), language),
        ),
        (
            "one alone, and two",
            listed(days(date(2027, 2, 17), date(2027, 3, 1), date(2027, 3, 10)), language),
        ),
        (
            "two, and one alone",
            listed(days(date(2027, 2, 1), date(2027, 2, 24), date(2027, 3, 10)), language),
        ),
        (
            "of two years",
            listed(days(date(2027, 2, 17), date(2027, 12, 8), date(2028, 2, 1), date(2028, 2, 8)), language),
        ),
        ("the same month of two years", listed(days(date(2027, 5, 8), date(2028, 5, 8)), language)),
        ("at different times", listed([EVENING, timed(date(2028, 5, 1), 9, 10)], language)),
    ]
    return "".join(f"{name}: {said}\n" for name, said in lines)


@pytest.mark.parametrize("language", [*LANGUAGES, *VARIANTS])
def test_each_rule_is_told_as_people_of_a_language_say_it(language: str) -> None:
    """Read aloud before they were kept; ``COOPCAL_GOLDEN=write`` writes what came out."""
    file = Path(__file__).parent / f"recurring/{language}.txt"
    if os.environ.get("COOPCAL_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(said_of_all(language), encoding="utf-8")

    assert said_of_all(language) == file.read_text(encoding="utf-8")


def test_one_date_is_no_series() -> None:
    """So nothing is told of how it recurs."""
    assert told(Rhythm(SATURDAYS, FIRST, FIRST, count=1), EVENING, "en") == ""


@pytest.mark.parametrize("name", [name for name in MATRIX if name in list(MATRIX)[-4:]])
def test_what_would_be_told_wrongly_is_counted(name: str) -> None:
    """A rule that words do not tell, in every language alike."""
    for language in LANGUAGES:
        assert "12" in told(Rhythm(MATRIX[name], FIRST, date(2027, 11, 8), 12), EVENING, language)
        endless = told(Rhythm(MATRIX[name], FIRST, None), WholeDays(FIRST, FIRST), language)
        assert len(endless.split()) <= 2


def test_every_word_for_what_recurs_is_said() -> None:
    """None of the catalogue is left over, and none stands there that is not shown here."""
    keys = {key for key in words_of("en") if key.startswith("recurs_")}
    assert len(keys) > 60
    source = Path(recurring.__file__).read_text(encoding="utf-8")
    stems = {
        re.sub(
            r"_(?:\d+|[a-z_]*last|other|spring|summer|autumn|winter|christmas|easter|carnival)(?:_f|_of)?$",
            "",
            key,
        )
        for key in keys
    }

    assert [stem for stem in sorted(stems) if stem not in source] == []
