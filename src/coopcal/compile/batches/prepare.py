"""Prepare the organisations of a folder in batches, by a crew; what stands in the store is not made anew."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path

from coopcal.checks import conclusions, overview_of
from coopcal.checks.switches import switched
from coopcal.compile.batches.crew import Crew
from coopcal.compile.batches.examination import Examination, examined, texts_of, told_of_all
from coopcal.compile.batches.shards import SharedShards
from coopcal.compile.cut import frame_of
from coopcal.compile.draft_feed import FeedMade
from coopcal.compile.examine import Counts, FindPublished, Verdict, today
from coopcal.compile.good_sources import Files
from coopcal.compile.inputs import Inputs
from coopcal.compile.portion import Portion
from coopcal.compile.prepared import Prepared, Shared, Sound, Standing, Written
from coopcal.compile.store import program
from coopcal.compile.store.head import Head
from coopcal.compile.store.ledger import Ledger, Units, late_from
from coopcal.compile.store.meetings import StoredGathered
from coopcal.compile.store.rosters import Rosters
from coopcal.compile.store.rows import published_by
from coopcal.compile.store.sources import Looked
from coopcal.compile.store.store import Store
from coopcal.compile.store.unit import Unit
from coopcal.definitions.source.origin import Folder
from coopcal.model.problem import Problem, has_errors, in_order
from coopcal.model.site import Catalogue
from coopcal.site.content import Address
from coopcal.site.standing import Standing as StandingSite
from coopcal.zones import first_moment


def prepare(
    root: Path, now: datetime, find_published: FindPublished, crew: Crew, store: Store, looked: Looked | None
) -> Prepared | None:
    """Prepare the sources in a folder, of which digests were taken; None where they have no settings, or errors that the site does not stop for."""
    instant = now.astimezone(UTC).replace(microsecond=0)
    seen = examined(root, instant, find_published, crew, store, looked=looked)
    if seen is None:
        return None
    if has_errors(seen.problems):
        store.discard(seen.reading.sources.compile)
        return None if seen.catalogue.settings.hold else Prepared(seen.problems, seen.texts, None)
    names = [name.id for name in seen.reading.names]
    inputs = Inputs.of(seen.catalogue, seen.plans, seen.before, instant, seen.private)
    portions = [_portion(seen, name, store) for name in names]
    kept = {name: _kept(seen, name, root) for name in names} if seen.catalogue.settings.hold else {}
    known = seen.reading.ledger
    site = _site(store, known.feeds) if known else None
    writer = store.writer(f"{seen.reading.sources.compile}-rosters")
    rosters = Rosters(writer, store.segments, known.rosters if known else {}, site)
    standing = Standing(
        organisations=frozenset(seen.reading.standing if known else ()),
        feeds=known.feeds if known else {},
        site=site,
        rosters=rosters,
    )
    sound = Sound(
        inputs,
        portions,
        seen.cut.gone,
        kept,
        standing=standing,
        leave=lambda written: _leave(seen, store, instant, rosters, written),
        shared=_shared(seen, store, names, rosters),
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


def _shared(seen: Examination, store: Store, names: Sequence[str], rosters: Rosters) -> Shared | None:
    """Return what writes shards by the crew, where that made everything."""
    read = seen.reading
    portions = [seen.made[name].portion for name in names if name in seen.made]
    made = [portion for portion in portions if portion is not None]
    if read.ledger or read.workers.size == 1 or len(made) < len(names):
        return None
    return SharedShards(read.workers, read.sources.compile, store.folder, made, rosters)


def _site(store: Store, feeds: Mapping[Address, FeedMade]) -> StandingSite:
    """Return the version that stands, which has these feeds."""
    return StandingSite(store.site, {address: made.organisation for address, made in feeds.items()})


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
    rosters: Rosters,
    written: Written,
) -> None:
    """Leave what was made to the next compile, if it may trust all of it."""
    read, published = seen.reading, frame_of(written.published)
    units = dict(read.standing)
    writer = store.writer(f"{read.sources.compile}-gathered")
    for name, made in seen.made.items():
        if not made.clean or made.portion is None or made.next_gathered is None:
            store.forget()
            return
        units[name] = Unit(
            read.digests[name],
            replace(read.read[name], uids=()),
            made.next_problems,
            StoredGathered.of(made.next_gathered, writer),
            tuple(made.kept),
            now,
            made.portion,
        )
    writer.flush()
    if published is None or not seen.cut.clean or not read.is_unchanged:
        store.forget()
        return
    units = {name.id: units[name.id] for name in read.names}
    day = today(seen.catalogue, now)
    problems = _next(seen, units, written, store)
    told = Head(
        program=program.digest(),
        root=str(read.root.resolve()),
        version=written.version,
        seal="",
        at=now,
        good=_good_until(seen.catalogue, day, now, written.good_until),
        today=day,
        frame=read.frame_digest,
        sources=read.digests,
        beside=read.beside,
        folders=frozenset(name.id for name in read.names if name.folder),
        problems=problems,
        texts=tuple(texts_of(problems, read.root, read.frame)),
        feeds=len(seen.plans),
        events=sum(unit.portion.events for unit in units.values()),
        good_until=written.good_until,
        body=b"",
    )
    known = read.ledger.units if read.ledger else None
    kept = rosters.of(written.feeds)
    left = Ledger(
        published,
        seen.cut.orphans,
        written.feeds,
        kept,
        late_from(day.year),
        Units.of(units, known),
    )
    store.leave(told, left)


def _good_until(catalogue: Catalogue, day: date, now: datetime, until: datetime | None) -> datetime:
    """Return until when the same sources give the same site: until the day ends, or a year in UTC, or time alone makes another."""
    midnight = first_moment(day + timedelta(days=1), catalogue.settings.timezone).astimezone(UTC)
    year = datetime(now.year + 1, 1, 1, tzinfo=UTC)
    return min(midnight, year, until or midnight)


def _next(
    seen: Examination, units: Mapping[str, Unit], written: Written, store: Store
) -> tuple[Problem, ...]:
    """Return what the next compile tells of the same sources."""
    portions = [unit.portion.portion(store.segments) for unit in units.values()]
    published = published_by(written.published, seen.cut.orphans, portions)
    own = told_of_all(
        seen.reading,
        seen.catalogue,
        conclusions(
            overview_of(
                seen.catalogue, seen.plans, published, today(seen.catalogue, written.published.compiled_at)
            ),
            [unit.gathered.small for unit in units.values()],
            seen.concluded,
        ),
        (),
    )
    others = chain.from_iterable(unit.problems for unit in units.values())
    return in_order((*own, *others, *switched(written.notes, seen.catalogue.settings.checks)))
