"""What was gathered of organisations in great numbers, which is read of those alone that meet others."""

import pickle
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from typing import Any

from coopcal.checks import MEETINGS, Gathered
from coopcal.compile.store.pickled import by_call
from coopcal.compile.store.segments import Section, Segments, Writer

_SIZE = 8
"""Bytes of the digest of a meeting; where two that differ have the same one, something is read for nothing."""


@by_call
@dataclass(frozen=True, slots=True)
class StoredGathered:
    """What was gathered of an organisation: what is ``small`` of rules that gathered anything, and digests of its ``meetings`` by rule; the rest is in a section."""

    small: Gathered
    meetings: Mapping[str, bytes]
    large: Section

    @staticmethod
    def of(gathered: Gathered, writer: Writer) -> "StoredGathered":
        """Write the large part to a segment; return the rest."""
        large = {name: gathered[name] for name in MEETINGS}
        return StoredGathered(
            {name: values for name, values in gathered.items() if values and name not in MEETINGS},
            {name: _digests(name, gathered) for name in MEETINGS},
            writer.copy(pickle.dumps(large, pickle.HIGHEST_PROTOCOL)),
        )

    def all(self, segments: Segments) -> Gathered:
        """Return all of it; raise DamagedStoreError where it is not what was written."""
        large = pickle.loads(segments.content(self.large))  # noqa: S301 - a file of ours
        return {**self.small, **large}


def gathered(
    stored: Mapping[str, StoredGathered], made: Mapping[str, Gathered], segments: Segments
) -> Iterator[Gathered]:
    """Return what is to be concluded upon, of organisations that stand and of those that were made now, by their ids.

    Raise DamagedStoreError where it is not what was written.
    """
    meeting = set(chain.from_iterable(_meeting(name, stored, made) for name in MEETINGS))
    for name, one in stored.items():
        yield one.all(segments) if name in meeting else one.small
    yield from made.values()


def _meeting(rule: str, stored: Mapping[str, StoredGathered], made: Mapping[str, Gathered]) -> Iterator[str]:
    """Return the organisations that meet others by a rule, or themselves, perhaps several times."""
    of_stored = ((name, one.meetings[rule]) for name, one in stored.items())
    of_made = ((name, _digests(rule, one)) for name, one in made.items())
    whose: dict[int, str] = {}
    for name, digests in chain(of_stored, of_made):
        for digest in array("Q", digests):
            if digest in whose:
                yield from (name, whose[digest])
            else:
                whose[digest] = name


def _digests(rule: str, one: Gathered) -> bytes:
    values: Iterable[Any] = one[rule].values()
    return b"".join(
        blake2b(repr(meeting).encode(), digest_size=_SIZE).digest()
        for value in values
        for meeting in MEETINGS[rule](value)
    )
