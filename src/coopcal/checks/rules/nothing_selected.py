"""Feeds that select nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.definitions.declared.spelling import nearest
from coopcal.model.feed import Everything, Feed
from coopcal.model.happening import Happening
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity
from coopcal.selection.choice import select
from coopcal.selection.plan import FeedPlan
from coopcal.selection.until import Turns

NOTHING_SELECTED = Code(
    "nothing-selected", "A feed selects nothing at the moment.", Severity.NOTE, switchable=True
)

_FIRST_LOOK = 64


def check(view: View, problems: Problems) -> None:
    """A feed selects something."""
    if not view.is_whole:
        return
    selecting = {
        feed.id: feed for feed in view.catalogue.feeds if feed.select and feed.id not in view.organisations
    }
    if not selecting:
        return
    public = [event for event in view.events if event.is_public and not event.draft]
    for plan in view.plans:
        feed = selecting.get(plan.id)
        if feed and feed.closed is None and not _names_unknown(feed, view) and not _any(plan, public, view):
            place = feed.select.position if feed.select else None
            message = msg("No event fits what “{id}” selects, so the feed is empty", id=feed.id)
            problems.tell(place or feed.position, NOTHING_SELECTED, message, _mend(feed, public))


def _names_unknown(feed: Feed, view: View) -> bool:
    references = feed.select.organisations if feed.select else None
    return any(reference.id not in view.organisations for reference in references or ())


def _any(feed: FeedPlan, events: list[Happening], view: View) -> bool:
    """Return whether any event fits, whenever it is; a few are looked at first, as one of them mostly does."""
    feed = replace(feed, window=Everything())
    noon = datetime.combine(view.today, time(12), UTC)
    return any(select(feed, view.catalogue, few, Turns(noon)).events for few in _growing(events))


def _growing(events: list[Happening]) -> Iterator[list[Happening]]:
    start, length = 0, _FIRST_LOOK
    while start < len(events):
        yield events[start : start + length]
        start, length = start + length, 2 * length


def _mend(feed: Feed, events: list[Happening]) -> str:
    used = {tag for event in events for tag in event.details.tags}
    for tag in feed.select.tags_any or () if feed.select else ():
        near = None if tag in used else nearest(tag, used)
        if near:
            return msg("no event has the tag “{tag}”; did you mean “{near}”?", tag=tag, near=near)
    return msg("nothing need be done, if such events are yet to come; else take a condition out")


RULE = Rule((NOTHING_SELECTED,), check)
