"""Generations: each state of the site in a bucket that was published, by number; creating one is what publishes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coopcal.model.message import msg
from coopcal.publish.listing import LISTINGS, Listing
from coopcal.publish.store import keys
from coopcal.publish.store.bucket import Bucket
from coopcal.site import layout, seal
from coopcal.site.codec import Codec, Row, objects
from coopcal.site.layout import SiteError

FORMAT = 1
"""The number of this shape of a generation."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a compiled site: its SHA-256 in hexadecimal digits, and its length in bytes."""

    digest: str
    length: int


@dataclass(frozen=True, slots=True)
class Generation:
    """A published site: the name of its version, the files of that by path, the digest of its listing, and when it was published."""

    format: int
    version: str
    instant: datetime
    site: Mapping[str, Part]
    listing: str

    def is_same(self, other: "Generation") -> bool:
        """Return whether another one publishes the same, whenever it does so."""
        return (self.version, self.site, self.listing) == (other.version, other.site, other.listing)


CODEC = Codec({**objects(Generation), Part: Row()})
"""Writes and reads generations."""


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest generation of a bucket, its number and its listing, and whether all of it was put in place."""

    number: int
    generation: Generation
    listing: Listing
    done: bool


def parts_of(version: Path) -> Mapping[str, Part]:
    """Return the files of a version that are published: all but what is private."""
    files = sorted(path for path in version.rglob("*") if path.is_file())
    names = {path.relative_to(version).as_posix(): path for path in files}
    return {name: _part(path) for name, path in names.items() if not name.startswith(f"{layout.PRIVATE}/")}


def _part(path: Path) -> Part:
    content = path.read_bytes()
    return Part(seal.digest(content), len(content))


def newest(bucket: Bucket) -> Newest | None:
    """Return the newest generation; None where nothing was published yet."""
    number = newest_number(bucket)
    if not number:
        return None
    generation = read_generation(bucket, number)
    if generation is None:
        raise SiteError(
            msg("generation {number} is gone from {address}", number=number, address=bucket.address)
        )
    done = bucket.look(keys.marker_key(number, keys.DONE)) is not None
    return Newest(number, generation, read_listing(bucket, generation.listing), done)


def newest_number(bucket: Bucket, known: int = 0) -> int:
    """Return the number of the newest generation, 0 where there is none; ``known`` is one that was there.

    It is noted beside them, or an earlier one is, behind which others are asked for. Lists, which may be late, are asked where
    nothing is noted.
    """
    number = known or _noted(bucket) or _listed(bucket)
    while bucket.look(keys.generation_key(number + 1)) is not None:
        number += 1
    return number


def _noted(bucket: Bucket) -> int:
    noted = bucket.read(keys.NEWEST) or b""
    number = int(noted) if noted.isdigit() else 0
    return number if number and bucket.look(keys.generation_key(number)) is not None else 0


def _listed(bucket: Bucket) -> int:
    numbers = map(keys.number_of, (one.key for one in bucket.list(keys.GENERATIONS)))
    return max((number for number in numbers if number is not None), default=0)


def read_generation(bucket: Bucket, number: int) -> Generation | None:
    """Return a generation; None where it is not there. Raise SiteError where it is damaged, or of a newer coopcal."""
    content = bucket.read(keys.generation_key(number))
    if content is None:
        return None
    try:
        generation = CODEC.loads(Generation, content)
    except (ValueError, TypeError, KeyError) as error:
        raise SiteError(
            msg(
                "generation {number} in {address} is damaged ({error})",
                number=number,
                address=bucket.address,
                error=error,
            )
        ) from error
    if generation.format != FORMAT:
        raise SiteError(
            msg(
                "generation {number} in {address} has format {written}, and this coopcal reads format {format}",
                number=number,
                address=bucket.address,
                written=generation.format,
                format=FORMAT,
            )
        )
    return generation


def read_listing(bucket: Bucket, digest: str) -> Listing:
    """Return a listing; raise SiteError where it is not there, or no listing."""
    content = bucket.read(keys.listing_key(digest)) or b""
    try:
        return LISTINGS.loads(Listing, content)
    except (ValueError, TypeError, KeyError) as error:
        raise SiteError(
            msg(
                "the listing {digest} in {address} is damaged ({error})",
                digest=digest[:12],
                address=bucket.address,
                error=error,
            )
        ) from error


def read_part(bucket: Bucket, part: Part) -> bytes:
    """Return a file of a compiled site; raise SiteError where it is not what was written."""
    content = bucket.read(keys.file_key(part.digest))
    if content is None or seal.digest(content) != part.digest:
        raise SiteError(
            msg(
                "the file {digest} in {address} is not what was written",
                digest=part.digest[:12],
                address=bucket.address,
            )
        )
    return content
