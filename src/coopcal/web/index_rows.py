"""What the index of events is made of: rows in JSON, those that are alike once, within a bound."""

import json
from collections.abc import Sequence
from typing import Any

Fields = dict[str, Any]
"""A part of the index; what says nothing is left out."""


class Numbered:
    """Rows that are numbered, each that is different once."""

    def __init__(self) -> None:
        self.listed: list[Fields] = []
        self._numbers: dict[str, int] = {}

    def add(self, row: Fields) -> int:
        """Return the number of a row."""
        number = self._numbers.setdefault(json.dumps(row), len(self.listed))
        if number == len(self.listed):
            self.listed.append(row)
        return number


def bounded(events: Sequence[Fields], frame: Fields, largest: int) -> bytes:
    """Return an index in JSON, of at most so many bytes where that is possible.

    ``without`` says what it leaves out: descriptions, then also ``past``: events, those that were over first.
    """
    whole = _json(frame | {"events": events})
    if len(whole) <= largest:
        return whole
    short = [
        event | {"records": [_without(record, "described") for record in event["records"]]}
        for event in events
    ]
    whole = _json(frame | {"without": ["descriptions"], "events": short})
    if len(whole) <= largest:
        return whole
    excess = len(whole) - largest + len('"past",')
    gone: set[str] = set()
    for event in sorted(short, key=_end):
        if excess <= 0:
            break
        gone.add(event["page"])
        excess -= len(_json(event)) + 1
    kept = [event for event in short if event["page"] not in gone]
    return _json(frame | {"without": ["descriptions", "past"], "events": kept})


def _end(event: Fields) -> int:
    """Return when the last of the dates of an event that are said in words ends."""
    ends: int = max((one[5] for one in event["dates"]), default=0)
    return ends


def _without(row: Fields, name: str) -> Fields:
    return {other: value for other, value in row.items() if other != name}


def full(row: Fields) -> Fields:
    """Return a row without what says nothing."""
    return {name: value for name, value in row.items() if value}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
