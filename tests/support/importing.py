"""Imports into the smallest tree."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from tests.support.checking import lay
from tests.support.trees import NOW

from coopcal.authoring.text import Value
from coopcal.build import check
from coopcal.importing.calendars import Target, events_of
from coopcal.importing.components import read
from coopcal.importing.losses import Losses
from coopcal.importing.run import Given, Outcome, import_events
from coopcal.importing.tables import Table

FILE = "calendars/bakery.yaml"


def calendar(*lines: str) -> bytes:
    """Give a calendar with these lines in it, which begin in line 3."""
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", "")).encode()


def event(*lines: str, uid: str = "a@example.org", title: str = "Party") -> tuple[str, ...]:
    """Give the lines of an event."""
    return ("BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", *lines, "END:VEVENT")


def converted(
    folder: Path, data: bytes, files: Mapping[str, str] | None = None
) -> tuple[list[Mapping[str, Value]], list[tuple[int, str]]]:
    """Give the events that a calendar becomes, and what is told: line and code."""
    root = lay(folder, dict(files or {}))
    catalogue = check(root, NOW).catalogue
    assert catalogue is not None
    losses = Losses("x.ics")
    target = Target(root, catalogue.settings, catalogue.organisations[0], date(2026, 6, 1))
    _, found = events_of(read(data, losses), target, losses, lambda _: None)
    return [each.values for each in found], [(each.line, each.code) for each in losses.found]


def imported(
    root: Path, data: bytes, name: str = "x.ics", table: Table | None = None, *, dry: bool = False
) -> Outcome:
    """Import into the bakery of a tree that is laid already."""
    given = Given(data, name)
    return import_events(root, "bakery", given, NOW, out=root / "_site", table=table or Table(), dry=dry)


def kinds(outcome: Outcome) -> Sequence[tuple[str, str]]:
    """Give what was done with each event."""
    return [(step.kind, step.id) for step in outcome.steps]
