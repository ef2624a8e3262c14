"""Feeds by whose events they may select, each with its condition."""

from collections.abc import Collection, Iterator

from coopcal.model.site import Catalogue
from coopcal.selection.choice import Condition
from coopcal.selection.plan import FeedPlan


class Feeds:
    """The feeds of a site; the condition of each is made once, when somebody first asks for it."""

    def __init__(self, catalogue: Catalogue, plans: tuple[FeedPlan, ...]) -> None:
        """Take all organisations, whose events are not looked at, and the plans of all feeds by id."""
        self._catalogue = catalogue
        self._own = {plan.organisation: plan for plan in plans if plan.organisation is not None}
        self._combined = tuple(plan for plan in plans if plan.organisation is None)
        self._conditions: dict[str, Condition] = {}

    def of(self, organisations: Collection[str]) -> Iterator[Condition]:
        """Return the conditions of the feeds of some organisations and of the combined ones, by the ids of the feeds."""
        own = (self._own[one] for one in organisations if one in self._own)
        for plan in sorted((*own, *self._combined), key=lambda plan: plan.id):
            yield self._condition(plan)

    def _condition(self, plan: FeedPlan) -> Condition:
        condition = self._conditions.get(plan.id)
        if condition is None:
            condition = self._conditions[plan.id] = Condition.of(plan, self._catalogue)
        return condition
