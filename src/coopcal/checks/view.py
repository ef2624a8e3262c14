"""What the rules look at: a catalogue with its indexes, what was published before, and the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from coopcal.checks.texts import Written, written_for
from coopcal.model.happening import Happening
from coopcal.model.identity import uid
from coopcal.model.ids import ALL
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Code, Position, Switch
from coopcal.model.published import Published, PublishedEvent
from coopcal.model.site import Catalogue
from coopcal.model.text import Text
from coopcal.selection.plan import FeedPlan


def ids_of(organisation: Organisation) -> tuple[str, ...]:
    """Return every id that an organisation has or had, its own first."""
    return organisation.id, *(reference.id for reference in organisation.formerly)


def place_of(text: Text, number: int, written: Written) -> Position:
    """Return the position of the language of that number in a text; that of what it is written for where it stands nowhere itself."""
    return text.places[number] if number < len(text.places) else written.details.position


@dataclass(frozen=True)
class View:
    """A catalogue as rules see it; each index is made once, when a rule first asks for it.

    ``plans`` are those of its feeds, ``switchable`` the codes that a site may switch.
    """

    catalogue: Catalogue
    plans: tuple[FeedPlan, ...]
    previous: Published | None
    today: date
    switchable: Mapping[str, Code]

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """The organisations by id."""
        return {one.id: one for one in self.catalogue.organisations}

    @cached_property
    def now_called(self) -> dict[str, str]:
        """The ids of organisations by each of their former ids."""
        return {former.id: one.id for one in self.catalogue.organisations for former in one.formerly}

    @cached_property
    def feeds(self) -> frozenset[str]:
        """The ids of all feeds: combined ones, organisations' own, and ``all``."""
        return frozenset((ALL, *self.organisations, *(feed.id for feed in self.catalogue.feeds)))

    @cached_property
    def events(self) -> tuple[Happening, ...]:
        """Every event and, after each, its further dates and its sessions."""
        return self.catalogue.events()

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """Every event, date, session and override, these last: all that texts are written for."""
        written = [item for happening in self.events for item in written_for(happening)]
        return tuple(sorted(written, key=lambda item: item.override is not None))

    @cached_property
    def switches(self) -> dict[str, Switch]:
        """What the site says of checks, by code."""
        return {switch.code: switch for switch in self.catalogue.settings.checks}

    def whole(self, event: Happening) -> Happening:
        """Return the event or session that a date is of; itself where it is none."""
        return self.by_key.get(event.key_of_whole, event)

    def events_of(self, event: Happening) -> tuple[Happening, ...]:
        """Return all dates and stretches of the event that something is of."""
        parent = self.catalogue.events_by_path[event.organisation, event.path[:1]]
        return (parent, *parent.dates)

    @cached_property
    def by_key(self) -> dict[str, Happening]:
        """Events and sessions by key (``organisation/event[/session]``)."""
        return {event.key: event for event in self.events}

    @cached_property
    def uids(self) -> tuple[tuple[str, Happening], ...]:
        """Events and sessions with their UIDs."""
        domain = self.catalogue.settings.uid_domain
        return tuple(
            (uid(event, self.organisations[event.organisation], domain), event) for event in self.events
        )

    @cached_property
    def uid_of(self) -> dict[str, str]:
        """The UIDs of events and sessions by key."""
        return {event.key: uid for uid, event in self.uids}

    def taken(self, organisation: str) -> frozenset[str]:
        """Return every id that an event or session of an organisation has or had, as written and as published."""
        one = self.organisations[organisation]
        owners = ids_of(one)
        ids = {reference.id for reference in one.removed}
        for event in one.events:
            for part in (event, *event.details.sessions):
                ids.update((part.path[-1], *part.former_ids))
        if self.previous is not None:
            for key in {event.key for event in self.previous.with_keys.values()} | self.previous.removed:
                owner, *inner = key.split("+", 1)[0].split("/")
                if owner in owners:
                    ids.update(inner)
        return frozenset(ids)

    @cached_property
    def published(self) -> Mapping[str, PublishedEvent]:
        """What was published before, by the keys that it has now: an organisation or event may have been renamed."""
        if self.previous is None:
            return {}
        published = self.previous.with_keys
        by_key = {event.key: event for event in published.values()}
        by_uid = {event.key: published[uid] for uid, event in self.uids if uid in published}
        return {**by_key, **by_uid}

    @cached_property
    def is_whole(self) -> bool:
        """Return whether everything could be read, so that what is missing is missing indeed."""
        return not self.catalogue.unread and all(one.complete for one in self.catalogue.organisations)

    def may_be_unread(self, identifier: str) -> bool:
        """Return whether the file of an organisation or feed may be there, but could not be read."""
        return not self.catalogue.unread.isdisjoint((identifier, "calendars", "feeds"))
