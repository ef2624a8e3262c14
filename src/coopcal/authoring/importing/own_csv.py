"""The CSV that coopcal gives out → its occurrences, as its JSON has them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

NEEDED = frozenset(("first_day", "last_day", "start", "end", "title", "uid"))
"""Headings by which it is known."""

_FORMULA = ("'=", "'+", "'-", "'@", "'\t", "'\r")


def is_own(headings: Sequence[str]) -> bool:
    """Return whether a table is one that coopcal gave out."""
    return set(headings) >= NEEDED


def records_of(
    headings: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Return each row with its line."""
    for line, cells in rows:
        if any(cells):
            plain = (cell[1:] if cell.startswith(_FORMULA) else cell for cell in cells)
            yield line, _record(dict(zip(headings, plain, strict=False)))


def _record(row: dict[str, str]) -> dict[str, Any]:
    first, last, start, end = (row.get(name, "") for name in ("first_day", "last_day", "start", "end"))
    kind = row.get("kind") or ("timed" if start else "deadline" if end else "days")
    record: dict[str, Any] = {
        name: row.get(name, "")
        for name in ("uid", "title", "where", "online", "status", "description", "timezone")
    }
    record |= {"kind": kind, "first_day": first, "last_day": last}
    if start:
        record["start"] = f"{first}T{start}"
    if end:
        record["closes" if kind == "deadline" else "end"] = f"{last}T{end}"
    record["tags"] = [tag for tag in row.get("tags", "").split(", ") if tag]
    record["organisations"] = [
        {"role": "organiser", "name": name} for name in row.get("organisers", "").split(", ") if name
    ]
    return record
