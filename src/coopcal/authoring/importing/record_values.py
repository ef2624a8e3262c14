"""Values of records: objects of JSON, whose values may be of any type."""

from collections.abc import Mapping
from typing import Any

from coopcal.authoring.text import Value

Record = Mapping[str, Any]


def text(record: Any, name: str) -> str:
    """Return a text of a record; "" where it has none of that name, or is no record."""
    written = record.get(name) if isinstance(record, Mapping) else None
    return written if isinstance(written, str) else ""


def items(record: Record, name: str) -> list[Any]:
    """Return a list of a record; [] where it has none of that name."""
    written = record.get(name)
    return written if isinstance(written, list) else []


def texts(record: Any, *names: str) -> dict[str, Value]:
    """Return those texts of a record that are not empty, by name."""
    return {name: written for name in names if (written := text(record, name))}
