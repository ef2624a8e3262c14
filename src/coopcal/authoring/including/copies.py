"""The files of a copy: the calendar as it came, the events made of it, and the record of when and how it was had."""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coopcal.authoring.importing.memory import leads_out
from coopcal.authoring.write import put_file
from coopcal.definitions.source.copies import path_of
from coopcal.definitions.source.record import LARGEST, record_path
from coopcal.definitions.source.tree import INCLUDED

HEAD = "# Made by “coopcal fetch” of the calendar beside this file. What is changed here is lost when that changes.\n"
"""What the events of a copy begin with."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a copy, as plain values by name; whatever cannot be read counts as not known."""

    said: Mapping[str, Any] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a text; "" where there is none."""
        value = self.said.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int:
        """Return a number; 0 where there is none."""
        value = self.said.get(name)
        return value if isinstance(value, int) else 0


@dataclass(frozen=True, slots=True)
class CopyFiles:
    """The files of a copy in a tree."""

    root: Path
    organisation: str
    name: str

    @property
    def calendar(self) -> Path:
        """The calendar as it came."""
        return self.root / INCLUDED / self.organisation / f"{self.name}.ics"

    @property
    def events(self) -> Path:
        """The events made of it."""
        return self.root / path_of(self.organisation, self.name)

    @property
    def record(self) -> Path:
        """What is known of it."""
        return self.root / record_path(self.organisation, self.name)

    @property
    def leads_out(self) -> bool:
        """Return whether a link leads out of the tree, where nothing is to be written."""
        return any(leads_out(self.root, path) for path in (self.calendar, self.events, self.record))

    def read_record(self) -> Record:
        """Return what is known of it."""
        try:
            with self.record.open(encoding="utf-8") as file:
                said = json.loads(file.read(LARGEST))
        except (OSError, ValueError, RecursionError):
            return Record()
        return Record(said) if isinstance(said, dict) else Record()

    def write_record(self, said: Mapping[str, Any]) -> None:
        """Write what is known of it; raise OSError."""
        written = {name: value for name, value in said.items() if value not in (None, "", 0)}
        text = json.dumps(written, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        put_file(self.record, text.encode())

    def write(self, calendar: bytes, events: str) -> None:
        """Write a calendar and its events; raise OSError."""
        put_file(self.events, events.encode())
        put_file(self.calendar, calendar)

    def take_out(self) -> bool:
        """Delete what was fetched, and nothing else; return whether anything was there to delete. Raise OSError."""
        if self.leads_out:
            return False
        ours = [
            *([self.events] if self._begins(self.events, HEAD.encode()) else []),
            *([self.calendar] if self.has_calendar(self.read_record().text("digest")) else []),
            self.record,
        ]
        for file in ours:
            file.unlink(missing_ok=True)
        with suppress(OSError):
            self.record.parent.rmdir()
        return True

    def has_calendar(self, digest: str) -> bool:
        """Return whether the calendar is there, and is the one of a digest."""
        try:
            return hashlib.sha256(self.calendar.read_bytes()).hexdigest() == digest
        except OSError:
            return False

    @staticmethod
    def _begins(file: Path, head: bytes) -> bool:
        try:
            with file.open("rb") as opened:
                return opened.read(len(head)) == head
        except OSError:
            return False
