"""Dividing the organisations of a folder into batches of about the same size."""

import os
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path

from coopcal.definitions.source.tree import OrganisationName

LARGE = 1_000_000
"""Bytes of sources from which on several processes pay for themselves."""


def are_large(root: Path) -> bool:
    """Return whether the sources in a folder are large; no more files are looked at than tell it."""
    sizes = map(_size, (root / "calendars").rglob("*.yaml"))
    return any(size >= LARGE for size in accumulate(sizes))


def sizes_of(root: Path, organisations: Sequence[OrganisationName]) -> list[int]:
    """Return how many bytes the sources of each organisation have; what cannot be asked counts as one."""
    folder = root / "calendars"
    return [sum(map(_size, _files(folder, one))) for one in organisations]


def divided(
    organisations: Sequence[OrganisationName], sizes: Sequence[int], count: int
) -> list[tuple[OrganisationName, ...]]:
    """Divide organisations, in order, into at most ``count`` batches of about the same size, none of them empty."""
    ends = list(accumulate(sizes))
    batches: list[list[OrganisationName]] = [[] for _ in range(count)]
    for one, size, end in zip(organisations, sizes, ends, strict=True):
        batches[min(int((end - size / 2) * count / ends[-1]), count - 1)].append(one)
    return [tuple(batch) for batch in batches if batch]


def _files(folder: Path, one: OrganisationName) -> Iterable[Path | str]:
    return (folder / one.id).glob("*.yaml") if one.folder else [f"{folder}/{one.id}.yaml"]


def _size(file: Path | str) -> int:
    try:
        return max(os.stat(file).st_size, 1)  # noqa: PTH116 - of thousands
    except OSError:
        return 1
