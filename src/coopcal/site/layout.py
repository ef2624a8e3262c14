"""Names and shapes that the writer and the reader of a site agree on."""

FORMAT = 2
"""The number of this layout; a server refuses others."""

REMEMBERED = (1, FORMAT)
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
