"""Prepare the organisations of a folder in batches, by a crew; what stands in the store is not made anew."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from coopcal.compile.batches.crew import Crew
from coopcal.compile.batches.examination import Examination, examined
from coopcal.compile.cut import frame_of
from coopcal.compile.draft_feed import Address, FeedMade
from coopcal.compile.examine import Counts, FindPublished, Verdict, today
from coopcal.compile.good_sources import Files
from coopcal.compile.inputs import Inputs
from coopcal.compile.portion import Portion
from coopcal.compile.prepared import Prepared, Sound, Standing
from coopcal.compile.store import program
from coopcal.compile.store.ledger import Ledger
from coopcal.compile.store.store import Store
from coopcal.compile.store.unit import Unit
from coopcal.definitions.source.origin import Folder
from coopcal.model.problem import has_errors
from coopcal.model.published import Published
from coopcal.model.site import Catalogue


def prepare(
    root: Path, now: datetime, find_published: FindPublished, crew: Crew, store: Store
) -> Prepared | None:
    """Prepare the sources in a folder; None where they have no settings, or errors that the site does not stop for."""
    instant = now.astimezone(UTC).replace(microsecond=0)
    seen = examined(root, instant, find_published, crew, store)
    if seen is None:
        return None
    if has_errors(seen.problems):
        store.discard(seen.reading.sources.compile)
        return None if seen.catalogue.settings.hold else Prepared(seen.problems, seen.texts, None)
    names = [name.id for name in seen.reading.names]
    inputs = Inputs.of(seen.catalogue, seen.plans, seen.before, instant)
    portions = [_portion(seen, name, store) for name in names]
    kept = {name: _kept(seen, name, root) for name in names} if seen.catalogue.settings.hold else {}
    standing = (
        Standing(frozenset(seen.reading.standing), seen.reading.ledger.feeds)
        if seen.reading.ledger
        else Standing()
    )
    sound = Sound(
        inputs,
        portions,
        seen.cut.gone,
        kept,
        standing=standing,
        leave=lambda *left: _leave(seen, store, instant, *left),
    )
    return Prepared(seen.problems, seen.texts, sound)


def check(
    root: Path,
    now: datetime,
    find_published: FindPublished,
    crew: Crew,
    store: Store | None,
    choose: Callable[[Catalogue], Catalogue],
) -> Verdict | None:
    """Check the sources in a folder, and render nothing; None where they have no settings.

    ``choose`` gives the catalogue with its checks switched otherwise than it says, which what is in a store does not know.
    """
    seen = examined(root, now, find_published, crew, store, choose, renders=False)
    if seen is None:
        return None
    counts = Counts(len(seen.catalogue.organisations), seen.events, len(seen.plans))
    return Verdict(seen.problems, seen.texts, counts)


def _portion(seen: Examination, name: str, store: Store) -> Portion:
    made = seen.made.get(name)
    if made is None:
        return seen.reading.standing[name].portion.portion(store.segments)
    assert made.portion is not None, "there are no errors"
    portion = made.portion.portion(store.segments)
    return portion.as_made(made.changes, is_new=made.is_new)


def _kept(seen: Examination, name: str, root: Path) -> Files:
    """Return the sources that are kept of an organisation: what is YAML as it was read, other files where they lie."""
    if name in seen.made:
        return seen.made[name].kept
    origin = Folder(root)
    paths = seen.reading.standing[name].kept
    texts = {path: origin.read(path)[0] for path in paths if path.endswith(".yaml")}
    return {path: (texts.get(path) or "").encode() if path in texts else root / path for path in paths}


def _leave(
    seen: Examination,
    store: Store,
    now: datetime,
    version: str,
    published: Published,
    feeds: Mapping[Address, FeedMade],
) -> None:
    """Leave what was made to the next compile, if it may trust all of it."""
    read = seen.reading
    units = dict(read.standing)
    for name, made in seen.made.items():
        if not made.clean or made.portion is None or made.next_gathered is None:
            store.forget()
            return
        units[name] = Unit(
            read.digests[name],
            read.read[name],
            made.next_problems,
            made.next_gathered,
            tuple(made.kept),
            now,
            made.portion,
        )
    frame = frame_of(published)
    if frame is None or not seen.cut.clean or not read.is_unchanged:
        store.forget()
        return
    day = today(seen.catalogue, now)
    root = str(read.root.resolve())
    left = Ledger(
        program.digest(), root, version, read.frame_digest, now, day, frame, seen.cut.orphans, feeds, units
    )
    store.leave(left)
