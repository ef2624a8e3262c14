"""Organisations that are named, that are part of others, and that have nothing to show."""

from collections.abc import Iterator

from coopcal.checks.view import View
from coopcal.definitions.declared.record import nearest
from coopcal.model.message import msg
from coopcal.model.organisation import Reference
from coopcal.model.problem import Code, Problems, Severity

NO_EVENTS = Code(
    "no-events",
    "An organisation without any event of its own, nor a part in another's, has an empty feed.",
    Severity.NOTE,
    switchable=True,
)
PART_OF_ITSELF = Code("part-of-itself", "No organisation is part of itself.")
UNKNOWN_ORGANISATION = Code("unknown-organisation", "There is no organisation of that id.")


def unknown_organisations(view: View, problems: Problems) -> None:
    """Every organisation that is named is there."""
    mends: dict[str, str] = {}
    for reference, in_event in _named(view):
        if reference.id in view.organisations or view.may_be_unread(reference.id):
            continue
        if reference.id not in mends:
            mends[reference.id] = _mend(reference.id, view, in_event=in_event)
        message = msg("There is no organisation “{id}”", id=reference.id)
        problems.tell(reference.place, UNKNOWN_ORGANISATION, message, mends[reference.id])


def _named(view: View) -> Iterator[tuple[Reference, bool]]:
    for one in view.catalogue.organisations:
        yield from ((reference, True) for reference in one.named)
        yield from ((reference, False) for reference in (*one.part_of, *(one.accepts or ())))
    for feed in view.catalogue.feeds:
        if feed.select and feed.select.organisations:
            yield from ((reference, False) for reference in feed.select.organisations)


def _mend(identifier: str, view: View, *, in_event: bool) -> str:
    if identifier in view.now_called:
        return msg("it is now called “{id}”", id=view.now_called[identifier])
    near = nearest(identifier, view.organisations)
    if near:
        return msg("did you mean “{near}”?", near=near)
    if in_event:
        return msg(
            "write calendars/{id}.yaml, or {{name: …}} here for one that is not in the system", id=identifier
        )
    return msg("write calendars/{id}.yaml", id=identifier)


def circles(view: View, problems: Problems) -> None:
    """No organisation is part of itself, by whatever way; each circle is told once."""
    done: set[str] = set()
    for start in view.organisations:
        if start in done:
            continue
        way = [start]
        ahead = [_wholes(start, view)]
        while ahead:
            reference = next(ahead[-1], None)
            if reference is None:
                done.add(way.pop())
                ahead.pop()
            elif reference.id in way:
                _tell_circle(reference, way[way.index(reference.id) :], problems)
            elif reference.id not in done:
                way.append(reference.id)
                ahead.append(_wholes(reference.id, view))


def _wholes(identifier: str, view: View) -> Iterator[Reference]:
    one = view.organisations.get(identifier)
    return iter(one.part_of if one else ())


def _tell_circle(reference: Reference, way: list[str], problems: Problems) -> None:
    chain = " → ".join((*way, reference.id))
    problems.tell(
        reference.place,
        PART_OF_ITSELF,
        msg("“{organisation}” is part of itself: {chain}", organisation=way[0], chain=chain),
        msg("take “{id}” out", id=reference.id),
    )


def idle_organisations(view: View, problems: Problems) -> None:
    """An organisation has a part in some event, or its feed is empty."""
    if not view.is_whole:
        return
    busy = {party.organisation for event in view.events for party in event.parties}
    for one in view.catalogue.organisations:
        if one.id not in busy and one.closed is None:
            problems.tell(
                one.place,
                NO_EVENTS,
                msg("“{id}” has no part in any event, so its feed is empty", id=one.id),
                msg("nothing need be done, if its events are yet to come"),
            )
