"""The VEVENTs of one UID → one event of this format."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from coopcal.authoring.importing.dates import Reader, changed_twice
from coopcal.authoring.importing.decoding import Trial
from coopcal.authoring.importing.early_series import in_reach
from coopcal.authoring.importing.grouping import Group, Part
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.properties import Properties
from coopcal.authoring.importing.recurrence_set import Override, Patch
from coopcal.authoring.importing.series import Series
from coopcal.authoring.importing.spans import Span, in_doubt
from coopcal.authoring.importing.texts import UNTITLED
from coopcal.authoring.importing.values import moment
from coopcal.authoring.text import Value
from coopcal.definitions.date_list import MOST_DATES
from coopcal.model.message import msg

NEEDED = ("title", "when")
_LONGEST_UID = 255
_NOT_IN_CHANGES = ("visibility",)
_DEFAULTS = {"status": "confirmed"}


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the components of one UID: the keys of an event, but its id; ``key`` names it at later imports."""

    key: str
    line: int
    title: str
    day: date
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class _Read:
    part: Part
    span: Span
    values: dict[str, Value]

    @property
    def number(self) -> int:
        """The line that it begins in."""
        return self.part.number


class Events:
    """Makes events of components; ``zone`` is the one that need not be written."""

    def __init__(self, properties: Properties, trial: Trial, zone: str, now: date) -> None:
        """Take what reads the parts of a component."""
        self._losses = properties.losses
        self._properties, self._trial, self._zone, self._now = properties, trial, zone, now
        self._dates = Reader(self._losses, now)

    def event(self, group: Group) -> Imported | None:
        """Make an event of the components of a group; None, told, where nothing can be made of them."""
        key, uid = group.key, group.uid
        others = [part for part in group.parts if part.is_date]
        chosen = next((part for part in group.parts if not part.is_date), None)
        if chosen is None:
            return self._alone(key, uid, others)
        chosen = in_reach(chosen, self._now, self._losses)
        recurs = bool(chosen.lines.keys() & {"RRULE", "RDATE"} or others)
        master = self._read(chosen, recurs=recurs)
        if master is None:
            return None
        values = dict(master.values)
        if recurs:
            read = [
                override
                for other in sorted(others, key=lambda part: (part.revision, part.number))
                if (override := self._override(other, master, values))
            ]
            dates = self._dates.dates(chosen, master.span, read)
            way = Series(dates, self._fixed(values, master.span, uid), self._trial, self._now).way(
                chosen.number, self._losses
            )
            return None if way is None else self._imported(key, uid, chosen.number, master.span, values | way)
        return self._once(key, uid, chosen.number, master, values)

    def _once(
        self, key: str, uid: str, line: int, master: _Read, values: dict[str, Value]
    ) -> Imported | None:
        """Return an event that takes place once; in UTC where its own clocks leave it in doubt."""
        span = master.span
        if in_doubt(span):
            event, _ = self._trial.decoded({**self._fixed(values, span, uid), "when": span.written()})
            span = span if event is not None else span.in_zone("UTC")
        return self._imported(key, uid, line, span, {"when": span.written(), **values})

    def _read(self, part: Part, *, recurs: bool) -> _Read | None:
        component, lines = part.component, part.lines
        span = part.spans.of(lines, component.number, recurs=recurs)
        if span is None:
            return None
        for alarm in component.of("VALARM"):
            self._losses.tell(
                alarm.number, LossCode.ALARM, "VALARM", msg("members choose their own reminders (?remind=)")
            )
        for child in component.children:
            if child.name != "VALARM":
                self._losses.tell(
                    child.number, LossCode.COMPONENT, child.name, msg("the format has nothing for it")
                )
        values = self._properties.values(lines, component.number, timed=span.zone is not None)
        known = dict(part.component.said)
        if isinstance(when := known.get("when"), str):
            span = replace(span, said=when)
            del known["when"]
        values |= known
        return _Read(part, span, values)

    def _override(self, other: Part, master: _Read, values: dict[str, Value]) -> Override | None:
        written = other.lines["RECURRENCE-ID"][0]
        original = moment(written.value, written.tzid)
        if original is None:
            self._losses.tell(
                written.number,
                LossCode.BAD_VALUE,
                written.value,
                msg("it is no day or time, so this date was left out"),
            )
            return None
        read = self._read(other, recurs=True)
        if read is None:
            return None
        zone = master.span.zone or self._trial.timezone
        span = read.span if read.span.zone is None else read.span.in_zone(zone)
        patch = self._patch(read, master, values)
        if span.zone and master.span.zone is None and span.zone != self._zone:
            patch["timezone"] = span.zone
        later = written.param("RANGE").upper() == "THISANDFUTURE"
        local = other.spans.local(original, master.span.zone, written)
        return Override(other.number, original, local, span, patch, later)

    def _patch(self, read: _Read, master: _Read, values: dict[str, Value]) -> Patch:
        """Return what differs; what a date is not to be seen by makes the whole series be seen by members alone."""
        if "visibility" in read.values and "visibility" not in values:
            values["visibility"] = read.values["visibility"]
            self._losses.tell(
                read.number,
                LossCode.NOT_PUBLIC,
                "CLASS",
                msg("one date is not public, so the whole series is for members alone"),
            )
        patch = {
            name: value
            for name, value in read.values.items()
            if name not in _NOT_IN_CHANGES and master.values.get(name) != value
        }
        defaults = _DEFAULTS | {"shows_as": "free" if read.span.zone is None else "busy"}
        missing = (
            value for value in master.values if value not in read.values and value not in _NOT_IN_CHANGES
        )
        for name in missing:
            if name in defaults:
                patch[name] = defaults[name]
            else:
                self._losses.tell(
                    read.number,
                    LossCode.CANNOT_UNSET,
                    name,
                    msg("the series says it, and a date of it cannot take it back"),
                )
        if patch.get("title") == UNTITLED:
            patch.pop("title")
        return {name: patch[name] for name in read.values if name in patch} | {
            name: value for name, value in patch.items() if name not in read.values
        }

    def _alone(self, key: str, uid: str, others: list[Part]) -> Imported | None:
        """Return an event of dates of a series that is not there itself."""
        read = [dated for other in self._newest(others) if (dated := self._read(other, recurs=False))]
        read.sort(
            key=lambda one_date: (
                one_date.span.key(self._trial.usual_length)[0].__class__.__name__,
                one_date.span.start,
            )
        )
        unlike: dict[object, _Read] = {}
        for dated in read:
            unlike.setdefault(dated.span.key(self._trial.usual_length)[0], dated)
        apart = list(unlike.values())
        if not apart:
            return None
        first = apart[0]
        for dated in read:
            if dated not in apart or apart.index(dated) >= MOST_DATES:
                self._losses.tell(
                    dated.number,
                    LossCode.SAME_TIME,
                    "VEVENT",
                    msg("another date begins at the same time, or there are too many; it was left out"),
                )
        values = dict(first.values)
        if len(apart) == 1:
            return self._once(key, uid, first.number, first, values)
        self._losses.tell(
            first.number,
            LossCode.AS_LIST,
            "RECURRENCE-ID",
            msg(
                "the series itself is not there; its dates became a list in “when”, all but the first with UIDs of their own"
            ),
        )
        zone = first.span.zone
        dates: list[Value] = []
        for dated in apart[:MOST_DATES]:
            span = dated.span if zone is None or dated.span.zone is None else dated.span.in_zone(zone)
            patch = {} if dated is first else self._patch(dated, first, values)
            dates.append({"when": span.written(), **patch} if patch else span.written())
        return self._imported(key, uid, first.number, first.span, values | {"when": dates})

    def _newest(self, others: list[Part]) -> Iterator[Part]:
        """Return the newest version of each date."""
        newest: dict[tuple[str, ...], Part] = {}
        for other in sorted(others, key=lambda part: (part.revision, part.number), reverse=True):
            newer = newest.setdefault(other.said("RECURRENCE-ID"), other)
            if newer is other:
                yield other
            else:
                self._losses.tell(*changed_twice(other.number, newer.number))

    def _fixed(self, values: Mapping[str, Value], span: Span, uid: str) -> dict[str, Value]:
        """Return the keys but for the dates, those alone that matter to them."""
        zone: dict[str, Value] = {"timezone": span.zone} if span.zone and span.zone != self._zone else {}
        return {"title": values["title"], **zone} | ({"uid": uid} if _is_uid(uid) else {})

    def _imported(
        self, key: str, uid: str, line: int, span: Span, values: Mapping[str, Value]
    ) -> Imported | None:
        """Return the event with its keys in order, without what the decoder refuses."""
        ordered: dict[str, Value] = {"title": values["title"], "when": values["when"]}
        if span.zone and span.zone != self._zone:
            ordered["timezone"] = span.zone
        ordered |= {name: value for name, value in values.items() if name == "repeats"}
        ordered |= {name: value for name, value in values.items() if name not in ordered}
        if uid and _is_uid(uid):
            ordered["uid"] = uid
        elif uid:
            self._losses.tell(
                line,
                LossCode.BAD_UID,
                uid,
                msg(
                    "a UID has no blanks and at most {most} characters; it gets a new one",
                    most=_LONGEST_UID,
                ),
            )
        while True:
            event, errors = self._trial.decoded(ordered)
            if event is not None:
                title = values["title"]
                shown = (
                    title
                    if isinstance(title, str)
                    else str(next(iter(title.values())))
                    if isinstance(title, Mapping)
                    else UNTITLED
                )
                return Imported(key, line, shown, span.day, ordered)
            name, number, problem = errors[-1]
            if name in (*NEEDED, "") or name not in ordered:
                self._losses.tell(
                    line,
                    LossCode.LEFT_OUT,
                    "VEVENT",
                    msg("{message}; it was left out", message=problem.message),
                )
                return None
            ordered[name], dropped = _without(ordered[name], number)
            why = msg("{message}; this was left out", message=problem.message)
            self._losses.tell(line, LossCode.REFUSED, f"{name}: {dropped}", why)
            if not ordered[name]:
                del ordered[name]


def _without(value: Value, number: int) -> tuple[Value, Value]:
    if isinstance(value, str | Mapping) or number >= len(value):
        return [], value
    return [*value[:number], *value[number + 1 :]], value[number]


def _is_uid(uid: str) -> bool:
    return 0 < len(uid) <= _LONGEST_UID and not any(
        character.isspace() or not character.isprintable() for character in uid
    )
