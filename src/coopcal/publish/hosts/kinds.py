"""The kinds of addresses of a published site, and the headers that each is sent with, as the application sends them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coopcal.formats import FORMATS
from coopcal.publish.file import LISTING
from coopcal.web.assets import FOR_EVER
from coopcal.web.embed.script import CACHING as SCRIPT_CACHING
from coopcal.web.headers import (
    ASKING_POLICY,
    CONTENT_SECURITY_POLICY,
    DOCUMENT_CACHING,
    DOCUMENT_POLICY,
    EMBEDDED_POLICY,
    FEED_CACHING,
    PAGE_CACHING,
    SCHEMA_CACHING,
    SECURITY,
)
from coopcal.web.pages.subscribing import IMAGE_CACHING
from coopcal.web.sitemap import CACHING as MAP_CACHING

POLICY = "Content-Security-Policy"
CACHING = "Cache-Control"
OPEN = "Access-Control-Allow-Origin"
ROBOTS = "X-Robots-Tag"
RESOURCE = "Cross-Origin-Resource-Policy"
DISPOSITION = "Content-Disposition"

EVERYWHERE = tuple((name, value) for name, value in SECURITY if name != POLICY)
"""Headers that everything is sent with."""

VARYING = (CACHING, POLICY, OPEN, ROBOTS, RESOURCE, DISPOSITION)
"""Headers that each kind has of its own, or has not."""

ENDINGS = ("ics", *dict.fromkeys(ending.rsplit(".", 1)[-1] for ending in FORMATS))
"""The endings of feeds and of their formats."""

TYPES = {
    "ics": "text/calendar; charset=utf-8",
    **{ending: made.media_type for ending, made in FORMATS.items() if "." not in ending},
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
}
"""Content types by the ending of a file, but for documents."""

SCHEMA = "schema.json"
SCHEMA_TYPE = "application/schema+json"

_IN_LANGUAGE = "<language>"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of addresses: its name, a regular expression of paths below the root of the site, and the headers of its own.

    An address is of the first kind that its path fits whole.
    """

    name: str
    pattern: str
    headers: Mapping[str, str]

    def expression(self, base: str, languages: tuple[str, ...]) -> str:
        """Return the regular expression of whole paths below ``base``, in these languages beside the usual one."""
        others = f"(?:/(?:{'|'.join(map(re.escape, languages))}))?" if languages else ""
        return f"^{re.escape(base)}{self.pattern.replace(_IN_LANGUAGE, others)}$"


def _sent(caching: str, policy: str = CONTENT_SECURITY_POLICY) -> dict[str, str]:
    return {CACHING: caching, POLICY: policy}


_TO_ALL = {OPEN: "*"}
_UNLISTED = {ROBOTS: "noindex"}
_FROM_ELSEWHERE = {RESOURCE: "cross-origin"}

KINDS = (
    Kind(
        "page",
        rf"{_IN_LANGUAGE}/(?:(?:events|help)/(?:.*/)?)?(?:index\.html)?",
        _sent(PAGE_CACHING),
    ),
    Kind(
        "asking",
        rf"{_IN_LANGUAGE}/(?:builder|feeds|organisations|search)/(?:.*/)?(?:index\.html)?",
        _sent(PAGE_CACHING, ASKING_POLICY),
    ),
    Kind(
        "frame",
        r"/embed/(?:.*/)?(?:index\.html)?",
        _sent(PAGE_CACHING, EMBEDDED_POLICY) | _UNLISTED | _FROM_ELSEWHERE,
    ),
    Kind("fragment", r"/embed/.*\.html", _sent(FEED_CACHING) | _TO_ALL | _UNLISTED | _FROM_ELSEWHERE),
    Kind("script", r"/embed\.js", _sent(SCRIPT_CACHING) | _TO_ALL | _FROM_ELSEWHERE),
    Kind("pinned", r"/embed\.[0-9a-f]+\.js", _sent(FOR_EVER) | _TO_ALL | _FROM_ELSEWHERE),
    Kind("described", rf"{_IN_LANGUAGE}/feeds/[^/]+/oembed\.json", _sent(FEED_CACHING) | _TO_ALL),
    Kind(
        "feed",
        rf"/feeds/(?:[^/]+\.(?:{'|'.join(ENDINGS)})|.*\.(?:ics|atom))",
        _sent(FEED_CACHING) | _TO_ALL | _UNLISTED,
    ),
    Kind("code", rf"{_IN_LANGUAGE}/feeds/[^/]+/qr\.svg", _sent(IMAGE_CACHING)),
    Kind(
        "copy",
        rf"{_IN_LANGUAGE}/events/.*/event\.ics",
        _sent(PAGE_CACHING) | _UNLISTED | {DISPOSITION: "attachment"},
    ),
    Kind(
        "document",
        r"/(?:events|organisations|site)/.*",
        _sent(f"public, max-age={DOCUMENT_CACHING}", DOCUMENT_POLICY),
    ),
    Kind("asset", r"/(?:static/.*|colours\.[0-9a-f]+\.css)", _sent(FOR_EVER)),
    Kind("description", r"/(?:schema|openapi)\.json", _sent(SCHEMA_CACHING) | _TO_ALL),
    Kind("memory", r"/site\.json", _sent(PAGE_CACHING) | _TO_ALL),
    Kind("listing", f"/{re.escape(LISTING)}", _sent("no-cache")),
    Kind("map", r"/sitemap\.xml", _sent(MAP_CACHING)),
    Kind("rest", r"/.*", _sent(PAGE_CACHING)),
)
"""All kinds; the last one takes what is of no other."""

BY_NAME = {kind.name: kind for kind in KINDS}


def otherwise(kind: Kind) -> Iterator[tuple[str, str]]:
    """Return the headers that a kind has otherwise than the last one, where each is said after what holds for all."""
    usual = KINDS[-1].headers
    return ((name, value) for name, value in kind.headers.items() if usual.get(name) != value)
