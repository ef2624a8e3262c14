"""What a compile is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

from coopcal.compile.diff.facts import names_of
from coopcal.compile.render.rendering import Surroundings
from coopcal.model.facts import Facts
from coopcal.model.organisation import Organisation
from coopcal.model.published import Published
from coopcal.model.site import UNKNOWN_BASE_URL, Catalogue
from coopcal.selection.feeds import Feeds
from coopcal.selection.plan import FeedPlan

Value = TypeVar("Value", str, int)

_NEVER = datetime.min.replace(tzinfo=UTC)
"""When the site was published that is not there."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """A sound catalogue with the plans of its feeds, what was published before, and the instant (UTC, whole seconds).

    ``feeds`` finds those that may select an event. ``around`` is what an event needs to know of the rest of the catalogue,
    and ``names`` are the facts of its organisations and feeds. ``translations`` are the languages and ``archives`` the
    years that each feed had an address for before, by its id.
    """

    catalogue: Catalogue
    plans: tuple[FeedPlan, ...]
    feeds: Feeds
    before: Published
    now: datetime
    around: Surroundings
    names: Facts
    translations: Mapping[str, tuple[str, ...]]
    archives: Mapping[str, tuple[int, ...]]

    @staticmethod
    def of(
        catalogue: Catalogue, plans: tuple[FeedPlan, ...], before: Published | None, now: datetime
    ) -> "Inputs":
        """Put the inputs together; where nothing was published before, all is new, whenever that is looked at."""
        known = before or Published(catalogue.settings.uid_domain, _NEVER)
        return Inputs(
            catalogue,
            plans,
            Feeds(catalogue, plans),
            known,
            now,
            Surroundings(catalogue),
            names_of(catalogue, plans, now),
            _by_feed(known.translations),
            _by_feed(known.archives),
        )

    def of_some(self, organisations: Iterable[Organisation], before: Published) -> "Inputs":
        """Return what some organisations, which hold their events, are compiled of, and what was published before of these.

        This one's catalogue need hold no events.
        """
        own = Catalogue(self.catalogue.settings, tuple(organisations))
        return replace(self, catalogue=own, before=before, around=Surroundings(self.catalogue, own))


def _by_feed(names: Iterable[tuple[str, Value]]) -> Mapping[str, tuple[Value, ...]]:
    values: dict[str, list[Value]] = {}
    for feed, value in names:
        values.setdefault(feed, []).append(value)
    return {feed: tuple(several) for feed, several in values.items()}


def served_at(catalogue: Catalogue, address: str | None) -> Catalogue:
    """Return a catalogue whose links begin with an address, where one is given and the sources name none."""
    settings = catalogue.settings
    if address is None or settings.base_url != UNKNOWN_BASE_URL:
        return catalogue
    return replace(catalogue, settings=replace(settings, base_url=address))
