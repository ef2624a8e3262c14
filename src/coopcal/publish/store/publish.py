"""Publishing to a bucket: bodies first, then the generation, which is the commit, then addresses."""

import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from coopcal.model.message import msg
from coopcal.publish.file import LISTING, turn
from coopcal.publish.listing import LISTINGS, Listing
from coopcal.publish.stamps import refuse_taken_back
from coopcal.publish.store import keys
from coopcal.publish.store.bucket import Bucket
from coopcal.publish.store.generation import CODEC, FORMAT, Generation, newest, parts_of
from coopcal.publish.store.memory import may_differ, site_json
from coopcal.publish.store.publication import Outcome, Publication, Waits
from coopcal.publish.store.sending import Claim, Overtaken, Sent, overtaken, send
from coopcal.publish.store.settling import at_it, drop, finish, put_right, stop, wait_for_ends
from coopcal.publish.store.standing import Standing, standing
from coopcal.publish.store.sweep import sweep
from coopcal.site import seal
from coopcal.site.layout import SiteError

LISTING_CACHING = "no-cache"
"""How caches on the way are to treat the listing, which tells what is published now."""

USUAL = Waits()

NAMED = 5
"""Files of others that a refusal names."""


def publish(
    bucket: Bucket, publication: Publication, waits: Waits = USUAL, after: int | None = None
) -> Outcome:
    """Publish to a bucket; what is there already is not sent again.

    ``after`` is the number of the generation that was the newest one before the site was compiled, where that is known.
    Raise Overtaken where another publisher was first: what is published then is to be the site before of what is made anew.
    Raise SiteError where stamps would be taken back, or the store does not do it; what was sent by then is found again.
    """
    before = newest(bucket)
    listed = LISTINGS.dumps(Listing, publication.listing)
    generation = Generation(
        FORMAT,
        publication.version.name,
        publication.instant,
        parts_of(publication.version),
        seal.digest(listed),
    )
    goes_on = before is not None and before.generation.is_same(generation)
    if before is not None and goes_on:
        if before.done:
            return Outcome(before.number)
        generation = before.generation
    elif after is not None and after != (before.number if before else 0):
        raise overtaken(bucket)
    elif before is not None and may_differ(before.generation, generation):
        refuse_taken_back(site_json(bucket, before.generation), seal.read_memory(publication.version))
    number = (before.number if before else 0) + (not goes_on)
    others = () if before is None or before.done else tuple(at_it(bucket, number))
    stands = standing(bucket, before)
    claim = Claim(bucket, number, generation)
    sent = 0
    if not goes_on:
        _refuse_foreign(stands, publication)
        sent += send(bucket, _bodies(stands, publication, generation, listed))
        _commit(bucket, claim, CODEC.dumps(Generation, generation), waits.settled)
    return _put_in_place(bucket, publication, stands, claim, sent, others, waits.ended)


def _refuse_foreign(stands: Standing, publication: Publication) -> None:
    """Raise SiteError where something of others is where files of the site are to be."""
    foreign = [
        path
        for path in stands.foreign(publication.listing.files)
        if not stands.bucket.holds(stands.stored[path], publication.content(path))
    ]
    if foreign:
        raise SiteError(
            msg(
                "{folder} holds files of others where files of the site are to be: {files}",
                folder=stands.bucket.address,
                files=", ".join((*foreign[:NAMED], *(["…"] if len(foreign) > NAMED else []))),
            )
        )


def _bodies(
    stands: Standing, publication: Publication, generation: Generation, listed: bytes
) -> Iterator[Sent]:
    """Return what is to be there before the generation is: its listing, the files of its site, and what no page names yet."""
    yield Sent(keys.listing_key(generation.listing), lambda: listed, keys.JSON, keys.PRIVATE)
    digests = set()
    for path, part in generation.site.items():
        if part.digest not in digests and not stands.has_part(part, publication.instant):
            yield Sent(
                keys.file_key(part.digest),
                partial(publication.version.joinpath, path),
                keys.BYTES,
                keys.PRIVATE,
            )
        digests.add(part.digest)
    there = set(stands.paths())
    for path in publication.listing.files:
        if path not in there and keys.is_by_digest(path):
            yield _at_address(publication, path)


def _at_address(publication: Publication, path: str) -> Sent:
    listed = publication.listing.files[path]
    return Sent(path, partial(publication.content, path), listed.media_type, listed.caching)


def _listing(publication: Publication) -> Sent:
    """Return the listing at its address, by which others tell what is published now."""
    return Sent(LISTING, lambda: LISTINGS.dumps(Listing, publication.listing), keys.JSON, LISTING_CACHING)


def _commit(bucket: Bucket, claim: Claim, content: bytes, settled: float) -> None:
    """Create the generation; raise Overtaken where there is another one with its number."""
    if bucket.create(keys.generation_key(claim.number), content, keys.JSON, keys.PRIVATE):
        time.sleep(settled)
    claim.hold_own()
    bucket.put(keys.NEWEST, str(claim.number).encode(), keys.BYTES, keys.PRIVATE)


def _put_in_place(
    bucket: Bucket,
    publication: Publication,
    stands: Standing,
    claim: Claim,
    sent: int,
    others: Sequence[int],
    longest: float,
) -> Outcome:
    """Put what is public at its addresses, after which nothing of former generations is left there."""
    deleted = 0

    def stands_there(file: Sent) -> bool:
        return stands.has(
            file.key, publication.listing.files[file.key], partial(publication.content, file.key)
        )

    try:
        for _, paths in groupby(sorted(publication.listing.files, key=turn), lambda path: turn(path)[0]):
            sent += send(bucket, (_at_address(publication, path) for path in paths), claim, stands_there)
        if others:
            wait_for_ends(bucket, others, longest)
            sent += put_right(bucket, publication, stands, claim)
        sent += send(bucket, [_listing(publication)], claim)
        deleted = drop(bucket, stands, publication.listing, claim)
        claim.hold_now()
    except Overtaken:
        stop(bucket, claim.number)
        return Outcome(claim.number, sent, deleted, newer=True)
    finish(bucket, claim.number)
    deleted += sweep(bucket, claim.number, publication.instant)
    return Outcome(claim.number, sent, deleted)
