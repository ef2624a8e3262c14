"""Select: which events stand in each feed, in which languages, and in which years."""

from collections.abc import Mapping
from dataclasses import dataclass

from coopcal.compile.inputs import Inputs
from coopcal.compile.render.rendering import Rendering
from coopcal.model.entry import Visible
from coopcal.model.text import Languages
from coopcal.selection import choice
from coopcal.selection.choice import Selection
from coopcal.selection.plan import YEAR_AFTER, FeedPlan
from coopcal.selection.until import Turns
from coopcal.selection.visible import public_events


@dataclass(frozen=True, slots=True)
class SelectedFeed:
    """A feed with its events, the ``translations`` that it has addresses for, and the events of each year of its archive."""

    plan: FeedPlan
    chosen: Selection
    translations: tuple[str, ...]
    years: Mapping[int, tuple[Visible, ...]]

    @property
    def rendering(self) -> Rendering:
        """How the feed shows its events."""
        return Rendering.of(self.plan.show, Languages(self.plan.languages))

    def translated(self, language: str) -> Rendering:
        """Return how its translation into a language shows them."""
        return Rendering.of(self.plan.show, Languages((language,), self.plan.languages))


@dataclass(frozen=True, slots=True)
class Selected:
    """The events that the public sees, by start, and the feeds with those that stand in each."""

    events: tuple[Visible, ...]
    feeds: tuple[SelectedFeed, ...]


def select(inputs: Inputs, turns: Turns) -> Selected:
    """Select the events of the site and of each feed; ``turns`` learns when time alone changes that."""
    events = public_events(inputs.catalogue, turns)
    return Selected(events, tuple(_selected(plan, events, inputs, turns) for plan in inputs.plans))


def _selected(plan: FeedPlan, events: tuple[Visible, ...], inputs: Inputs, turns: Turns) -> SelectedFeed:
    chosen = choice.select(plan, inputs.catalogue, events, turns)
    if plan.closed is not None:
        turns.on(plan.closed.on, plan.timezone)
        turns.on(plan.closed.on + YEAR_AFTER, plan.timezone)
    return SelectedFeed(plan, chosen, _translations(plan, inputs), _years(plan, chosen, inputs))


def _translations(plan: FeedPlan, inputs: Inputs) -> tuple[str, ...]:
    """Return the languages that a feed has addresses for, and had: all of the site's but its own one."""
    known = (language for name, language in inputs.before.translations if name == plan.id)
    languages = dict.fromkeys((*inputs.catalogue.settings.languages, *plan.languages, *known))
    return tuple(language for language in languages if plan.languages != (language,))


def _years(plan: FeedPlan, chosen: Selection, inputs: Inputs) -> dict[int, tuple[Visible, ...]]:
    """Return the events of each year; a year that has had an address keeps it when its events are gone."""
    years = chosen.years(inputs.now.year)
    for name, year in inputs.before.archives:
        if name == plan.id:
            years.setdefault(year, ())
    return dict(sorted(years.items()))
