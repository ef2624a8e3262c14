"""The files beside a published site that hosts read."""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

from coopcal.publish.file import StaticFile
from coopcal.publish.hosts import headers_file, redirects_file
from coopcal.site import layout
from coopcal.site.layout import current_version
from coopcal.site.manifest import Manifest
from coopcal.site.seal import read_sealed
from coopcal.site.stored import STORED
from coopcal.web.links import path_of

Host = Literal["github-pages", "gitlab-pages", "netlify", "cloudflare-pages"]

AnyHost = Literal["any"]
"""A host that is not known: it gets what any of them reads."""

NO_JEKYLL = ".nojekyll"
"""By which GitHub Pages gives out files as they are, also those whose names begin with an underscore."""

DOMAIN = "CNAME"
"""By which GitHub Pages knows the domain of a site of its own, where it is published from a branch."""

_GITHUB = ".github.io"
_OWN_DOMAIN = re.compile(r"\.[a-z][a-z0-9-]*$")
_FRESH = "no-cache"


def host_files(
    out: Path,
    published: Collection[str],
    moved: Mapping[str, str],
    host: Host | AnyHost,
    *,
    forward: bool = False,
) -> Iterator[StaticFile]:
    """Return what hosts read of the site in a folder, whose files have the paths that are ``published``.

    ``moved`` are former addresses of pages, below the root of the site, and where these are now. Hosts read ``_headers``
    at the root of a domain alone, and so there is none for a site below a path. With ``forward`` the files are those of the
    site's first former address.
    """
    manifest = STORED.loads(Manifest, read_sealed(current_version(out))[layout.MANIFEST])
    address = manifest.also_at[0] if forward else manifest.base_url
    name, base = urlsplit(address).hostname or "", path_of(address)
    if host in ("any", "github-pages"):
        yield _file(NO_JEKYLL, "")
    if host == "github-pages" and _OWN_DOMAIN.search(name) and not name.endswith(_GITHUB):
        yield _file(DOMAIN, name)
    if host in ("any", "netlify", "cloudflare-pages") and not base:
        endings = {PurePosixPath(path).suffix[1:] for path in published if path.startswith("events/")} - {
            "gz",
            "br",
        }
        yield _file(headers_file.PATH, headers_file.headers_file(manifest.languages[1:], endings))
    if host != "github-pages" and moved and (host == "gitlab-pages" or not base):
        yield _file(redirects_file.PATH, redirects_file.redirects_file(moved, base))


def _file(path: str, text: str) -> StaticFile:
    return StaticFile(path, text.encode(), "text/plain; charset=utf-8", _FRESH)
