"""Stamps of feeds as they stand in ``site.json``: there are many, of which an edit changes a few."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from coopcal.model.published import Stamp
from coopcal.site.codec import Codec, Row, as_json, from_json

Name = TypeVar("Name", str, tuple[str, int], tuple[str, str])

_CODEC = Codec({Stamp: Row()})


class StampRows(Mapping[Name, Stamp]):
    """Stamps by name; ``rows`` are these as they are written, with their names, each read when it is asked for."""

    def __init__(self, rows: Mapping[Name, bytes]) -> None:
        """Take rows by name."""
        self.rows: Mapping[Name, bytes] = rows

    @staticmethod
    def of(stamps: Mapping[Name, Stamp]) -> "StampRows[Name]":
        """Write stamps, if they are not written."""
        if isinstance(stamps, StampRows):
            return stamps
        return StampRows({name: _written(name, stamp) for name, stamp in stamps.items()})

    def with_others(self, others: Mapping[Name, Stamp]) -> "StampRows[Name]":
        """Return the same with others in place of those that have their names."""
        return StampRows({**self.rows, **StampRows.of(others).rows})

    def written(self) -> bytes:
        """Return all of them as one JSON object, in the order of their names."""
        return b"{" + b",".join(row for _, row in sorted(self.rows.items())) + b"}"

    def __getitem__(self, name: Name) -> Stamp:
        """Return a stamp."""
        (values,) = from_json(b"{" + self.rows[name] + b"}").values()
        return _CODEC.read(Stamp, values)

    def __iter__(self) -> Iterator[Name]:
        """Return the names."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.rows)


def _written(name: str | tuple[str, int] | tuple[str, str], stamp: Stamp) -> bytes:
    key = name if isinstance(name, str) else "/".join(map(str, name))
    return as_json({key: _CODEC.write(Stamp, stamp)})[1:-2]
