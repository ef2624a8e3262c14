"""Where links of pages lead: below the path of the site's own address, and, where pages are files, to files alone."""

from functools import lru_cache
from urllib.parse import urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException

from coopcal.formats.request import Where, as_asked
from coopcal.web.current import site


def link(address: str) -> str:
    """Return what a page writes to lead to an address of the site: a path, perhaps with a query.

    Return "" where the pages are static files and nothing stands for that address.
    """
    return _linked(address, base_path())


def whole(address: str) -> str:
    """Return the whole address of an address of the site, "" as ``link``; what lies elsewhere is whole already."""
    return address if "://" in address else _linked(address, site().manifest.base_url)


def base_path() -> str:
    """Return the path below which the site is published, without a slash at its end: "" for the root of a host."""
    try:
        return path_of(site().manifest.base_url)
    except HTTPException:  # there is no site yet
        return ""


@lru_cache(maxsize=16)
def path_of(base_url: str) -> str:
    """Return the path of a site's address, without a slash at its end."""
    return urlsplit(base_url).path.rstrip("/")


def where() -> Where:
    """Return what tells where the pages of the site stand."""
    told: Where = current_app.extensions["coopcal_where"]
    return told


def are_served() -> bool:
    """Return whether pages are answered by a server, which can be asked for anything; else they are made to be files."""
    return where() is as_asked


def _linked(address: str, base: str) -> str:
    stands = where()(address)
    return f"{base}{stands}" if stands else ""
