"""How the publishing of a generation ends, also where two publishers are at it at once."""

import time
from collections.abc import Iterable, Iterator

from coopcal.publish.file import LISTING
from coopcal.publish.listing import Listing
from coopcal.publish.store import keys
from coopcal.publish.store.bucket import Bucket
from coopcal.publish.store.generation import newest_number
from coopcal.publish.store.publication import Publication
from coopcal.publish.store.sending import Claim, each
from coopcal.publish.store.standing import Standing

ASKED = 1.0
"""Seconds after which it is looked again whether a publisher does nothing more."""


def finish(bucket: Bucket, number: int) -> None:
    """Say that all of a generation is in place."""
    bucket.put(keys.marker_key(number, keys.DONE), b"", keys.BYTES, keys.PRIVATE)


def stop(bucket: Bucket, number: int) -> None:
    """Say that nothing more of a generation is put in place.

    Where a newer one was in place by then, that is no longer taken for sure, so that the next publisher looks.
    """
    bucket.put(keys.marker_key(number, keys.STOPPED), b"", keys.BYTES, keys.PRIVATE)
    newer = newest_number(bucket, number)
    if newer > number:
        bucket.delete([keys.marker_key(newer, keys.DONE)])


def at_it(bucket: Bucket, number: int) -> Iterator[int]:
    """Return the numbers of the generations before one whose publishers may be at it still.

    One that is all in place has waited for those before.
    """
    for former in range(number - 1, 0, -1):
        is_there = bucket.look(keys.generation_key(former)) is not None
        if not is_there or bucket.look(keys.marker_key(former, keys.DONE)) is not None:
            return
        if bucket.look(keys.marker_key(former, keys.STOPPED)) is None:
            yield former


def wait_for_ends(bucket: Bucket, numbers: Iterable[int], longest: float) -> None:
    """Wait until the publishers of some generations do nothing more, but not longer than some seconds.

    One that was killed never says so.
    """
    until = time.monotonic() + longest
    for number in numbers:
        while not _has_ended(bucket, number) and time.monotonic() < until:
            time.sleep(ASKED)


def _has_ended(bucket: Bucket, number: int) -> bool:
    return any(bucket.look(keys.marker_key(number, marker)) for marker in (keys.DONE, keys.STOPPED))


def put_right(bucket: Bucket, publication: Publication, stands: Standing, claim: Claim) -> int:
    """Hold every address against what is to be there, and put there what differs; return how many did.

    What another publisher may have put there is looked at key by key, as lists may be late.
    """
    stored = {one.key: one for one in bucket.list()}

    def right(path: str) -> bool:
        claim.hold()
        listed, content = publication.listing.files[path], publication.content(path)
        one = stored.get(path)
        if stands.is_contested(path, listed) or one is None or not bucket.holds(one, content):
            one = bucket.look(path)
        if one is not None and bucket.holds(one, content) and not stands.is_sent_otherwise(path, listed):
            return False
        bucket.put(path, content, listed.media_type, listed.caching)
        return True

    return sum(each(right, publication.listing.files))


def drop(bucket: Bucket, stands: Standing, listing: Listing, claim: Claim) -> int:
    """Delete what was put at addresses that are no more; return how much. What is named by its content stays for a while."""
    gone = sorted(
        path for path in set(stands.paths()) - listing.files.keys() - {LISTING} if not keys.is_by_digest(path)
    )
    if gone:
        claim.hold_now()
        bucket.delete(gone)
    return len(gone)
