"""The pipeline: sources, the site before and one instant → a site."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from coopcal.compile.assemble import assemble
from coopcal.compile.check import Checked, FindPublished, examine
from coopcal.compile.checker import Checker, check, collector_at_rest
from coopcal.compile.fallback import fall_back
from coopcal.compile.feeds import notes_on
from coopcal.compile.good_sources import to_keep
from coopcal.compile.inputs import Inputs
from coopcal.compile.join import join
from coopcal.compile.organisations import portion
from coopcal.compile.outcome import Outcome
from coopcal.compile.previous import Memory, finder
from coopcal.definitions.source.origin import Folder
from coopcal.definitions.source.reader import read_tree
from coopcal.definitions.source.tree import SITE_FILE
from coopcal.model.site import UNKNOWN_BASE_URL, Catalogue
from coopcal.site.writer import exclusively, write

__all__ = ["Checked", "Outcome", "check", "compile_preview", "compile_site"]

Progress = Callable[[str], None]


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
            holding = fall_back(checked, lambda tree, read: examine(tree, read, now, find), published, now)
            sound = holding.checked
            if sound.catalogue is None or not sound.sound:
                return Outcome(holding.problems, checked.texts, published=False)
            catalogue, instant = _served(sound.catalogue, served), now.astimezone(UTC).replace(microsecond=0)
            inputs = Inputs.of(catalogue, sound.plans, sound.published, instant)
            say("Rendering the events of each organisation")
            joined = join([portion(inputs)], inputs)
            say("Putting feeds and pages together")
            content = assemble(joined, inputs, lambda one: holding.roots.get(one, root))
            kept = to_keep(catalogue, sound.tree) if catalogue.settings.hold else {}
            say("Writing the site")
            version = write(replace(content, kept=kept, held=holding.held), out)
            notes = tuple(note for feed in content.feeds for note in notes_on(feed, inputs))
    return Outcome.of(version, content, catalogue, holding, notes, checked.texts)


def _served(catalogue: Catalogue, address: str | None) -> Catalogue:
    """Return a catalogue whose links begin with an address, where one is given and the sources name none."""
    settings = catalogue.settings
    if address is None or settings.base_url != UNKNOWN_BASE_URL:
        return catalogue
    return replace(catalogue, settings=replace(settings, base_url=address))
