"""What events, sessions and single dates have in common when they are read: their keys, zones, places and details."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

from coopcal.definitions.codes.dates import ALSO_IN_WITHOUT_TIME
from coopcal.definitions.context import Context
from coopcal.definitions.date_defaults import with_hours
from coopcal.definitions.declared.key import Record
from coopcal.definitions.declared.record import Inherited, Written, written_keys
from coopcal.definitions.event_keys import DATED, ROLES
from coopcal.definitions.second_call import no_second_call, second_call
from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.definitions.when import WhenContext, decode_when
from coopcal.model.happening import Details, ShowsAs, Status
from coopcal.model.included import included_id
from coopcal.model.message import msg
from coopcal.model.party import Party, Role
from coopcal.model.problem import has_errors
from coopcal.model.text import Text
from coopcal.model.venue import Location
from coopcal.model.when import Deadline, Timed, When, WholeDays, days_of

SHOWN = frozenset(field.name for field in fields(Details))
"""Fields that calendars and pages show."""


def is_timed(details: Details) -> bool:
    """Return whether it takes place at a time, and not on whole days."""
    return isinstance(details.when, (Timed, Deadline))


class HappeningDecoder:
    """Reads what takes place at one time; ``record`` tells the keys, ``inherited`` what holds where they do not say it."""

    around: WhenContext
    """What surrounds its ``when``."""

    def __init__(self, node: Mapping, inherited: Inherited, context: Context, record: Record) -> None:
        self._before = len(context.problems.found)
        self.context = context
        self.problems = context.problems
        named = node.get("id")
        self.position = named.position if named else node.position
        self.written = written_keys(node, record, context, position=self.position) or Written(record, {})
        self.own = frozenset(self.written.nodes)
        self.places_above: tuple[Location, ...] = inherited.values.get("where", ())
        self.written.inherit(inherited)
        self.path: tuple[str, ...] = ()
        self.oldest: tuple[str, ...] = ()
        self.when: When | None = None
        self.session_dates: list[tuple[Scalar, When]] = []
        """When its sessions are, as they are written."""

    def is_sound(self) -> bool:
        """Return whether all that has been read so far is right."""
        return self.when is not None and not has_errors(self.problems.found[self._before :])

    def value(self, name: str) -> Any:
        """Return the value of a key, here or where it is told what is so as usual; None where it is not written."""
        teller = self.teller(name)
        return teller.written.get(name) if teller else None

    def teller(self, name: str) -> "HappeningDecoder | None":
        """Return what says something of a key: this, or what tells what is so as usual; None where nothing does."""
        return self if name in self.written.nodes or name in self.written.values else None

    def read_places(self, known: tuple[Location, ...]) -> tuple[Location, ...]:
        """Read all that does not depend on a zone; return the places, beside which others are ``known``."""
        locations: tuple[Location, ...] = self.written.read(self.context, only=("where",)).get("where", ())
        context = self.context.near(*locations, *known) if "timezone" in self.own else self.context
        self.written.read(context, but=DATED)
        return locations

    def take_ids(self, above: "HappeningDecoder | None" = None) -> None:
        """Take on the ids that are written, below those of the event that it is in."""
        identifier = self.written.get("id", "?")
        if self.context.included is not None and above is None:
            identifier = included_id(identifier)
        former = self.written.get("formerly", ())
        self.path = (*(above.path if above else ()), identifier)
        self.oldest = (*(above.oldest if above else ()), former[0] if former else identifier)

    def around_places(
        self,
        known: tuple[Location, ...],
        locations: tuple[Location, ...],
        usual: WhenContext,
        day: date | None,
    ) -> WhenContext:
        """Return what surrounds a ``when`` that has places of its own: the usual unless these tell another zone.

        ``known`` are the usual places; they tell nothing new.
        """
        timezone = self.written.get("timezone") if "timezone" in self.own else None
        new = tuple(Location() if place in known else place for place in locations)
        return self.context.when(timezone, new, day, usual)

    def decode_when(self, node: Node, around: WhenContext) -> When | None:
        """Read when it is, with the opening hours that are written here or hold for all dates."""
        hours = self.written.nodes.get("hours")
        own = hours if "hours" in self.own else None
        when = decode_when(node, own, around, self.problems)
        if when is not None and own is None:
            when = with_hours(when, hours, around, self.problems)
        return when

    def details(self) -> Details:
        """Return what is written to be shown, whatever is missing, without sessions."""
        return Details(**self.shown())

    def shown(self) -> dict[str, Any]:
        """Return the fields of what is written to be shown, whatever is missing, without sessions."""
        if not DATED.isdisjoint(self.written.nodes):
            self.written.read(replace(self.context, around_when=self.around))
        shown = self.values_of(SHOWN)
        if "title" not in shown:
            shown["title"] = Text.of(self.context.language, "?")
        shown["when"] = self.when or WholeDays(date.min, date.min)
        shown["parties"] = self._parties()
        shown["status"] = self.status()
        shown["shows_as"] = self.shows_as()
        shown["second_call"] = self._second_call()
        shown["moved_from"] = self._moved_from()
        shown["position"] = self.position
        shown["language"] = self.context.language
        return shown

    def values_of(self, names: frozenset[str]) -> dict[str, Any]:
        """Return the values of those of the fields ``names`` that are written."""
        fields = self.written.record.fields
        return {
            field: value for key, value in self.written.values.items() if (field := fields.get(key)) in names
        }

    def hold_zones(self, *, has_time: bool) -> None:
        """Note zones that tell nothing, as all that is here are whole days."""
        if "also_in" in self.own and not has_time:
            self.problems.tell(
                self.written.nodes["also_in"].position,
                ALSO_IN_WITHOUT_TIME,
                msg("Whole days are the same everywhere, so “also_in” says nothing here"),
                msg("take the line out, or write at which time it begins"),
            )

    def status(self) -> Status:
        """Return the status that is written, or else that it takes place."""
        status: Status = self.written.get("status", Status.CONFIRMED)
        return status

    def shows_as(self) -> ShowsAs:
        """Return whether it makes people busy: what has a time does unless it says otherwise."""
        usual = ShowsAs.BUSY if isinstance(self.when, Timed) else ShowsAs.FREE
        shows_as: ShowsAs = self.written.get("shows_as", usual)
        return shows_as

    def _parties(self) -> tuple[Party, ...]:
        """Return who takes part; without organisers, the organisation itself is the first."""
        parties = [party for name in ROLES for party in self.written.get(name, ())]
        if "organisers" in self.written.nodes or "organisers" in self.written.values:
            return tuple(parties)
        return Party(Role.ORGANISER, self.context.organisation, position=self.position), *parties

    def _second_call(self) -> When | None:
        node = self.written.nodes.get("second_call")
        if node is None:
            return None
        if "repeats" in self.own:
            no_second_call(node.position, self.problems)
            return None
        first, last = days_of(self.when) if self.when else (None, None)
        around = replace(self.around, day=first if first == last else None)
        return second_call(node, self.when, around, self.problems)

    def _moved_from(self) -> When | None:
        node = self.written.nodes.get("moved_from")
        return decode_when(node, None, self.around, self.problems, "moved_from") if node else None
