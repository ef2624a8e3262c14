"""What feeds look for in events, so that each event is held against few feeds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from coopcal.model.happening import Happening
from coopcal.selection.choice import Condition

Trait = tuple[str, str]
"""Something that events may have in common, such as ``("tag", "fair")``."""

ANYTHING: Trait = ("anything", "")
"""What every event has."""


def traits_of(event: Happening) -> Iterator[Trait]:
    """Return the traits of an event."""
    yield ANYTHING
    yield from (("organisation", party.organisation) for party in event.details.parties if party.organisation)
    yield from (("tag", tag) for tag in event.details.tags)
    yield from (("country", location.country) for location in event.details.locations if location.country)


def by_trait(conditions: Iterable[Condition]) -> Mapping[Trait, Sequence[Condition]]:
    """Return conditions by traits: an event of which one holds has one of those under which it stands."""
    by_trait: dict[Trait, list[Condition]] = defaultdict(list)
    for condition in conditions:
        for trait in _looked_for(condition):
            by_trait[trait].append(condition)
    return dict(by_trait)


def _looked_for(condition: Condition) -> frozenset[Trait]:
    select = condition.feed.select
    if condition.organisations is not None:
        return frozenset(("organisation", one) for one in condition.organisations)
    if select.tags_any is not None:
        return frozenset(("tag", tag) for tag in select.tags_any)
    if select.countries is not None:
        return frozenset(("country", country) for country in select.countries)
    return frozenset((ANYTHING,))
