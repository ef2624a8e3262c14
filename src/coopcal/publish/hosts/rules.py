"""How servers of one's own are to send the files of a site."""

from pathlib import Path
from typing import Literal

from coopcal.publish.hosts.apache import apache
from coopcal.publish.hosts.caddy import caddy
from coopcal.publish.hosts.facts import Facts
from coopcal.publish.hosts.nginx import nginx
from coopcal.site.reader import open_site

Server = Literal["nginx", "caddy", "apache"]

USUAL_ROOT = "/var/www/html"
"""The folder that the root of a host is, where the files' own folder does not tell it."""


def rules_for(server: Server, out: Path, folder: Path, *, forward: bool = False) -> str:
    """Return the configuration of a server for the site that is compiled in ``out`` and published into ``folder``.

    Below a path, that folder stands where the path leads from the root of the host: if its own path does not end so, the usual
    root is said. With ``forward`` the files are those of the site's first former address, whose pages lead on. Raise SiteError where there is no site that can be read.
    """
    facts = Facts.of(open_site(out), forward=forward)
    whole = str(folder.resolve())
    root = (whole.removesuffix(facts.base) or "/") if whole.endswith(facts.base) else USUAL_ROOT
    match server:
        case "nginx":
            return nginx(facts, root)
        case "caddy":
            return caddy(facts, root)
        case "apache":
            return apache(facts)
