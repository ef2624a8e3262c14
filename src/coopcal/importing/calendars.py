"""A stream of calendars → events."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coopcal.importing.components import Component
from coopcal.importing.events import Events, Imported, made_key
from coopcal.importing.lines import Line
from coopcal.importing.losses import Losses
from coopcal.importing.properties import Properties
from coopcal.importing.tables import TABLE
from coopcal.importing.timezones import Timezones
from coopcal.importing.trial import Trial
from coopcal.importing.values import text
from coopcal.model.organisation import Organisation
from coopcal.model.site import SiteSettings

_SHOWN_EVERY = 500


@dataclass(frozen=True, slots=True)
class Target:
    """What an import goes into: the organisation and the site around it; ``now`` is today there.

    ``outright``: zones are written with every event, as the organisation's defaults would give others.
    """

    root: Path
    settings: SiteSettings
    organisation: Organisation
    now: date
    outright: bool = False

    @property
    def zone(self) -> str:
        """The zone that its events stand in unless they say otherwise."""
        return self.organisation.timezone or self.settings.timezone


def events_of(
    calendars: Sequence[Component], target: Target, losses: Losses, progress: Callable[[str], None]
) -> tuple[str | None, list[Imported]]:
    """Give the calendar's own name, and what became of each UID, in order."""
    trial = Trial(target.root, target.settings, target.organisation)
    properties = Properties(target.settings, _languages(target), losses)
    name: str | None = None
    found: list[Imported] = []
    met = dict[str, int]()
    total = sum(len(each.children) for each in calendars)
    for calendar in calendars:
        name = name or _name(calendar)
        timezones = Timezones(calendar, target.zone, losses)
        usual = "" if target.outright else target.zone
        events = Events(timezones, properties, trial, usual, target.now)
        for key, (uid, group) in _by_uid(calendar, losses).items():
            if len(found) % _SHOWN_EVERY == 0:
                progress(f"Reading events: {len(found):,} of {total:,} at most")
            losses.uid = uid or key
            if key in met:
                losses.tell(
                    group[0][0].number,
                    "second-event",
                    "VEVENT",
                    f"its UID stands in line {met[key]}, in another calendar of the file; it was left out",
                )
                continue
            met[key] = group[0][0].number
            if made := events.event(key, uid, group):
                found.append(made)
        losses.uid = None
        _others(calendar, losses)
    return name, found


def _languages(target: Target) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*target.organisation.languages, *target.settings.languages)))


def _name(calendar: Component) -> str | None:
    lines = calendar.quietly()
    said = [text(line.value) for named in ("NAME", "X-WR-CALNAME") for line in lines.get(named, ())]
    return next((" ".join(each.split()) for each in said if each), None)


Group = tuple[str, list[tuple[Component, dict[str, list[Line]]]]]


def _by_uid(calendar: Component, losses: Losses) -> dict[str, Group]:
    found: dict[str, Group] = {}
    for event in calendar.events():
        losses.uid = None
        lines = event.lines(losses)
        uid = next((text(line.value) for line in lines.get("UID", ())), "")
        key = uid or made_key(lines)
        if not uid and calendar.name != TABLE:
            losses.tell(event.number, "no-uid", "UID", "it has none, so it gets a new one")
        if lines.keys() - {"UID", "RECURRENCE-ID"} == frozenset():
            losses.tell(event.number, "broken-line", "VEVENT", "it says nothing")
        found.setdefault(key, (uid, []))[1].append((event, lines))
    return found


def _others(calendar: Component, losses: Losses) -> None:
    for each in calendar.children:
        if each.name not in ("VEVENT", "VTIMEZONE"):
            losses.tell(each.number, "component", each.name, "only events (VEVENT) come over")
