"""Taking away what no generation needs that is kept."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from coopcal.publish.file import LISTING
from coopcal.publish.store import keys
from coopcal.publish.store.bucket import Bucket, Stored
from coopcal.publish.store.generation import Generation, read_generation, read_listing
from coopcal.publish.store.sending import each

KEPT = 3
"""Generations that are kept however old they are."""

AGE = timedelta(days=7)
"""How old what is swept is at the least."""

SLACK = timedelta(days=1)
"""For how long after that nothing is swept, so that there is a sweep a day, and not one with each publishing."""


def sweep(bucket: Bucket, number: int, instant: datetime) -> int:
    """Sweep a bucket whose newest generation has a number; return how much was deleted.

    What no generation needs goes before the generations that needed it, so that a sweep that is killed is done by the next one.
    Where one that is kept cannot be read, nothing is swept.
    """
    listed = filter(None, (keys.number_of(one.key) for one in bucket.list(keys.GENERATIONS)))
    numbers = sorted(one for one in listed if one <= number - KEPT)
    if not _older(bucket, numbers, instant - AGE - SLACK):
        return 0
    old = _older(bucket, numbers, instant - AGE)
    kept = list(each(partial(read_generation, bucket), range(old[-1] + 1, number + 1)))
    if None in kept:
        return 0
    gone = _needless(bucket, [one for one in kept if one], instant - AGE)
    markers = [keys.marker_key(one, marker) for one in old for marker in (keys.DONE, keys.STOPPED)]
    for some in (gone, markers, [keys.generation_key(one) for one in old]):
        if some:
            bucket.delete(some)
    return len(gone)


def _older(bucket: Bucket, numbers: Iterable[int], than: datetime) -> list[int]:
    """Return the numbers of generations until the first that is not older."""
    old = []
    for number in numbers:
        generation = read_generation(bucket, number)
        if generation is not None and generation.instant >= than:
            break
        old.append(number)
    return old


def _needless(bucket: Bucket, kept: Iterable[Generation], than: datetime) -> list[str]:
    """Return keys that are older and that no kept generation needs: addresses, files of sites, and the listings that told of them."""
    files = {keys.file_key(part.digest) for one in kept for part in one.site.values()}
    listings = {one.listing for one in kept}
    addresses = {path for digest in listings for path in read_listing(bucket, digest).files}
    former = {
        digest: one.key
        for one in _old(bucket, keys.LISTINGS, than)
        if (digest := keys.listing_of(one.key)) and digest not in listings
    }
    dropped = {path for digest in former for path in read_listing(bucket, digest).files}
    unused = [one.key for one in _old(bucket, keys.FILES, than) if one.key not in files]
    return [*sorted(dropped - addresses - {LISTING}), *unused, *former.values()]


def _old(bucket: Bucket, folder: str, than: datetime) -> list[Stored]:
    return [one for one in bucket.list(folder) if one.modified < than]
