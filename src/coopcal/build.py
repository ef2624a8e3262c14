"""The pipeline: sources, the site before and one instant → a site."""

import gc
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from coopcal.decode import decode, links
from coopcal.model.problem import Place, Problem, has_errors, in_order, on_other_lines
from coopcal.model.published import Published
from coopcal.model.site import Catalogue
from coopcal.probe import probe
from coopcal.rules import asked_for, chosen, dead_links, is_on, switched
from coopcal.rules import check as check_rules
from coopcal.site import previous as site_before
from coopcal.site.compile import compile_content
from coopcal.site.layout import SiteError
from coopcal.site.writer import exclusively, write
from coopcal.source.tree import SITE_FILE, read_tree
from coopcal.zones import zone

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """What the sources say, and what is wrong with them.

    ``catalogue`` is None when nothing could be decoded; ``texts`` holds the files' texts by path, for excerpts.
    """

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    published: Published | None = None

    @property
    def sound(self) -> bool:
        """Whether a site may be made of it."""
        return self.catalogue is not None and not has_errors(self.problems)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a compile. ``published`` is False when errors kept the site before in place."""

    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    published: bool
    version: str | None = None
    good_until: datetime | None = None
    feeds: int = 0
    events: int = 0


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
        catalogue, more = decode(tree)
        problems += on_other_lines(more, problems)
        if catalogue is None:
            return Checked(None, in_order(problems), tree.texts)
        if choice:
            catalogue = _chosen(catalogue, choice)
        published, trouble = _published(catalogue, out or root / "_site", previous, first=first)
        problems += trouble
        problems += check_rules(
            catalogue, published, now.astimezone(zone(catalogue.settings.timezone)).date()
        )
    if choice and choice.online and is_on("dead-link", catalogue.settings.checks):
        named = links(tree)
        problems += dead_links(named, probe(asked_for(link) for link in named))
    weighed = switched(problems, catalogue.settings.checks)
    return Checked(catalogue, in_order(weighed), tree.texts, published)


def _chosen(catalogue: Catalogue, choice: Choice) -> Catalogue:
    """Give a catalogue in which the checks are switched as they are chosen for this run."""
    settings = catalogue.settings
    checks = chosen(settings.checks, choice.only, choice.without, settings.place)
    return replace(catalogue, settings=replace(settings, checks=checks))


def read(root: Path) -> Checked:
    """Read and decode the sources in ``root`` by themselves, held against nothing that was published."""
    tree, problems = read_tree(root)
    catalogue, more = decode(tree)
    return Checked(catalogue, in_order(problems + on_other_lines(more, problems)), tree.texts)


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
    none is needed. Errors in the sources leave ``out`` as it is. Raise SiteError when ``out`` cannot be
    written.
    """
    say = progress or (lambda _: None)
    with exclusively(out):
        say("Reading the sources")
        checked = check(root, now, out=out, previous=previous, first=first)
        if checked.catalogue is None or not checked.sound:
            return Outcome(checked.problems, checked.texts, published=False)
        with collector_at_rest():
            content, notes = compile_content(
                checked.catalogue, checked.published, now.astimezone(UTC).replace(microsecond=0), root, say
            )
            say("Writing the site")
            version = write(content, out)
    return Outcome(
        in_order(checked.problems + switched(notes, checked.catalogue.settings.checks)),
        checked.texts,
        published=True,
        version=version,
        good_until=content.good_until,
        feeds=sum(
            feed.year is None and feed.translation is None and not feed.changes for feed in content.feeds
        ),
        events=len(content.events),
    )


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
        message = f"The site published before cannot be read: {error}"
        mend = "make it readable; or, if nothing was ever published, compile with --first"
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
