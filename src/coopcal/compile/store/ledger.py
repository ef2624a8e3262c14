"""What is kept of a whole site: what it was made of, and a unit for each organisation."""

import pickle
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from coopcal.compile.draft_feed import Address, FeedMade
from coopcal.compile.store import program
from coopcal.compile.store.segments import DIGEST, digest_of
from coopcal.compile.store.unit import Unit
from coopcal.model.published import Published, PublishedEntry

FILE = "ledger"


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a compile leaves to the next one.

    ``version`` is that of the site which it made of sources in ``root``, ``at`` an instant, on the day ``today`` where the
    site is at home. ``frame`` is the digest of the settings and feeds, ``published`` what is published but for events, and
    ``orphans`` are entries that were published once of organisations that are not known. ``feeds`` are those of the site
    by address. ``seal`` tells the files of the
    version as they were written.
    """

    program: bytes
    root: str
    version: str
    frame: bytes
    at: datetime
    today: date
    published: Published
    orphans: Mapping[str, PublishedEntry]
    feeds: Mapping[Address, FeedMade]
    units: Mapping[str, Unit]
    seal: str = ""

    def is_of(self, root: Path, frame: bytes, now: datetime, today: date) -> bool:
        """Return whether what it holds of an organisation may stand for what would be made of it now."""
        return (
            self.program == program.digest()
            and (self.root, self.frame) == (str(root.resolve()), frame)
            and self.today == today
            and self.at <= now
        )


def read(folder: Path) -> Ledger | None:
    """Return the ledger that was written in a folder last; None where there is none, or not what was written."""
    with suppress(OSError):
        content = (folder / FILE).read_bytes()
        if digest_of(content[DIGEST:]) == content[:DIGEST] and content[DIGEST:].startswith(program.digest()):
            return _ledger(content[2 * DIGEST :])
    return None


def _ledger(content: bytes) -> Ledger | None:
    ledger = pickle.loads(content)  # noqa: S301 - a file of ours, that nobody else may write
    return ledger if isinstance(ledger, Ledger) else None


def write(folder: Path, ledger: Ledger) -> None:
    """Write a ledger in place of the one before."""
    content = program.digest() + pickle.dumps(ledger, pickle.HIGHEST_PROTOCOL)
    aside = folder / f"{FILE}.new"
    aside.write_bytes(digest_of(content) + content)
    aside.replace(folder / FILE)


def forget(folder: Path) -> None:
    """Take the ledger away: the next compile makes everything anew."""
    (folder / FILE).unlink(missing_ok=True)
