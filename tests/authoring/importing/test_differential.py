"""Calendars with all that programs do to dates, against another reader: each date is there afterwards, or its loss is told."""

import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from tests.support.checking import lay
from tests.support.importing import imported
from tests.support.mixed_calendars import HOME, Mixed, mixed
from tests.support.roundtrip import FEED
from tests.support.sweep import sized
from tests.support.trees import NOW

from coopcal.authoring.importing.run import Outcome
from coopcal.compile.pipeline import compile_site
from coopcal.site.reader import open_site

CALENDARS = sized(30, sample=1)
FIRST, LAST = date(2024, 6, 1), date(2029, 1, 1)
TELLING = frozenset(("bounded", "too-many", "same-time", "rule", "too-far", "second-event"))
"""What may be told of a date that is not there; whatever else is told changes no date."""

Row = tuple[str, int | str, int | str]


def rows(content: bytes) -> Counter[Row]:
    """Return the title, start and end of all that takes place."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(content)).between(FIRST, LAST)
    return Counter(
        (str(each["SUMMARY"]), _moment(each["DTSTART"].dt), _moment(each["DTEND"].dt)) for each in found
    )


def _moment(value: date) -> int | str:
    if not isinstance(value, datetime):
        return value.isoformat()
    return int((value if value.tzinfo else value.replace(tzinfo=ZoneInfo(HOME))).astimezone(UTC).timestamp())


def told(outcome: Outcome, made: Mixed) -> set[str]:
    """Return the titles of the events of which a loss of dates is told, by the lines that it names."""
    begins = sorted((line, number) for number, line in made.lines.items())
    named = set()
    for loss in outcome.losses:
        if loss.code in TELLING:
            named.add(f"Event {max(each for each in begins if each[0] <= loss.line)[1]}")
    return named


@pytest.mark.sweep
def test_every_date_is_there_or_its_loss_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The counts are printed."""
    counts, silent = Counter[str](neither=0), list[str]()
    for seed in range(CALENDARS):
        made = mixed(seed)
        root = lay(tmp_path / f"{seed}", {"feeds/bakery.yaml": FEED})
        outcome = imported(root, made.data)
        assert outcome.refusal is None
        assert compile_site(root, root / "_site", NOW).published
        there = rows(made.reference)
        here = rows(open_site(root / "_site").feeds["bakery"].bodies["identity"].content)
        known = told(outcome, made)
        counts.update(calendars=1, occurrences=there.total(), equal=(there & here).total())
        for sign, each in [
            *(("-", row) for row in (there - here).elements()),
            *(("+", row) for row in (here - there).elements()),
        ]:
            counts["told" if each[0] in known else "neither"] += sign == "-"
            counts["extra"] += sign == "+"
            if each[0] not in known:
                silent.append(f"{seed}: {sign} {each}")
    with capsys.disabled():
        sys.stdout.write(f"\n{dict(counts)}\n")

    assert silent == []
    assert counts["equal"] > 100 * CALENDARS
    assert counts["told"] < counts["equal"]
