"""How far a change of a feed came: published here, fetched by whom; as values that a page and JSON tell. Loaded when it is asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, iterparse

from coopcal.counting.family import Family
from coopcal.counting.keeper import Keeper
from coopcal.counting.ledger import Fetched
from coopcal.counting.readers import Readers, readers, readers_of_day
from coopcal.site.index import FeedEntry
from coopcal.site.reader import Site
from coopcal.text.atom import NAMESPACE

CHANGES = 5
"""Changes that are told."""

GOOGLE_TAKES = 1_000_000
"""Bytes of a calendar that Google takes, as far as is known."""

GOOGLE_SHOWS = 1_111
"""Events near which people report that Google cuts a calendar off."""

WEEK = 7
"""Days whose fetches are told together."""

USUAL = (Family.GOOGLE, Family.MICROSOFT, Family.OUTLOOK, Family.APPLE)
"""Families that are told of even where they never fetched."""

_HOUR = timedelta(hours=1)
_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)


class Has(StrEnum):
    """Whether a family has fetched since the last change."""

    YES = "yes"
    NOT_YET = "not-yet"
    PERHAPS = "perhaps"


@dataclass(frozen=True, slots=True)
class Change:
    """What changed, in words, and when."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Day:
    """Fetches of a day (UTC), and how many readers may stand behind them."""

    day: date
    fetches: int
    readers: Readers


@dataclass(frozen=True, slots=True)
class Asked:
    """How a family fetched: the beginning of the hour in which it did last, None where it never did; its days, the last first."""

    family: Family
    last: datetime | None
    has: Has
    days: tuple[Day, ...]
    week: Readers


@dataclass(frozen=True, slots=True)
class Report:
    """How a feed is: ``asked`` is None where it is not known who fetches it, and of no use where much comes ``through_cdn``."""

    entry: FeedEntry
    compiled: datetime
    changes: tuple[Change, ...]
    asked: tuple[Asked, ...] | None
    through_cdn: bool

    @property
    def size(self) -> int:
        """The bytes of the feed."""
        return self.entry.bodies["identity"].length

    @property
    def is_large(self) -> bool:
        """Whether Google may cut it off."""
        return self.size > GOOGLE_TAKES or self.entry.count > GOOGLE_SHOWS


def report(site: Site, entry: FeedEntry, tongue: str, keeper: Keeper | None, now: datetime) -> Report:
    """Return how a feed is, at an instant; what changed in it is said in a language."""
    found = keeper.fetched((entry.id, *entry.former)) if keeper else None
    today = (now - _BEGIN).days
    asked = None if found is None else tuple(_asked(found, entry.modified, today))
    through_cdn = any(one.family is Family.CDN and one.week.least for one in asked or ())
    return Report(entry, site.manifest.compiled_at, tuple(_changes(site, entry, tongue)), asked, through_cdn)


def as_json(told: Report, address: str) -> dict[str, Any]:
    """Return a report as JSON values."""
    return {
        "version": 1,
        "feed": told.entry.id,
        "address": address,
        "compiled_at": told.compiled.isoformat(),
        "changed_at": told.entry.modified.isoformat(),
        "changes": [{"at": change.at.isoformat(), "what": change.words} for change in told.changes],
        "size": {
            "bytes": told.size,
            "events": told.entry.count,
            "left_out": told.entry.left_out,
            "google_takes": GOOGLE_TAKES,
        },
        "through_cdn": told.through_cdn,
        "fetched": None if told.asked is None else [_json(one) for one in told.asked],
    }


def _json(one: Asked) -> dict[str, Any]:
    return {
        "family": one.family.value,
        "last_hour": one.last.isoformat() if one.last else None,
        "has_last_change": one.has.value,
        "readers": _range(one.week),
        "days": [
            {"day": told.day.isoformat(), "fetches": told.fetches, "readers": _range(told.readers)}
            for told in one.days
        ],
    }


def _range(told: Readers) -> dict[str, int | None]:
    return {"at_least": told.least, "at_most": told.most}


def _asked(found: Sequence[Fetched], changed: datetime, today: int) -> Iterator[Asked]:
    by_family = {Family(one.family): one for one in found if one.family in set(Family)}
    for family in Family:
        one = by_family.get(family)
        if one is None:
            if family in USUAL:
                yield Asked(family, None, Has.NOT_YET, (), Readers(0, 0))
            continue
        last = _BEGIN + one.hour * _HOUR
        days = tuple(
            Day((_BEGIN + timedelta(days=day)).date(), fetches, readers_of_day(family, fetches))
            for day, fetches in sorted(one.days.items(), reverse=True)
        )
        week = {day: fetches for day, fetches in one.days.items() if today - WEEK < day <= today}
        yield Asked(family, last, _has(last, changed), days, readers(family, week))


def _has(last: datetime, changed: datetime) -> Has:
    if last >= changed:
        return Has.YES
    return Has.PERHAPS if last + _HOUR > changed else Has.NOT_YET


def _changes(site: Site, entry: FeedEntry, tongue: str) -> Iterator[Change]:
    """Read what changed last from what is published of it."""
    told = site.changes.get((entry.id, tongue)) or site.changes.get((entry.id, None))
    if told is None:
        return
    found = 0
    for _, element in iterparse(BytesIO(told.bodies["identity"].content)):  # noqa: S314 - it is written by us
        if element.tag == f"{{{NAMESPACE}}}entry":
            yield Change(datetime.fromisoformat(_text(element, "updated")), _text(element, "title"))
            found += 1
            if found == CHANGES:
                return


def _text(element: Element, name: str) -> str:
    return element.findtext(f"{{{NAMESPACE}}}{name}") or ""
