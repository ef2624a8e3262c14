"""What is kept of a whole site beside its head: what is published, which feeds there are, and a unit for each organisation."""

import pickle
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from coopcal.checks import holidays, titles
from coopcal.compile.draft_feed import FeedMade
from coopcal.compile.render import vtimezone
from coopcal.compile.store.segments import Section, digest_of
from coopcal.compile.store.unit import Unit
from coopcal.model.published import Published, PublishedEntry
from coopcal.site.content import Address
from coopcal.text import dates

FILE = "ledger"


class Units(Mapping[str, Unit]):
    """Units by the ids of organisations, each read when it is asked for; one that is not changed is written as it was read."""

    def __init__(self, written: Mapping[str, bytes], units: Mapping[str, Unit] | None = None) -> None:
        """Take units as they were written."""
        self._written = written
        self._units = dict(units or {})

    @staticmethod
    def of(units: Mapping[str, Unit], known: "Units | None") -> "Units":
        """Return units, some of which may be among those that are known."""
        written = {
            name: known.as_read(name, unit) if known else _written(unit) for name, unit in units.items()
        }
        return Units(written, units)

    def as_read(self, name: str, unit: Unit) -> bytes:
        """Return a unit as it is written: as it was read, if it is the one of that name."""
        return self._written[name] if self._units.get(name) is unit else _written(unit)

    @property
    def written(self) -> Mapping[str, bytes]:
        """The units as they are written."""
        return self._written

    def __getitem__(self, name: str) -> Unit:
        """Return a unit."""
        if name not in self._units:
            self._units[name] = pickle.loads(self._written[name])  # noqa: S301 - of a file of ours
        return self._units[name]

    def __iter__(self) -> Iterator[str]:
        """Return the ids."""
        return iter(self._written)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._written)


def _written(unit: Unit) -> bytes:
    return pickle.dumps(unit, pickle.HIGHEST_PROTOCOL)


Late = tuple[
    Mapping[holidays.Asked, holidays.Days],
    Mapping[vtimezone.Asked, bytes],
    Mapping[titles.Asked, titles.Names],
    Mapping[tuple[str, str], str],
]
"""Public holidays, VTIMEZONEs, and names of weekdays and months, and of countries, that were asked for."""


def late_from(year: int) -> Late:
    """Return what is known by now; of past years no compile asks for holidays."""
    coming = {asked: days for asked, days in holidays.KNOWN.known().items() if asked[1] >= year}
    return coming, vtimezone.KNOWN.known(), titles.KNOWN.known(), dates.COUNTRIES.known()


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a compile leaves to the next one.

    ``published`` is what is published but for events, and ``orphans`` are entries that were published once of organisations
    that are not known. ``feeds`` are those of the site by address, and ``rosters`` those of the large ones.
    ``late`` is known, so that what makes it need not be imported.
    """

    published: Published
    orphans: Mapping[str, PublishedEntry]
    feeds: Mapping[Address, FeedMade]
    rosters: Mapping[Address, Section]
    late: Late
    units: Units

    def tell(self) -> None:
        """Let what was made late be known to all."""
        days, timezones, names, countries = self.late
        holidays.KNOWN.learn(days)
        vtimezone.KNOWN.learn(timezones)
        titles.KNOWN.learn(names)
        dates.COUNTRIES.learn(countries)


def read(folder: Path, digest: bytes) -> Ledger | None:
    """Return the ledger that was written in a folder last; None where it has another digest, or is not there."""
    with suppress(OSError):
        content = (folder / FILE).read_bytes()
        if digest_of(content) == digest:
            published, orphans, feeds, rosters, late, units = pickle.loads(content)  # noqa: S301 - a file of ours
            return Ledger(
                published,
                orphans,
                {name: FeedMade(*made) for name, made in feeds.items()},
                {name: Section(*section) for name, section in rosters.items()},
                late,
                Units(units),
            )
    return None


def write(folder: Path, ledger: Ledger) -> bytes:
    """Write a ledger in place of the one before; return its digest."""
    feeds = {name: tuple(made) for name, made in ledger.feeds.items()}
    rosters = {name: tuple(section) for name, section in ledger.rosters.items()}
    values = (ledger.published, ledger.orphans, feeds, rosters, ledger.late, ledger.units.written)
    content = pickle.dumps(values, pickle.HIGHEST_PROTOCOL)
    aside = folder / f"{FILE}.new"
    aside.write_bytes(content)
    aside.replace(folder / FILE)
    return digest_of(content)
