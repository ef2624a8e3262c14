"""The work on a batch of organisations: reading, then checking and compiling. It runs in any process."""

import io
import pickle
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from coopcal.checks import Findings, findings, overview_of
from coopcal.checks.overview import Overview, profile
from coopcal.checks.switches import switched
from coopcal.checks.view import View
from coopcal.compile.batches.batch import Batch, OrganisationMade, Parts, Sources, World
from coopcal.compile.cut import Owners, Part, holders_of, published_of
from coopcal.compile.good_sources import files_to_keep
from coopcal.compile.inputs import Inputs
from coopcal.compile.mends import Trial, read_back
from coopcal.compile.organisations import compiled
from coopcal.compile.store.segments import Writer
from coopcal.compile.store.unit import OrganisationRead, StoredPortion
from coopcal.definitions.organisation import organisation
from coopcal.definitions.source.reader import read_organisations
from coopcal.definitions.source.tree import OrganisationName, SourceTree
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Problem, Problems, has_errors, in_order, on_other_lines
from coopcal.model.published import PublishedEntry
from coopcal.model.site import Catalogue


@dataclass(frozen=True, slots=True)
class _Decoded:
    """An organisation as it was decoded, with what is wrong with it."""

    tree: SourceTree
    organisation: Organisation | None
    problems: tuple[Problem, ...]

    @property
    def events(self) -> int:
        """The number of its events."""
        return len(self.organisation.events) if self.organisation else 0


class _Known:
    """What one process knows of the compile that is going on: the site around organisations, and batches as they were decoded."""

    def __init__(self) -> None:
        self._compile = ""
        self._worlds: dict[str, World] = {}
        self._batches: OrderedDict[int, tuple[_Decoded, ...]] = OrderedDict()

    def learn(self, compile_name: str, world: World) -> None:
        """Keep what is around the organisations of a compile."""
        self._worlds = {compile_name: world}

    def world(self, compile_name: str) -> World:
        """Return what is around the organisations of a compile."""
        return self._worlds[compile_name]

    def put(self, sources: Sources, batch: Batch, decoded: tuple[_Decoded, ...]) -> None:
        """Keep a batch until it is asked for."""
        if sources.compile != self._compile:
            self._compile = sources.compile
            self._batches.clear()
        if sources.keeps:
            self._batches[batch.number] = decoded

    def take(self, sources: Sources, batch: Batch) -> tuple[_Decoded, ...] | None:
        """Return a batch, and keep it no longer; None where it is not here."""
        return self._batches.pop(batch.number, None) if sources.compile == self._compile else None


_KNOWN = _Known()


def read(sources: Sources, batch: Batch) -> tuple[OrganisationRead, ...]:
    """Read and decode a batch."""
    decoded = tuple(_decoded(sources, one) for one in batch.organisations)
    _KNOWN.put(sources, batch, decoded)
    return tuple(_read(sources, name.id, one) for name, one in zip(batch.organisations, decoded, strict=True))


def learn(compile_name: str, world: World) -> None:
    """Keep what is around organisations for the batches that are compiled next."""
    _KNOWN.learn(compile_name, world)


def known_world(compile_name: str) -> World:
    """Return what was learnt of a compile."""
    return _KNOWN.world(compile_name)


def make(sources: Sources, batch: Batch, parts: Parts) -> tuple[OrganisationMade, ...]:
    """Check and compile the organisations of a batch, given what was published before of each."""
    world = known_world(sources.compile)
    decoded = _KNOWN.take(sources, batch) or tuple(_decoded(sources, one) for one in batch.organisations)
    before = published_of(world.before, _together(parts), world.orphans)
    overview = overview_of(world.catalogue, world.plans, before, world.today)
    checked = [_checked(sources, one, overview) for one in decoded]
    if world.folder is None:
        names = zip(batch.organisations, checked, strict=True)
        return tuple(OrganisationMade(name.id, one.problems, one.found.gathered) for name, one in names)
    return _compiled(sources, batch, world, world.folder, parts, checked)


@dataclass(frozen=True, slots=True)
class _Checked:
    """An organisation with what the rules find, and all that is told of it."""

    decoded: _Decoded
    view: View
    found: Findings
    problems: tuple[Problem, ...]


def _checked(sources: Sources, decoded: _Decoded, overview: Overview) -> _Checked:
    view = View(overview, (decoded.organisation,) if decoded.organisation else ())
    found = findings(view)
    return _Checked(decoded, view, found, _told(sources, decoded, found, overview))


def _told(sources: Sources, decoded: _Decoded, found: Findings, overview: Overview) -> tuple[Problem, ...]:
    switches = overview.catalogue.settings.checks
    problems = in_order(switched((*decoded.problems, *found.problems), switches))
    return read_back(problems, Trial(replace(decoded.tree, site=sources.site)))


def _compiled(
    sources: Sources, batch: Batch, world: World, folder: Path, parts: Parts, checked: list[_Checked]
) -> tuple[OrganisationMade, ...]:
    """Compile the organisations of a batch that have no errors, and look at them once more as the next compile will."""
    inputs = Inputs.of(world.catalogue, world.plans, world.before, world.now, world.private)
    made: list[tuple[OrganisationMade, Part]] = []
    with Writer(folder, f"{sources.compile}-{batch.number}") as writer:
        for name, part, one in zip(batch.organisations, parts, checked, strict=True):
            made.append(_one(name, part, one, inputs, world, writer))
    after = published_of(world.after, _together(tuple(part for _, part in made)), world.orphans)
    overview = overview_of(world.catalogue, world.plans, after, world.today)
    return tuple(
        _settled(sources, known, one, overview) if known.portion else known
        for (known, _), one in zip(made, checked, strict=True)
    )


def _one(
    name: OrganisationName, part: Part, checked: _Checked, inputs: Inputs, world: World, writer: Writer
) -> tuple[OrganisationMade, Part]:
    """Return what came of an organisation, and what will have been published of it."""
    decoded, own = checked.decoded, checked.decoded.organisation
    if own is None or has_errors(checked.problems):
        return OrganisationMade(name.id, checked.problems, checked.found.gathered), part
    before = published_of(world.before, part, world.orphans) or inputs.before
    result = compiled(inputs.of_some([own], before))
    former = {uid: entry for uid, entry in part.events.items() if uid not in result.published.events}
    settings = world.catalogue.settings
    return OrganisationMade(
        name.id,
        checked.problems,
        checked.found.gathered,
        StoredPortion.of(result.portion, former, writer),
        result.portion.changes,
        result.portion.is_new,
        kept=files_to_keep(own, decoded.tree.organisations[0], decoded.tree) if settings.hold else {},
        clean=_is_clean(own, result.published.events, world),
    ), Part({**former, **result.published.events}, result.published.seen)


def _settled(
    sources: Sources, made: OrganisationMade, checked: _Checked, overview: Overview
) -> OrganisationMade:
    """Return what came of an organisation, with what is told of it where what was made of it is published."""
    found = checked.found.again(checked.view.against(overview))
    same = found.told == checked.found.told
    problems = checked.problems if same else _told(sources, checked.decoded, found, overview)
    return replace(made, next_problems=problems, next_gathered=found.gathered)


def _is_clean(own: Organisation, published: Mapping[str, PublishedEntry], world: World) -> bool:
    """Return whether nothing that is published of an organisation may be taken for another one's."""
    if not world.orphans.keys().isdisjoint(published):
        return False
    whose = Owners(world.catalogue.organisations, holders_of(Catalogue(world.catalogue.settings, (own,))))
    return all(whose.of_entry(uid, entry) == {own.id} for uid, entry in published.items())


def _together(parts: Parts) -> Part:
    return Part(
        {uid: entry for part in parts for uid, entry in part.events.items()},
        {uid: facts for part in parts for uid, facts in part.seen.items()},
    )


def _read(sources: Sources, name: str, decoded: _Decoded) -> OrganisationRead:
    own = decoded.organisation
    return OrganisationRead(
        id=name,
        profile=profile(own) if own else None,
        digest=_digest(profile(own)) if own else b"",
        uids=tuple(holders_of(Catalogue(sources.settings, (own,)))) if own else (),
        events=decoded.events,
        unread=decoded.tree.unread,
        strays=decoded.tree.strays,
    )


def _digest(own: Organisation) -> bytes:
    """Return the digest of what others may see of an organisation; where the keys of its file stand is not in it."""
    written = io.BytesIO()
    pickler = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL)
    pickler.fast = True  # so that it makes no difference whether equal values are the same object
    pickler.dump(replace(own, keys=()))
    return blake2b(written.getvalue(), digest_size=16).digest()


def _decoded(sources: Sources, name: OrganisationName) -> _Decoded:
    tree, read_problems = read_organisations(sources.origin, [name])
    tree = replace(tree, elsewhere=tuple(one for one in sources.ids if one != name.id))
    problems = Problems()
    (files,) = tree.organisations
    one = organisation(files, tree, sources.settings, problems)
    return _Decoded(tree, one, (*read_problems, *on_other_lines(problems.found, read_problems)))
