"""Read the organisations of a folder in batches; of what stands in the store nothing is read again."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from coopcal.compile.batches import worker
from coopcal.compile.batches.batch import Batch, Sources
from coopcal.compile.batches.crew import Crew, alone
from coopcal.compile.batches.divide import divided, sizes_of
from coopcal.compile.cut import HolderIds, by_uid
from coopcal.compile.examine import today
from coopcal.compile.store.ledger import Ledger
from coopcal.compile.store.sources import Digests, Looked, frame_digest
from coopcal.compile.store.store import Store
from coopcal.compile.store.unit import OrganisationRead, Unit
from coopcal.definitions.catalogue import decode
from coopcal.definitions.source.origin import Folder
from coopcal.definitions.source.reader import Frame, read_frame
from coopcal.definitions.source.tree import OrganisationName
from coopcal.model.problem import Problem
from coopcal.model.site import Catalogue

EACH = 2
"""Batches for each worker, so that none waits long for another."""

KEPT = 100_000_000
"""Bytes of sources up to which what is decoded of them is kept in memory, some 20 times as large, until it is compiled."""

LARGEST = 4_000_000
"""Bytes of sources that a batch has, or as many as its only organisation: what is decoded of it is held all at once."""


@dataclass(slots=True)
class Reading:
    """Sources as they are read.

    ``around`` is the catalogue without organisations, with its ``problems``; ``digests`` are those of organisations as they
    were before they were read, ``beside`` is that of what lies beside them, and ``frame_digest`` that of all else. ``ledger`` is what the last compile left, where that
    may stand for anything, and ``standing`` are its units that do; ``read`` tells of all organisations, and ``batches``
    are those that were read now, by ``workers``: the ``crew``, where there is enough to do.
    """

    root: Path
    crew: Crew
    frame: Frame
    frame_digest: bytes
    around: Catalogue
    problems: tuple[Problem, ...]
    sources: Sources
    digests: Mapping[str, bytes]
    beside: bytes
    ledger: Ledger | None
    standing: dict[str, Unit] = field(default_factory=dict)
    read: dict[str, OrganisationRead] = field(default_factory=dict)
    batches: list[Batch] = field(default_factory=list)
    workers: Crew = field(default_factory=alone)

    @property
    def names(self) -> tuple[OrganisationName, ...]:
        """All organisations, in order."""
        return self.frame.organisations

    @property
    def catalogue(self) -> Catalogue:
        """A catalogue with all organisations, which hold no events."""
        known = [self.read[name.id] for name in self.names]
        return replace(
            self.around,
            organisations=tuple(one.profile for one in known if one.profile is not None),
            unread=self.around.unread.union(*(one.unread for one in known)),
            strays=(*self.around.strays, *(stray for one in known for stray in one.strays)),
        )

    @property
    def holders(self) -> HolderIds:
        """The organisations of each UID of what was read now, in order."""
        ids = {name.id for batch in self.batches for name in batch.organisations}
        return by_uid(
            (uid, name.id) for name in self.names if name.id in ids for uid in self.read[name.id].uids
        )

    @property
    def is_unchanged(self) -> bool:
        """Return whether the sources are still as they were before they were read."""
        digests = Digests(self.root, self.names)
        names = (name for batch in self.batches for name in batch.organisations)
        return self.frame_digest == frame_digest(self.root) and all(
            digests.of(name) == self.digests[name.id] for name in names
        )

    def take(self, names: Iterable[OrganisationName]) -> None:
        """Read some organisations."""
        wanted = tuple(names)
        sizes = sizes_of(self.root, wanted)
        if not wanted:
            return
        self.workers = self.crew if sum(sizes) >= self.crew.least else alone()
        count = max(self.workers.size * EACH, -(-sum(sizes) // LARGEST))
        first = len(self.batches)
        batches = [Batch(first + number, part) for number, part in enumerate(divided(wanted, sizes, count))]
        calls = [(self.sources, batch) for batch in batches]
        for part in self.workers.run(worker.read, calls, first):
            self.read.update({one.id: one for one in part})
        self.batches += batches


def reading(root: Path, now: datetime, crew: Crew, store: Store | None, looked: Looked) -> Reading | None:
    """Read the sources in a folder, whose digests were taken before; None where they have no settings or no organisations."""
    digest = looked.frame
    origin = Folder(root)
    frame = read_frame(origin)
    around, problems = decode(frame.tree)
    if around is None or frame.tree.site is None or not frame.organisations:
        return None
    taken = looked.at(frame.organisations)
    digests = {name.id: taken.of(name) for name in frame.organisations}
    keeps = sum(sizes_of(root, frame.organisations)) <= KEPT
    sources = Sources(uuid.uuid4().hex, origin, frame.tree.site, around.settings, tuple(digests), keeps)
    ledger = store.ledger(root, digest, now, today(around, now)) if store else None
    read = Reading(root, crew, frame, digest, around, problems, sources, digests, taken.around, ledger)
    if ledger:
        ledger.tell()
        read.standing = {
            name: unit
            for name, unit in ledger.units.items()
            if name in digests and unit.stands(digests[name], now)
        }
    read.read = {name: unit.read for name, unit in read.standing.items()}
    read.take(name for name in frame.organisations if name.id not in read.standing)
    if ledger and not _fits(read, ledger):
        rest = [name for name in frame.organisations if name.id in read.standing]
        read.ledger, read.standing = None, {}
        read.take(rest)
    return read


def _fits(read: Reading, ledger: Ledger) -> bool:
    """Return whether what was read now changes nothing for any other organisation: who they are, and whose UIDs are whose."""
    if ledger.units.keys() != read.digests.keys():
        return False
    ids = [name.id for batch in read.batches for name in batch.organisations]
    if not all(read.read[name].looks_like(ledger.units[name].read) for name in ids):
        return False
    new = {uid: name for name in ids for uid in {*read.read[name].uids} - {*ledger.units[name].portion.uids}}
    if not new:
        return True
    taken = (
        uid for name, unit in ledger.units.items() for uid in unit.portion.uids if new.get(uid, name) != name
    )
    return ledger.orphans.keys().isdisjoint(new) and next(taken, None) is None
