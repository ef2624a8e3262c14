"""Select: which events of some organisations stand in each feed, in which languages, and in which years."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coopcal.compile.inputs import Inputs
from coopcal.compile.render.rendering import Rendering
from coopcal.model.by_identity import ByIdentity
from coopcal.model.entry import Visible
from coopcal.model.text import Languages
from coopcal.selection import choice
from coopcal.selection.choice import Selection
from coopcal.selection.plan import FeedPlan
from coopcal.selection.until import Turns
from coopcal.selection.visible import public_events


@dataclass(frozen=True, slots=True)
class SelectedFeed:
    """A feed with its events, and the events of each year of its archive."""

    plan: FeedPlan
    chosen: Selection
    years: Mapping[int, tuple[Visible, ...]]


@dataclass(frozen=True, slots=True)
class Selected:
    """The events that the public sees, by start, and the feeds that select any, with those that stand in each."""

    events: tuple[Visible, ...]
    feeds: tuple[SelectedFeed, ...]


def select(inputs: Inputs, turns: Turns) -> Selected:
    """Select the events of the site and of each feed; ``turns`` learns when time alone changes that."""
    events = public_events(inputs.catalogue, turns, inputs.audience)
    return Selected(events, tuple(_feeds(events, inputs, turns)))


def _feeds(events: tuple[Visible, ...], inputs: Inputs, turns: Turns) -> Iterator[SelectedFeed]:
    """Return the feeds that select any of the events."""
    named, present = _by_organisation(events), inputs.now.year
    years: ByIdentity[Visible, Sequence[int]] = ByIdentity(lambda event: choice.years_of(event, present))
    for condition in inputs.feeds.of(named) if events else ():
        plan = condition.feed
        candidates = events if plan.organisation is None else named[plan.organisation]
        chosen = choice.chosen_by(condition, inputs.catalogue, candidates, turns)
        if chosen.whole:
            yield SelectedFeed(plan, chosen, chosen.years(years))


def _by_organisation(events: tuple[Visible, ...]) -> Mapping[str, Sequence[Visible]]:
    """Return the events that name an organisation, by its id: its own feed selects no others."""
    named: dict[str, list[Visible]] = {}
    for event in events:
        for identifier in dict.fromkeys(party.organisation for party in event.details.parties):
            if identifier:
                named.setdefault(identifier, []).append(event)
    return named


def translations(plan: FeedPlan, inputs: Inputs) -> tuple[str, ...]:
    """Return the languages that a feed has addresses for, and had: all of the site's but its own one."""
    known = inputs.translations.get(plan.id, ())
    languages = dict.fromkeys((*inputs.catalogue.settings.languages, *plan.languages, *known))
    return tuple(language for language in languages if plan.languages != (language,))


def rendering_of(plan: FeedPlan) -> Rendering:
    """Return how a feed shows its events."""
    return Rendering.of(plan.show, Languages(plan.languages))


def translated(plan: FeedPlan, language: str) -> Rendering:
    """Return how the translation of a feed into a language shows them."""
    return Rendering.of(plan.show, Languages((language,), plan.languages))
