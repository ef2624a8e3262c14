"""The pipeline: sources, the site before and one instant → a site."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from coopcal.compile.assemble import assemble, assembly
from coopcal.compile.batches.crew import Crew, alone
from coopcal.compile.batches.prepare import prepare
from coopcal.compile.checker import check
from coopcal.compile.examine import Checked
from coopcal.compile.feeds import notes_on
from coopcal.compile.join import join
from coopcal.compile.kept import Kept
from coopcal.compile.outcome import Outcome
from coopcal.compile.prepared import Prepared, Written
from coopcal.compile.previous import finder
from coopcal.compile.private import private_made
from coopcal.compile.store.segments import DamagedStoreError
from coopcal.compile.store.sources import Looked
from coopcal.compile.store.store import Store
from coopcal.compile.tokens import put_tokens
from coopcal.compile.whole import whole
from coopcal.definitions.source.origin import Folder
from coopcal.definitions.source.reader import read_tree
from coopcal.definitions.source.tree import SITE_FILE
from coopcal.model.change import LogEntry
from coopcal.site import collector_at_rest
from coopcal.site.layout import NotStanding
from coopcal.site.putting import put_here
from coopcal.site.swap import exclusively
from coopcal.site.tokens import are_kept
from coopcal.site.writer import write

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
    looked: Looked | None = None,
) -> Outcome:
    """Compile the sources in ``root`` and publish them in ``out``, whole or not at all; with a ``crew``, in batches by that.

    What the last compile made of an organisation is not made again, if nothing that it depends on differs; the digests of sources that were ``looked`` at are not taken again. ``previous`` names the site before (a folder or an address) where there is none in ``out``; with ``first``
    none is needed. Errors in the sources leave ``out`` as it is, and where there is no site it is not made. Raise SiteError when ``out`` cannot be
    written.
    """
    find = finder(out, previous, first=first, begins_anew=first)
    if (nothing := _nothing(root, out)) is not None:
        return nothing

    with Store.of(out) as store:

        def prepared() -> Prepared:
            in_batches = prepare(root, now, find, crew or alone(), store, looked)
            return in_batches or whole(root, now, find, out)

        try:
            return _compile(root, out, prepared, progress)
        except (DamagedStoreError, NotStanding):
            store.forget()
            looked = None
            return _compile(root, out, prepared, progress)


def compile_unsaid(root: Path, out: Path, now: datetime, unsaid: Callable[[LogEntry], bool]) -> Outcome:
    """Compile as ``compile_site`` does, with nothing of what was kept, and a log of changes without entries that are ``unsaid``."""
    find = finder(out, None, first=False)
    return _compile(root, out, lambda: whole(root, now, find, out), None, unsaid=unsaid)


def compile_preview(
    root: Path,
    published: Path,
    aside: Path,
    now: datetime,
    kept: Kept,
    *,
    first: bool = False,
    served: str | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Compile the sources in ``root`` into the folder ``aside``, as if they were published in ``published`` now.

    Links begin with the address at which it is ``served``, where the sources name none.

    The published site is read and stays as it is, so that no number of previews leaves an id, a stamp or an entry of the
    log behind; what is ``kept`` spares making anew what was not changed. One on the web that cannot be read stops no preview.
    """
    if (nothing := _nothing(root, aside)) is not None:
        return nothing
    find = finder(published, None, first=first, memory=kept.published, publishes=False)

    def prepared() -> Prepared:
        return whole(root, now, find, published, served, kept, aside)

    try:
        return _compile(root, aside, prepared, progress, lasts=False)
    except NotStanding:
        kept.forget_feeds()
        return _compile(root, aside, prepared, progress, lasts=False)


def _nothing(root: Path, out: Path) -> Outcome | None:
    """Return what comes of sources without settings where there is no site either; None where there is something."""
    if out.exists() or Folder(root).has(SITE_FILE):
        return None
    tree, problems = read_tree(root)
    return Outcome(problems, tree.texts, published=False)


def _compile(
    root: Path,
    out: Path,
    prepare_sources: Callable[[], Prepared],
    progress: Progress | None,
    *,
    lasts: bool = True,
    unsaid: Callable[[LogEntry], bool] | None = None,
) -> Outcome:
    """Compile what is prepared of the sources in ``root`` into ``out``.

    What does not last is read from near by: it is not compressed, and nobody waits until it is on the disk.
    """
    say = progress or (lambda _: None)
    with exclusively(out), collector_at_rest():
        say("Reading, checking and rendering the events of each organisation")
        prepared = prepare_sources()
        sound = prepared.sound
        if sound is None:
            return Outcome(prepared.problems, prepared.texts, published=False)
        joined = join(sound.portions, sound.inputs, sound.gone)
        if unsaid is not None:
            joined = replace(joined, log=tuple(entry for entry in joined.log if not unsaid(entry)))
        say("Putting feeds and pages together")
        feeds = assembly(joined, sound.inputs, sound.standing)
        content = assemble(
            joined, sound.inputs, lambda one: sound.roots.get(one, root), feeds, sound.standing
        )
        compress = content.compress and lasts
        private = private_made(sound.portions, sound.inputs)
        content = replace(content, kept=sound.kept, held=sound.held, compress=compress, private=private.files)
        put = sound.shared(joined, feeds, out) if sound.shared else put_here
        version = write(content, out, sound.standing.site, lasts=lasts, put=put)
        if sound.inputs.catalogue.tokens or are_kept(out):
            put_tokens(root, out)
        notes = (*notes_on(feeds.made, sound.inputs), *private.notes)
        sound.leave(
            Written(version, content.published(), feeds.made, feeds.stamps, notes, content.good_until)
        )
    return Outcome.of(version, joined, prepared, notes)
