"""Feeds of others that are merged in: where they are from, and what became of the last look at them."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlsplit

from coopcal.model.message import Message
from coopcal.model.organisation import Reference
from coopcal.model.problem import Position

MOST = 50
"""Feeds of others that one feed may merge in."""

_LONGEST_HOST = 40


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What of a feed of others did not come over for one reason, how much that is, and the titles and lines of the first.

    ``why`` is that of the first one; None where there are reasons of several kinds.
    """

    count: int
    named: tuple[tuple[str, int], ...] = ()
    why: Message | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a copy: when it was last had whole, since when and why it cannot be had, and what is left out of it.

    It is ``refused`` where it is not asked for, as its address leads where nobody asks without leave.
    """

    seen: datetime | None = None
    failing: date | None = None
    why: Message | None = None
    left_out: tuple[LeftOut, ...] = ()
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Include:
    """A feed of others: its address, whose events they are, and what is known of its copy, None where there is none."""

    url: str
    organisation: Reference
    position: Position
    kept: Kept | None = field(default=None, compare=False)

    @property
    def copy(self) -> str:
        """The name of its copy."""
        return copy_name(self.url)


def asked_at(written: str) -> str:
    """Return the address that is asked for a feed, as it is written: what is called webcal is asked for by https."""
    return re.sub(r"^webcals?:(?=//)", "https:", written.strip(), flags=re.IGNORECASE)


def copy_name(url: str) -> str:
    """Return what the copy of a feed at an address is called: for its host, and a sign of the whole address."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    plain = re.sub(r"[^a-z0-9]+", "-", host.lower())[:_LONGEST_HOST].strip("-") or "feed"
    return f"{plain}-{hashlib.sha256(url.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def included_id(written: str) -> str:
    """Return the id of an event of others as it stands in addresses: with two hyphens, which no id of staff has."""
    stem, _, sign = written.rpartition("-")
    return f"{stem or 'event'}--{sign}"


def is_included(key: str) -> bool:
    """Return whether a key (``organisation/event``) is that of an event of others."""
    return "--" in key
