"""What was published, as it is kept of each organisation: decoded where somebody asks for it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Generic, TypeVar

from coopcal.compile.cut import Part
from coopcal.compile.portion import Portion
from coopcal.model.published import Published, PublishedEntry
from coopcal.site.memory import read_facts_row, read_published_row

Entry = TypeVar("Entry")


def part_of(portion: Portion) -> Part:
    """Return what was published of an organisation, and what was seen of its events."""
    written = portion.written()
    return Part(
        {uid: read_published_row(row) for uid, row in (*written.published.items(), *written.former.items())},
        {uid: read_facts_row(row) for uid, row in written.facts.items()},
    )


class Rows(Mapping[str, Entry], Generic[Entry]):
    """Rows of several organisations by UID, each read when it is asked for."""

    def __init__(self, rows: Callable[[], Mapping[str, bytes]], read: Callable[[bytes], Entry]) -> None:
        """Take what gives the rows, and what reads one."""
        self._find, self._read = rows, read

    @cached_property
    def _rows(self) -> Mapping[str, bytes]:
        return self._find()

    def __getitem__(self, uid: str) -> Entry:
        """Return what a row says."""
        return self._read(self._rows[uid])

    def __iter__(self) -> Iterator[str]:
        """Return the UIDs."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._rows)


def published_by(
    frame: Published, orphans: Mapping[str, PublishedEntry], portions: Iterable[Portion]
) -> Published:
    """Return what was published, of which nothing is read before somebody asks for an event."""
    known = tuple(portions)

    def rows() -> Mapping[str, bytes]:
        written = (portion.written() for portion in known)
        return {uid: row for one in written for uid, row in (*one.published.items(), *one.former.items())}

    def facts() -> Mapping[str, bytes]:
        return {uid: row for portion in known for uid, row in portion.written().facts.items()}

    events = _Together(Rows(rows, read_published_row), orphans)
    seen = frame.facts and replace(frame.facts, events=Rows(facts, read_facts_row))
    return replace(frame, events=events, facts=seen)


class _Together(Mapping[str, PublishedEntry]):
    """Two mappings without a name in common."""

    def __init__(self, one: Mapping[str, PublishedEntry], other: Mapping[str, PublishedEntry]) -> None:
        self._one, self._other = one, other

    def __getitem__(self, uid: str) -> PublishedEntry:
        """Return an entry."""
        return self._other[uid] if uid in self._other else self._one[uid]

    def __iter__(self) -> Iterator[str]:
        """Return the UIDs."""
        yield from self._one
        yield from self._other

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._one) + len(self._other)
