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


def fetched(address: str) -> bytes:
    """Return the ``site.json`` of a site at an address; raise SiteError where it cannot be had."""
    url = urljoin(_home(address), "site.json")
    try:
        return download(url, Limits(LARGEST, PATIENCE, WHOLE), {"Accept": "application/json"})
    except DownloadError as error:
        kind = NoSiteJsonError if isinstance(error, NotThereError) else SiteError
        raise kind(msg("{url} cannot be read: {reason}", url=url, reason=reason_of(error))) from error


def is_empty(address: str) -> bool:
    """Return whether the first page of a site is not there; False where that cannot be told."""
    try:
        download(_home(address), Limits(LARGEST, PATIENCE, WHOLE), {})
    except NotThereError:
        return True
    except DownloadError:
        return False
    return False


def _home(address: str) -> str:
    return address if address.endswith("/") else address + "/"
