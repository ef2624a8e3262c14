"""Organisations that are named and are not there."""

from collections.abc import Iterator

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.definitions.declared.spelling import nearest
from coopcal.model.message import msg
from coopcal.model.organisation import Reference
from coopcal.model.problem import Code, Problems

UNKNOWN_ORGANISATION = Code("unknown-organisation", "There is no organisation of that id.")


def check(view: View, problems: Problems) -> None:
    """Every organisation that is named is there."""
    mends: dict[str, str] = {}
    for reference, in_event in _named(view):
        if reference.id in view.organisations or view.may_be_unread(reference.id):
            continue
        if reference.id not in mends:
            mends[reference.id] = _mend(reference.id, view, in_event=in_event)
        message = msg("There is no organisation “{id}”", id=reference.id)
        problems.tell(reference.position, UNKNOWN_ORGANISATION, message, mends[reference.id])


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


RULE = Rule((UNKNOWN_ORGANISATION,), check)
