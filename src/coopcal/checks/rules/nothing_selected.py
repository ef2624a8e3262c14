"""Feeds that select nothing."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.checks.traits import Trait, traits_of
from coopcal.checks.view import View
from coopcal.definitions.declared.spelling import nearest
from coopcal.model.feed import Feed
from coopcal.model.happening import Happening
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity
from coopcal.selection.choice import Condition

NOTHING_SELECTED = Code(
    "nothing-selected", "A feed selects nothing at the moment.", Severity.NOTE, switchable=True
)

Chosen = tuple[tuple[str, ...], tuple[str, ...]]
"""The feeds that select something of an organisation, and the tags of its events."""


def gather(view: View) -> Mapping[str, Chosen]:
    """Return what feeds select of each organisation that has any public event."""
    conditions = view.overview.conditions
    gathered = {}
    for one, events in view.events_by_organisation.items() if conditions else ():
        public = [event for event in events if event.is_public and not event.draft]
        if public:
            tags = {tag for event in public for tag in event.details.tags}
            gathered[one] = (_selecting(public, conditions), tuple(sorted(tags)))
    return gathered


def _selecting(
    events: Iterable[Happening], conditions: Mapping[Trait, Sequence[Condition]]
) -> tuple[str, ...]:
    """Return the ids of the feeds that select any of the events."""
    feeds: set[str] = set()
    waiting: dict[Trait, Sequence[Condition]] = {}
    for event in events:
        for trait in traits_of(event):
            left = [
                condition
                for condition in waiting.get(trait, conditions.get(trait, ()))
                if condition.feed.id not in feeds
            ]
            feeds.update(condition.feed.id for condition in left if condition.holds(event))
            waiting[trait] = left
    return tuple(sorted(feeds))


def conclude(gathered: Mapping[str, Chosen], overview: Overview, problems: Problems) -> None:
    """A feed selects something."""
    if not overview.is_whole:
        return
    filled = {feed for feeds, _ in gathered.values() for feed in feeds}
    used = {tag for _, tags in gathered.values() for tag in tags}
    for feed in overview.selecting:
        if feed.id not in filled:
            place = feed.select.position if feed.select else None
            message = msg("No event fits what “{id}” selects, so the feed is empty", id=feed.id)
            problems.tell(place or feed.position, NOTHING_SELECTED, message, _mend(feed, used))


def _mend(feed: Feed, used: Collection[str]) -> str:
    for tag in feed.select.tags_any or () if feed.select else ():
        near = None if tag in used else nearest(tag, used)
        if near:
            return msg("no event has the tag “{tag}”; did you mean “{near}”?", tag=tag, near=near)
    return msg("nothing need be done, if such events are yet to come; else take a condition out")


RULE = WideRule((NOTHING_SELECTED,), conclude, gather)
