"""Making the files of a public site, and what is said of them wherever they go."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from coopcal.cli.language import echo
from coopcal.compile.store import program
from coopcal.model.message import Message, msg
from coopcal.publish.aside import Aside
from coopcal.publish.hosts.files import AnyHost, Host, host_files
from coopcal.publish.left_out import left_out
from coopcal.publish.listing import Listing, listing
from coopcal.publish.rendering import Rendered, render_all
from coopcal.site.again import timeless
from coopcal.site.layout import SiteError
from coopcal.site.reader import open_site

NAMED = 10
"""Addresses that lead nowhere of which a warning names so many."""


@dataclass
class Making:
    """The files of a site in a folder, at an instant; ``source`` is the digest of all that they are made of but time.

    ``forward``: they are those of a former address of the site. ``host`` is where they go: what it reads comes with them; None: a bucket, which is told with each file how to send it.
    ``rendered`` tells what came of making them, once they are made.
    """

    site: Path
    source: str
    instant: datetime
    jobs: int
    host: Host | AnyHost | None
    compress: bool
    forward: bool = False
    rendered: Rendered = field(default_factory=Rendered)

    @staticmethod
    def of(
        site: Path,
        instant: datetime,
        jobs: int,
        host: Host | AnyHost | None = None,
        *,
        compress: bool,
        forward: bool = False,
    ) -> "Making":
        """Return what makes the files of the site in a folder; raise SiteError or ValueError where that is damaged."""
        made_of = f"{timeless(site)} {program.digest().hex()} {host} {compress} {forward}"
        return Making(site, sha256(made_of.encode()).hexdigest(), instant, jobs, host, compress, forward)

    def __call__(self, aside: Aside) -> Listing:
        """Make the files aside, and list them."""
        self.rendered = render_all(
            self.site, self.instant, aside, self.jobs, compress=self.compress, forward=self.forward
        )
        if self.host:
            for file in host_files(
                self.site, self.rendered.files, self.rendered.moved, self.host, forward=self.forward
            ):
                self.rendered.files[file.path] = aside.put(file)
        return listing(self.source, self.rendered.until, self.rendered.files.items(), self.instant)


def refuse_nowhere(site: Path) -> None:
    """Raise SiteError where a site has no former address to publish for."""
    if not open_site(site).manifest.also_at:
        raise SiteError(
            msg(
                "coopcal.yaml names no former address: give it the line  also_at: [{address}]  with the one that these files are for",
                address="https://old.example.coop",
            )
        )


def size_of(published: Listing) -> str:
    """Return the length of all files in megabytes, as it is told."""
    return f"{sum(listed.length for listed in published.files.values()) / 1_000_000:.1f}"


def tell_of_rest(rendered: Rendered, *, quiet: bool) -> None:
    """Say what stands nowhere, though pages lead there, and what takes a server."""
    if rendered.missing:
        shown = ", ".join((*rendered.missing[:NAMED], *(("…",) if len(rendered.missing) > NAMED else ())))
        echo(msg("Nothing stands at addresses that pages lead to: {addresses}", addresses=shown), err=True)
    tell(msg("Left out, as it takes a server: {parts}.", parts=left_out()), quiet=quiet)


def tell(message: Message, *, quiet: bool) -> None:
    """Say something, unless only what must be said is."""
    if not quiet:
        echo(message)
