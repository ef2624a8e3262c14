"""The site compiled before: from the local folder, another folder, or the web."""

import urllib.parse
from pathlib import Path

from coopcal.download import DownloadError, Limits, download
from coopcal.model.published import Published
from coopcal.site.layout import CURRENT, SITE, VERSIONS, NoSite, SiteError
from coopcal.site.memory import of_json

LARGEST = 200_000_000
"""Bytes of a site.json that are read at the most."""

PATIENCE, WHOLE = 30, 120
"""Seconds that a published site may be silent, and for everything."""


def local(out: Path) -> Published | None:
    """Read what the site in a folder has published; None when no site was ever compiled there."""
    try:
        return of_json(_local_bytes(out))
    except NoSite:
        return None


def named(where: str) -> Published:
    """Read the previous site from a folder (compiled, or published as files) or an http address."""
    if where.startswith(("http://", "https://")):
        return of_json(_fetched(where))
    folder = Path(where)
    try:
        if (folder / CURRENT).exists():
            return of_json(_local_bytes(folder))
        return of_json((folder / "site.json").read_bytes())
    except OSError as error:
        raise SiteError(f"{error.strerror or error}: {where}") from error


def current_version(out: Path) -> Path:
    """Give the folder of the version that is served; raise NoSite when there is none."""
    try:
        name = (out / CURRENT).read_text(encoding="ascii").strip()
    except FileNotFoundError as error:
        raise NoSite(f"no site has been compiled in {out}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SiteError(f"{out / CURRENT} cannot be read ({error})") from error
    if not name.isalnum():
        raise SiteError(f"{out / CURRENT} is damaged")
    return out / VERSIONS / name


def _local_bytes(out: Path) -> bytes:
    version = current_version(out)
    try:
        return (version / SITE).read_bytes()
    except OSError as error:
        raise SiteError(f"the site in {out} cannot be read ({error.strerror or error})") from error


def _fetched(address: str) -> bytes:
    url = urllib.parse.urljoin(address if address.endswith("/") else address + "/", "site.json")
    try:
        return download(url, Limits(LARGEST, PATIENCE, WHOLE), {"Accept": "application/json"})
    except DownloadError as error:
        raise SiteError(f"{url} cannot be read: {error}") from error
