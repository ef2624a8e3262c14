"""The VEVENTs of a stream by what they are about: which of those with one UID are one event, and which are others."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from coopcal.authoring.importing.components import Component
from coopcal.authoring.importing.lines import Line
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.span_reader import Spans
from coopcal.authoring.importing.values import text
from coopcal.model.message import msg

_LONGEST_NUMBER = 12
_KIND_OF = ("DTSTART", "RRULE", "RDATE", "LOCATION")
"""What makes two events with one UID two: when it begins and recurs, and where it is."""


@dataclass(frozen=True, slots=True)
class Part:
    """A VEVENT: its properties by name, and what reads its times, which hangs on its calendar."""

    component: Component
    lines: dict[str, list[Line]]
    spans: Spans

    @property
    def number(self) -> int:
        """The line that it begins in."""
        return self.component.number

    @property
    def is_date(self) -> bool:
        """Return whether it is about one date of a series (or that and those after it) alone."""
        return "RECURRENCE-ID" in self.lines

    @property
    def sequence(self) -> int:
        """How often it was revised; 0 where it does not say so."""
        written = self._last("SEQUENCE")
        return int(written) if written.isdecimal() and len(written) < _LONGEST_NUMBER else 0

    @property
    def revision(self) -> tuple[int, str, str]:
        """What tells which of two versions is the newer one (RFC 5546, 2.1.5)."""
        return self.sequence, self._last("DTSTAMP"), self._last("LAST-MODIFIED")

    def _last(self, name: str) -> str:
        return max((line.value.strip() for line in self.lines.get(name, ())), default="")

    def said(self, *names: str) -> tuple[str, ...]:
        """Return what it says under some names, as written."""
        return tuple(
            f"{line.tzid}:{line.value.strip()}" for name in names for line in self.lines.get(name, ())
        )


@dataclass(slots=True)
class Group:
    """The parts of one event: the UID that it keeps ("" for a new one), and the ``key`` that names it at later imports."""

    key: str
    uid: str
    parts: list[Part] = field(default_factory=list)


def made_key(part: Part) -> str:
    """Return what names a component that has no UID: its title and when it begins."""
    lines = part.lines
    written = [line.value for name in ("SUMMARY", "DTSTART", "RECURRENCE-ID") for line in lines.get(name, ())]
    return "no-uid:" + hashlib.sha256("\n".join(written).encode()).hexdigest()[:24]


def grouped(parts: Iterable[Part], losses: Losses) -> list[Group]:
    """Return the events of a stream, each with its versions and dates, in the order in which they are met."""
    by_key: dict[str, Group] = {}
    for part in parts:
        uid = next((text(line.value) for line in part.lines.get("UID", ())), "")
        key = uid or made_key(part)
        by_key.setdefault(key, Group(key, uid)).parts.append(part)
    return [event for group in by_key.values() for event in _apart(group, losses)]


def _apart(group: Group, losses: Losses) -> list[Group]:
    """Part what has one UID and is not one thing; of versions of one thing the newest alone is kept, which is told."""
    losses.uid = group.uid or group.key
    masters = _newest([part for part in group.parts if not part.is_date], losses)
    dates = [part for part in group.parts if part.is_date]
    if len(masters) < 2:  # noqa: PLR2004 - one is usual
        return [Group(group.key, group.uid, [*masters, *dates])]
    first, *others = masters
    groups = [Group(group.key, group.uid, [first])]
    for other in others:
        why = (
            msg(
                "its UID stands in line {number} too, for something else; it was kept, under a UID of its own",
                number=first.number,
            )
            if group.uid
            else msg(
                "it has the title and beginning of what stands in line {number}, which is elsewhere; both were kept",
                number=first.number,
            )
        )
        losses.tell(other.number, LossCode.SAME_UID, group.uid or "VEVENT", why)
        sign = hashlib.sha256("\n".join(other.said(*_KIND_OF, "SUMMARY")).encode()).hexdigest()[:16]
        groups.append(Group(f"{group.key}#{sign}", "", [other]))
    series = _Series(groups)
    for date in dates:
        series.of(date).parts.append(date)
    return groups


def _newest(masters: list[Part], losses: Losses) -> list[Part]:
    """Return the parts that are things of their own, in order; that others are older versions of one is told."""
    kept: list[Part] = []
    by_kind: dict[tuple[str, ...], Part] = {}
    by_title: dict[tuple[str, ...], Part] = {}
    for master in sorted(masters, key=lambda part: part.revision, reverse=True):
        kind = master.said(*_KIND_OF)
        named = (*kind, *master.said("SUMMARY"))
        why = None
        if kept and kept[0].sequence > master.sequence:
            why = msg(
                "its UID stands in line {line} too, with a higher SEQUENCE; it was left out",
                line=kept[0].number,
            )
        elif kind in by_kind and by_kind[kind].revision > master.revision:
            why = msg(
                "the same stands in line {line} too, as it was changed later; it was left out",
                line=by_kind[kind].number,
            )
        elif named in by_title:
            why = msg(
                "it stands in line {line} too, with the same title, beginning and place; it was left out",
                line=by_title[named].number,
            )
        if why is not None:
            losses.tell(master.number, LossCode.SECOND_EVENT, "VEVENT", why)
            continue
        kept.append(master)
        by_kind.setdefault(kind, master)
        by_title[named] = master
    return sorted(kept, key=lambda part: part.number)


class _Series:
    """Tells to which of the events with one UID a date belongs: to what begins at that time of the day, last before it."""

    def __init__(self, groups: list[Group]) -> None:
        recurring = [
            candidate for candidate in groups if candidate.parts[0].lines.keys() & {"RRULE", "RDATE"}
        ]
        self._by_clock: dict[str, list[tuple[str, int]]] = {}
        self._groups = recurring or groups[:1]
        for number, group in enumerate(self._groups):
            begins = next(iter(group.parts[0].said("DTSTART")), "").rpartition(":")[2]
            for clock in (begins[8:], ""):
                self._by_clock.setdefault(clock, []).append((begins, number))
        for starts in self._by_clock.values():
            starts.sort()

    def of(self, date: Part) -> Group:
        """Return the event of a date."""
        original = date.said("RECURRENCE-ID")[0].rpartition(":")[2]
        likely = self._by_clock.get(original[8:]) or self._by_clock[""]
        at = bisect_right(likely, (original, len(self._groups))) - 1
        return self._groups[likely[max(at, 0)][1]]
