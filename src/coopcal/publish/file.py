"""A file of a published site: a path, bytes, and how they are to be sent."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

LISTING = "publication.json"
"""The file that lists all others, written last."""

MEMORY = "site.json"
"""The file that tells what was published, for the next compile."""

_BODIES, _PAGES, _FEEDS, _MEMORY, _LISTING = range(5)


@dataclass(frozen=True)
class StaticFile:
    """A file of a published site.

    ``path`` is below the root of the site, with ``/`` between its parts (``feeds/all.ics``, ``feeds/all/index.html``).
    ``media_type`` is the whole Content-Type, ``caching`` the Cache-Control that it is to be sent with.
    """

    path: str
    content: bytes
    media_type: str
    caching: str

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of its bytes, in hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()


def turn(path: str) -> tuple[int, str]:
    """Return the key that files are put in place by: bodies before what names them, addresses that are subscribed to last.

    Style sheets, scripts and documents come first, then pages and other formats, then feeds, then ``site.json``, by which the next
    compile knows what was published, and the listing at the very end.
    """
    if path == LISTING:
        return _LISTING, path
    if path == MEMORY:
        return _MEMORY, path
    if path.endswith(".ics") and path.startswith("feeds/"):
        return _FEEDS, path
    if path.endswith((".html", ".json", ".xml", ".atom", ".rss", ".txt")) or "." not in path:
        return _PAGES, path
    return _BODIES, path
