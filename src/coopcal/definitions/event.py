"""Events and their sessions."""

from copy import copy
from dataclasses import replace
from datetime import date

from coopcal.definitions import details, people
from coopcal.definitions.as_usual import days_between, in_zone_around, on_day, same_clock, with_hours
from coopcal.definitions.codes.dates import ALSO_IN_WITHOUT_TIME
from coopcal.definitions.codes.events import SESSION_MORE_VISIBLE
from coopcal.definitions.codes.series import BAD_REPEATS
from coopcal.definitions.context import Context
from coopcal.definitions.declared import fields as read
from coopcal.definitions.declared.record import Record, fields, items
from coopcal.definitions.event_keys import EVENT, INHERITED, SESSION
from coopcal.definitions.event_values import ROLES, EventValues
from coopcal.definitions.outside import sessions_outside
from coopcal.definitions.patch import Patched
from coopcal.definitions.repeats import ALSO
from coopcal.definitions.second_call import no_second_call, second_call
from coopcal.definitions.series import with_repeats
from coopcal.definitions.several import several_dates
from coopcal.definitions.source.node import Listing, Mapping, Node, Scalar
from coopcal.definitions.visibility import visibility
from coopcal.definitions.when import WhenContext, decode_hours, decode_when
from coopcal.definitions.where import location, online
from coopcal.model.event import Details, Event, Location, Status
from coopcal.model.message import msg
from coopcal.model.problem import Problems, has_errors
from coopcal.model.text import Text
from coopcal.model.when import Deadline, Timed, When, WholeDays, days_of
from coopcal.recurrence import day_of, shifted

_FIELDS = {
    "where": "locations", "organisers": "parties", "hosts": "parties", "partners": "parties", "participants": "parties",
    "languages": "spoken",
}  # fmt: skip
"""The fields of an event that keys of another name are read into."""


def event(node: Node, defaults: Mapping | None, context: Context) -> Event | None:
    """Read an event and its sessions; None, with problems noted, where something of it is wrong."""
    if not isinstance(node, Mapping):
        fields(node, EVENT, context.problems)
        return None
    return _Decoder(node, defaults, context).event()


def _has_time(event: Event) -> bool:
    """Return whether it, a date of it or a session has a time."""
    changed = [change.event for change in event.recurrence.changes] if event.recurrence else []
    return any(
        isinstance(each.details.when, Timed | Deadline)
        for each in (event, *event.dates, *changed, *event.details.sessions)
    )


class _Decoder(EventValues):
    """Reads one event, one session of ``parent``, or what is different on a date of it (``record`` tells the keys)."""

    def __init__(
        self,
        node: Mapping,
        inherited: Mapping | None,
        context: Context,
        parent: "_Decoder | None" = None,
        record: Record | None = None,
    ) -> None:
        self._before = len(context.problems.found)
        self._node = node
        self._parent = parent
        self._usual: _Decoder | None = None
        record = record or (SESSION if parent else EVENT)
        named = node.get("id")
        place = named.place if named else node.place
        values = fields(node, record, context.problems, place=place, language=context.language) or {}
        self._own = frozenset(values)
        self._inherited = inherited
        for name, value in inherited.entries if inherited else ():
            if name.text in record.names and name.text not in values:
                values[name.text] = value
        super().__init__(values, context, place)
        self.path: tuple[str, ...] = ()
        self.oldest: tuple[str, ...] = ()
        self.when: When | None = None
        self.whens: list[tuple[Scalar, When]] = []
        """When its sessions are, as they are written."""
        self.around = context.when()

    def event(self) -> Event | None:
        """Read everything; None where anything is wrong."""
        identifier = self._read("id", lambda node: read.identifier(node, self._problems)) or "?"
        former = tuple(
            each for each in self._each("formerly", lambda node: read.identifier(node, self._problems))
        )
        above, oldest_above = (self._parent.path, self._parent.oldest) if self._parent else ((), ())
        self.path, self.oldest = (*above, identifier), (*oldest_above, former[0] if former else identifier)
        locations = tuple(self._each("where", lambda node: location(node, self._context)))
        around = self._around_own(locations)
        self.around = around
        self.when = self._decode_when(self._around_first(around, locations))
        details = self._details(locations, around)
        if self.when is not None:
            sessions_outside(self.whens, self.when, details.moved_from, self._problems)
        built = self._built(details, former, around)
        sound = self.when is not None and not has_errors(self._problems.found[self._before :])
        return self._dated(built) if sound else None

    def _dated(self, built: Event) -> Event | None:
        """Return the event with all its dates; None where anything about them is wrong."""
        dated = self._with_dates(built)
        if "also_in" in self._own and dated is not None and not _has_time(dated):
            self._problems.tell(
                self.values["also_in"].place,
                ALSO_IN_WITHOUT_TIME,
                msg("Whole days are the same everywhere, so “also_in” says nothing here"),
                msg("take the line out, or write at which time it begins"),
            )
        return dated

    def _with_dates(self, built: Event) -> Event | None:
        when, repeats = self.values.get("when"), self.values.get("repeats")
        if isinstance(when, Listing):
            if repeats is not None:
                self._problems.tell(
                    repeats.place,
                    BAD_REPEATS,
                    msg("“repeats” goes with one date in “when”, the first, and there is a list"),
                    msg("write the dates that the rule does not give under “also”"),
                )
            else:
                built = several_dates(when, built, self._patch, self._problems)
        elif repeats is not None:
            built = with_repeats(repeats, when or repeats, built, self._patch, self._context)
        return None if has_errors(self._problems.found[self._before :]) else built

    def _details(self, locations: tuple[Location, ...], around: WhenContext) -> Details:
        """Return what is written to be shown, whatever is missing."""
        status = (
            self._read("status", lambda node: read.choice(node, Status, self._problems, msg("a status")))
            or Status.CONFIRMED
        )
        if self._parent and self._parent_status() is Status.CANCELLED:
            status = Status.CANCELLED
        title = self._text("title", longest=read.LONGEST_TITLE, one_line=True)
        return Details(
            place=self._place,
            title=title or Text.of(self._context.language, "?"),
            when=self.when or WholeDays(date.min, date.min),
            language=self._context.language,
            also_in=tuple(
                dict.fromkeys(self._each("also_in", lambda node: read.timezone(node, self._problems)))
            ),
            locations=locations,
            online=self._read("online", lambda node: online(node, self._problems)),
            parties=self._parties(),
            description=self._text("description"),
            tags=self._tags(),
            links=tuple(self._each("links", lambda node: details.link(node, self._context))),
            documents=tuple(self._each("documents", lambda node: details.document(node, self._context))),
            registration=self._read(
                "registration", lambda node: details.registration(node, self._context, around)
            ),
            practical=self._read("practical", lambda node: details.practical(node, self._context)),
            spoken=read.languages(self.values["languages"], self._problems)
            if "languages" in self.values
            else (),
            contact=self._read("contact", lambda node: people.contact(node, self._context)),
            hashtag=self._hashtag(),
            image=self._read("image", lambda node: details.image(node, self._context)),
            status=status,
            reason=self._text("reason", longest=2000),
            shows_as=self._shows_as(self.when),
            sessions=self._read("sessions", self._sessions) or (),
            note_place=self.values["note"].place if "note" in self.values else None,
            second_call=self._second_call(around),
            moved_from=self._moved_from(around),
        )

    def _built(self, details: Details, former: tuple[str, ...], around: WhenContext) -> Event:
        """Return an event of what is written, whatever is missing."""
        seen_by = self._visibility()
        return Event(
            organisation=self._context.organisation,
            path=self.path,
            oldest_path=self.oldest,
            details=details,
            former_ids=former,
            uid=self._uid(),
            series=self._read("series", lambda node: read.identifier(node, self._problems)),
            visibility=seen_by,
            public_shows_busy=self._public_shows_busy(seen_by),
            draft=bool(self._read("draft", lambda node: read.boolean(node, self._problems))),
            publish_from=self._publish_from(around),
            corrected=bool(self._read("corrected", lambda node: read.boolean(node, self._problems))),
        )

    def _second_call(self, around: WhenContext) -> When | None:
        node = self.values.get("second_call")
        if node is None:
            return None
        if "repeats" in self.values:
            no_second_call(node.place, self._problems)
            return None
        first, last = days_of(self.when) if self.when else (None, None)
        around = replace(around, day=first if first == last else None)
        return second_call(node, self.when, around, self._problems)

    def _moved_from(self, around: WhenContext) -> When | None:
        node = self.values.get("moved_from")
        return decode_when(node, None, around, self._problems, "moved_from") if node else None

    def _around_own(self, locations: tuple[Location, ...]) -> WhenContext:
        """Return what surrounds the ``when`` of an event or of a session; a place of its own beats a zone of the defaults."""
        if self._parent is not None:
            around = self._parent.around
            return self._around(self._locations_above(), locations, around, self._parent_day())
        timezone = self._timezone(locations)
        above = self._locations_above() if "where" in self._own else ()
        if "where" in self._own and "timezone" not in self._own:
            return self._context.when(None, locations, None, self._context.when(timezone, above))
        return self._context.when(timezone, locations, None, self._context.when(None, above))

    def _timezone(self, locations: tuple[Location, ...]) -> str | None:
        around = self._context.around(locations)
        return self._read("timezone", lambda node: read.timezone(node, self._problems, around))

    def _around_first(self, around: WhenContext, known: tuple[Location, ...]) -> WhenContext:
        """Return what surrounds the first date, which may tell a zone or places of its own in a list of dates."""
        when = self.values.get("when")
        first = when.items[0] if isinstance(when, Listing) and when.items else None
        if not isinstance(first, Mapping):
            return around
        unheard = replace(self._context, problems=Problems(), named=[])
        decoder = _Decoder(first, None, unheard, record=ALSO)
        locations = tuple(decoder._each("where", lambda each: location(each, unheard)))
        return decoder._around(known, locations, around, around.day)

    def _locations_above(self) -> tuple[Location, ...]:
        """Return the places that would be those of the event if it told none."""
        node = self._inherited.get("where") if self._inherited else None
        unheard = replace(self._context, problems=Problems(), named=[])
        return tuple(read.each(node, lambda each: location(each, unheard))) if node else ()

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
        timezone = None
        if "timezone" in self._own:
            timezone = self._timezone((*locations, *known))
        new = tuple(Location() if each in known else each for each in locations)
        return self._context.when(timezone, new, day, usual)

    def _patch(self, base: Details, node: Node, record: Record, day: date | None) -> Patched | None:
        """Return ``base`` with what ``node`` says differently on a day.

        Times alone are those of ``day``; without any ``when``, what takes place as usual is moved there.
        """
        if isinstance(node, Scalar):
            node = Mapping(((Scalar("when", node.place), node),), node.place)
        if not isinstance(node, Mapping):
            fields(node, record, self._problems)
            return None
        decoder = _Decoder(node, None, self._context, record=record)
        decoder.path, decoder.oldest = self.path, self.oldest
        return decoder.patched(base, self, day)

    def patched(self, base: Details, usual: "_Decoder", day: date | None) -> Patched | None:
        """Return ``base``, which ``usual`` has read, with all that is written here; None where that is wrong."""
        own = self._own
        self._usual = usual
        self._read("id", lambda node: read.identifier(node, self._problems))
        locations = tuple(self._each("where", lambda node: location(node, self._context)))
        around = self._around(base.locations, locations, usual.around, day)
        self.around = around
        self.when = self._when_on_date(base, day)
        built = self._details(locations, around)
        if self.when is not None:
            sessions_outside(self.whens, self.when, built.moved_from, self._problems)
        if self.when is None or has_errors(self._problems.found[self._before :]):
            return None
        written = {_FIELDS.get(name, name) for name in own} - {
            "id",
            "when",
            "hours",
            "timezone",
            "note",
            "parties",
        }
        first = day is None and same_clock(self.when, base.when)
        said = {
            "note_place": built.note_place or base.note_place,
            "second_call": base.second_call if first else None,
            "moved_from": base.moved_from if first else None,
            **{name: getattr(built, name) for name in written},
        }
        if own & ROLES.keys():
            roles = {ROLES[name] for name in own & ROLES.keys()}
            kept = [party for party in base.parties if party.role not in roles]
            said["parties"] = (*(party for party in built.parties if party.role in roles), *kept)
        if self.written("shows_as") is None:
            said["shows_as"] = self._shows_as(self.when)
        if "sessions" not in own:
            said["sessions"] = self._sessions_as_usual(base, day) if first or "when" not in own else ()
        return Patched(replace(base, when=self.when, place=self._place, **said), self._patch)

    def _when_on_date(self, base: Details, day: date | None) -> When | None:
        """Return when it is on a date: as written, else as usual, in the zone that this date tells."""
        if "when" in self._own:
            when = decode_when(self.values["when"], self.values.get("hours"), self.around, self._problems)
            return with_hours(when, self.written("hours"), self.around, self._problems) if when else None
        as_usual = shifted(base.when, day) if day else base.when
        if "hours" in self._own and isinstance(as_usual, WholeDays):
            hours = decode_hours(self.values["hours"], as_usual, self.around, self._problems)
            return replace(as_usual, hours=hours or ())
        tells = self.values.get("timezone") or self.values.get("where")
        return in_zone_around(as_usual, tells, self.around, self._problems) if tells else as_usual

    def _sessions_as_usual(self, base: Details, day: date | None) -> tuple[Event, ...]:
        """Return the sessions of what takes place as usual, on a day, with what they take from it as it is then."""
        teller = self._teller("sessions")
        if teller is None or teller.when is None or not self._own & frozenset(INHERITED):
            return on_day(base.sessions, days_between(base.when, day))
        above = copy(self)
        above.when, above.whens = teller.when, []
        above._problems = Problems()  # noqa: SLF001 - of the same class
        above._context = replace(self._context, problems=above._problems, named=[])  # noqa: SLF001
        sessions = above._sessions(teller.values["sessions"])  # noqa: SLF001
        told = set(self._problems.found)
        self._problems.found += [each for each in above._problems.found if each not in told]  # noqa: SLF001
        return on_day(sessions, days_between(teller.when, day_of(self.when or base.when)))

    def written(self, name: str) -> Node | None:
        """Return what is written under a key, here or where it is told what is so as usual."""
        teller = self._teller(name)
        return teller.values[name] if teller else None

    def _teller(self, name: str) -> "_Decoder | None":
        if name in self.values:
            return self
        return self._usual._teller(name) if self._usual else None  # noqa: SLF001 - of the same class

    def _parent_day(self) -> date | None:
        if self._parent is None or self._parent.when is None:
            return None
        first, last = days_of(self._parent.when)
        return first if first == last else None

    def _parent_status(self) -> Status | None:
        node = self._parent.written("status") if self._parent else None
        return Status.CANCELLED if isinstance(node, Scalar) and node.text == Status.CANCELLED.value else None

    def _decode_when(self, around: WhenContext) -> When | None:
        node = self.values.get("when")
        if node is None:
            return self._parent.when if self._parent else None
        if isinstance(node, Listing) and node.items:
            node = node.items[0]
            if isinstance(node, Mapping):
                named = node.get("when")
                node = named if named is not None else node
        when = decode_when(node, self.values.get("hours"), around, self._problems)
        if isinstance(node, Scalar) and when is not None and self._parent is not None:
            self._parent.whens.append((node, when))
        return when

    def _visibility(self) -> frozenset[str]:
        seen_by = visibility(self.values.get("visibility"), self._context)
        if self._parent and "visibility" in self._own:
            above_seen = visibility(self._parent.written("visibility"), self._context)
            if above_seen and not (seen_by and seen_by <= above_seen):
                self._problems.tell(
                    self.values["visibility"].place,
                    SESSION_MORE_VISIBLE,
                    msg("A session cannot be more visible than the event that it is in"),
                    msg("take the line out"),
                )
        return seen_by

    def _sessions(self, node: Node) -> tuple[Event, ...]:
        told = ((name, self.written(name)) for name in INHERITED)
        above = Mapping(
            tuple((Scalar(name, self._place), value) for name, value in told if value is not None),
            self._place,
        )
        found: list[Event] = []
        names: list[tuple[Scalar, str]] = []
        for item in items(node):
            if not isinstance(item, Mapping):
                fields(item, SESSION, self._problems)
                continue
            named = item.get("id")
            if isinstance(named, Scalar):
                names.append((named, named.text))
            session = _Decoder(item, above, self._context, parent=self).event()
            if session is not None:
                found.append(session)
        read.unique(names, self._problems)
        return tuple(found)
