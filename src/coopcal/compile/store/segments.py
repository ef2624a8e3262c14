"""Files of sections, written once and read where somebody looks; each section is known by its digest."""

import marshal
import os
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NamedTuple, Self

DIGEST = 16
"""Bytes of the digest of a section."""

MOST = 128_000_000
"""Bytes of sections whose values are held at a time."""


class DamagedStoreError(Exception):
    """Something that was kept is not there, or not what was written."""


class Section(NamedTuple):
    """A stretch of a segment, which is named as its file."""

    segment: str
    offset: int
    length: int
    digest: bytes


class Writer:
    """Writes a segment; its file is there from the first section on."""

    def __init__(self, folder: Path, name: str) -> None:
        """Write to a file of that name, which is not there yet."""
        self._path, self._name = folder / name, name
        self._file: Any = None
        self._offset = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the file."""
        self.close()

    def close(self) -> None:
        """Write no more."""
        if self._file is not None:
            self._file.close()

    def flush(self) -> None:
        """Let others read what was written until now."""
        if self._file is not None:
            self._file.flush()

    def add(self, value: Any) -> Section:
        """Write a value of plain ones: numbers, texts, bytes, tuples and mappings."""
        return self.copy(marshal.dumps(value))

    def copy(self, content: bytes) -> Section:
        """Write a section as it stands in another segment."""
        if self._file is None:
            self._file = self._path.open("xb", buffering=1 << 20)
        section = Section(self._name, self._offset, len(content), digest_of(content))
        self._file.write(content)
        self._offset += len(content)
        return section


class Segments:
    """The segments of a folder; the values of the last sections that were asked for are held."""

    def __init__(self, folder: Path) -> None:
        """Look at nothing yet."""
        self._folder = folder
        self._files: dict[str, BinaryIO] = {}
        self._values: OrderedDict[Section, Any] = OrderedDict()
        self._held = 0

    def value(self, section: Section, make: Callable[[Any], Any]) -> Any:
        """Return what is made of the value of a section; raise DamagedStoreError where it is not what was written."""
        if section in self._values:
            self._values.move_to_end(section)
            return self._values[section]
        value = marshal.loads(self.content(section))  # noqa: S302 - a file of ours, that nobody else may write
        made = self._values[section] = make(value)
        self._held += section.length
        while self._held > MOST and len(self._values) > 1:
            oldest, _ = self._values.popitem(last=False)
            self._held -= oldest.length
        return made

    def content(self, section: Section) -> bytes:
        """Return the bytes of a section; raise as ``value`` does."""
        try:
            content = os.pread(self._opened(section.segment).fileno(), section.length, section.offset)
        except OSError as error:
            raise DamagedStoreError(f"{section.segment} cannot be read") from error
        if digest_of(content) != section.digest:
            raise DamagedStoreError(f"a section of {section.segment} is not what was written")
        return content

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()
        self._files.clear()

    def _opened(self, name: str) -> BinaryIO:
        if name not in self._files:
            self._files[name] = (self._folder / name).open("rb", buffering=0)
        return self._files[name]


def digest_of(content: bytes) -> bytes:
    """Return the digest of a section."""
    return sha256(content).digest()[:DIGEST]
