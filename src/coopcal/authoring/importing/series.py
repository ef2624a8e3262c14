"""The dates of a series → ``when`` and ``repeats``, or a list of dates where no rule of this format says them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from coopcal.authoring.importing.decoding import Times, Trial, times
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.recurrence_set import Dates, Patch
from coopcal.authoring.importing.rrule_words import in_words, written
from coopcal.authoring.importing.spans import Span, in_doubt
from coopcal.authoring.importing.values import Clock
from coopcal.authoring.text import Value
from coopcal.definitions.date_list import MOST_DATES
from coopcal.model.message import Message, msg, plural

AHEAD = 5
"""Years after now until which a series is written that cannot go on without an end."""

_MOST_REFUSED = 20
"""How often a list is tried without what is refused of it."""

_MOST_DOUBTS = 60
"""Dates of a rule that may stand beside it, as clocks show their start or end twice."""

Values = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Way:
    """A way to write a series: the keys that say when it takes place; ``bounded`` where it ends before its time.

    ``listed`` are the dates of a list; ``left`` is how many have no room in it.
    """

    values: Values
    bounded: date | None = None
    listed: tuple[tuple[Span, Patch], ...] = ()
    left: int = 0


class Series:
    """Writes the dates of one series; ``fixed`` are the keys of its event but for the dates."""

    def __init__(self, dates: Dates, fixed: Mapping[str, Value], trial: Trial, now: date) -> None:
        """Take the dates."""
        self._dates, self._fixed, self._trial = dates, fixed, trial
        self._standing = dates.standing()
        self._now = now
        self._horizon = date(max(dates.usual.start.year, now.year) + AHEAD, 12, 31)

    def way(self, line: int, losses: Losses) -> Values | None:
        """Return the keys that say the dates; what they do not say is told. None, told, where nothing takes place."""
        if not self._standing:
            losses.tell(
                line, LossCode.NO_DATES, "RRULE", msg("none of its dates is left, so it was left out")
            )
            return None
        for way in self._ways():
            if self._says(way):
                self._tell(way, line, losses)
                return way.values
        if (some := self._without_refused(line, losses)) is not None:
            self._tell(some, line, losses)
            return some.values
        span, _ = self._standing[0]
        losses.tell(
            line, LossCode.RULE, "RRULE", msg("its dates cannot be written, so only the first one was")
        )
        return {"when": span.written()}

    def _says(self, way: Way) -> bool:
        """Return whether a way of writing a series gives its dates, and no others."""
        event, _ = self._trial.decoded({**self._fixed, **way.values})
        return event is not None and times(event, date(2, 1, 1), self._last(way)) == self._wanted(way)

    def _without_refused(self, line: int, losses: Losses) -> Way | None:
        """Return a list without the dates that the format refuses, each of which is told; None where none is left."""
        way = first_list = self._listed(self._standing)
        refused: dict[int, str] = {}
        for _ in range(_MOST_REFUSED):
            _, errors = self._trial.decoded({**self._fixed, **way.values})
            wrong = {number: problem.message for name, number, problem in errors if name == "when"}
            if not wrong or len(wrong) >= len(way.listed):
                break
            refused |= {id(way.listed[number][0]): message for number, message in wrong.items()}
            rest = self._listed([listed for listed in way.listed if id(listed[0]) not in refused])
            way = replace(rest, bounded=first_list.bounded, left=first_list.left)
        if not refused or not self._says(way):
            return None
        for span, _ in first_list.listed:
            if id(span) in refused:
                why = msg("{message}; this date was left out", message=refused[id(span)])
                losses.tell(line, LossCode.DATE_LEFT_OUT, span.written(), why)
        return way

    def _ways(self) -> Iterator[Way]:
        if len(self._standing) == 1 and self._dates.whole:
            yield Way({"when": self._standing[0][0].written()} | self._standing[0][1])
        yield from self._rules(self._dates)
        if self._dates.simple and (apart := _doubts_apart(self._dates)) is not self._dates:
            yield from self._rules(apart)
        if self._standing:
            yield self._listed(self._standing)

    def _rules(self, dates: Dates) -> Iterator[Way]:
        rule = dates.rule
        if rule is not None and dates.simple:
            words = in_words(rule, dates.given[0].date())
            for phrase in (words, {"rule": written(rule)}):
                if phrase is not None:
                    yield Way(self._repeats(dates, phrase, self._ending()))
                    if not dates.whole:
                        yield Way(self._repeats(dates, phrase, {"until": f"{self._horizon}"}), self._horizon)

    def _ending(self) -> dict[str, Value]:
        rule, given = self._dates.rule, self._dates.given
        assert rule is not None
        if rule.count is not None:
            return {"count": f"{rule.count}"}
        if rule.until is None:
            return {}
        if self._dates.whole:
            return {"until": f"{given[-1].date()}"}
        until = rule.until
        return {"until": f"{until.local.date() if isinstance(until, Clock) else until}"}

    def _repeats(self, dates: Dates, phrase: Mapping[str, Value], ending: Mapping[str, Value]) -> Values:
        until = date.fromisoformat(str(ending["until"])) if "until" in ending else date.max
        repeats: Values = {**phrase, **ending}
        # A rule that goes on beyond what is looked at is held to it up to there.
        if out := sorted(start for start in dates.out if start.date() <= until):
            repeats["except"] = [f"{start.date()}" for start in out]
        if dates.more:
            repeats["also"] = [
                self._item(span, patch, also=True) for span, patch in sorted(dates.more, key=_begin)
            ]
        changes: dict[str, Value] = {}
        for start, override in dates.later:
            changes[f"from {start.date()}"] = {"when": override.span.written(), **override.patch}
        for start, override in sorted(dates.changed.items()):
            usual, _ = self._usual_on(start)
            own: Values = (
                {}
                if override.span.key(self._trial.usual_length) == usual.key(self._trial.usual_length)
                else {"when": override.span.written()}
            )
            if (own or override.patch) and start.date() <= until:
                changes[f"{start.date()}"] = own | override.patch
        if changes:
            repeats["changes"] = changes
        first = dates.usual.moved(dates.given[0])
        return {"when": first.written(), "repeats": repeats}

    def _usual_on(self, start: datetime) -> tuple[Span, Patch]:
        own = self._dates.changed.pop(start)
        usual = self._dates.on(start)
        self._dates.changed[start] = own
        return usual

    def _item(self, span: Span, patch: Patch, *, also: bool) -> Value:
        usual = self._dates.usual
        as_usual = also and usual.moved(span.start) == span and span.zone is not None and not in_doubt(span)
        when = f"{span.day}" if as_usual else span.written()
        return {"when": when, **patch} if patch else when

    def _listed(self, standing: Sequence[tuple[Span, Patch]]) -> Way:
        """Return a list of the dates, or of those nearest to today; without an end only up to some years from now."""
        bound = None if self._dates.whole else self._horizon
        unlike: dict[object, tuple[Span, Patch]] = {}
        for span, patch in standing:
            if bound is None or span.day <= bound:
                unlike.setdefault(span.key(self._trial.usual_length)[0], (span, patch))
        there = list(unlike.values())
        kept = _nearest(there, self._now)
        if bound and kept and kept[-1] is not there[-1]:
            bound = kept[-1][0].day
        items: list[Value] = [self._item(span, patch, also=False) for span, patch in kept]
        return Way({"when": items}, bound, tuple(kept), len(there) - len(kept))

    def _last(self, way: Way) -> date:
        if way.listed:
            return date(2260, 1, 1)
        if way.bounded:
            return way.bounded
        if self._dates.whole:
            return date(2260, 1, 1)
        return self._dates.given[-1].date() - timedelta(days=2)

    def _wanted(self, way: Way) -> Times:
        """Return the dates that a way is to say."""
        last, usual = self._last(way), self._trial.usual_length
        return Counter(span.key(usual) for span, _ in way.listed or self._standing if span.day <= last)

    def _why_bounded(self, last: date) -> Message:
        rule = self._dates.rule
        if rule is None or rule.endless:
            return msg(
                "calendars differ on such a rule when it has no end, so its dates are written up to {last}",
                last=last,
            )
        return msg(
            "such a rule is not followed up to its end, so its dates are written up to {last}", last=last
        )

    def _tell(self, way: Way, line: int, losses: Losses) -> None:
        if way.bounded:
            losses.tell(
                line,
                LossCode.BOUNDED,
                "RRULE",
                self._why_bounded(way.bounded),
            )
        if way.listed:
            losses.tell(
                line,
                LossCode.AS_LIST,
                "RRULE",
                msg("its dates became a list in “when”; all but the first have UIDs of their own"),
            )
            first, last = way.listed[0][0].day, way.listed[-1][0].day
            if way.left:
                why = msg(
                    "a list has {most} dates at most; those nearest to today were kept, from {first} to {last}",
                    most=MOST_DATES,
                    first=first,
                    last=last,
                )
                what = plural("{count} date left out", "{count} dates left out", way.left)
                losses.tell(line, LossCode.TOO_MANY, what, why)
            begins = Counter(span.key(self._trial.usual_length)[0] for span, _ in self._standing)
            if any(begins[span.key(self._trial.usual_length)[0]] > 1 for span, _ in way.listed):
                losses.tell(
                    line, LossCode.SAME_TIME, "RRULE", msg("dates that begin at the same time became one")
                )
        elif isinstance(repeats := way.values.get("repeats"), Mapping) and "also" in repeats:
            losses.tell(line, LossCode.AS_ALSO, "RDATE", msg("further dates have UIDs of their own"))


def _doubts_apart(dates: Dates) -> Dates:
    """Return the dates of a rule with those as further ones whose start or end clocks show twice; as they are where none is so."""
    usual = [start for start in dates.given if start not in dates.out and start not in dates.changed]
    doubtful = [start for start in usual if in_doubt(dates.on(start)[0])]
    if not doubtful or len(doubtful) > _MOST_DOUBTS or doubtful[0] == dates.given[0]:
        return dates
    more = [*dates.more, *(dates.on(start) for start in doubtful)]
    return replace(dates, out={*dates.out, *doubtful}, more=more)


def _nearest(dates: list[tuple[Span, Patch]], now: date) -> list[tuple[Span, Patch]]:
    """Return the dates that fit into a list, those nearest to today, in order."""
    kept = sorted(dates, key=lambda occurrence: abs(occurrence[0].day - now))[:MOST_DATES]
    return sorted(kept, key=_begin)


def _begin(date: tuple[Span, Patch]) -> datetime:
    return date[0].start
