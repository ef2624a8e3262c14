"""What a published site consists of: every file with its digest, as it stands beside the files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize

from coopcal.publish.file import StaticFile
from coopcal.site.codec import Codec, Row, from_json, objects

FORMAT = 1
"""The number of this shape of the listing."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file: its SHA-256 in hexadecimal digits, its length in bytes, and how it is sent."""

    digest: str
    length: int
    media_type: str
    caching: str

    @staticmethod
    def of(file: StaticFile) -> "Listed":
        """Return what is listed of a file."""
        return Listed(file.digest, len(file.content), file.media_type, file.caching)


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a published site by path, and what they were made of.

    ``source`` is a digest of all that decides the bytes of the files but time: the version of the site, coopcal itself, and how it was
    asked to publish. ``true_until`` is the first instant at which pages may say something else; None where no time makes it so.
    ``true_from`` is the instant at which they were made; what they said before that is not known.
    """

    format: int
    source: str
    true_until: datetime | None
    files: Mapping[str, Listed]
    true_from: datetime | None = None

    def stands(self, source: str, instant: datetime) -> bool:
        """Return whether the same would be published now."""
        return (
            self.format == FORMAT
            and self.source == source
            and (self.true_from is None or self.true_from <= instant)
            and (self.true_until is None or instant < self.true_until)
        )


UNKNOWN = Listed("", 0, "", "")
"""What is listed of a file whose bytes are not known, though it is ours."""

LISTINGS = Codec({**objects(Listing), Listed: Row()})
"""Writes and reads listings."""


def listing(
    source: str,
    true_until: datetime | None,
    files: Iterable[tuple[str, Listed]],
    true_from: datetime | None = None,
) -> Listing:
    """Return a listing of files, in the order of their paths."""
    return Listing(FORMAT, source, true_until, dict(sorted(files)), true_from)


def known(content: bytes) -> Listing:
    """Return what a listing tells, of one in another format which files there are.

    Raise ValueError, KeyError or TypeError for what is none, and ValueError where it names what cannot be below its folder.
    """
    told = from_json(content)
    if told["format"] == FORMAT:
        read = LISTINGS.loads(Listing, content)
    else:
        read = Listing(told["format"], "", None, dict.fromkeys(dict(told["files"]), UNKNOWN))
    for name in read.files:
        if not is_below(name):
            raise ValueError(name)
    return read


def alike(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the names that are one for disks which do not tell capitals, or forms of Unicode, apart."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(normalize("NFC", normalize("NFC", name).casefold()), []).append(name)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def is_below(name: str) -> bool:
    """Return whether a name is that of a file below a folder: ``a/b``, but not ``../b``, ``/b`` or ``a//b``."""
    return "\0" not in name and all(part not in ("", ".", "..") for part in name.split("/"))
