"""What a compile is made of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TypeVar

from coopcal.compile.diff.facts import names_of
from coopcal.compile.render.rendering import Surroundings
from coopcal.model.facts import Facts
from coopcal.model.feed import PUBLIC, Audience
from coopcal.model.organisation import Organisation
from coopcal.model.published import Published, PublishedEntry
from coopcal.model.site import UNKNOWN_BASE_URL, Catalogue
from coopcal.selection.feeds import Feeds
from coopcal.selection.plan import FeedPlan, private_plans

Value = TypeVar("Value", str, int)

NOTHING_KNOWN = Facts(until=date.min)
"""The facts of a private feed, of which no change is told."""

NEVER = datetime.min.replace(tzinfo=UTC)
"""When the site was published that is not there."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """A sound catalogue with the plans of its feeds, what was published before, and the instant (UTC, whole seconds).

    ``feeds`` finds those that may select an event. ``around`` is what an event needs to know of the rest of the catalogue,
    and ``names`` are the facts of its organisations and feeds. ``translations`` are the languages and ``archives`` the
    years that each feed had an address for before, by its id. ``private`` are the same of each private feed by itself, whose
    ``audience`` sees more than the public.
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
    audience: Audience = PUBLIC
    private: "Mapping[str, Inputs]" = field(default_factory=dict)

    @staticmethod
    def of(
        catalogue: Catalogue,
        plans: tuple[FeedPlan, ...],
        before: Published | None,
        now: datetime,
        private: Mapping[str, Published],
    ) -> "Inputs":
        """Put the inputs together; where nothing was published before, all is new, whenever that is looked at.

        ``private`` is what private feeds showed before, by id.
        """
        known = before or Published(catalogue.settings.uid_domain, NEVER)
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
            private={
                plan.id: _private(catalogue, plan, known, now, private.get(plan.id))
                for plan in private_plans(catalogue)
            },
        )

    def of_some(self, organisations: Iterable[Organisation], before: Published) -> "Inputs":
        """Return what some organisations, which hold their events, are compiled of, and what was published before of these.

        This one's catalogue need hold no events.
        """
        own = Catalogue(self.catalogue.settings, tuple(organisations))
        private = {
            name: inputs.of_some(own.organisations, inputs.beside(before))
            for name, inputs in self.private.items()
        }
        around = Surroundings(self.catalogue, own, self.audience)
        return replace(self, catalogue=own, before=before, around=around, private=private)

    def beside(self, public: Published) -> Published:
        """Return what a private feed showed before: an event that is new to it begins with the stamps that it has in public."""
        own = self.shown_before
        return replace(own, events=_Above(own.events, public.events), moved=public.moved)

    @property
    def shown_before(self) -> Published:
        """What a private feed itself showed before."""
        known = self.before.events
        return replace(self.before, events=known.own) if isinstance(known, _Above) else self.before


class _Above(Mapping[str, PublishedEntry]):
    """Entries that go before others."""

    def __init__(self, own: Mapping[str, PublishedEntry], other: Mapping[str, PublishedEntry]) -> None:
        self.own, self._other = own, other

    def __getitem__(self, uid: str) -> PublishedEntry:
        """Return an entry."""
        return self.own[uid] if uid in self.own else self._other[uid]

    def __iter__(self) -> Iterator[str]:
        """Return the UIDs."""
        yield from self.own
        yield from (uid for uid in self._other if uid not in self.own)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.own) + sum(uid not in self.own for uid in self._other)


def _private(
    catalogue: Catalogue, plan: FeedPlan, public: Published, now: datetime, before: Published | None
) -> Inputs:
    """Return what a private feed is made of, also of what was public."""
    known = before or Published(public.uid_domain, public.compiled_at)
    inputs = Inputs(
        catalogue,
        (plan,),
        Feeds(catalogue, (plan,)),
        known,
        now,
        Surroundings(catalogue, audience=plan.audience),
        NOTHING_KNOWN,
        _by_feed(known.translations),
        {},
        audience=plan.audience,
    )
    return replace(inputs, before=inputs.beside(public))


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
