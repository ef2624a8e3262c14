"""Dividing the organisations of a folder into batches of about the same size."""

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from coopcal.definitions.source.tree import OrganisationName

LARGE = 1_000_000
"""Bytes of sources from which on several processes pay for themselves."""


def bytes_of_sources(root: Path) -> int:
    """Return how many bytes the files of all organisations in a folder have."""
    return sum(map(_size, (root / "calendars").rglob("*.yaml")))


def sizes_of(root: Path, organisations: Sequence[OrganisationName]) -> list[int]:
    """Return how many bytes the sources of each organisation have; what cannot be asked counts as one."""
    return [sum(map(_size, _files(root / "calendars", one))) for one in organisations]


def divided(
    organisations: Sequence[OrganisationName], sizes: Sequence[int], count: int
) -> list[tuple[OrganisationName, ...]]:
    """Divide organisations, in order, into at most ``count`` batches of about the same size, none of them empty."""
    ends = list(accumulate(sizes))
    batches: list[list[OrganisationName]] = [[] for _ in range(count)]
    for one, size, end in zip(organisations, sizes, ends, strict=True):
        batches[min(int((end - size / 2) * count / ends[-1]), count - 1)].append(one)
    return [tuple(batch) for batch in batches if batch]


def _files(folder: Path, one: OrganisationName) -> list[Path]:
    return list((folder / one.id).glob("*.yaml")) if one.folder else [folder / f"{one.id}.yaml"]


def _size(file: Path) -> int:
    try:
        return max(file.stat().st_size, 1)
    except OSError:
        return 1
