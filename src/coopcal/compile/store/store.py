"""The store beside a site: what stands of it for the compile that is going on, and what this one leaves there."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from coopcal.compile.store import head, ledger
from coopcal.compile.store.head import Head
from coopcal.compile.store.ledger import Ledger, Units
from coopcal.compile.store.segments import Section, Segments, Writer
from coopcal.compile.store.unit import Unit

TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# What coopcal made of sources, to be faster the next time. It may be deleted.\n"
"""What tells programs that keep copies of folders that this one need not be kept (bford.info/cachedir)."""

_FILES = (head.FILE, ledger.FILE)

WASTE = 4_000_000
"""Bytes that may stand there beside those that are needed, where these are fewer."""


class Store:
    """The store of the site in a folder. It may be deleted at any time: the next compile makes everything anew."""

    def __init__(self, site: Path, folder: Path) -> None:
        """Keep what is made in a folder that is there."""
        self.folder = folder
        self.segments = Segments(folder)
        self.site = site
        self._writers = ExitStack()

    @classmethod
    @contextmanager
    def of(cls, site: Path) -> Iterator[Self]:
        """Offer the store of a site; where none can be made beside it, one that ends with the block."""
        try:
            folder = _made(site)
        except OSError:
            with TemporaryDirectory(prefix="coopcal-") as aside:
                yield from cls._offered(site, Path(aside))
        else:
            yield from cls._offered(site, folder)

    @classmethod
    def _offered(cls, site: Path, folder: Path) -> Iterator[Self]:
        store = cls(site, folder)
        with closing(store.segments), store._writers:
            yield store

    @classmethod
    @contextmanager
    def there(cls, site: Path) -> Iterator[Self | None]:
        """Offer the store of a site, to be read alone; None where there is none."""
        folder = head.folder_of(site)
        if folder.is_dir():
            yield from cls._offered(site, folder)
        else:
            yield None

    def head(self, root: Path, frame: bytes, now: datetime) -> Head | None:
        """Return what the last compile told of itself; None where it is of another site or program, or later."""
        known = head.read(self.folder)
        stands = (
            known and known.is_of(root, frame, now) and known.seal == head.seal_of(self.site, known.version)
        )
        return known if stands else None

    def ledger(self, root: Path, frame: bytes, now: datetime, today: date) -> Ledger | None:
        """Return what the last compile left; None where it is of another site, day or program."""
        known = self.head(root, frame, now)
        return ledger.read(self.folder, known.body) if known and known.today == today else None

    def leave(self, told: Head, left: Ledger) -> None:
        """Leave a ledger to the next compile, and sweep away what it does not need."""
        sections = list(_all_sections(left))
        needed = sum(section.length for section in sections)
        if self._size() > needed + max(needed, WASTE):
            left = self._together(left, told.version)
            sections = list(_all_sections(left))
        self.tell(replace(told, body=ledger.write(self.folder, left)))
        self._sweep({section.segment for section in sections})

    def writer(self, name: str) -> Writer:
        """Return what writes a segment of that name, until the store is left, or closed."""
        return self._writers.enter_context(Writer(self.folder, name))

    def tell(self, told: Head) -> None:
        """Leave what a compile tells of itself, with the seal of the version that it made."""
        head.write(self.folder, replace(told, seal=head.seal_of(self.site, told.version)))

    def forget(self) -> None:
        """Leave nothing to the next compile."""
        with suppress(OSError):
            head.forget(self.folder)
            self._sweep(set())

    def discard(self, compile_name: str) -> None:
        """Take away what was made by a compile, which nothing came of."""
        for file in self.folder.glob(f"{compile_name}-*"):
            file.unlink(missing_ok=True)

    def _size(self) -> int:
        return sum(file.stat().st_size for file in self.folder.iterdir() if file.name not in _FILES)

    def _together(self, left: Ledger, name: str) -> Ledger:
        """Return a ledger whose sections stand in a segment of their own."""
        (self.folder / name).unlink(missing_ok=True)
        with Writer(self.folder, name) as writer:
            units = {identifier: self._copied(unit, writer) for identifier, unit in left.units.items()}
            rosters = {
                address: writer.copy(self.segments.content(section))
                for address, section in left.rosters.items()
            }
        return replace(left, units=Units.of(units, None), rosters=rosters)

    def _copied(self, unit: Unit, writer: Writer) -> Unit:
        def copy(section: Section) -> Section:
            return writer.copy(self.segments.content(section))

        portion, large = unit.portion.copied(copy), copy(unit.gathered.large)
        return replace(unit, portion=portion, gathered=replace(unit.gathered, large=large))

    def _sweep(self, needed: set[str]) -> None:
        for file in self.folder.iterdir():
            if file.name not in (*_FILES, *needed):
                file.unlink(missing_ok=True)


def _made(site: Path) -> Path:
    """Return the folder of a site's store, which nobody else may read: it tells what is not public."""
    folder = head.folder_of(site)
    above = folder.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    above.chmod(0o700)
    for name, text in (("CACHEDIR.TAG", TAG), (".gitignore", "*\n")):
        if not (above / name).exists():
            (above / name).write_text(text, encoding="ascii")
    return folder


def _all_sections(left: Ledger) -> Iterator[Section]:
    for unit in left.units.values():
        yield from _sections(unit)
    yield from left.rosters.values()


def _sections(unit: Unit) -> Iterable[Section]:
    return *unit.portion.sections, unit.gathered.large
