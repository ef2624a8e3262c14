"""The work on a batch of organisations: reading, then checking and compiling. It runs in any process."""

from collections import OrderedDict
from dataclasses import dataclass, replace

from coopcal.checks import check_batch, overview_of
from coopcal.checks.overview import profile
from coopcal.checks.switches import switched
from coopcal.compile.batches.batch import Batch, BatchCompiled, BatchRead, Sources, World
from coopcal.compile.cut import owners_of
from coopcal.compile.good_sources import to_keep
from coopcal.compile.inputs import Inputs
from coopcal.compile.mends import Trial, read_back
from coopcal.compile.organisations import portion
from coopcal.definitions.organisation import organisation
from coopcal.definitions.source.reader import read_organisations
from coopcal.definitions.source.tree import SourceTree
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Problem, Problems, has_errors, in_order, on_other_lines
from coopcal.model.published import Published
from coopcal.model.site import Catalogue

MOST_EVENTS = 100_000
"""Events of decoded batches that a process keeps from their reading to their compiling; what is more is decoded again."""


@dataclass(frozen=True, slots=True)
class _Decoded:
    """A batch as it was decoded, with what is wrong with it."""

    tree: SourceTree
    organisations: tuple[Organisation, ...]
    problems: tuple[Problem, ...]

    @property
    def events(self) -> int:
        """The number of its events."""
        return sum(len(one.events) for one in self.organisations)


class _Kept:
    """The batches of one compile that this process has decoded, bounded in events; of no other one."""

    def __init__(self) -> None:
        self._compile = ""
        self._batches: OrderedDict[int, _Decoded] = OrderedDict()

    def put(self, sources: Sources, batch: Batch, decoded: _Decoded) -> None:
        """Keep a batch until it is asked for."""
        if sources.compile != self._compile:
            self._compile = sources.compile
            self._batches.clear()
        if sum(known.events for known in self._batches.values()) + decoded.events <= MOST_EVENTS:
            self._batches[batch.number] = decoded

    def take(self, sources: Sources, batch: Batch) -> _Decoded | None:
        """Return a batch, and keep it no longer; None where it is not here."""
        return self._batches.pop(batch.number, None) if sources.compile == self._compile else None


_KEPT = _Kept()


def read(sources: Sources, batch: Batch) -> BatchRead:
    """Read and decode a batch."""
    decoded = _decoded(sources, batch)
    _KEPT.put(sources, batch, decoded)
    return BatchRead(
        profiles=tuple(map(profile, decoded.organisations)),
        uids=owners_of(Catalogue(sources.settings, decoded.organisations)),
        events=decoded.events,
        unread=decoded.tree.unread,
        strays=decoded.tree.strays,
    )


def compiled(sources: Sources, batch: Batch, world: World, before: Published | None) -> BatchCompiled:
    """Check and compile a batch, given what was published before of its organisations."""
    decoded = _KEPT.take(sources, batch) or _decoded(sources, batch)
    overview = overview_of(world.catalogue, world.plans, before, world.today)
    told, gathered = check_batch(overview, decoded.organisations)
    problems = in_order(switched((*decoded.problems, *told), world.catalogue.settings.checks))
    problems = read_back(problems, Trial(replace(decoded.tree, site=sources.site)))
    if has_errors(problems) or not world.renders:
        return BatchCompiled(problems, gathered, None, {})
    settings = world.catalogue.settings
    kept = to_keep(Catalogue(settings, decoded.organisations), decoded.tree) if settings.hold else {}
    inputs = Inputs.of(world.catalogue, world.plans, before, world.now)
    return BatchCompiled(
        problems, gathered, portion(inputs.of_some(decoded.organisations, inputs.before)), kept
    )


def _decoded(sources: Sources, batch: Batch) -> _Decoded:
    tree, read_problems = read_organisations(sources.origin, batch.organisations)
    own = frozenset(one.id for one in batch.organisations)
    tree = replace(tree, elsewhere=tuple(one for one in sources.ids if one not in own))
    problems = Problems()
    organisations = [organisation(files, tree, sources.settings, problems) for files in tree.organisations]
    return _Decoded(
        tree,
        tuple(one for one in organisations if one is not None),
        (*read_problems, *on_other_lines(problems.found, read_problems)),
    )
