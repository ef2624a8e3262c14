"""Events, with all their dates and sessions."""

from dataclasses import fields

from coopcal.definitions.codes.events import PUBLIC_ANYWAY
from coopcal.definitions.codes.series import BAD_REPEATS
from coopcal.definitions.context import Context
from coopcal.definitions.date_list import listed, several_dates
from coopcal.definitions.declared.record import NOTHING, Inherited, written_keys
from coopcal.definitions.event_keys import EVENT
from coopcal.definitions.happening import HappeningDecoder, is_timed
from coopcal.definitions.override import patch_of
from coopcal.definitions.repeats.keys import ALSO
from coopcal.definitions.series import with_repeats
from coopcal.definitions.sessions import decode_sessions
from coopcal.definitions.sessions_outside import sessions_outside
from coopcal.definitions.source.node import Listing, Mapping, Node
from coopcal.definitions.when import WhenContext
from coopcal.model.event import Event, overrides_of
from coopcal.model.happening import Details
from coopcal.model.message import msg
from coopcal.model.venue import Location
from coopcal.model.when import When

_OF_EVENT = frozenset(field.name for field in fields(Event)) - {"visibility", "public_shows_busy"}


def event(node: Node, defaults: Inherited, context: Context) -> Event | None:
    """Read an event and its sessions; None, with problems noted, where something of it is wrong."""
    if not isinstance(node, Mapping):
        written_keys(node, EVENT, context)
        return None
    return _EventDecoder(node, defaults, context, EVENT).event()


def _has_time(event: Event) -> bool:
    """Return whether it, a date of it or a session has a time."""
    happenings = (event, *event.dates, *event.details.sessions)
    overriding = (override.details for override in overrides_of(event))
    return any(map(is_timed, (*(happening.details for happening in happenings), *overriding)))


class _EventDecoder(HappeningDecoder):
    """Reads one event."""

    def event(self) -> Event | None:
        """Read an event with all its dates; None where anything is wrong."""
        locations = self.read_places(self.places_above)
        self.take_ids()
        self.around = self._around(locations)
        self.when = self._when(self._around_first(locations))
        details = self._details_with_sessions()
        seen_by: frozenset[str] = self.written.get("visibility", self.context.seen_by)
        event = Event(
            organisation=self.context.organisation,
            included=self.context.included,
            path=self.path,
            oldest_path=self.oldest,
            details=details,
            visibility=seen_by,
            public_shows_busy=self._public_shows_busy(seen_by),
            **self.values_of(_OF_EVENT),
        )
        dated = self._with_dates(event) if self.is_sound() else None
        if dated is not None and "also_in" in self.own:
            self.hold_zones(has_time=_has_time(dated))
        return dated

    def _around(self, locations: tuple[Location, ...]) -> WhenContext:
        """Return what surrounds its ``when``; a place of its own beats a zone of the defaults."""
        timezone = self.written.get("timezone")
        if "where" not in self.own:
            return self.context.when(timezone, locations, None, self.context.surroundings)
        own, above = (timezone, None) if "timezone" in self.own else (None, timezone)
        usual = self.context.surroundings
        if above or self.places_above:
            usual = self.context.when(above, self.places_above)
        return self.context.when(own, locations, None, usual)

    def _around_first(self, known: tuple[Location, ...]) -> WhenContext:
        """Return what surrounds the first date, which may tell a zone or places of its own in a list of dates."""
        when = self.written.nodes.get("when")
        first = when.items[0] if isinstance(when, Listing) and when.items else None
        if not isinstance(first, Mapping):
            return self.around
        decoder = HappeningDecoder(first, NOTHING, self.context.unheard, ALSO)
        return decoder.around_places(known, decoder.read_places(known), self.around, self.around.day)

    def _when(self, around: WhenContext) -> When | None:
        """Return when it is, or of a list the first date; None where that is not told."""
        node = self.written.nodes.get("when")
        if isinstance(node, Listing) and node.items:
            node = node.items[0]
            if isinstance(node, Mapping):
                named = node.get("when")
                node = named if named is not None else node
        return self.decode_when(node, around) if node is not None else None

    def _details_with_sessions(self) -> Details:
        shown = self.shown()
        shown["sessions"] = decode_sessions(self.written.nodes.get("sessions"), self)
        details = Details(**shown)
        if self.when is not None:
            sessions_outside(self.session_dates, self.when, details.moved_from, self.problems)
        return details

    def _public_shows_busy(self, seen_by: frozenset[str]) -> bool:
        busy = self.written.get("public_shows")
        if "public_shows" in self.own and busy is not None and not seen_by:
            self.problems.tell(
                self.written.nodes["public_shows"].position,
                PUBLIC_ANYWAY,
                msg("The event is public, so “public_shows” says nothing"),
                msg("take the line out"),
            )
        return bool(busy and seen_by)

    def _with_dates(self, event: Event) -> Event | None:
        """Return the event with all its dates; None where anything about them is wrong."""
        when, repeats = self.written.nodes.get("when"), self.written.nodes.get("repeats")
        if isinstance(when, Listing):
            if repeats is not None:
                self.problems.tell(
                    repeats.position,
                    BAD_REPEATS,
                    msg("“repeats” goes with one date in “when”, the first, and there is a list"),
                    msg("write the dates that the rule does not give under “also”"),
                )
            else:
                first, further = several_dates(when, event.details, patch_of(self), self.problems)
                event = listed(event, first, further)
        elif repeats is not None:
            event = with_repeats(repeats, when or repeats, event, patch_of(self), self.context)
        return event if self.is_sound() else None
