"""Organisations that are named and are not there."""

from collections.abc import Iterable, Mapping

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.checks.view import View
from coopcal.definitions.declared.spelling import nearest
from coopcal.model.message import msg
from coopcal.model.organisation import Reference
from coopcal.model.problem import Code, Problems

UNKNOWN_ORGANISATION = Code("unknown-organisation", "There is no organisation of that id.")


def check(view: View, problems: Problems) -> None:
    """Every organisation that one, or an event of it, names is there."""
    in_events = (reference for one in view.batch for reference in one.named)
    _look_at(in_events, view.overview, problems, in_event=True)
    beside = (reference for one in view.batch for reference in (*one.part_of, *(one.accepts or ())))
    _look_at(beside, view.overview, problems, in_event=False)


def conclude(_gathered: Mapping[str, None], overview: Overview, problems: Problems) -> None:
    """Every organisation that a feed selects, is for or merges events of in, or that somebody is told of, is there."""
    catalogue = overview.catalogue
    selects = (feed.select for feed in (*catalogue.feeds, *catalogue.private_feeds) if feed.select)
    selected = (reference for select in selects for reference in select.organisations or ())
    _look_at(selected, overview, problems, in_event=False)
    seen_by = (
        reference
        for feed in catalogue.private_feeds
        if feed.audience
        for reference in feed.audience.organisations
    )
    _look_at(seen_by, overview, problems, in_event=False)
    feeds = (*catalogue.feeds, *catalogue.private_feeds)
    included = (include.organisation for feed in feeds for include in feed.include)
    _look_at(included, overview, problems, in_event=False)
    told_of = (reference for one in catalogue.settings.notify for reference in one.organisations)
    _look_at(told_of, overview, problems, in_event=False)


def _look_at(
    references: Iterable[Reference], overview: Overview, problems: Problems, *, in_event: bool
) -> None:
    mends: dict[str, str] = {}
    for reference in references:
        if reference.id in overview.organisations or overview.may_be_unread(reference.id):
            continue
        if reference.id not in mends:
            mends[reference.id] = _mend(reference.id, overview, in_event=in_event)
        message = msg("There is no organisation “{id}”", id=reference.id)
        problems.tell(reference.position, UNKNOWN_ORGANISATION, message, mends[reference.id])


def _mend(identifier: str, overview: Overview, *, in_event: bool) -> str:
    if identifier in overview.now_called:
        return msg("it is now called “{id}”", id=overview.now_called[identifier])
    near = nearest(identifier, overview.organisations)
    if near:
        return msg("did you mean “{near}”?", near=near)
    if in_event:
        return msg(
            "write calendars/{id}.yaml, or {{name: …}} here for one that is not in the system", id=identifier
        )
    return msg("write calendars/{id}.yaml", id=identifier)


RULE = WideRule((UNKNOWN_ORGANISATION,), conclude, check=check)
