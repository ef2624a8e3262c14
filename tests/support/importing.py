"""Imports into the smallest tree."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
import recurring_ical_events
from tests.support.checking import lay
from tests.support.trees import NOW

from coopcal.authoring.importing.calendars import Target, events_of
from coopcal.authoring.importing.components import read
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.run import Given, Outcome, Wish, import_events
from coopcal.authoring.importing.tables import Table
from coopcal.authoring.importing.wanted import Choice
from coopcal.authoring.text import Value
from coopcal.compile.pipeline import check, compile_site
from coopcal.site.reader import open_site

FILE = "calendars/bakery.yaml"


def calendar(*lines: str) -> bytes:
    """Return a calendar with these lines in it, which begin in line 3."""
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", "")).encode()


def event(*lines: str, uid: str = "a@example.org", title: str = "Party") -> tuple[str, ...]:
    """Return the lines of an event."""
    return ("BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", *lines, "END:VEVENT")


def converted(
    folder: Path, data: bytes, files: Mapping[str, str] | None = None
) -> tuple[list[Mapping[str, Value]], list[tuple[int, str]]]:
    """Return the events that a calendar becomes, and what is told: line and code."""
    root = lay(folder, dict(files or {}))
    catalogue = check(root, NOW).catalogue
    assert catalogue is not None
    losses = Losses("x.ics")
    target = Target(root, catalogue.settings, catalogue.organisations[0], date(2026, 6, 1))
    _, events = events_of(read(data, losses), target, losses, lambda _: None)
    return [new.values for new in events], [(loss.line, loss.code) for loss in losses.found]


def imported(
    root: Path,
    data: bytes,
    name: str = "x.ics",
    table: Table | None = None,
    *,
    dry: bool = False,
    adopt: bool = False,
    choice: Choice | None = None,
) -> Outcome:
    """Import into the bakery of a tree that is laid already."""
    wish = Wish(table or Table(), choice or Choice(), adopt, dry)
    return import_events(root, "bakery", Given(data, name), NOW, out=root / "_site", wish=wish)


def kinds(outcome: Outcome) -> Sequence[tuple[str, str]]:
    """Return what was done with each event."""
    return [(step.kind, step.id) for step in outcome.steps]


def taking_place(
    root: Path, data: bytes, first: date, last: date
) -> tuple[list[tuple[str, str, str]], Outcome]:
    """Return what takes place once a calendar was imported and compiled: start in UTC (or day), title, place; and what was told."""
    outcome = imported(root, data)
    assert compile_site(root, root / "_site", NOW).published
    feed = open_site(root / "_site").feeds["bakery"].bodies["identity"].content
    occurrences = recurring_ical_events.of(icalendar.Calendar.from_ical(feed)).between(first, last)
    rows = [
        (_start(occurrence["DTSTART"].dt), str(occurrence["SUMMARY"]), str(occurrence.get("LOCATION", "")))
        for occurrence in occurrences
    ]
    return sorted(rows), outcome


def _start(value: date) -> str:
    return f"{value.astimezone(UTC):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else f"{value}"
