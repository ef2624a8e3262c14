"""Sessions: the parts of an event, or of a date of it, that have a *when* of their own."""

from dataclasses import fields
from datetime import date

from coopcal.definitions.codes.dates import BAD_WHEN
from coopcal.definitions.codes.events import SESSION_MORE_VISIBLE
from coopcal.definitions.codes.values import DUPLICATE_ID
from coopcal.definitions.declared.record import Inherited, written_keys
from coopcal.definitions.declared.shapes import items
from coopcal.definitions.event_keys import INHERITED, SESSION
from coopcal.definitions.happening import HappeningDecoder, is_timed
from coopcal.definitions.source.node import Listing, Mapping, Node, Scalar
from coopcal.model.happening import Session, Status
from coopcal.model.message import msg
from coopcal.model.problem import Problems
from coopcal.model.when import When, days_of

_OF_SESSION = frozenset(field.name for field in fields(Session)) - {"visibility"}


def decode_sessions(node: Node | None, event: HappeningDecoder) -> tuple[Session, ...]:
    """Return the sessions of an event, with what they take from it; each problem of theirs is noted."""
    if node is None:
        return ()
    values = {name: value for name in INHERITED if (value := event.value(name)) is not None}
    inherited = Inherited(values, {})
    sessions: list[Session] = []
    names: list[Scalar] = []
    for item in items(node):
        if not isinstance(item, Mapping):
            written_keys(item, SESSION, event.context)
            continue
        named = item.get("id")
        if isinstance(named, Scalar):
            names.append(named)
        session = _SessionDecoder(item, inherited, event).session()
        if session is not None:
            sessions.append(session)
    _hold_unique(names, event.problems)
    return tuple(sessions)


class _SessionDecoder(HappeningDecoder):
    """Reads one session of an event."""

    def __init__(self, node: Mapping, inherited: Inherited, event: HappeningDecoder) -> None:
        super().__init__(node, inherited, event.context, SESSION)
        self._event = event

    def session(self) -> Session | None:
        """Read a session; None where anything is wrong."""
        locations = self.read_places(self.places_above)
        self.take_ids(self._event)
        self.around = self.around_places(
            self.places_above, locations, self._event.around, self._day_of_event()
        )
        self.when = self._when()
        details = self.details()
        session = Session(
            organisation=self.context.organisation,
            path=self.path,
            oldest_path=self.oldest,
            details=details,
            visibility=self._visibility(),
            **self.values_of(_OF_SESSION),
        )
        if not self.is_sound():
            return None
        self.hold_zones(has_time=is_timed(details))
        return session

    def status(self) -> Status:
        """Return the status that is written; the session is cancelled with its event."""
        cancelled = self._event.value("status") is Status.CANCELLED
        return Status.CANCELLED if cancelled else super().status()

    def _when(self) -> When | None:
        """Return when it is: as written, else when its event is."""
        node = self.written.nodes.get("when")
        if node is None:
            return self._event.when
        if isinstance(node, Listing):
            self.problems.tell(
                node.position,
                BAD_WHEN,
                msg("A session takes place once, and here stands a list of dates"),
                msg("write a session with an id of its own for each date"),
            )
            return None
        when = self.decode_when(node, self.around)
        if isinstance(node, Scalar) and when is not None:
            self._event.session_dates.append((node, when))
        return when

    def _day_of_event(self) -> date | None:
        """Return the day of an event that has one alone."""
        if self._event.when is None:
            return None
        first, last = days_of(self._event.when)
        return first if first == last else None

    def _visibility(self) -> frozenset[str]:
        """Return the groups that may see it; a session is never more visible than its event."""
        seen_by: frozenset[str] = self.written.get("visibility", frozenset())
        above = self._event.value("visibility") if "visibility" in self.own else None
        if above and not (seen_by and seen_by <= above):
            self.problems.tell(
                self.written.nodes["visibility"].position,
                SESSION_MORE_VISIBLE,
                msg("A session cannot be more visible than the event that it is in"),
                msg("take the line out"),
            )
        return seen_by


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
