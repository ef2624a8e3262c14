"""Read, check and compile the organisations of a folder in batches, by a crew."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from coopcal.checks import conclude, overview_of
from coopcal.checks.switches import switched
from coopcal.compile.batches import worker
from coopcal.compile.batches.batch import Batch, BatchCompiled, BatchRead, Sources, World
from coopcal.compile.batches.crew import Crew
from coopcal.compile.batches.divide import divided, sizes_of
from coopcal.compile.cut import cut
from coopcal.compile.examine import Counts, FindPublished, Verdict, today
from coopcal.compile.inputs import Inputs
from coopcal.compile.mends import Trial, read_back
from coopcal.compile.prepared import Prepared, Sound
from coopcal.definitions import decode
from coopcal.definitions.source.origin import Folder, Origin
from coopcal.definitions.source.reader import Frame, read_frame
from coopcal.model.facts import VisibleFacts
from coopcal.model.problem import Problem, has_errors, in_order, on_other_lines
from coopcal.model.published import Published
from coopcal.model.site import Catalogue
from coopcal.selection.plan import FeedPlan, plan

EACH = 2
"""Batches for each worker, so that none waits long for another."""


@dataclass(frozen=True, slots=True)
class _Examined:
    """What was read and checked in batches, and what came of each; ``gone`` was seen of organisations that are gone."""

    catalogue: Catalogue
    plans: tuple[FeedPlan, ...]
    published: Published | None
    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    results: Sequence[BatchCompiled]
    gone: Mapping[str, VisibleFacts]
    events: int


def prepare(root: Path, now: datetime, find_published: FindPublished, crew: Crew) -> Prepared | None:
    """Prepare the sources in a folder; None where they have no settings, or errors that the site does not stop for."""
    examined = _examine(root, now, find_published, crew)
    if examined is None:
        return None
    if has_errors(examined.problems):
        holds = examined.catalogue.settings.hold
        return None if holds else Prepared(examined.problems, examined.texts, None)
    portions = [result.portion for result in examined.results if result.portion is not None]
    kept = {one: files for result in examined.results for one, files in result.kept.items()}
    inputs = Inputs.of(examined.catalogue, examined.plans, examined.published, _whole_seconds(now))
    return Prepared(examined.problems, examined.texts, Sound(inputs, portions, examined.gone, kept))


def check(
    root: Path,
    now: datetime,
    find_published: FindPublished,
    crew: Crew,
    choose: Callable[[Catalogue], Catalogue],
) -> Verdict | None:
    """Check the sources in a folder, and render nothing; None where they have no settings.

    ``choose`` gives the catalogue with its checks switched otherwise than it says.
    """
    examined = _examine(root, now, find_published, crew, choose, renders=False)
    if examined is None:
        return None
    counts = Counts(len(examined.catalogue.organisations), examined.events, len(examined.plans))
    return Verdict(examined.problems, examined.texts, counts)


def _examine(
    root: Path,
    now: datetime,
    find_published: FindPublished,
    crew: Crew,
    choose: Callable[[Catalogue], Catalogue] = lambda catalogue: catalogue,
    *,
    renders: bool = True,
) -> _Examined | None:
    origin = Folder(root)
    frame = read_frame(origin)
    around, problems = decode(frame.tree)
    if around is None or frame.tree.site is None or not frame.organisations:
        return None
    ids = tuple(one.id for one in frame.organisations)
    sources = Sources(uuid.uuid4().hex, origin, frame.tree.site, around.settings, ids)
    sizes = sizes_of(root, frame.organisations)
    batches = [
        Batch(number, organisations)
        for number, organisations in enumerate(divided(frame.organisations, sizes, crew.size * EACH))
    ]
    parts = crew.run(worker.read, [(sources, batch) for batch in batches])
    catalogue = choose(_catalogue(around, parts))
    published, trouble = find_published(catalogue)
    day, plans = today(catalogue, now), plan(catalogue)
    world = World(catalogue, plans, _whole_seconds(now), day, renders)
    owners = {uid: owner for part in parts for uid, owner in part.uids.items()}
    before = cut(published, catalogue.organisations, owners, [_ids(batch) for batch in batches])
    results = crew.run(
        worker.compiled,
        [(sources, batch, world, known) for batch, known in zip(batches, before.parts, strict=True)],
    )
    concluded = conclude(
        overview_of(catalogue, plans, published, day), [result.gathered for result in results]
    )
    told = _told(frame, (*problems, *trouble, *concluded), catalogue, results)
    texts = _texts(origin, frame, told)
    events = sum(part.events for part in parts)
    return _Examined(catalogue, plans, published, told, texts, results, before.gone, events)


def _whole_seconds(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(microsecond=0)


def _ids(batch: Batch) -> Sequence[str]:
    return [one.id for one in batch.organisations]


def _catalogue(around: Catalogue, parts: Iterable[BatchRead]) -> Catalogue:
    """Return a catalogue with all organisations, which hold no events."""
    known = tuple(parts)
    return replace(
        around,
        organisations=tuple(chain.from_iterable(part.profiles for part in known)),
        unread=around.unread.union(*(part.unread for part in known)),
        strays=(*around.strays, *chain.from_iterable(part.strays for part in known)),
    )


def _told(
    frame: Frame,
    others: Iterable[Problem],
    catalogue: Catalogue,
    results: Iterable[BatchCompiled],
) -> tuple[Problem, ...]:
    """Return all that is to be told: of batches, of settings and feeds, and of everything together."""
    own = (*frame.problems, *on_other_lines(others, frame.problems))
    own = read_back(in_order(switched(own, catalogue.settings.checks)), Trial(frame.tree))
    return in_order(chain(own, *(result.problems for result in results)))


def _texts(origin: Origin, frame: Frame, problems: Iterable[Problem]) -> dict[str, str]:
    """Return the texts of the files that were read and that anything is told of."""
    read = {f"calendars/{one.id}" + ("" if one.folder else ".yaml") for one in frame.organisations}
    paths = {problem.position.path for problem in problems} - frame.tree.texts.keys()
    texts = (
        (path, origin.read(path)[0])
        for path in sorted(paths)
        if path in read or (path.rpartition("/")[0] in read and path.endswith(".yaml") and origin.has(path))
    )
    return frame.tree.texts | {path: text for path, text in texts if text is not None}
