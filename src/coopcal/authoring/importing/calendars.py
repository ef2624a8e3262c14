"""A stream of calendars → events."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coopcal.authoring.importing.boilerplate import is_own, without
from coopcal.authoring.importing.components import Component
from coopcal.authoring.importing.decoding import Trial
from coopcal.authoring.importing.events import Events, Imported
from coopcal.authoring.importing.grouping import Part, grouped
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.occurrences import TABLE
from coopcal.authoring.importing.properties import Properties
from coopcal.authoring.importing.span_reader import Spans
from coopcal.authoring.importing.timezones import Timezones
from coopcal.authoring.importing.values import text
from coopcal.model.message import Number, msg
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

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the organisation, and of the site, the usual one first."""
        return tuple(dict.fromkeys((*self.organisation.languages, *self.settings.languages)))


def events_of(
    calendars: Sequence[Component], target: Target, losses: Losses, progress: Callable[[str], None]
) -> tuple[str | None, list[Imported]]:
    """Return the calendar's own name, and what became of each UID, in order."""
    trial = Trial(target.root, target.settings, target.organisation)
    properties = Properties(target.settings, target.languages, losses)
    events = Events(properties, trial, "" if target.outright else target.zone, target.now)
    name: str | None = None
    parts: list[Part] = []
    imported: list[Imported] = []
    for calendar in calendars:
        name = name or _name(calendar)
        spans = Spans(Timezones(calendar, target.zone, losses), losses)
        parts += _parts(calendar, spans, losses)
        _others(calendar, losses)
    groups = grouped(parts, losses)
    for number, group in enumerate(groups):
        if number % _SHOWN_EVERY == 0:
            progress(msg("Reading events: {number} of {all}", number=Number(number), all=Number(len(groups))))
        losses.uid = group.uid or group.key
        if made := events.event(group):
            imported.append(made)
    losses.uid = None
    return name, imported


def _name(calendar: Component) -> str | None:
    lines = calendar.quietly()
    written = [text(line.value) for named in ("NAME", "X-WR-CALNAME") for line in lines.get(named, ())]
    return next((" ".join(title.split()) for title in written if title), None)


def _parts(calendar: Component, spans: Spans, losses: Losses) -> Iterator[Part]:
    own = is_own(calendar)
    for event in calendar.events():
        read = event.lines(losses)
        lines = without(read, losses) if own else read
        if lines is None:
            continue
        if calendar.name != TABLE and not any(text(line.value) for line in lines.get("UID", ())):
            losses.tell(event.number, LossCode.NO_UID, "UID", msg("it has none, so it gets a new one"))
        if lines.keys() - {"UID", "RECURRENCE-ID"} == frozenset():
            losses.tell(event.number, LossCode.BROKEN_LINE, "VEVENT", msg("it says nothing"))
        yield Part(event, lines, spans)


def _others(calendar: Component, losses: Losses) -> None:
    for child in calendar.children:
        if child.name not in ("VEVENT", "VTIMEZONE"):
            losses.tell(child.number, LossCode.COMPONENT, child.name, msg("only events (VEVENT) come over"))
