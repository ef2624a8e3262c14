"""Events that were published and are there no longer: a UID never dies in silence."""

from dataclasses import dataclass

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.definitions.declared.spelling import nearest, one_slip
from coopcal.model.event import Event
from coopcal.model.facts import HappeningFacts
from coopcal.model.message import Message, msg
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Code, Position, Problem, Problems, Proposal
from coopcal.model.published import PublishedEvent

EVENT_GONE = Code(
    "event-gone",
    "A published event is gone. If that is meant, `removed` confirms it; if it was renamed, `formerly` tells its old id.",
)


@dataclass(frozen=True, slots=True)
class _Gone:
    """An event or session that is gone: its ids below its organisation's, and the event that it probably is now."""

    published: PublishedEvent
    inner: str
    near: Event | None

    @property
    def is_session(self) -> bool:
        """Return whether it is a session, whose event is there."""
        return "/" in self.inner


def check(view: View, problems: Problems) -> None:
    """Every event that was published is there, or was it formerly, or is said to be removed."""
    previous = view.previous
    if previous is None:
        return
    present = {uid for uid, _ in view.uids} | _names(view)
    missing: dict[str, list[PublishedEvent]] = {}
    for uid, published in sorted(previous.with_keys.items(), key=lambda item: item[1].key):
        if "+" in published.key:
            continue  # a date of an event: it comes and goes with that
        if uid in present or published.key in present or _is_removed(published.key, previous.removed):
            continue
        owner = published.key.split("/", 1)[0]
        missing.setdefault(view.now_called.get(owner, owner), []).append(published)
    for owner, events in missing.items():
        one = view.organisations.get(owner)
        if one is not None and one.complete and one.closed is None and not view.may_be_unread(owner):
            _tell(one, events, view, problems)


def _names(view: View) -> set[str]:
    """Return the keys that events and sessions have and had."""
    names = set()
    for one in view.catalogue.organisations:
        owners = (one.id, *(reference.id for reference in one.formerly))
        for event in one.events:
            outer = [f"{owner}/{name}" for owner in owners for name in (event.path[-1], *event.former_ids)]
            names.update(outer)
            for session in event.details.sessions:
                names.update(
                    f"{key}/{name}" for key in outer for name in (session.path[-1], *session.former_ids)
                )
    return names


def _is_removed(key: str, removed: frozenset[str]) -> bool:
    """Return whether an event, or the one that it is a session of, is said to be removed."""
    return key in removed or "/".join(key.split("/")[:2]) in removed


def _tell(one: Organisation, events: list[PublishedEvent], view: View, problems: Problems) -> None:
    listed = {reference.id for reference in one.removed}
    all_gone: list[_Gone] = []
    for published in events:
        inner = published.key.split("/", 1)[1]
        outer = inner.split("/")[0]
        if not {inner, outer}.isdisjoint((*listed, *(gone.inner for gone in all_gone))):
            continue
        all_gone.append(_Gone(published, inner, _renamed(published, one, view) if inner == outer else None))
    for gone in all_gone:
        identifier, day = gone.inner, gone.published.first
        message = (
            msg("The session “{id}” was published ({day}), and is gone", id=identifier, day=day)
            if gone.is_session
            else msg("The event “{id}” was published ({day}), and is gone", id=identifier, day=day)
        )
        besides = [other.inner for other in all_gone if other is gone or other.near is None]
        place, line = _removal(one, gone.inner, besides)
        proposals = [Proposal(one.position.path, None, "removed", gone.inner)]
        if gone.near is not None:
            proposals.insert(
                0, Proposal(gone.near.details.position.path, gone.near.path[-1], "formerly", gone.inner)
            )
        problems.found.append(
            Problem.of(
                place,
                EVENT_GONE,
                message,
                _mend(gone, line, slipped=_slipped(gone, view)),
                proposals=tuple(proposals),
            )
        )


def _mend(gone: _Gone, line: Message, *, slipped: bool) -> Message:
    last = gone.inner.rsplit("/", 1)[-1]
    if gone.near is not None and slipped:
        return msg(
            "write the id again: id: {id}   (in place of “{event}”, {path}, line {number}; or, if it was renamed, “formerly: [{id}]” there)",
            id=last,
            event=gone.near.path[-1],
            path=gone.near.details.position.path,
            number=gone.near.details.position.line,
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
        event=gone.near.path[-1],
        path=gone.near.details.position.path,
        number=gone.near.details.position.line,
    )


def _slipped(gone: _Gone, view: View) -> bool:
    """Return whether the id was mistyped: what is there now has the same title and days, and an id that is one slip away."""
    facts = view.previous.facts if view.previous else None
    if gone.near is None or facts is None or not one_slip(gone.near.path[-1], gone.inner):
        return False
    happenings = (event for event in facts.events.values() if isinstance(event, HappeningFacts))
    shown = next((event.shown for event in happenings if event.key == gone.published.key), None)
    same_days = gone.near.days == (gone.published.first, gone.published.last)
    return shown is not None and same_days and shown.title == gone.near.details.title


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


def _renamed(published: PublishedEvent, one: Organisation, view: View) -> Event | None:
    """Return the event, not published before, that it probably is now: on the same days, or of a similar id."""
    assert view.previous is not None
    known = {event.key for event in view.previous.with_keys.values()}
    new = [event for event in one.events if event.key not in known]
    for event in new:
        if event.days == (published.first, published.last):
            return event
    names = {event.path[-1]: event for event in new}
    near = nearest(published.key.split("/")[1], names)
    return names[near] if near else None


RULE = Rule((EVENT_GONE,), check)
