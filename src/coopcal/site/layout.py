"""Names and shapes that the writer and the reader of a site agree on, and which version of it is served."""

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
FEEDS = "public/feeds.pack"
RECORDS = "public/records.pack"
INDEX = "public/index.json"
SITE = "public/site.json"
SCHEMA = "public/schema.json"
DOCUMENTS = "public/documents"
PRIVATE = "private"


class SiteError(Exception):
    """A site cannot be read or written; the text says why, in words for the operator."""


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
