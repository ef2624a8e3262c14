"""From one side of ``when`` to the other: days, times, and dates known less precisely."""

import re
from collections.abc import Sequence
from datetime import UTC, date, timedelta

from coopcal.definitions.codes.dates import (
    BAD_DURATION,
    BAD_WHEN,
    DAYS_AND_TIMES,
    ENDS_AT_START,
    ENDS_BEFORE_START,
)
from coopcal.definitions.when.context import WhenContext
from coopcal.definitions.when.diagnostics import Wrong, put
from coopcal.definitions.when.durations import duration
from coopcal.definitions.when.mends import FORMS
from coopcal.definitions.when.parts import Piece
from coopcal.definitions.when.sides import as_imprecise, imprecise, moment
from coopcal.definitions.when.spans import bounds
from coopcal.model.message import Message, msg
from coopcal.model.when import Timed, When, WholeDays

_CLOCK = re.compile(r"\d{1,2}:\d{2}[^/]*$")
_LONG = timedelta(days=60)
"""What lasts longer is seldom meant where something else is possible."""

_HALF_A_DAY = 12
"""Hours; what would go on for longer over midnight has its times swapped."""


def lasting(text: str, first: Piece, at: int, context: WhenContext) -> When:
    """Read a length (ISO 8601) that begins at ``at``, behind the side that it lasts from."""
    written = text[at:].strip()
    length = duration(written)
    if length is None:
        raise Wrong(
            BAD_DURATION,
            msg("“{written}” is no length that is read here", written=written),
            msg("write “PT90M”, “PT1H30M” or “P2D”"),
            at,
        )
    if first.clock is None:
        raise Wrong(
            BAD_DURATION,
            msg("A length goes with a time to begin at"),
            msg("write the last day: “2026-03-14/2026-03-16”"),
            at,
        )
    start, zone = moment(text, first, context, first.day)
    end = (start.astimezone(UTC) + length).astimezone(start.tzinfo)
    return Timed(start, end, end, zone)


def span_of(text: str, first: Piece, last: Piece, context: WhenContext) -> When:
    """Read what goes from one side to the other."""
    if first.unknown_time or last.unknown_time:
        raise Wrong(
            BAD_WHEN,
            msg("An unknown time stands alone"),
            msg("write it as “2026-03-14 ??:??”"),
            instead=[first.text] if first.unknown_time else (),
        )
    if first.clock is not None:
        return _timed_range(text, first, last, context)
    if last.clock is not None:
        raise Wrong(
            DAYS_AND_TIMES,
            msg("The first side is a day and the second has a time"),
            FORMS,
            last.start,
            last.end,
            instead=[put(text, last.start, last.end, str(last.day))] if last.day else (),
        )
    if first.day is not None and last.day is not None:
        if last.day < first.day:
            raise _backwards(
                last,
                msg("It ends on {last}, before it starts on {first}", last=last.day, first=first.day),
                _in_order(text, first, last),
            )
        return WholeDays(first.day, last.day)
    begin, end = as_imprecise(first), as_imprecise(last)
    if bounds(end, southern=context.southern)[1] < bounds(begin, southern=context.southern)[0]:
        raise _backwards(
            last, msg("It ends before it starts"), [f"{text[: first.start]}{last.text}/{first.text}"]
        )
    return imprecise(begin, end, context)


def _backwards(last: Piece, message: Message, instead: Sequence[str]) -> Wrong:
    """Return what is wrong with an end before the start."""
    return Wrong(ENDS_BEFORE_START, message, FORMS, last.start, last.end, instead=instead)


def _timed_range(text: str, first: Piece, last: Piece, context: WhenContext) -> When:
    start, zone = moment(text, first, context, first.day)
    if last.clock is None:
        assert last.day is not None or last.imprecise is not None
        raise Wrong(
            DAYS_AND_TIMES,
            msg("The first side has a time and the second is a day alone"),
            FORMS,
            last.start,
            last.end,
            instead=[put(text, last.end, last.end, " 17:00")] if last.day else (),
        )
    end, _ = moment(text, last, context, last.day or start.date())
    if end > start:
        return Timed(start, end, end, zone)
    if end == start:
        raise Wrong(
            ENDS_AT_START,
            msg("It ends when it starts"),
            msg("leave the end out where it is not known"),
            last.start,
            last.end,
            instead=[text[: first.end]],
        )
    if last.day is not None and first.day is not None:
        raise _backwards(last, msg("It ends before it starts"), _in_order(text, first, last))
    over = f"{start.date() + timedelta(days=1)} {last.text}"
    before = "" if first.day else f"{start.date()} "
    apart = start.hour - last.clock.hour
    instead = [f"{text[: first.start]}{before}{first.text}/{over}"]
    clock = _CLOCK.search(first.text)
    if clock and apart < _HALF_A_DAY:
        instead.insert(0, f"{text[: first.start]}{first.text[: clock.start()]}{last.text}/{clock[0]}")
    raise _backwards(
        last,
        msg(
            "It ends at {text}, before it starts at {start:%H:%M}; over midnight, both days are written",
            text=last.text,
            start=start,
        ),
        instead,
    )


def _in_order(text: str, first: Piece, last: Piece) -> list[str]:
    """Return the text with its days in order: the two changed over, or the last in another year, the shorter first."""
    assert first.day is not None
    assert last.day is not None
    orders = [(first.day - last.day, f"{text[: first.start]}{last.text}/{first.text}")]
    for year in (first.day.year, first.day.year + 1):
        day = _in_year(last.day, year)
        if day is not None and day >= first.day:
            written = f"{day}{last.text[len(day.isoformat()) :]}"
            orders.append((day - first.day, put(text, last.start, last.end, written)))
            break
    shortest, *others = sorted(orders)
    return [shortest[1], *(order for length, order in others if length <= _LONG)]


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return None
