"""The pipeline: sources, the site before and one instant → a site."""

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from coopcal.checks.rules.dead_link import DEAD_LINK, asked_for, dead_links
from coopcal.checks.switches import chosen, is_on, switched
from coopcal.compile import previous as site_before
from coopcal.compile.assemble import compile_content
from coopcal.compile.check import Checked, FindPublished, decipher, examine
from coopcal.compile.codes import NO_PREVIOUS_SITE, OLDER_SITE
from coopcal.compile.fallback import Holding, hold
from coopcal.compile.kept import to_keep
from coopcal.compile.mends import Trial, read_back
from coopcal.definitions import links
from coopcal.definitions.source.origin import Folder
from coopcal.definitions.source.tree import SITE_FILE, read_tree
from coopcal.model.held import Held
from coopcal.model.link import Finding
from coopcal.model.message import msg
from coopcal.model.problem import Place, Problem, Severity, in_order
from coopcal.model.published import Published
from coopcal.model.site import UNKNOWN_BASE_URL, Catalogue
from coopcal.site.layout import SiteError
from coopcal.site.writer import exclusively, write

__all__ = ["Checked", "Outcome", "check", "compile_preview", "compile_site"]

Progress = Callable[[str], None]
Probe = Callable[[Iterable[str]], Mapping[str, Finding]]


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
    """Which checks are run: ``only`` some of those that can be switched, or ``without`` some.

    ``probe`` asks for the addresses of links and gives what is wrong with them; without it they are not looked at.
    """

    only: Collection[str] = ()
    without: Collection[str] = ()
    probe: Probe | None = None


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
    by path that are read as if they were written already. Mends are tried before they are shown.
    """
    return _check(root, now, _finder(out or root / "_site", previous, first=first), instead, choice)


def _check(
    root: Path,
    now: datetime,
    find: FindPublished,
    instead: Mapping[str, str] | None = None,
    choice: Choice | None = None,
) -> Checked:
    with collector_at_rest():
        tree, problems = read_tree(root, instead)
        checked = examine(
            tree, problems, now, find, lambda found: _chosen(found, choice) if choice else found
        )
        checked = replace(checked, problems=read_back(checked.problems, Trial(tree)))
    if choice and choice.probe and checked.catalogue and is_on(DEAD_LINK, checked.catalogue.settings.checks):
        named = links(tree)
        dead = dead_links(named, choice.probe(asked_for(link) for link in named))
        weighed = switched(dead, checked.catalogue.settings.checks)
        return replace(checked, problems=in_order((*checked.problems, *weighed)))
    return checked


def _chosen(catalogue: Catalogue, choice: Choice) -> Catalogue:
    """Return a catalogue in which the checks are switched as they are chosen for this run."""
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
    return _compile(root, out, now, _finder(out, previous, first=first), out, progress)


def compile_preview(
    root: Path,
    published: Path,
    aside: Path,
    now: datetime,
    memory: site_before.Memory,
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
    find = _finder(published, None, first=first, memory=memory, publishes=False)
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
        checked = _check(root, now, find)
        with collector_at_rest():
            found = Holding(checked, checked.problems)
            if not checked.sound and checked.catalogue and checked.catalogue.settings.hold:
                found = hold(checked, lambda tree, read: examine(tree, read, now, find), published, now)
            if found.checked.catalogue is None or not found.checked.sound:
                return Outcome(found.problems, checked.texts, published=False)
            catalogue, tree = _served(found.checked.catalogue, served), found.checked.tree
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
        events=len({(each.organisation, each.path[0]) for each in content.events}),
        held=found.held,
    )


def _served(catalogue: Catalogue, address: str | None) -> Catalogue:
    """Return a catalogue whose links begin with an address, where one is given and the sources name none."""
    settings = catalogue.settings
    if address is None or settings.base_url != UNKNOWN_BASE_URL:
        return catalogue
    return replace(catalogue, settings=replace(settings, base_url=address))


def _finder(
    out: Path,
    previous: str | None,
    *,
    first: bool,
    memory: site_before.Memory | None = None,
    publishes: bool = True,
) -> FindPublished:
    """Return what finds the site published before: the local one, else the one named in the call or in the sources."""
    reading = memory or site_before.Memory()

    def find(catalogue: Catalogue) -> tuple[Published | None, tuple[Problem, ...]]:
        try:
            if before := reading.local(out):
                return before, ()
            where = previous or catalogue.settings.published or ""
            return (reading.named(where), ()) if where else (None, ())
        except SiteError as error:
            if older := site_before.newest_whole(out):
                return older, (_recovered(error, older),)
            return None, () if first else (_unreadable(error, publishes=publishes),)

    return find


def _recovered(error: SiteError, older: Published) -> Problem:
    """Tell that another version is taken for what was published before, as the one that was served cannot be read."""
    message = msg(
        "The site published before cannot be read: {error}; ids and stamps are those of the version of {instant}",
        error=error,
        instant=f"{older.compiled_at:%Y-%m-%d %H:%M} UTC",
    )
    mend = msg(
        "nothing need be done where that is the last one; else put _site back from a backup, and compile again"
    )
    return Problem.of(Place(SITE_FILE), OLDER_SITE, message, mend)


def _unreadable(error: SiteError, *, publishes: bool) -> Problem:
    message = msg("The site published before cannot be read: {error}", error=error)
    if publishes:
        mend = msg("make it readable; or, if nothing was ever published, compile with --first")
        return Problem.of(Place(SITE_FILE), NO_PREVIOUS_SITE, message, mend)
    mend = msg(
        "nothing need be done for a preview, which is shown as if nothing had been published; start it again to try once more"
    )
    return replace(Problem.of(Place(SITE_FILE), NO_PREVIOUS_SITE, message, mend), severity=Severity.WARNING)


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
