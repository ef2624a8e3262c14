"""What stands in a bucket before something is published there, so that only what differs is sent."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from coopcal.publish.listing import Listed, Listing
from coopcal.publish.store import keys
from coopcal.publish.store.bucket import Bucket, Stored
from coopcal.publish.store.generation import Newest, Part, read_listing

SURE = timedelta(days=6)
"""For how long a file is sure to stay that no generation names yet."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known to stand in a bucket.

    ``named`` are the digests of the files of the newest generation. Where all of that is in place, its listing tells what is at
    addresses; else all ``listings`` do, and what is ``stored``: somebody is in the midst of publishing, was kept from ending it,
    or publishes for the first time.
    """

    bucket: Bucket
    named: frozenset[str]
    listings: tuple[Listing, ...]
    stored: Mapping[str, Stored]
    done: bool

    def has_part(self, part: Part, instant: datetime) -> bool:
        """Return whether a file of a compiled site is there, and stays."""
        if part.digest in self.named:
            return True
        one = self.stored.get(keys.file_key(part.digest))
        return one is not None and one.length == part.length and one.modified > instant - SURE

    def has(self, path: str, listed: Listed, content: Callable[[], bytes]) -> bool:
        """Return whether a file is at its address, and is sent on as it is to be."""
        told = [listing.files[path] for listing in self.listings if path in listing.files]
        if self.done:
            return told == [listed]
        one = self.stored.get(path)
        return (
            one is not None
            and listed in told
            and not self.is_sent_otherwise(path, listed)
            and self.bucket.holds(one, content())
        )

    def is_contested(self, path: str, listed: Listed) -> bool:
        """Return whether another publisher may put another file at an address."""
        return any(listing.files.get(path, listed) != listed for listing in self.listings)

    def is_sent_otherwise(self, path: str, listed: Listed) -> bool:
        """Return whether the same bytes may be at an address that are sent on in another way."""
        told = [listing.files[path] for listing in self.listings if path in listing.files]
        return any(one.digest == listed.digest and one != listed for one in told)

    def foreign(self, files: Iterable[str]) -> list[str]:
        """Return at which addresses of files something is that coopcal did not put there, as far as it was looked."""
        own = set(self.paths())
        return [path for path in files if path in self.stored and path not in own]

    def paths(self) -> Iterator[str]:
        """Return all addresses at which coopcal has put something."""
        return (path for listing in self.listings for path in listing.files)


def standing(bucket: Bucket, newest: Newest | None) -> Standing:
    """Return what stands in a bucket, whose newest generation is this."""
    named = frozenset(part.digest for part in newest.generation.site.values()) if newest else frozenset()
    if newest and newest.done:
        return Standing(bucket, named, (newest.listing,), _stored(bucket, keys.FILES), done=True)
    stored = _stored(bucket)
    known = {digest: read_listing(bucket, digest) for digest in filter(None, map(keys.listing_of, stored))}
    if newest:
        known[newest.generation.listing] = newest.listing
    return Standing(bucket, named, tuple(known.values()), stored, done=False)


def _stored(bucket: Bucket, folder: str | None = None) -> Mapping[str, Stored]:
    return {one.key: one for one in bucket.list(folder)}
