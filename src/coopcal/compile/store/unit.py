"""What is kept of an organisation: what it is without its events, what is told of it, and its portion."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from coopcal.compile.portion import Marks, Members, Portion, Shown, Written
from coopcal.compile.store.meetings import StoredGathered
from coopcal.compile.store.pickled import by_call
from coopcal.compile.store.segments import Section, Segments, Writer
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Problem
from coopcal.model.published import PublishedEntry
from coopcal.selection.until import Turns
from coopcal.site.memory import published_row


@by_call
@dataclass(frozen=True, slots=True)
class StoredPortion:
    """A portion whose large part stands in sections. That it changed anything, or is new, is told once, and not kept.

    ``uids`` are those of all that is, or was once, published of it. ``private`` are the portions of private feeds.
    """

    organisations: frozenset[str]
    feeds: Mapping[str, Marks]
    hidden: frozenset[str]
    documents: Mapping[str, tuple[str, str]]
    turns: Turns
    events: int
    uids: tuple[str, ...]
    shown: Section
    written: Section
    private: "Mapping[str, StoredPortion]"

    @staticmethod
    def of(portion: Portion, former: Mapping[str, PublishedEntry], writer: Writer) -> "StoredPortion":
        """Write the large part of a portion to a segment, with what was published once and is not now; return the rest."""
        rows = {uid: published_row(entry) for uid, entry in former.items()}
        shown, written = portion.shown(), portion.written()._replace(former=rows)
        lines = (shown.lines, {feed: tuple(members) for feed, members in shown.feeds.items()}, shown.entries)
        return StoredPortion(
            portion.organisations,
            portion.feeds,
            portion.hidden,
            portion.documents,
            portion.turns,
            portion.events,
            (*written.published, *rows),
            writer.add(lines),
            writer.add(tuple(written)),
            {feed: StoredPortion.of(one, {}, writer) for feed, one in portion.private.items()},
        )

    @property
    def sections(self) -> Iterator[Section]:
        """All sections, those of private feeds last."""
        yield from (self.shown, self.written)
        for one in self.private.values():
            yield from one.sections

    def copied(self, copy: Callable[[Section], Section]) -> "StoredPortion":
        """Return the same in other sections."""
        private = {feed: one.copied(copy) for feed, one in self.private.items()}
        return replace(self, shown=copy(self.shown), written=copy(self.written), private=private)

    def portion(self, segments: Segments) -> Portion:
        """Return the portion, as of a compile that changes nothing of it."""
        return Portion(
            organisations=self.organisations,
            uids=self.uids,
            feeds=self.feeds,
            changes=(),
            hidden=self.hidden,
            documents=self.documents,
            turns=self.turns,
            events=self.events,
            is_new=False,
            shown=lambda: segments.value(self.shown, _shown),
            written=lambda: segments.value(self.written, _written),
            private={feed: one.portion(segments) for feed, one in self.private.items()},
        )


def _shown(value: tuple[object, ...]) -> Shown:
    lines, feeds, entries = value
    return Shown(lines, {feed: Members(*members) for feed, members in feeds.items()}, entries)  # type: ignore[attr-defined,arg-type]


def _written(value: tuple[object, ...]) -> Written:
    return Written(*value)  # type: ignore[arg-type]


@by_call
@dataclass(frozen=True, slots=True)
class OrganisationRead:
    """What was read of an organisation: its ``profile``, without events; None where it cannot be told whose they would be.

    ``digest`` is that of the profile. ``uids`` are those of its events, sessions and dates, ``events`` the number of the
    first; ``unread`` and ``strays`` are those of its files.
    """

    id: str
    profile: Organisation | None
    digest: bytes
    uids: tuple[str, ...]
    events: int
    unread: frozenset[str]
    strays: tuple[str, ...]

    def looks_like(self, other: "OrganisationRead") -> bool:
        """Return whether the other organisations see no difference between two."""
        return (self.digest, self.unread, self.strays) == (other.digest, other.unread, other.strays)


@by_call
@dataclass(frozen=True, slots=True)
class Unit:
    """What is kept of an organisation.

    ``sources`` is the digest of its files, and ``read`` what was read of them, but for UIDs. ``problems`` and ``gathered`` are what the
    rules tell of it, held against the site that was made with it ``at`` an instant. ``kept`` are the paths of the sources
    that are kept of it.
    """

    sources: bytes
    read: OrganisationRead
    problems: tuple[Problem, ...]
    gathered: StoredGathered
    kept: tuple[str, ...]
    at: datetime
    portion: StoredPortion

    def stands(self, sources: bytes, now: datetime) -> bool:
        """Return whether another one would be the same now, if nothing around it differs."""
        until = self.portion.turns.good_until
        return self.sources == sources and self.at <= now and (until is None or now < until)
