"""The pipeline: sources, the site before and one instant → a site."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from coopcal.checks.switches import switched
from coopcal.compile.assemble import compile_content
from coopcal.compile.check import Checked, FindPublished, examine
from coopcal.compile.checker import Checker, check, collector_at_rest
from coopcal.compile.fallback import Holding, hold
from coopcal.compile.kept import to_keep
from coopcal.compile.previous import Memory, finder
from coopcal.definitions.source.origin import Folder
from coopcal.definitions.source.tree import SITE_FILE, read_tree
from coopcal.model.held import Held
from coopcal.model.problem import Problem, in_order
from coopcal.model.site import UNKNOWN_BASE_URL, Catalogue
from coopcal.site.writer import exclusively, write

__all__ = ["Checked", "Outcome", "check", "compile_preview", "compile_site"]

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
    return _compile(root, out, now, finder(out, previous, first=first), out, progress)


def compile_preview(
    root: Path,
    published: Path,
    aside: Path,
    now: datetime,
    memory: Memory,
    *,
    first: bool = False,
    served: str | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Compile the sources in ``root`` into the folder ``aside``, as if they were published in ``published`` now.

    Links begin with the address at which it is ``served``, where the sources name none.

    The published site is read and stays as it is, so that no number of previews leaves an id, a stamp or an entry of the
    log behind; ``memory`` spares reading it anew each time. One on the web that cannot be read stops no preview.
    """
    find = finder(published, None, first=first, memory=memory, publishes=False)
    return _compile(root, aside, now, find, published, progress, served)


def _compile(
    root: Path,
    out: Path,
    now: datetime,
    find: FindPublished,
    published: Path,
    progress: Progress | None,
    served: str | None = None,
) -> Outcome:
    """Compile into ``out``, given what was published before, which ``find`` finds and the folder ``published`` keeps."""
    say = progress or (lambda _: None)
    if not (out.exists() or Folder(root).has(SITE_FILE)):
        tree, problems = read_tree(root)
        return Outcome(problems, tree.texts, published=False)
    with exclusively(out):
        say("Reading the sources")
        checked = Checker(root, now, find).check()
        with collector_at_rest():
            found = Holding(checked, checked.problems)
            if not checked.sound and checked.catalogue and checked.catalogue.settings.hold:
                found = hold(checked, lambda tree, read: examine(tree, read, now, find), published, now)
            if found.checked.catalogue is None or not found.checked.sound:
                return Outcome(found.problems, checked.texts, published=False)
            catalogue, tree = _served(found.checked.catalogue, served), found.checked.tree
            content, notes = compile_content(
                catalogue,
                found.checked.plans,
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
        events=len({(each.organisation, each.path[0]) for each in content.events}),
        held=found.held,
    )


def _served(catalogue: Catalogue, address: str | None) -> Catalogue:
    """Return a catalogue whose links begin with an address, where one is given and the sources name none."""
    settings = catalogue.settings
    if address is None or settings.base_url != UNKNOWN_BASE_URL:
        return catalogue
    return replace(catalogue, settings=replace(settings, base_url=address))
