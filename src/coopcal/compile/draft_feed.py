"""Feeds before they are assembled: what they are made of tells whether they stand as they were."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from coopcal.model.published import Stamp
from coopcal.site.content import Address, CompiledFeed, StandingFeed


class FeedMade(NamedTuple):
    """What is kept of a feed: the digest of what it was made of, how many events were left out of it, and whose own it is."""

    mark: bytes
    left_out: int
    organisation: str | None


class DraftFeed(NamedTuple):
    """A feed that may be assembled, an ``organisation``'s own or nobody's.

    ``mark`` is the digest of what it is made of, where nothing around it differs.
    """

    address: Address
    organisation: str | None
    mark: bytes
    assemble: Callable[[], CompiledFeed]


class Assembly:
    """Assembles feeds one after another; what is ``known`` with the same mark stands.

    ``made`` tells of all that were given until now, and ``stamps`` are those of the ones that were assembled, or are known.
    """

    def __init__(
        self,
        drafts: Iterable[DraftFeed],
        known: Mapping[Address, FeedMade],
        stamps: Mapping[Address, Stamp] | None = None,
    ) -> None:
        """Take drafts, and what is kept of the feeds of the version that stands, also of their stamps."""
        self.made: dict[Address, FeedMade] = {}
        self.stamps: dict[Address, Stamp] = {}
        self._drafts, self._known, self._stamps = drafts, known, stamps or {}

    def take(self, made: Mapping[Address, FeedMade], stamps: Mapping[Address, Stamp]) -> None:
        """Take what came of all feeds where they were assembled elsewhere."""
        for draft in self._drafts:
            self.made[draft.address] = made[draft.address]
            self.stamps[draft.address] = stamps[draft.address]

    def __iter__(self) -> Iterator[CompiledFeed | StandingFeed]:
        """Return each feed."""
        for draft in self._drafts:
            known = self._known.get(draft.address)
            if known is not None and known.mark == draft.mark:
                self.made[draft.address] = known
                if draft.address in self._stamps:
                    self.stamps[draft.address] = self._stamps[draft.address]
                yield StandingFeed(*draft.address)
            else:
                feed = draft.assemble()
                self.made[draft.address] = FeedMade(draft.mark, feed.left_out, feed.organisation)
                self.stamps[draft.address] = feed.stamp
                yield feed
