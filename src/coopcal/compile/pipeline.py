"""The pipeline: sources, the site before and one instant → a site."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from coopcal.compile.assemble import assemble
from coopcal.compile.batches.crew import Crew
from coopcal.compile.batches.prepare import prepare
from coopcal.compile.check import Checked, FindPublished
from coopcal.compile.checker import check, collector_at_rest
from coopcal.compile.feeds import notes_on
from coopcal.compile.join import join
from coopcal.compile.outcome import Outcome
from coopcal.compile.previous import Memory, finder
from coopcal.compile.whole import whole
from coopcal.definitions.source.origin import Folder
from coopcal.definitions.source.reader import read_tree
from coopcal.definitions.source.tree import SITE_FILE
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
    crew: Crew | None = None,
) -> Outcome:
    """Compile the sources in ``root`` and publish them in ``out``, whole or not at all; with a ``crew``, in batches by that.

    ``previous`` names the site before (a folder or an address) where there is none in ``out``; with ``first``
    none is needed. Errors in the sources leave ``out`` as it is, and where there is no site it is not made. Raise SiteError when ``out`` cannot be
    written.
    """
    return _compile(root, out, now, finder(out, previous, first=first), out, progress, crew=crew)


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
    return _compile(root, aside, now, find, published, progress, served=served)


def _compile(
    root: Path,
    out: Path,
    now: datetime,
    find: FindPublished,
    published: Path,
    progress: Progress | None,
    *,
    served: str | None = None,
    crew: Crew | None = None,
) -> Outcome:
    """Compile into ``out``, given what was published before, which ``find`` finds and the folder ``published`` keeps."""
    say = progress or (lambda _: None)
    if not (out.exists() or Folder(root).has(SITE_FILE)):
        tree, problems = read_tree(root)
        return Outcome(problems, tree.texts, published=False)
    with exclusively(out):
        say("Reading, checking and rendering the events of each organisation")
        in_batches = crew and prepare(root, now, find, served, crew)
        with collector_at_rest():
            prepared = in_batches or whole(root, now, find, published, served)
            sound = prepared.sound
            if sound is None:
                return Outcome(prepared.problems, prepared.texts, published=False)
            joined = join(sound.portions, sound.inputs, sound.gone)
            say("Putting feeds and pages together")
            content = assemble(joined, sound.inputs, lambda one: sound.roots.get(one, root))
            say("Writing the site")
            version = write(replace(content, kept=sound.kept, held=sound.held), out)
            notes = tuple(note for feed in content.feeds for note in notes_on(feed, sound.inputs))
    return Outcome.of(version, content, prepared, notes)
