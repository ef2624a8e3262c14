"""The site compiled before, where it is on the web."""

from urllib.parse import urljoin

from coopcal.compile.download import DownloadError, Limits, NotThereError, download
from coopcal.compile.previous import NoSiteJsonError
from coopcal.model.message import msg, reason_of
from coopcal.site.layout import SiteError

LARGEST = 200_000_000
"""Bytes of a site.json that are read at the most."""

PATIENCE, WHOLE = 30, 120
"""Seconds that a published site may be silent, and for everything."""


_NOT_FROM_A_CACHE = {"Cache-Control": "no-cache"}
"""What is asked with: a cache that still has the site before the last one would have stamps taken back (RFC 9111, 5.2.1.4)."""


def fetched(address: str) -> bytes:
    """Return the ``site.json`` of a site at an address; raise SiteError where it cannot be had."""
    url = urljoin(_home(address), "site.json")
    try:
        return download(
            url, Limits(LARGEST, PATIENCE, WHOLE), {"Accept": "application/json", **_NOT_FROM_A_CACHE}
        )
    except DownloadError as error:
        kind = NoSiteJsonError if isinstance(error, NotThereError) else SiteError
        raise kind(msg("{url} cannot be read: {reason}", url=url, reason=reason_of(error))) from error


def is_empty(address: str) -> bool:
    """Return whether the first page of a site is not there; False where that cannot be told."""
    try:
        download(_home(address), Limits(LARGEST, PATIENCE, WHOLE), _NOT_FROM_A_CACHE)
    except NotThereError:
        return True
    except DownloadError:
        return False
    return False


def _home(address: str) -> str:
    return address if address.endswith("/") else address + "/"
