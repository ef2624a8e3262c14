"""What every rule may look at: all that is known without events, what was published before, and the day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from coopcal.checks.traits import Trait, by_trait
from coopcal.model.feed import Feed
from coopcal.model.ids import ALL
from coopcal.model.included import is_included
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Code, Switch
from coopcal.model.published import Published, PublishedEvent
from coopcal.model.site import Catalogue
from coopcal.selection.choice import Condition
from coopcal.selection.plan import FeedPlan


def ids_of(organisation: Organisation) -> tuple[str, ...]:
    """Return every id that an organisation has or had, its own first."""
    return organisation.id, *(reference.id for reference in organisation.formerly)


def profile(organisation: Organisation) -> Organisation:
    """Return an organisation without its events, and what these name."""
    if not (organisation.events or organisation.named):
        return organisation
    return replace(organisation, events=(), named=())


def owner_of(key: str) -> str:
    """Return the id of the organisation in the key of an event."""
    return key.partition("/")[0]


@dataclass(frozen=True)
class Overview:
    """Everything but events; each index is made once, when a rule first asks for it.

    ``catalogue`` holds the profiles of all organisations, ``plans`` are those of all feeds, ``switchable`` the codes that a
    site may switch. ``private_before`` are the titles of the private feeds that stood beside what was published, by id.
    """

    catalogue: Catalogue
    plans: tuple[FeedPlan, ...]
    previous: Published | None
    today: date
    switchable: Mapping[str, Code]
    private_before: Mapping[str, str]

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """The profiles of organisations by id."""
        return {one.id: one for one in self.catalogue.organisations}

    @cached_property
    def now_called(self) -> dict[str, str]:
        """The ids of organisations by each of their former ids."""
        return {former.id: one.id for one in self.catalogue.organisations for former in one.formerly}

    @cached_property
    def claims(self) -> Mapping[str, int]:
        """How many organisations have or had an id: one, unless something is wrong."""
        claims: dict[str, int] = defaultdict(int)
        for one in self.catalogue.organisations:
            for identifier in set(ids_of(one)):
                claims[identifier] += 1
        return dict(claims)

    @cached_property
    def declined(self) -> Mapping[str, frozenset[str]]:
        """The keys of events that any organisation declines, by the organisation whose they are."""
        declined: dict[str, set[str]] = defaultdict(set)
        for one in self.catalogue.organisations:
            for reference in one.declined:
                declined[owner_of(reference.id)].add(reference.id)
        return {owner: frozenset(keys) for owner, keys in declined.items()}

    @cached_property
    def feeds(self) -> frozenset[str]:
        """The ids of all feeds: combined ones, organisations' own, and ``all``."""
        return frozenset((ALL, *self.organisations, *(feed.id for feed in self.catalogue.feeds)))

    @cached_property
    def selecting(self) -> tuple[Feed, ...]:
        """The feeds that say what they select and merge nothing in, of organisations that are there, and go on."""
        return tuple(
            feed
            for feed in self.catalogue.feeds
            if feed.select
            and feed.closed is None
            and feed.id not in self.organisations
            and not feed.include
            and all(reference.id in self.organisations for reference in feed.select.organisations or ())
        )

    @cached_property
    def conditions(self) -> Mapping[Trait, Sequence[Condition]]:
        """What these feeds select, by traits of which an event must have one for it."""
        ids = {feed.id for feed in self.selecting}
        return by_trait(Condition.of(plan, self.catalogue) for plan in self.plans if plan.id in ids)

    @cached_property
    def switches(self) -> dict[str, Switch]:
        """What the site says of checks, by code."""
        return {switch.code: switch for switch in self.catalogue.settings.checks}

    @cached_property
    def published_events(self) -> Mapping[str, PublishedEvent]:
        """The events that were published before, by UID, but for those of others: these come and go as they please."""
        if self.previous is None:
            return {}
        return {uid: event for uid, event in self.previous.with_keys.items() if not is_included(event.key)}

    @cached_property
    def published(self) -> Mapping[str, PublishedEvent]:
        """The events that were published before, by key."""
        return {event.key: event for event in self.published_events.values()}

    @cached_property
    def published_uids(self) -> Mapping[str, str]:
        """The UIDs of events that were published before, by key."""
        return {event.key: uid for uid, event in self.published_events.items()}

    @cached_property
    def published_of(self) -> Mapping[str, tuple[tuple[str, PublishedEvent], ...]]:
        """The events that were published before, with UIDs, by the organisation in their keys and in the order of these."""
        of: dict[str, list[tuple[str, PublishedEvent]]] = defaultdict(list)
        for uid, event in sorted(self.published_events.items(), key=lambda item: item[1].key):
            of[owner_of(event.key)].append((uid, event))
        return {owner: tuple(published) for owner, published in of.items()}

    @cached_property
    def published_ids(self) -> Mapping[str, frozenset[str]]:
        """The ids of events and sessions that were published, or removed since, by the organisation in their keys."""
        ids: dict[str, set[str]] = defaultdict(set)
        removed = self.previous.removed if self.previous else ()
        for key in (*self.published, *removed):
            owner, *inner = key.split("+", 1)[0].split("/")
            ids[owner].update(inner)
        return {owner: frozenset(inner) for owner, inner in ids.items()}

    @cached_property
    def gone_organisations(self) -> frozenset[str]:
        """The ids of organisations that were published, and that none has or had now."""
        return self.previous.organisations - self.claims.keys() if self.previous else frozenset()

    @cached_property
    def is_whole(self) -> bool:
        """Return whether everything could be read, so that what is missing is missing indeed."""
        return not self.catalogue.unread and all(one.complete for one in self.catalogue.organisations)

    def may_be_unread(self, identifier: str) -> bool:
        """Return whether the file of an organisation or feed may be there, but could not be read."""
        return not self.catalogue.unread.isdisjoint((identifier, "calendars", "feeds"))
