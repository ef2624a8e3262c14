"""Events and their sessions."""

from copy import copy
from dataclasses import fields, replace
from datetime import date
from typing import Any

from coopcal.definitions.codes.dates import ALSO_IN_WITHOUT_TIME
from coopcal.definitions.codes.events import PUBLIC_ANYWAY, SESSION_MORE_VISIBLE
from coopcal.definitions.codes.series import BAD_REPEATS
from coopcal.definitions.codes.values import DUPLICATE_ID
from coopcal.definitions.context import Context
from coopcal.definitions.date_defaults import days_between, days_later, in_zone_around, same_clock, with_hours
from coopcal.definitions.date_list import listed, several_dates
from coopcal.definitions.declared.key import Record
from coopcal.definitions.declared.record import NOTHING, Inherited, Written, written_keys
from coopcal.definitions.declared.shapes import items
from coopcal.definitions.event_keys import DATED, EVENT, INHERITED, ROLES, SESSION
from coopcal.definitions.override import Patched
from coopcal.definitions.repeats.keys import ALSO
from coopcal.definitions.second_call import no_second_call, second_call
from coopcal.definitions.series import with_repeats
from coopcal.definitions.sessions_outside import sessions_outside
from coopcal.definitions.source.node import Listing, Mapping, Node, Scalar
from coopcal.definitions.when import WhenContext, decode_hours, decode_when
from coopcal.model.event import Event, overrides_of
from coopcal.model.happening import Details, Session, ShowsAs, Status
from coopcal.model.message import msg
from coopcal.model.party import Party, Role
from coopcal.model.problem import Problems, has_errors
from coopcal.model.text import Text
from coopcal.model.venue import Location
from coopcal.model.when import Deadline, Timed, When, WholeDays, days_of
from coopcal.zones.shift import day_of, shifted

_SHOWN = frozenset(field.name for field in fields(Details))
_OF_EVENT = frozenset(field.name for field in fields(Event))
_OF_SESSION = frozenset(field.name for field in fields(Session))


def event(node: Node, defaults: Inherited, context: Context) -> Event | None:
    """Read an event and its sessions; None, with problems noted, where something of it is wrong."""
    if not isinstance(node, Mapping):
        written_keys(node, EVENT, context)
        return None
    return _Decoder(node, defaults, context, EVENT).event()


def _has_time(event: Event) -> bool:
    """Return whether it, a date of it or a session has a time."""
    happenings = (event, *event.dates, *event.details.sessions)
    overriding = (override.details for override in overrides_of(event))
    return any(map(_is_timed, (*(happening.details for happening in happenings), *overriding)))


def _is_timed(details: Details) -> bool:
    return isinstance(details.when, Timed | Deadline)


class _Decoder:
    """Reads one event, one session of ``parent``, or what is different on a date of it (``record`` tells the keys)."""

    def __init__(
        self,
        node: Mapping,
        inherited: Inherited,
        context: Context,
        record: Record,
        parent: "_Decoder | None" = None,
    ) -> None:
        self._before = len(context.problems.found)
        self.context = context
        self.problems = context.problems
        self._parent = parent
        self._usual: _Decoder | None = None
        named = node.get("id")
        self._place = named.position if named else node.position
        self.written = written_keys(node, record, context, position=self._place) or Written(record, {})
        self._own = frozenset(self.written.nodes)
        self._above: tuple[Location, ...] = inherited.values.get("where", ())
        self.written.inherit(inherited)
        self.path: tuple[str, ...] = ()
        self.oldest: tuple[str, ...] = ()
        self.when: When | None = None
        self.whens: list[tuple[Scalar, When]] = []
        """When its sessions are, as they are written."""
        self.around: WhenContext

    def event(self) -> Event | None:
        """Read an event with all its dates; None where anything is wrong."""
        details, seen_by = self._shown(), self._visibility()
        event = Event(
            organisation=self.context.organisation,
            path=self.path,
            oldest_path=self.oldest,
            details=details,
            visibility=seen_by,
            public_shows_busy=self._public_shows_busy(seen_by),
            **self._told(_OF_EVENT),
        )
        dated = self._with_dates(event) if self._is_sound() else None
        if dated is not None:
            self._hold_zones(has_time=_has_time(dated))
        return dated

    def session(self) -> Session | None:
        """Read a session; None where anything is wrong. Of a list of dates it takes place on the first."""
        details = self._shown()
        session = Session(
            organisation=self.context.organisation,
            path=self.path,
            oldest_path=self.oldest,
            details=details,
            visibility=self._visibility(),
            **self._told(_OF_SESSION),
        )
        if not self._is_sound():
            return None
        dates = [details]
        if isinstance(when := self.written.nodes.get("when"), Listing):
            first, further = several_dates(when, details, self._patch, self.problems)
            session, dates = replace(session, details=first), [first, *(date for _, date in further)]
        if not self._is_sound():
            return None
        self._hold_zones(has_time=any(map(_is_timed, dates)))
        return session

    def _shown(self) -> Details:
        """Return what is to be shown, whatever is missing; the path is that of the ids."""
        locations = self._read(self._above)
        identifier = self.written.get("id", "?")
        former = self.written.get("formerly", ())
        above, oldest_above = (self._parent.path, self._parent.oldest) if self._parent else ((), ())
        self.path, self.oldest = (*above, identifier), (*oldest_above, former[0] if former else identifier)
        self.around = self._around_own(locations)
        self.when = self._decode_when(self._around_first(self.around, locations))
        details = self._details()
        if self.when is not None:
            sessions_outside(self.whens, self.when, details.moved_from, self.problems)
        return details

    def _told(self, names: frozenset[str]) -> dict[str, Any]:
        """Return the values of those of the fields ``names`` that are written."""
        computed = {"visibility", "public_shows_busy"}
        told = self.written.fields().items()
        return {name: value for name, value in told if name in names and name not in computed}

    def _is_sound(self) -> bool:
        return self.when is not None and not has_errors(self.problems.found[self._before :])

    def _read(self, known: tuple[Location, ...]) -> tuple[Location, ...]:
        """Read all that does not depend on a zone; return the places, beside which others are ``known``."""
        locations: tuple[Location, ...] = self.written.read(self.context, only=("where",)).get("where", ())
        context = self.context.near(*locations, *known) if "timezone" in self._own else self.context
        self.written.read(context, but=DATED)
        return locations

    def _hold_zones(self, *, has_time: bool) -> None:
        """Note zones that tell nothing, as all that is here are whole days."""
        if "also_in" in self._own and not has_time:
            self.problems.tell(
                self.written.nodes["also_in"].position,
                ALSO_IN_WITHOUT_TIME,
                msg("Whole days are the same everywhere, so “also_in” says nothing here"),
                msg("take the line out, or write at which time it begins"),
            )

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
                first, further = several_dates(when, event.details, self._patch, self.problems)
                event = listed(event, first, further)
        elif repeats is not None:
            event = with_repeats(repeats, when or repeats, event, self._patch, self.context)
        return event if self._is_sound() else None

    def _details(self) -> Details:
        """Return what is written to be shown, whatever is missing."""
        if not DATED.isdisjoint(self.written.nodes):
            self.written.read(replace(self.context, around_when=self.around))
        status = self.written.get("status", Status.CONFIRMED)
        if self._parent and self._parent.value("status") is Status.CANCELLED:
            status = Status.CANCELLED
        sessions = self.written.nodes.get("sessions")
        told: dict[str, Any] = {
            "title": Text.of(self.context.language, "?"),
            **{name: value for name, value in self.written.fields().items() if name in _SHOWN},
            "when": self.when or WholeDays(date.min, date.min),
            "parties": self._parties(),
            "status": status,
            "shows_as": self._shows_as(),
            "sessions": self.sessions(sessions) if sessions else (),
            "second_call": self._second_call(),
            "moved_from": self._moved_from(),
        }
        return Details(position=self._place, language=self.context.language, **told)

    def _parties(self) -> tuple[Party, ...]:
        """Return who takes part; without organisers, the organisation itself is the first."""
        parties = [party for name in ROLES for party in self.written.get(name, ())]
        if "organisers" in self.written.nodes or "organisers" in self.written.values:
            return tuple(parties)
        return Party(Role.ORGANISER, self.context.organisation, position=self._place), *parties

    def _shows_as(self) -> ShowsAs:
        usual = ShowsAs.BUSY if isinstance(self.when, Timed) else ShowsAs.FREE
        shows_as: ShowsAs = self.written.get("shows_as", usual)
        return shows_as

    def _public_shows_busy(self, seen_by: frozenset[str]) -> bool:
        busy = self.written.get("public_shows")
        if "public_shows" in self._own and busy is not None and not seen_by:
            self.problems.tell(
                self.written.nodes["public_shows"].position,
                PUBLIC_ANYWAY,
                msg("The event is public, so “public_shows” says nothing"),
                msg("take the line out"),
            )
        return bool(busy and seen_by)

    def _second_call(self) -> When | None:
        node = self.written.nodes.get("second_call")
        if node is None:
            return None
        if "repeats" in self._own:
            no_second_call(node.position, self.problems)
            return None
        first, last = days_of(self.when) if self.when else (None, None)
        around = replace(self.around, day=first if first == last else None)
        return second_call(node, self.when, around, self.problems)

    def _moved_from(self) -> When | None:
        node = self.written.nodes.get("moved_from")
        return decode_when(node, None, self.around, self.problems, "moved_from") if node else None

    def _around_own(self, locations: tuple[Location, ...]) -> WhenContext:
        """Return what surrounds the ``when`` of an event or of a session; a place of its own beats a zone of the defaults."""
        if self._parent is not None:
            return self._around(self._above, locations, self._parent.around, self._parent_day())
        timezone = self.written.get("timezone")
        if "where" not in self._own:
            return self.context.when(timezone, locations, None, self.context.surroundings)
        if "timezone" not in self._own:
            return self.context.when(None, locations, None, self.context.when(timezone, self._above))
        return self.context.when(timezone, locations, None, self.context.when(None, self._above))

    def _around_first(self, around: WhenContext, known: tuple[Location, ...]) -> WhenContext:
        """Return what surrounds the first date, which may tell a zone or places of its own in a list of dates."""
        when = self.written.nodes.get("when")
        first = when.items[0] if isinstance(when, Listing) and when.items else None
        if not isinstance(first, Mapping):
            return around
        decoder = _Decoder(first, NOTHING, self.context.unheard, ALSO)
        return decoder._around(known, decoder._read(known), around, around.day)

    def _around(
        self,
        known: tuple[Location, ...],
        locations: tuple[Location, ...],
        usual: WhenContext,
        day: date | None,
    ) -> WhenContext:
        """Return what surrounds a ``when`` that has places of its own: the usual unless these tell another zone.

        ``known`` are the usual places; they tell nothing new.
        """
        timezone = self.written.get("timezone") if "timezone" in self._own else None
        new = tuple(Location() if place in known else place for place in locations)
        return self.context.when(timezone, new, day, usual)

    def _patch(self, base: Details, node: Node, record: Record, day: date | None) -> Patched | None:
        """Return ``base`` with what ``node`` says differently on a day.

        Times alone are those of ``day``; without any ``when``, what takes place as usual is moved there.
        """
        if isinstance(node, Scalar):
            node = Mapping(((Scalar("when", node.position), node),), node.position)
        if not isinstance(node, Mapping):
            written_keys(node, record, self.context)
            return None
        decoder = _Decoder(node, NOTHING, self.context, record)
        decoder.path, decoder.oldest = self.path, self.oldest
        return decoder.patched(base, self, day)

    def patched(self, base: Details, usual: "_Decoder", day: date | None) -> Patched | None:
        """Return ``base``, which ``usual`` has read, with all that is written here; None where that is wrong."""
        own = self._own
        self._usual = usual
        locations = self._read(base.locations)
        self.around = self._around(base.locations, locations, usual.around, day)
        self.when = self._when_on_date(base, day)
        details = self._details()
        if self.when is not None:
            sessions_outside(self.whens, self.when, details.moved_from, self.problems)
        if self.when is None or has_errors(self.problems.found[self._before :]):
            return None
        keys = self.written.record.by_name
        first = day is None and same_clock(self.when, base.when)
        told: dict[str, Any] = {
            "second_call": base.second_call if first else None,
            "moved_from": base.moved_from if first else None,
            **{name: getattr(details, name) for name in {keys[name].field for name in own} & _SHOWN},
            "when": self.when,
        }
        if own & ROLES.keys():
            roles = {ROLES[name] for name in own & ROLES.keys()}
            kept = [party for party in base.parties if party.role not in roles]
            told["parties"] = (*(party for party in details.parties if party.role in roles), *kept)
        if self.value("shows_as") is None:
            told["shows_as"] = self._shows_as()
        if "sessions" not in own:
            told["sessions"] = self._sessions_as_usual(base, day) if first or "when" not in own else ()
        return Patched(replace(base, position=self._place, **told), self._patch)

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
        if teller is None or teller.when is None or not self._own & frozenset(INHERITED):
            return days_later(base.sessions, days_between(base.when, day))
        above = copy(self)
        above.when, above.whens = teller.when, []
        above.context = self.context.unheard
        above.problems = above.context.problems
        sessions = above.sessions(teller.written.nodes["sessions"])
        told = set(self.problems.found)
        self.problems.found += [problem for problem in above.problems.found if problem not in told]
        return days_later(sessions, days_between(teller.when, day_of(self.when or base.when)))

    def value(self, name: str) -> Any:
        """Return the value of a key, here or where it is told what is so as usual; None where it is not written."""
        teller = self.teller(name)
        return teller.written.get(name) if teller else None

    def _node(self, name: str) -> Node | None:
        teller = self.teller(name)
        return teller.written.nodes.get(name) if teller else None

    def teller(self, name: str) -> "_Decoder | None":
        """Return what says something of a key: this, or what tells what is so as usual; None where nothing does."""
        if name in self.written.nodes or name in self.written.values:
            return self
        return self._usual.teller(name) if self._usual else None

    def _parent_day(self) -> date | None:
        if self._parent is None or self._parent.when is None:
            return None
        first, last = days_of(self._parent.when)
        return first if first == last else None

    def _decode_when(self, around: WhenContext) -> When | None:
        node, hours = self.written.nodes.get("when"), self.written.nodes.get("hours")
        if node is None:
            return self._parent.when if self._parent else None
        if isinstance(node, Listing) and node.items:
            node = node.items[0]
            if isinstance(node, Mapping):
                named = node.get("when")
                node = named if named is not None else node
        own = hours if "hours" in self._own else None
        when = decode_when(node, own, around, self.problems)
        if when is not None and own is None:
            when = with_hours(when, hours, around, self.problems)
        if isinstance(node, Scalar) and when is not None and self._parent is not None:
            self._parent.whens.append((node, when))
        return when

    def _visibility(self) -> frozenset[str]:
        seen_by: frozenset[str] = self.written.get("visibility", frozenset())
        above = self._parent.value("visibility") if self._parent and "visibility" in self._own else None
        if above and not (seen_by and seen_by <= above):
            self.problems.tell(
                self.written.nodes["visibility"].position,
                SESSION_MORE_VISIBLE,
                msg("A session cannot be more visible than the event that it is in"),
                msg("take the line out"),
            )
        return seen_by

    def sessions(self, node: Node) -> tuple[Session, ...]:
        """Return the sessions, with what they take from the event; each problem of theirs is noted."""
        told = {name: value for name in INHERITED if (value := self.value(name)) is not None}
        inherited = Inherited(told, {})
        sessions: list[Session] = []
        names: list[Scalar] = []
        for item in items(node):
            if not isinstance(item, Mapping):
                written_keys(item, SESSION, self.context)
                continue
            named = item.get("id")
            if isinstance(named, Scalar):
                names.append(named)
            session = _Decoder(item, inherited, self.context, SESSION, parent=self).session()
            if session is not None:
                sessions.append(session)
        _hold_unique(names, self.problems)
        return tuple(sessions)


def _hold_unique(names: list[Scalar], problems: Problems) -> None:
    """Note ids of sessions that stand twice."""
    lines: dict[str, int] = {}
    for name in names:
        if name.text in lines:
            problems.tell(
                name.position,
                DUPLICATE_ID,
                msg(
                    "The session “{id}” stands here a second time; the first is in line {line}",
                    id=name.text,
                    line=lines[name.text],
                ),
                msg("give it another one"),
            )
        lines.setdefault(name.text, name.position.line)
