"""What the rules of events look at: an overview, with the events of some organisations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from coopcal.checks.overview import Overview, ids_of, owner_of
from coopcal.checks.texts import Written, written_for
from coopcal.checks.titles import Title, titles
from coopcal.model.event import Event, FurtherDate, files_of
from coopcal.model.happening import Happening
from coopcal.model.identity import uid
from coopcal.model.organisation import Organisation
from coopcal.model.published import Published, PublishedEvent


@dataclass(frozen=True)
class View:
    """The events of a ``batch`` of organisations, and an overview of all; each index is made once, when a rule first asks for it.

    What a rule tells of an organisation of the batch depends on the events of no other, so that any batches together
    are told the same as all at once.
    """

    overview: Overview
    batch: tuple[Organisation, ...]

    def against(self, overview: Overview) -> "View":
        """Return the same events with an overview that differs in what was published before; their indices are kept."""
        other = View(overview, self.batch)
        other.__dict__.update({name: made for name, made in self.__dict__.items() if name in _OF_EVENTS})
        return other

    @property
    def previous(self) -> Published | None:
        """What was published before."""
        return self.overview.previous

    @property
    def today(self) -> date:
        """The day."""
        return self.overview.today

    @cached_property
    def events_by_organisation(self) -> Mapping[str, tuple[Happening, ...]]:
        """Every event and, after each, its further dates and its sessions, by the id of their organisation."""
        return {
            one.id: tuple(
                happening
                for event in one.events
                for happening in (event, *event.dates, *event.details.sessions)
            )
            for one in self.batch
        }

    @cached_property
    def events(self) -> tuple[Happening, ...]:
        """Every event and, after each, its further dates and its sessions."""
        return tuple(event for events in self.events_by_organisation.values() for event in events)

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """Every event, date, session and override, these last: all that texts are written for."""
        written = [item for happening in self.events for item in written_for(happening)]
        return tuple(sorted(written, key=lambda item: item.override is not None))

    @cached_property
    def titles(self) -> tuple[Title, ...]:
        """The titles that are held against the dates of their events."""
        return tuple(titles(self.written, self.whole))

    @cached_property
    def with_files(self) -> tuple[tuple[Happening, tuple[str, ...]], ...]:
        """What has documents or images in files, with these."""
        return tuple((event, files) for event in self.events if (files := files_of(event)))

    def whole(self, event: Happening) -> Happening:
        """Return the event or session that a date is of; itself where it is none."""
        return self.by_key.get(event.key_of_whole, event) if isinstance(event, FurtherDate) else event

    def events_of(self, event: Happening) -> tuple[Happening, ...]:
        """Return all dates and stretches of the event that something is of."""
        parent = self._by_path[event.organisation, event.path[:1]]
        return (parent, *parent.dates)

    @cached_property
    def _by_path(self) -> Mapping[tuple[str, tuple[str, ...]], Event]:
        return {(one.id, event.path): event for one in self.batch for event in one.events}

    @cached_property
    def by_key(self) -> dict[str, Happening]:
        """Events and sessions by key (``organisation/event[/session]``)."""
        return dict(zip(self._keys, self.events, strict=True))

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        """The keys of all events, as they are asked for several times."""
        return tuple(event.key for event in self.events)

    @cached_property
    def uids(self) -> Mapping[str, tuple[tuple[str, Happening], ...]]:
        """Events and sessions with their UIDs, by the id of their organisation."""
        domain = self.overview.catalogue.settings.uid_domain
        return {
            one.id: tuple((uid(event, one, domain), event) for event in self.events_by_organisation[one.id])
            for one in self.batch
        }

    @cached_property
    def present(self) -> Mapping[str, frozenset[str]]:
        """The UIDs of events and sessions by the id of their organisation."""
        return {one: frozenset(uid for uid, _ in events) for one, events in self.uids.items()}

    @cached_property
    def uid_of(self) -> dict[str, str]:
        """The UIDs of events and sessions by key."""
        uids = (uid for events in self.uids.values() for uid, _ in events)
        return dict(zip(self._keys, uids, strict=True))

    @cached_property
    def taken_over(self) -> Mapping[str, frozenset[str]]:
        """UIDs and keys that were published, and stand in an organisation where they are not looked for, by its id.

        Such are UIDs that were published of another one, and whatever was published of an id that several claim.
        Organisations that have nothing of the kind are left out.
        """
        if self.previous is None:
            return {}
        taken = {}
        for one in self.batch:
            shared = {identifier for identifier in ids_of(one) if self.overview.claims[identifier] > 1}
            own = set(ids_of(one)) - shared
            known = self.overview.published_events
            uids = self.present[one.id] & self.previous.events.keys()
            names = {uid for uid in uids if uid not in known or owner_of(known[uid].key) not in own}
            if shared:
                names |= {
                    key for key in names_of(one) & self.overview.published.keys() if owner_of(key) in shared
                }
            if names:
                taken[one.id] = frozenset(names)
        return taken

    def taken(self, organisation: str) -> frozenset[str]:
        """Return every id that an event or session of an organisation has or had, as written and as published."""
        (one,) = (one for one in self.batch if one.id == organisation)
        ids = {reference.id for reference in one.removed}
        for event in one.events:
            for part in (event, *event.details.sessions):
                ids.update((part.path[-1], *part.former_ids))
        for owner in ids_of(one):
            ids.update(self.overview.published_ids.get(owner, ()))
        return frozenset(ids)

    def published(self, event: Happening) -> PublishedEvent | None:
        """Return what was published before of an event, which may have been renamed since, as its organisation may."""
        key = event.key
        return self._published_by_uid.get(key) or self.overview.published.get(key)

    @cached_property
    def _published_by_uid(self) -> Mapping[str, PublishedEvent]:
        published = self.overview.published_events
        uids = (uid for events in self.uids.values() for uid, _ in events)
        return {key: published[uid] for key, uid in zip(self._keys, uids, strict=True) if uid in published}


_OF_EVENTS = frozenset(
    {"events_by_organisation", "events", "written", "titles", "with_files", "_by_path", "by_key", "_keys"}
    | {"uids", "present", "uid_of"}
)
"""The indices that depend on nothing that was published before."""


def names_of(organisation: Organisation) -> set[str]:
    """Return the keys that the events and sessions of an organisation have and had."""
    names = set()
    for event in organisation.events:
        outer = [
            f"{owner}/{name}"
            for owner in ids_of(organisation)
            for name in (event.path[-1], *event.former_ids)
        ]
        names.update(outer)
        for session in event.details.sessions:
            names.update(f"{key}/{name}" for key in outer for name in (session.path[-1], *session.former_ids))
    return names
