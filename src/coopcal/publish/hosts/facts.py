"""What servers of published files are to know of a site."""

import mimetypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from coopcal.publish.hosts.kinds import TYPES
from coopcal.site.reader import Site
from coopcal.site.record import StretchRecord
from coopcal.web.feeds import ended
from coopcal.web.links import path_of

NOTHING_LEFT = "What was here has ended."
"""What is said where an event was that is published no longer."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A site as a server sees it.

    ``host`` is its name, ``base`` the path below which it stands, ``languages`` are those beside the usual one, ``types`` the
    content types by ending. ``moved`` are former beginnings of addresses of pages and those of now, below the root of the site,
    ``ended`` what is said of feeds that are gone, by id, and ``removed`` are events that are published no longer
    (``organisation/event``). ``forward`` is the address of now, where the server is that of a former one; else "".
    """

    host: str
    base: str
    languages: tuple[str, ...]
    types: Mapping[str, str]
    moved: tuple[tuple[str, str], ...]
    ended: Mapping[str, str]
    removed: tuple[str, ...]
    forward: str = ""

    @staticmethod
    def of(site: Site, *, forward: bool = False) -> "Facts":
        """Return what a server is to know of a site; with ``forward``, the server of its first former address."""
        manifest = site.manifest
        address = manifest.also_at[0] if forward else manifest.base_url
        name = urlsplit(address).hostname or "localhost"
        return Facts(
            f"[{name}]" if ":" in name else name,
            path_of(address),
            manifest.languages[1:],
            {**_types_of(site.documents), **TYPES},
            () if forward else tuple(sorted(_moved(site), key=lambda pair: (-pair[0].count("/"), pair))),
            {name: ended(site, entry) for name, entry in sorted(site.feeds.items()) if entry.gone},
            tuple(sorted(site.removed)),
            manifest.base_url if forward else "",
        )

    @property
    def forwarded(self) -> str:
        """A regular expression for the paths of pages, which lead on: all that end with a slash but frames; what is below the root is its group."""
        return f"^{re.escape(self.base)}(/(?!embed/)(?:.*/)?)$"


def _types_of(documents: Mapping[str, object]) -> dict[str, str]:
    """Return the content types of documents by ending, as the application sends them: text is UTF-8."""
    found = {}
    for ending in sorted({PurePosixPath(name).suffix for name in documents} - {""}):
        kind = mimetypes.guess_type(f"a{ending}")[0] or "application/octet-stream"
        found[ending[1:]] = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    return found


def _moved(site: Site) -> Iterator[tuple[str, str]]:
    """Return former beginnings of addresses, and what they are now; the longest come to be first."""
    for name, entry in site.feeds.items():
        if name != entry.id and not entry.gone:
            yield f"/feeds/{name}/", f"/feeds/{entry.id}/"
    former = {one.id: one.former for one in site.organisations}
    for organisation, names in former.items():
        for name in names:
            yield f"/organisations/{name}/", f"/organisations/{organisation}/"
            yield f"/events/{name}/", f"/events/{organisation}/"
    for event in site.events:
        if isinstance(event, StretchRecord):
            continue
        for name in event.former:
            for organisation in (event.organisation, *former.get(event.organisation, ())):
                yield "/".join(("/events", organisation, *event.path[:-1], name, "")), event.address
