"""A list tells of each date once: what stands in a row of its own is neither named nor counted by a sentence above it."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from tests.support.spoken_series import understood
from tests.support.sweep import sized
from tests.support.trees import compiled, lay

from coopcal.site.reader import open_site
from coopcal.site.record import FurtherDateRecord, OverrideRecord, RecurringRecord
from coopcal.text import dates
from coopcal.views.agenda import Agenda
from coopcal.views.occurrence import Occurrence
from coopcal.views.occurrences import Row, coming, gone
from coopcal.views.sentence import row_in_words

COMPILED = datetime(2026, 9, 1, 6, tzinfo=UTC)
INSTANTS = [COMPILED + timedelta(days=days) for days in (0, 17, 60, 120, 250, 600)]
FIRST, END = date(2026, 9, 2), date(2030, 12, 31)
HERE = "Europe/Brussels"
MONTHS = {name: number for number, name in enumerate(dates.locale("en").months["format"]["wide"].values(), 1)}
CHANGES = (
    "{{when: {moved} 18:00/20:00}}",
    "{{when: 20:00/21:00}}",
    "{{status: cancelled}}",
    "{{status: cancelled}}",
    "{{where: hall}}",
    "{{title: Other}}",
    "{{description: Soup.}}",
    "{{registration: {{full: true}}}}",
)
TURNS = ("{when: 19:00/21:00}", "{status: cancelled}", "{where: hall}", "{registration: {full: true}}")


def series(chance: Random, name: str) -> str:
    """Return a series of which dates are moved, off, or otherwise, by themselves or from one of them on."""
    first = FIRST + timedelta(days=chance.randrange(40))
    step = chance.choice((1, 7, 7, 14))
    every = {1: "day", 7: "week", 14: "2 weeks"}[step]
    count = chance.randint(4, 30)
    days = [first + timedelta(days=step * number) for number in range(count)]
    end = chance.choice((f", until: {days[-1]}", f", count: {count}", ""))
    left_out, *changed = chance.sample(days[1:], chance.randint(1, min(6, count - 1)))
    parts = [f"every: {every}", f"except: [{left_out}]"]
    further = [
        days[0] + timedelta(days=3 + step * number) for number in range(chance.choice((0, 0, 1, 2, 5)))
    ]
    if further:
        clock = chance.choice((" 18:00/20:00", " 09:00/10:00"))
        parts.append(f"also: [{', '.join(f'{day}{clock}' for day in further if day not in days)}]")
    changes = [
        f"{day}: {chance.choice(CHANGES[step == 1 :]).format(moved=day + timedelta(days=chance.choice((-1, 1, 2))))}"
        for day in changed
    ]
    if chance.random() < 0.4:
        changes.append(f"from {chance.choice(days[2:])}: {chance.choice(TURNS)}")
    if changes:
        parts.append(f"changes: {{{', '.join(changes)}}}")
    return f"  - {{id: {name}, title: {name}, where: shop, when: {first} 18:00/20:00, repeats: {{{', '.join(parts)}{end}}}}}\n"


def listed(chance: Random, name: str) -> str:
    """Return an event whose dates are listed, some of them at another time, elsewhere, or off."""
    days = sorted(FIRST + timedelta(days=day) for day in chance.sample(range(400), chance.randint(2, 9)))
    written = ", ".join(
        chance.choice(
            (
                f"{day} 18:00/20:00",
                f"{day} 18:00/20:00",
                f"{day} 10:00/12:00",
                f"{{when: {day} 18:00/20:00, status: cancelled}}",
                f"{{when: {day} 18:00/20:00, where: hall}}",
                f"{{when: {day} 18:00/20:00, registration: {{full: true}}}}",
            )
        )
        for day in days
    )
    return f"  - {{id: {name}, title: {name}, where: shop, when: [{written}]}}\n"


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Agenda:
    """Return what takes place in organisations that chance made."""
    root = lay(
        tmp_path_factory.mktemp("told-once"),
        {
            f"calendars/c{seed}.yaml": "name: C\ncountry: BE\nplaces: {shop: {name: The shop}, hall: {name: The hall}}\nevents:\n"
            + "".join(
                chance.choice((series, series, listed))(chance, f"e{seed}-{number}") for number in range(8)
            )
            for seed, chance in ((seed, Random(seed)) for seed in range(sized(120, sample=30)))
        },
    )
    compiled(root, COMPILED)
    return Agenda(open_site(root / "_site"))


@pytest.mark.parametrize("instant", INSTANTS, ids=lambda instant: instant.date().isoformat())
def test_each_date_is_told_once(known: Agenda, instant: datetime) -> None:
    """By the sentence of its row, or in a row of its own: upcoming, past, and each event once."""
    every = known.listed("all")
    ahead, behind = coming(every, instant), gone(every, instant)
    rows = known.rows("all", instant)
    told = 0
    for shown, expected in ((rows.ahead, ahead), (rows.behind, behind), (rows.events, ahead)):
        assert Counter(one.address for row in shown for one in row.dates) == Counter(
            one.address for one in expected
        )
        for row in shown:
            if row.others:
                told += holds(row, known, instant, is_past=expected is behind)

    assert told > 40


def holds(row: Row, known: Agenda, instant: datetime, *, is_past: bool) -> bool:
    """Tell that the sentence of a row speaks of its dates, and of no others."""
    sentence = row_in_words(row, known, instant, "en", HERE)
    uids = {one.event.uid for one in row.dates}
    parts = [one for one in known.entries_of(row.shown.event) if isinstance(one, RecurringRecord)]
    of_row = [one for one in parts if one.uid in uids]
    if not of_row:
        on = sorted(one.first for one in [one for one in row.dates if not one.off] or row.dates)
        counted = re.match(r"On (\d+) dates\b", sentence)
        found = days_named(sentence)
        assert (int(counted[1]), found) == (len(on), on[-1:]) if counted else found == on, sentence
        return True
    days = {day_of(one): one for one in row.dates}
    rule_days = {day for entry in of_row for day in entry.dates}
    told = understood(sentence, min(rule_days | {*days}), END, {})
    every = known.of_whole(row.shown.event)
    elsewhere = {day_of(one) for one in every if isinstance(one.event, OverrideRecord)} - {*days}
    further = (
        {day_of(one) for one in every if isinstance(one.event, FurtherDateRecord)} - rule_days - elsewhere
    )
    assert not further - {*days} & {*told.dates}, sentence
    if told.number is not None or not told.dates:
        assert told.number in (None, len(row.dates)), sentence
        return True
    if is_past:
        return True
    today = instant.date()
    spoken = {day for day in told.dates if day >= today}
    if told.further:
        assert told.further == len(further & {*days})
        spoken |= further & {*days}
    is_endless = any(entry.last == date.max for entry in of_row)
    horizon = max(one.first for one in every) if is_endless else date.max
    assert {day for day in days if day >= today} <= spoken, sentence  # one may be moved across today
    assert {day for day in spoken - {*days} if day <= horizon} <= elsewhere, sentence
    assert is_endless or max(spoken) == max(days), sentence
    return True


def day_of(one: Occurrence) -> date:
    """Return the day by which a date is named: that of the rule, if it was moved."""
    return one.event.day if isinstance(one.event, OverrideRecord) else one.first


def days_named(sentence: str) -> list[date]:
    """Return the days that a sentence without a rule names; one without a month or a year has that of the next."""
    days: list[date] = []
    month, year = 0, 0
    without_clock = re.sub(r", \d\d:\d\d–\d\d:\d\d|On \d+ dates", "", sentence)
    for number, name, in_year in reversed(
        re.findall(r"(\d{1,2})\b(?: ([A-Z][a-z]+))?(?: (\d{4}))?", without_clock)
    ):
        month, year = MONTHS.get(name, month), int(in_year or year)
        days.insert(0, date(year, month, int(number)))
    return days
