"""What is different on a date of an event, put over what is so as usual."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from coopcal.definitions.date_defaults import days_between, days_later, in_zone_around, same_clock, with_hours
from coopcal.definitions.declared.key import Record
from coopcal.definitions.declared.record import NOTHING, written_keys
from coopcal.definitions.event_keys import INHERITED, ROLES
from coopcal.definitions.happening import SHOWN, HappeningDecoder
from coopcal.definitions.sessions import decode_sessions
from coopcal.definitions.sessions_outside import sessions_outside
from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.definitions.when import decode_hours, decode_when
from coopcal.model.happening import Details, Session
from coopcal.model.when import When, WholeDays
from coopcal.zones.shift import day_of, shifted


@dataclass(frozen=True, slots=True)
class Patched:
    """What takes place on a date, and how to put over it what is different on a date that has it as usual."""

    details: Details
    patch: "Patch"


Patch = Callable[[Details, Node, Record, date | None], Patched | None]
"""(what takes place as usual, what is different, the keys there are, the day) → what takes place.

Times alone are those of the day; without any ``when``, what takes place as usual is moved there.
"""


def patch_of(usual: HappeningDecoder) -> Patch:
    """Return how to put over what ``usual`` has read what is different on a date."""

    def patch(base: Details, node: Node, record: Record, day: date | None) -> Patched | None:
        if isinstance(node, Scalar):
            node = Mapping(((Scalar("when", node.position), node),), node.position)
        if not isinstance(node, Mapping):
            written_keys(node, record, usual.context)
            return None
        return _DateDecoder(node, record, usual).patched(base, day)

    return patch


class _DateDecoder(HappeningDecoder):
    """Reads what is different on a date of an event."""

    def __init__(self, node: Mapping, record: Record, usual: HappeningDecoder) -> None:
        super().__init__(node, NOTHING, usual.context, record)
        self.path, self.oldest = usual.path, usual.oldest
        self._usual = usual

    def patched(self, base: Details, day: date | None) -> Patched | None:
        """Return ``base``, which ``usual`` has read, with all that is written here; None where that is wrong."""
        locations = self.read_places(base.locations)
        self.around = self.around_places(base.locations, locations, self._usual.around, day)
        self.when = self._when_on_date(base, day)
        details = self.details()
        sessions = decode_sessions(self.written.nodes.get("sessions"), self)
        if self.when is not None:
            sessions_outside(self.session_dates, self.when, details.moved_from, self.problems)
        if self.when is None or not self.is_sound():
            return None
        keys = self.written.record.by_name
        first = day is None and same_clock(self.when, base.when)
        changed: dict[str, Any] = {
            "second_call": base.second_call if first else None,
            "moved_from": base.moved_from if first else None,
            **{name: getattr(details, name) for name in {keys[name].field for name in self.own} & SHOWN},
            "when": self.when,
            "sessions": sessions,
        }
        if self.own & ROLES.keys():
            roles = {ROLES[name] for name in self.own & ROLES.keys()}
            kept = [party for party in base.parties if party.role not in roles]
            changed["parties"] = (*(party for party in details.parties if party.role in roles), *kept)
        if self.value("shows_as") is None:
            changed["shows_as"] = self.shows_as()
        if "sessions" not in self.own:
            as_usual = first or "when" not in self.own
            changed["sessions"] = self._sessions_as_usual(base, day) if as_usual else ()
        return Patched(replace(base, position=self.position, **changed), patch_of(self))

    def teller(self, name: str) -> HappeningDecoder | None:
        """Return what says something of a key: this, or what tells what is so as usual; None where nothing does."""
        return super().teller(name) or self._usual.teller(name)

    def _when_on_date(self, base: Details, day: date | None) -> When | None:
        """Return when it is on a date: as written, else as usual, in the zone that this date tells."""
        nodes = self.written.nodes
        if "when" in nodes:
            when = decode_when(nodes["when"], nodes.get("hours"), self.around, self.problems)
            return with_hours(when, self._node("hours"), self.around, self.problems) if when else None
        as_usual = shifted(base.when, day) if day else base.when
        if "hours" in nodes and isinstance(as_usual, WholeDays):
            hours = decode_hours(nodes["hours"], as_usual, self.around, self.problems)
            return replace(as_usual, hours=hours or ())
        tells = nodes.get("timezone") or nodes.get("where")
        return in_zone_around(as_usual, tells, self.around, self.problems) if tells else as_usual

    def _sessions_as_usual(self, base: Details, day: date | None) -> tuple[Session, ...]:
        """Return the sessions of what takes place as usual, on a day, with what they take from it as it is then."""
        teller = self.teller("sessions")
        if teller is None or teller.when is None or not self.own & frozenset(INHERITED):
            return days_later(base.sessions, days_between(base.when, day))
        event = copy(self)
        event.when, event.session_dates = teller.when, []
        event.context = self.context.unheard
        event.problems = event.context.problems
        sessions = decode_sessions(teller.written.nodes["sessions"], event)
        known = set(self.problems.found)
        self.problems.found += [problem for problem in event.problems.found if problem not in known]
        return days_later(sessions, days_between(teller.when, day_of(self.when or base.when)))

    def _node(self, name: str) -> Node | None:
        teller = self.teller(name)
        return teller.written.nodes.get(name) if teller else None
