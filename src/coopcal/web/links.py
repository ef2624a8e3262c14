"""Where links of pages lead: below the path of the site's own address, and, where pages are files, to files alone; and where requests do."""

from functools import lru_cache
from ipaddress import IPv6Address
from urllib.parse import urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException

from coopcal.formats.request import Where, as_asked
from coopcal.site.manifest import Manifest
from coopcal.web.current import site
from coopcal.web.delivery import Request


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


def at_home(request: Request, manifest: Manifest) -> Request:
    """Return a request with its path below the root of the site, which proxies may have taken off, and whether it is for a former address."""
    if manifest.also_at and (former := _below_former(request, manifest)):
        return former
    base = path_of(manifest.base_url)
    if base and _is_below(request.path, base):
        return request._replace(path=request.path.removeprefix(base) or "/")
    return request


def _is_below(path: str, base: str) -> bool:
    """Return whether a path is that of a site, with or without a slash behind it, or lies below it."""
    return f"{path}/".startswith(f"{base}/")


def _below_former(request: Request, manifest: Manifest) -> Request | None:
    """Return a request with its path below the root of the site, where it names a former address of that; else None.

    Of two addresses on one host, the one is meant that has more of the path. A proxy may have taken that path off.
    """
    now = manifest.base_url
    below = [url for url in (now, *manifest.also_at) if _names(request.host, url)]
    fitting = [url for url in below if _is_below(request.path, path_of(url))]
    meant = max(fitting, key=lambda url: len(path_of(url)), default=None)
    if meant == now or (now in below and meant is None) or not below:
        return None
    return request._replace(path=request.path.removeprefix(path_of(meant or "")) or "/", former=True)


@lru_cache(maxsize=64)
def _names(host: str, url: str) -> bool:
    """Return whether a Host header names the host of an address; a port counts where the address has one."""
    try:
        asked, known = urlsplit(f"//{host}"), urlsplit(url)
        name, port = _one_form((asked.hostname or "").rstrip(".")), asked.port
        host_of_url = _one_form((known.hostname or "").encode("idna").decode())
    except ValueError:
        return False
    return name == host_of_url and known.port in (None, port)


def _one_form(host: str) -> str:
    """Return a host in the one form of all; addresses of IPv6 have many."""
    return str(IPv6Address(host)) if ":" in host else host
