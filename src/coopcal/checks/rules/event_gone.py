"""Events that were published and are there no longer: a UID never dies in silence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coopcal.checks.overview import Overview, ids_of
from coopcal.checks.rule import WideRule
from coopcal.checks.view import View, names_of
from coopcal.definitions.declared.spelling import nearest
from coopcal.model.event import Event
from coopcal.model.facts import HappeningFacts
from coopcal.model.message import Message, msg
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Code, Position, Problem, Problems, Proposal
from coopcal.model.published import PublishedEvent
from coopcal.text.slips import one_slip

EVENT_GONE = Code(
    "event-gone",
    "A published event is gone. If that is meant, `removed` confirms it; if it was renamed, `formerly` tells its old id.",
)


@dataclass(frozen=True, slots=True)
class Near:
    """An event that one which is gone probably is now; ``slipped`` where its id was mistyped, as it seems."""

    id: str
    position: Position
    slipped: bool


@dataclass(frozen=True, slots=True)
class Gone:
    """An event or session that was published, and is not in its organisation now.

    ``inner`` holds its ids below its organisation's, ``first`` is the day on which it was to begin.
    """

    uid: str
    key: str
    first: date
    near: Near | None

    @property
    def inner(self) -> str:
        """Its ids below that of its organisation."""
        return self.key.partition("/")[2]

    @property
    def outer(self) -> str:
        """The id of its event; its own where it is no session."""
        return self.inner.partition("/")[0]

    @property
    def is_session(self) -> bool:
        """Return whether it is a session, whose event is there."""
        return "/" in self.inner


@dataclass(frozen=True, slots=True)
class Presence:
    """What was published of an organisation and is not there, and what it has taken over from others, by UIDs and keys."""

    gone: tuple[Gone, ...]
    taken_over: frozenset[str]


def gather(view: View) -> Mapping[str, Presence]:
    """Return what each organisation lacks of what was published, and what it has of others, where there is any."""
    if view.previous is None:
        return {}
    gathered = {}
    for one in view.batch:
        gone, taken_over = tuple(_gone(one, view)), view.taken_over.get(one.id, frozenset())
        if gone or taken_over:
            gathered[one.id] = Presence(gone, taken_over)
    return gathered


def _gone(one: Organisation, view: View) -> Iterator[Gone]:
    overview = view.overview
    if not one.complete or one.closed is not None or overview.may_be_unread(one.id):
        return
    owners = [owner for owner in ids_of(one) if overview.now_called.get(owner, owner) == one.id]
    published = (pair for owner in dict.fromkeys(owners) for pair in overview.published_of.get(owner, ()))
    absent = [
        (uid, event) for uid, event in published if uid not in view.present[one.id] and "+" not in event.key
    ]  # a date of an event: it comes and goes with that
    names = names_of(one) if absent else ()
    new = [event for event in one.events if event.key not in overview.published] if absent else []
    removed = {reference.id for reference in one.removed}
    for uid, event in sorted(absent, key=lambda pair: pair[1].key):
        if event.key not in names and not _is_removed(event.key, overview):
            gone = Gone(uid, event.key, event.first, None)
            if removed.isdisjoint((gone.inner, gone.outer)):
                yield gone if gone.is_session else replace(gone, near=_near(event, new, view))


def _is_removed(key: str, overview: Overview) -> bool:
    """Return whether an event, or the one that it is a session of, was said to be removed."""
    removed = overview.previous.removed if overview.previous else ()
    return key in removed or "/".join(key.split("/")[:2]) in removed


def conclude(gathered: Mapping[str, Presence], overview: Overview, problems: Problems) -> None:
    """Every event that was published is there, or was it formerly, or is said to be removed."""
    taken_over = frozenset[str]().union(*(presence.taken_over for presence in gathered.values()))
    for identifier, presence in gathered.items():
        gone: dict[str, Gone] = {}
        for event in presence.gone:
            if taken_over.isdisjoint((event.uid, event.key)) and event.outer not in gone:
                gone.setdefault(event.inner, event)
        _tell(overview.organisations[identifier], tuple(gone.values()), problems)


def _tell(one: Organisation, events: Sequence[Gone], problems: Problems) -> None:
    for gone in events:
        message = (
            msg("The session “{id}” was published ({day}), and is gone", id=gone.inner, day=gone.first)
            if gone.is_session
            else msg("The event “{id}” was published ({day}), and is gone", id=gone.inner, day=gone.first)
        )
        besides = [other.inner for other in events if other is gone or other.near is None]
        place, line = _removal(one, gone.inner, besides)
        proposals = [Proposal(one.position.path, None, "removed", gone.inner)]
        if gone.near is not None:
            proposals.insert(0, Proposal(gone.near.position.path, gone.near.id, "formerly", gone.inner))
        problems.found.append(
            Problem.of(place, EVENT_GONE, message, _mend(gone, line), proposals=tuple(proposals))
        )


def _mend(gone: Gone, line: Message) -> Message:
    last = gone.inner.rsplit("/", 1)[-1]
    if gone.near is not None and gone.near.slipped:
        return msg(
            "write the id again: id: {id}   (in place of “{event}”, {path}, line {number}; or, if it was renamed, “formerly: [{id}]” there)",
            id=last,
            event=gone.near.id,
            path=gone.near.position.path,
            number=gone.near.position.line,
        )
    if gone.near is None:
        return msg(
            "{line}\nor, if it was renamed: “formerly: [{id}]” in the event that it is now",
            line=line,
            id=last,
        )
    return msg(
        "{line}\nor, if it was renamed: “formerly: [{id}]” in “{event}” ({path}, line {number})",
        line=line,
        id=last,
        event=gone.near.id,
        path=gone.near.position.path,
        number=gone.near.position.line,
    )


def _slipped(near: Event, published: PublishedEvent, overview: Overview) -> bool:
    """Return whether the id was mistyped: what is there now has the same title and days, and an id that is one slip away."""
    facts = overview.previous.facts if overview.previous else None
    if facts is None or not one_slip(near.path[-1], published.key.partition("/")[2]):
        return False
    happenings = (event for event in facts.events.values() if isinstance(event, HappeningFacts))
    shown = next((event.shown for event in happenings if event.key == published.key), None)
    same_days = near.days == (published.first, published.last)
    return shown is not None and same_days and shown.title == near.details.title


def _removal(one: Organisation, own: str, gone: list[str]) -> tuple[Position, Message]:
    """Return where to say that an event is removed, and the line to write there: one for all that are gone with it."""
    path, above = one.position.path, one.key_place("events") or one.key_place("name")
    if not one.removed:
        line = f"removed: [{', '.join(gone)}]"
        if above is None:
            return one.position, msg("{line}   (a line of its own in {path})", line=line, path=path)
        return above, msg(
            "{line}   (a line of its own in {path}, above line {number})",
            line=line,
            path=path,
            number=above.line,
        )
    last, key = one.removed[-1].position, one.key_place("removed")
    if key is not None and last.line > key.line:
        return last, msg(
            "{line}   (in the list “removed” in {path}, below line {number})",
            line=f"- {own}",
            path=path,
            number=last.line,
        )
    return last, msg(
        "{line}   (in place of line {number} of {path})",
        line=f"removed: [{', '.join((*(reference.id for reference in one.removed), *gone))}]",
        path=path,
        number=last.line,
    )


def _near(published: PublishedEvent, new: Sequence[Event], view: View) -> Near | None:
    """Return the event, of those not published before, that it probably is now: on the same days, or of a similar id."""
    same_days = (event for event in new if event.days == (published.first, published.last))
    event = next(same_days, None)
    if event is None:
        names = {event.path[-1]: event for event in new}
        event = names.get(nearest(published.key.split("/")[1], names) or "")
    if event is None:
        return None
    return Near(event.path[-1], event.details.position, _slipped(event, published, view.overview))


RULE = WideRule((EVENT_GONE,), conclude, gather, looks_back=True)
