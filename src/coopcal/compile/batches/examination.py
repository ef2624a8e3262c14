"""Check and compile the organisations of a folder in batches, held against what was published before."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from coopcal.checks import Concluded, Gathered, conclusions, overview_of
from coopcal.checks.switches import switched
from coopcal.compile.batches import worker
from coopcal.compile.batches.batch import OrganisationMade, Parts, World
from coopcal.compile.batches.crew import Crew
from coopcal.compile.batches.reading import Reading, reading
from coopcal.compile.cut import Cut, cut
from coopcal.compile.diff.facts import names_of
from coopcal.compile.examine import FindPublished, Found, today
from coopcal.compile.mends import Trial, read_back
from coopcal.compile.store.meetings import gathered
from coopcal.compile.store.rows import part_of, published_by
from coopcal.compile.store.segments import Segments
from coopcal.compile.store.sources import Looked
from coopcal.compile.store.store import Store
from coopcal.definitions.source.reader import Frame
from coopcal.definitions.source.texts import Texts
from coopcal.model.problem import Problem, in_order, on_other_lines
from coopcal.model.published import Published
from coopcal.model.site import Catalogue
from coopcal.selection.plan import FeedPlan, plan
from coopcal.site.private import private_memory


@dataclass(frozen=True, slots=True)
class Examination:
    """What was read, checked and compiled.

    ``before`` is what was published, at least of what was made now; ``made`` is what came of each organisation that was
    not ``reading.standing``, and ``concluded`` what the rules tell across all of them. ``private`` is what private feeds
    showed before.
    """

    reading: Reading
    catalogue: Catalogue
    plans: tuple[FeedPlan, ...]
    before: Published | None
    cut: Cut
    made: Mapping[str, OrganisationMade]
    concluded: Concluded
    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    private: Mapping[str, Published]

    @property
    def events(self) -> int:
        """The number of events, sessions and further dates not counted."""
        return sum(one.events for one in self.reading.read.values())


def examined(
    root: Path,
    now: datetime,
    find_published: FindPublished,
    crew: Crew,
    store: Store | None,
    choose: Callable[[Catalogue], Catalogue] = lambda catalogue: catalogue,
    *,
    renders: bool = True,
    looked: Looked | None = None,
) -> Examination | None:
    """Examine the sources in a folder; None where they have no settings or no organisations.

    ``choose`` gives the catalogue with its checks switched otherwise than it says; digests that were ``looked`` at are not
    taken again.
    """
    read = reading(root, now, crew, store, looked or Looked(root))
    if read is None:
        return None
    catalogue = choose(read.catalogue)
    plans, day = plan(catalogue), today(catalogue, now)
    found, parts = _published(read, catalogue, find_published, store)
    published = found.published
    before = parts.frame
    folder = store.folder if store and renders else None
    after = _after(catalogue, plans, before, now)
    private = private_memory(store.site) if store and folder and catalogue.private_feeds else {}
    world = World(catalogue, plans, now, day, before, after, parts.orphans, folder, private)
    made = _made(read, world, parts)
    concluded = conclusions(
        overview_of(catalogue, plans, published, day, found.private),
        _gathered(read, made, store.segments if store else None),
    )
    own = told_of_all(read, catalogue, concluded, found.trouble)
    of_units = (unit.problems for unit in read.standing.values())
    problems = in_order(chain(own, *of_units, *(one.problems for one in made.values())))
    incremental = replace(before, events=parts.orphans) if before and read.ledger else published
    return Examination(
        read,
        catalogue,
        plans,
        incremental,
        parts,
        made,
        concluded,
        problems,
        texts_of(problems, root, read.frame),
        private,
    )


def _published(
    read: Reading, catalogue: Catalogue, find_published: FindPublished, store: Store | None
) -> tuple[Found, Cut]:
    """Return what was published before, and what each organisation that was read now has of it."""
    ids = [name.id for batch in read.batches for name in batch.organisations]
    if read.ledger is None or store is None:
        found = find_published(catalogue)
        return found, cut(found.published, catalogue.organisations, read.holders, [[one] for one in ids])
    ledger, segments = read.ledger, store.segments
    portions = {name: unit.portion.portion(segments) for name, unit in ledger.units.items()}
    parts = tuple(part_of(portions[name]) for name in ids)
    known = published_by(ledger.published, ledger.orphans, portions.values())
    return Found(known), Cut(ledger.published, parts, ledger.orphans, {}, clean=True)


def _after(
    catalogue: Catalogue, plans: tuple[FeedPlan, ...], before: Published | None, now: datetime
) -> Published:
    """Return what rules will know of what was published when this compile is the one before, but for its events."""
    known = before or Published(catalogue.settings.uid_domain, now)
    organisations = catalogue.organisations
    removed = (f"{one.id}/{reference.id}" for one in organisations for reference in one.removed)
    return replace(
        known,
        uid_domain=catalogue.settings.uid_domain,
        compiled_at=now,
        organisations=known.organisations | {one.id for one in organisations},
        removed=known.removed.union(removed),
        facts=names_of(catalogue, plans, now),
    )


def _made(read: Reading, world: World, parts: Cut) -> Mapping[str, OrganisationMade]:
    read.workers.each(worker.learn, (read.sources.compile, world))
    numbers = iter(parts.parts)
    calls: list[tuple[object, ...]] = []
    for batch in read.batches:
        own: Parts = tuple(next(numbers) for _ in batch.organisations)
        calls.append((read.sources, batch, own))
    return {one.id: one for made in read.workers.run(worker.make, calls) for one in made}


def _gathered(
    read: Reading, made: Mapping[str, OrganisationMade], segments: Segments | None
) -> Iterable[Gathered]:
    now = {name: one.gathered for name, one in made.items()}
    if segments is None:
        return now.values()
    return gathered({name: unit.gathered for name, unit in read.standing.items()}, now, segments)


def told_of_all(
    read: Reading, catalogue: Catalogue, concluded: Concluded, trouble: Iterable[Problem]
) -> tuple[Problem, ...]:
    """Return what is to be told of settings, of feeds, and of everything together."""
    frame = read.frame
    others = (*read.problems, *trouble, *chain.from_iterable(concluded.values()))
    own = (*frame.problems, *on_other_lines(others, frame.problems))
    return read_back(in_order(switched(own, catalogue.settings.checks)), Trial(frame.tree))


def texts_of(problems: Iterable[Problem], root: Path, frame: Frame) -> Texts:
    """Return the texts of the files that were read and that anything is told of."""
    read = {f"calendars/{one.id}" + ("" if one.folder else ".yaml") for one in frame.organisations}
    told = {problem.position.path for problem in problems}
    inside = (path for path in told if path.rpartition("/")[0] in read and path.endswith(".yaml"))
    paths = {path for path in (*(told & read), *inside) if (root / path).exists()}
    return Texts(root, paths, frame.tree.texts)
