"""The pipeline: sources, the site before and one instant → a site."""

import gc
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from coopcal.decode import links
from coopcal.examination import Checked, FindPublished, decipher, examine
from coopcal.holding import Holding, hold
from coopcal.model.held import Held
from coopcal.model.message import msg
from coopcal.model.problem import Place, Problem, in_order
from coopcal.model.published import Published
from coopcal.model.site import Catalogue
from coopcal.probe import probe
from coopcal.rules import asked_for, chosen, dead_links, is_on, switched
from coopcal.site import previous as site_before
from coopcal.site.compile import compile_content
from coopcal.site.kept import to_keep
from coopcal.site.layout import SiteError
from coopcal.site.writer import exclusively, write
from coopcal.source.origin import Folder
from coopcal.source.tree import SITE_FILE, read_tree

__all__ = ["Checked", "Outcome", "check", "compile_site"]

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a compile. ``published`` is False when errors kept the site before in place.

    ``held`` are the organisations that errors kept as they were, while all others were published.
    """

    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    published: bool
    version: str | None = None
    good_until: datetime | None = None
    feeds: int = 0
    events: int = 0
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Which checks are run: ``only`` some of those that can be switched, or ``without`` some; ``online`` the links too."""

    only: Collection[str] = ()
    without: Collection[str] = ()
    online: bool = False


def check(
    root: Path,
    now: datetime,
    *,
    out: Path | None = None,
    previous: str | None = None,
    first: bool = True,
    instead: Mapping[str, str] | None = None,
    choice: Choice | None = None,
) -> Checked:
    """Check the sources in ``root`` against what was published before, in one run.

    With ``first``, a site before that cannot be read does not matter; otherwise it is a problem. ``instead`` holds texts
    by path that are read as if they were written already.
    """
    with collector_at_rest():
        tree, problems = read_tree(root, instead)
        find = _finder(out or root / "_site", previous, first=first)
        checked = examine(
            tree, problems, now, find, lambda found: _chosen(found, choice) if choice else found
        )
    if (
        choice
        and choice.online
        and checked.catalogue
        and is_on("dead-link", checked.catalogue.settings.checks)
    ):
        named = links(tree)
        dead = dead_links(named, probe(asked_for(link) for link in named))
        weighed = switched(dead, checked.catalogue.settings.checks)
        return replace(checked, problems=in_order((*checked.problems, *weighed)))
    return checked


def _chosen(catalogue: Catalogue, choice: Choice) -> Catalogue:
    """Give a catalogue in which the checks are switched as they are chosen for this run."""
    settings = catalogue.settings
    checks = chosen(settings.checks, choice.only, choice.without, settings.place)
    return replace(catalogue, settings=replace(settings, checks=checks))


def read(root: Path) -> Checked:
    """Read and decode the sources in ``root`` by themselves, held against nothing that was published."""
    return decipher(*read_tree(root))


def compile_site(
    root: Path,
    out: Path,
    now: datetime,
    *,
    first: bool = False,
    previous: str | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Compile the sources in ``root`` and publish them in ``out``, whole or not at all.

    ``previous`` names the site before (a folder or an address) where there is none in ``out``; with ``first``
    none is needed. Errors in the sources leave ``out`` as it is, and where there is no site it is not made. Raise SiteError when ``out`` cannot be
    written.
    """
    say = progress or (lambda _: None)
    if not (out.exists() or Folder(root).has(SITE_FILE)):
        tree, problems = read_tree(root)
        return Outcome(problems, tree.texts, published=False)
    with exclusively(out):
        say("Reading the sources")
        checked = check(root, now, out=out, previous=previous, first=first)
        find = _finder(out, previous, first=first)
        with collector_at_rest():
            found = Holding(checked, checked.problems)
            if not checked.sound and checked.catalogue and checked.catalogue.settings.hold:
                found = hold(checked, lambda tree, read: examine(tree, read, now, find), out, now)
            if found.checked.catalogue is None or not found.checked.sound:
                return Outcome(found.problems, checked.texts, published=False)
            catalogue, tree = found.checked.catalogue, found.checked.tree
            content, notes = compile_content(
                catalogue,
                found.checked.published,
                now.astimezone(UTC).replace(microsecond=0),
                lambda organisation: found.roots.get(organisation, root),
                say,
            )
            kept = to_keep(catalogue, tree) if catalogue.settings.hold else {}
            say("Writing the site")
            version = write(replace(content, kept=kept, held=found.held), out)
    return Outcome(
        in_order(found.problems + switched(notes, catalogue.settings.checks)),
        checked.texts,
        published=True,
        version=version,
        good_until=content.good_until,
        feeds=sum(
            feed.year is None and feed.translation is None and not feed.changes for feed in content.feeds
        ),
        events=len(content.events),
        held=found.held,
    )


def _finder(out: Path, previous: str | None, *, first: bool) -> FindPublished:
    return lambda catalogue: _published(catalogue, out, previous, first=first)


def _published(
    catalogue: Catalogue, out: Path, previous: str | None, *, first: bool
) -> tuple[Published | None, tuple[Problem, ...]]:
    """Give what was published before: by the local site, else by the one named in the call or in the sources."""
    where = str(out)
    try:
        if before := site_before.local(out):
            return before, ()
        where = previous or catalogue.settings.published or ""
        return (site_before.named(where), ()) if where else (None, ())
    except SiteError as error:
        if first:
            return None, ()
        message = msg("The site published before cannot be read: {error}", error=error)
        mend = msg("make it readable; or, if nothing was ever published, compile with --first")
        return None, (Problem(Place(SITE_FILE), "no-previous-site", message, mend),)


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the cyclic garbage collector out of the way: it makes large compiles superlinear."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
