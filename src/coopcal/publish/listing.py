"""What a published site consists of: every file with its digest, as it stands beside the files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from coopcal.publish.file import StaticFile
from coopcal.site.codec import Codec, Row, objects

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
    """

    format: int
    source: str
    true_until: datetime | None
    files: Mapping[str, Listed]

    def stands(self, source: str, instant: datetime) -> bool:
        """Return whether the same would be published now."""
        return (
            self.format == FORMAT
            and self.source == source
            and (self.true_until is None or instant < self.true_until)
        )


LISTINGS = Codec({**objects(Listing), Listed: Row()})
"""Writes and reads listings."""


def listing(source: str, true_until: datetime | None, files: Iterable[tuple[str, Listed]]) -> Listing:
    """Return a listing of files, in the order of their paths."""
    return Listing(FORMAT, source, true_until, dict(sorted(files)))
