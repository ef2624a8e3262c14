"""Where things are in a bucket, below the address that is published to; files of the public site are at their own paths."""

import re

from coopcal.site.layout import SITE_FOLDER

FILES = f"{SITE_FOLDER}/files"
"""The files of compiled sites, by their SHA-256."""

LISTINGS = f"{SITE_FOLDER}/listings"
"""What was published, or was to be. What coopcal has put at an address stands in one of these; nothing else is taken for its own."""

GENERATIONS = f"{SITE_FOLDER}/generations"

NEWEST = f"{GENERATIONS}/newest"
"""The number of the newest generation, or of one shortly before it: lists may be late."""

DONE, STOPPED = "done", "stopped"
"""What whoever published a generation says at the end: all of it is in place; a newer one goes on."""

PRIVATE = "private, no-store"
"""How caches on the way are to treat what is not for the public."""

JSON, BYTES = "application/json", "application/octet-stream"

_NUMBER = re.compile(rf"{GENERATIONS}/([0-9]{{10}})\.json")
_LISTING = re.compile(rf"{LISTINGS}/([0-9a-f]{{64}})\.json")
_BY_DIGEST = re.compile(r"\.[0-9a-f]{12,64}\.[a-z0-9]+$")


def file_key(digest: str) -> str:
    """Return where a file of a compiled site is."""
    return f"{FILES}/{digest}"


def listing_key(digest: str) -> str:
    """Return where a listing is."""
    return f"{LISTINGS}/{digest}.json"


def generation_key(number: int) -> str:
    """Return where a generation is."""
    return f"{GENERATIONS}/{number:010}.json"


def marker_key(number: int, marker: str) -> str:
    """Return where it is said how the publishing of a generation ended."""
    return f"{GENERATIONS}/{number:010}.{marker}"


def listing_of(key: str) -> str | None:
    """Return the digest of the listing that has a key; None for other keys."""
    found = _LISTING.fullmatch(key)
    return found[1] if found else None


def number_of(key: str) -> int | None:
    """Return the number of the generation that has a key; None for other keys."""
    found = _NUMBER.fullmatch(key)
    return int(found[1]) if found else None


def is_by_digest(path: str) -> bool:
    """Return whether a file is named by its content (``static/style.0123456789ab.css``): pages that are open may ask for it later."""
    return bool(_BY_DIGEST.search(path))
