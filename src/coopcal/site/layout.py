"""Names and shapes that the writer and the reader of a site agree on, and which version of it is served."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coopcal.model.message import msg

FORMAT = 3
"""The number of this layout; a server refuses others."""

REMEMBERED = (1, 2, FORMAT)
"""The numbers of the layouts whose ``site.json`` is read: what was published carries over into a new layout."""

SITE_FOLDER = "_site"
"""Where the site of a tree is compiled to, in its root, unless another folder is named."""

CURRENT = "current"
VERSIONS = "versions"
LOCK = "lock"
ORDER = "order"

MANIFEST = "manifest.json"
FEEDS = "public/feeds"
RECORDS = "public/records"
ROWS = "public/site"
SHARDS = "public/shards.json"
INDEX = "public/index.json"
SITE = "public/site.json"
SCHEMA = "public/schema.json"
DOCUMENTS = "public/documents"
PRIVATE = "private"
PRIVATE_FEEDS = "_feeds"
"""The folder of private feeds beside those of the sources that are kept of organisations, none of which has such an id."""
TOKENS = "tokens.json"
"""What opens private feeds: beside the versions, as it is of now in each of them."""

LARGEST_SHARD = 32
"""Organisations of a shard, where there are no more than ``MOST_SHARDS`` times as many."""

MOST_SHARDS = 64
"""Shards of a site at the most."""


class SiteError(Exception):
    """A site cannot be read or written; the text says why, in words for the operator."""


class NotStanding(SiteError):  # noqa: N818 - named for what callers meet
    """What was to be in a version as it stands is damaged there, or not there."""


class NoSite(SiteError):  # noqa: N818 - named for what callers meet
    """There is no compiled site here."""


def current_version(out: Path) -> Path:
    """Return the folder of the version that is served; raise NoSite when there is none."""
    try:
        name = (out / CURRENT).read_text(encoding="ascii").strip()
    except FileNotFoundError as error:
        raise NoSite(
            msg("{path} is missing, though versions of the site are there", path=out / CURRENT)
            if has_versions(out)
            else msg("no site has been compiled in {out}", out=out)
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SiteError(msg("{path} cannot be read ({reason})", path=out / CURRENT, reason=error)) from error
    if not name.isalnum():
        raise SiteError(msg("{path} is damaged", path=out / CURRENT))
    return out / VERSIONS / name


def has_versions(out: Path) -> bool:
    """Return whether versions of a site are there that were once served."""
    return any(version.name.isalnum() for version in (out / VERSIONS).glob("*"))


@dataclass(frozen=True, slots=True)
class Shards:
    """How what is in a site is shared out among so many shards, which have the numbers from 0 on."""

    count: int

    @staticmethod
    def among(organisations: int) -> "Shards":
        """Return those of a site of so many organisations: a power of two, which nothing else decides."""
        count = 1
        while count * LARGEST_SHARD < organisations and count < MOST_SHARDS:
            count *= 2
        return Shards(count)

    def of(self, organisation: str) -> int:
        """Return the number of the shard that holds the records and rows of an organisation, and its own feeds."""
        return self._of(organisation)

    def of_feed(
        self, identifier: str, year: int | None, translation: str | None, *, changes: bool, owner: str | None
    ) -> int:
        """Return the number of the shard that holds a feed: that of the organisation whose own it is, else one by its address."""
        return self._of(
            owner or f"{identifier}/{year or ''}/{translation or ''}/{'changes' if changes else ''}"
        )

    def _of(self, name: str) -> int:
        return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") % self.count


@dataclass(frozen=True, slots=True)
class ShardList:
    """How many shards a version has, and the digest of each of their files.

    A pack has none of its own: the entries of its feeds hold those of all that stands in it.
    """

    count: int
    files: Mapping[str, str]


FORMER_ROWS = f"{ROWS}/former.json"
"""The rows of events whose organisation is not known any more."""


def records_file(number: int) -> str:
    """Return where the records of a shard are, one a line."""
    return f"{RECORDS}/{number:02}.jsonl"


def rows_file(number: int) -> str:
    """Return where the rows of a shard are: how its events were published, and what is seen of them."""
    return f"{ROWS}/{number:02}.json"


def feeds_file(number: int) -> str:
    """Return where the entries of the feeds of a shard are."""
    return f"{FEEDS}/{number:02}.json"


def pack_file(number: int) -> str:
    """Return where the bodies of the feeds of a shard are, and the lists of their parts."""
    return f"{FEEDS}/{number:02}.pack"
