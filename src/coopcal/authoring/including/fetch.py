"""Brings the copies of feeds of others up to date; where that fails, the last good one stays, and it is tried more seldom."""

import fcntl
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from coopcal import __version__
from coopcal.authoring.importing.calendars import Target
from coopcal.authoring.including.copies import CopyFiles
from coopcal.authoring.including.judging import fault_of
from coopcal.authoring.including.process import read_apart
from coopcal.definitions.source.record import kept, told, told_of
from coopcal.definitions.source.tree import INCLUDED
from coopcal.definitions.source.unused_copies import UnusedCopy
from coopcal.model.included import Include, LeftOut
from coopcal.model.message import Message, msg
from coopcal.model.organisation import Organisation
from coopcal.model.refusal import refusal
from coopcal.model.site import SiteSettings
from coopcal.outside.answer import Answer, Fault, Limits, Question, Unanswered
from coopcal.zones import zone

AT_ONCE = 4
"""Hosts that are asked at the same time; of each, one feed after the other."""

LIMITS = Limits(size=10_000_000, silence=20, all=90)

SOONEST, LATEST = timedelta(hours=3), timedelta(days=2)
"""After how long a feed that failed is tried again by itself: at first, and at the most."""

_NOT_MODIFIED = 304
_HEADERS = {"Accept": "text/calendar, */*;q=0.1", "User-Agent": f"coopcal/{__version__}"}
_LONGEST_VALIDATOR = 500

Ask = Callable[[Question, Limits], Answer | Unanswered]


class Kind(StrEnum):
    """What came of a look at a feed."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "unchanged"
    WAITING = "waiting"
    """It failed lately, and is not tried again yet."""
    FAILED = "failed"
    REMOVED = "removed"
    """No feed merges it in any more, so its copy was taken out."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A feed that is fetched: where it is written, and the organisation whose events it holds."""

    include: Include
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class Step:
    """What came of a feed: ``why`` it failed, how many events it has, what did not come over, and where it stands by now.

    ``refused``: it was not asked, as it leads into a network that is not allowed.
    """

    wanted: Wanted
    kind: Kind
    why: Message | None = None
    refused: bool = False
    count: int = 0
    left_out: tuple[LeftOut, ...] = ()
    moved: str | None = None


def fetch(
    root: Path,
    settings: SiteSettings,
    wanted: Sequence[Wanted],
    ask: Ask,
    now: datetime,
    *,
    due: bool = False,
) -> tuple[Step, ...]:
    """Bring copies up to date, with ``due`` only those whose time has come; raise OSError where nothing can be written.

    Two at once wait for one another.
    """
    by_host: dict[str, list[Wanted]] = {}
    for one in wanted:
        by_host.setdefault(urlsplit(one.include.url).hostname or "", []).append(one)
    found: dict[int, Step] = {}

    def look(those: list[Wanted]) -> None:
        for one in those:
            found[id(one)] = _Fetch(root, settings, one, ask, now).step(due=due)

    with _alone(root), ThreadPoolExecutor(AT_ONCE) as threads:
        for done in [threads.submit(look, those) for those in by_host.values()]:
            done.result()
    return tuple(found[id(one)] for one in wanted)


def take_out(root: Path, unused: Iterable[UnusedCopy]) -> tuple[UnusedCopy, ...]:
    """Delete copies that no feed merges in any more, and return those; raise OSError."""
    with _alone(root):
        return tuple(one for one in unused if CopyFiles(root, one.organisation, one.name).take_out())


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    folder = root / INCLUDED
    folder.mkdir(exist_ok=True)
    with (folder / ".lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class _Fetch:
    """One look at a feed."""

    def __init__(self, root: Path, settings: SiteSettings, wanted: Wanted, ask: Ask, now: datetime) -> None:
        self._wanted, self._ask, self._now = wanted, ask, now.astimezone(UTC).replace(microsecond=0)
        self._files = CopyFiles(root, wanted.organisation.id, wanted.include.copy)
        self._record = self._files.read_record()
        today = now.astimezone(zone(settings.timezone)).date()
        self._target = Target(root, settings, wanted.organisation, today, outright=True)

    def step(self, *, due: bool) -> Step:
        """Ask for the feed, and keep what comes."""
        if due and self._waits():
            return Step(self._wanted, Kind.WAITING)
        if self._files.leads_out:
            return self._failed(msg("a link leads out of the folder; nothing is written there"))
        validators = self._validators()
        answer = self._ask(Question(self._wanted.include.url, headers=_HEADERS | validators), LIMITS)
        if isinstance(answer, Unanswered):
            return self._failed(answer.why, refused=answer.fault is Fault.REFUSED)
        moved = answer.url if answer.moved else None
        if answer.status == _NOT_MODIFIED and validators:
            return self._same(moved)
        why = fault_of(answer)
        return self._failed(why, moved) if why is not None else self._came(answer, moved)

    def _came(self, answer: Answer, moved: str | None) -> Step:
        digest = hashlib.sha256(answer.body).hexdigest()
        if digest == self._record.text("digest") and self._is_whole():
            return self._same(moved)
        made = read_apart(answer.body, self._target)
        if isinstance(made, Message):
            return self._failed(made, moved)
        is_new = not self._record.text("digest")
        try:
            self._files.write(answer.body, made.events)
            self._tell(
                digest=digest,
                made=self._sign(),
                etag=answer.headers.get("etag", "")[:_LONGEST_VALIDATOR],
                last_modified=answer.headers.get("last-modified", "")[:_LONGEST_VALIDATOR],
                changed=_written(self._now),
                events=made.count,
                left_out=sum(one.count for one in made.left_out),
                left_out_of=told_of(made.left_out) or None,
                moved=moved,
            )
        except OSError as error:
            return self._failed(msg("it cannot be kept ({reason})", reason=refusal(error)), moved)
        kind = Kind.NEW if is_new else Kind.CHANGED
        return Step(self._wanted, kind, count=made.count, left_out=made.left_out, moved=moved)

    def _same(self, moved: str | None) -> Step:
        """Keep that it was seen, once a day: what did not change is no reason to make a site anew."""
        if self._record.text("seen")[:10] != _written(self._now)[:10] or self._record.said.get("why"):
            with suppress(OSError):
                self._tell(moved=moved)
        known = kept(self._record.said)
        count, gone = self._record.number("events"), known.left_out if known else ()
        return Step(self._wanted, Kind.SAME, count=count, left_out=gone, moved=moved)

    def _failed(self, why: Message, moved: str | None = None, *, refused: bool = False) -> Step:
        failures = self._record.number("failures") + 1
        patience = min(SOONEST * 2 ** min(failures - 1, 10), LATEST)
        with suppress(OSError):
            if not self._files.leads_out:
                self._files.write_record(
                    {
                        **self._record.said,
                        "url": self._wanted.include.url,
                        "failing": self._record.text("failing") or _written(self._now),
                        "why": told(why),
                        "refused": refused or None,
                        "failures": failures,
                        "next": _written(self._now + patience),
                    }
                )
        return Step(self._wanted, Kind.FAILED, why, refused, moved=moved)

    def _tell(self, **said: Any) -> None:
        """Keep that it was had now."""
        gone = {"failing": None, "why": None, "refused": None, "failures": 0, "next": None}
        seen = {"url": self._wanted.include.url, "seen": _written(self._now)}
        self._files.write_record({**self._record.said, **gone, **seen, **said})

    def _validators(self) -> dict[str, str]:
        """Return what the server told of the copy, where that is there and would be made the same."""
        if not self._is_whole():
            return {}
        known = {
            "If-None-Match": self._record.text("etag"),
            "If-Modified-Since": self._record.text("last_modified"),
        }
        return {
            name: value for name, value in known.items() if value and value.isascii() and value.isprintable()
        }

    def _is_whole(self) -> bool:
        """Return whether the copy is as it was written, and would be made the same now."""
        if self._record.text("made") != self._sign() or not self._files.events.is_file():
            return False
        return self._files.has_calendar(self._record.text("digest"))

    def _sign(self) -> str:
        """Return the sign of all that events are made of beside the calendar."""
        one, site = self._target.organisation, self._target.settings
        at_home = one.timezone, one.languages
        around = site.timezone, site.languages, site.tags, site.groups, site.uid_domain
        of = (__version__, *at_home, *around)
        return hashlib.sha256(repr(of).encode()).hexdigest()[:16]

    def _waits(self) -> bool:
        """Return whether it failed lately, and its time has not come; a clock that was put back makes none wait for ever."""
        with suppress(ValueError):
            due = datetime.fromisoformat(self._record.text("next"))
            return self._now < due <= self._now + LATEST
        return False


def _written(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
