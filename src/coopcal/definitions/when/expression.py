"""A whole ``when``: days, times, deadlines, and dates known less precisely."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from coopcal.definitions.codes.dates import (
    BAD_DURATION,
    BAD_WHEN,
    DAYS_AND_TIMES,
    DEADLINE_WITHOUT_TIME,
    ENDS_AT_START,
    ENDS_BEFORE_START,
    HOURS_WITHOUT_DAYS,
    TIME_WITHOUT_DAY,
    WRONG_WEEKDAY,
)
from coopcal.definitions.source.node import Listing, Node, Scalar
from coopcal.definitions.when.context import WhenContext
from coopcal.definitions.when.diagnostics import Wrong, put
from coopcal.definitions.when.durations import duration
from coopcal.definitions.when.hours import decode_hours
from coopcal.definitions.when.loosely import loosely
from coopcal.definitions.when.mends import FORMS, explain_value
from coopcal.definitions.when.names import weekday_name, weekdays
from coopcal.definitions.when.offsets import fixed_moment
from coopcal.definitions.when.parts import Piece, read_piece
from coopcal.definitions.when.spans import bounds
from coopcal.model.message import Message, msg, weekday_of
from coopcal.model.problem import Problems
from coopcal.model.when import Approximately, DayOnly, Deadline, Imprecise, Precision, Timed, When, WholeDays

_UNTIL = re.compile(r"(?:until|by|jusqu['’]au|bis|hasta|fino al?|até)\s+", re.IGNORECASE)
_WITNESS = re.compile(r"([^\W\d]+)\.?,?\s+(?=\d{4}-)")
_CLOCK = re.compile(r"\d{1,2}:\d{2}[^/]*$")
_NEGATIVE = re.compile(
    r"(?P<before>(?P<day>\d{4}-\d{2}-\d{2})(?P<mark>T|\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?P<seconds>:\d{2}(?:[.,]\d+)?)?)"
    r"-(?P<behind>(?P<far>\d{2}):?(?P<over>\d{2}))(?=\s*(?:/|$))"
)
_WEEK = 7
_LONG = timedelta(days=60)
"""What lasts longer is seldom meant where something else is possible."""

_HALF_A_DAY = 12
"""Hours; what would go on for longer over midnight has its times swapped."""


def decode_when(
    node: Node, hours: Node | None, context: WhenContext, problems: Problems, key: str = "when"
) -> When | None:
    """Read a ``when`` and its opening ``hours``; None, with problems noted, where it cannot be read.

    ``key`` is the one that it stands under.
    """
    if isinstance(node, Listing):
        problems.tell(node.position, BAD_WHEN, msg("Here one date is expected, not a list"), FORMS)
        return None
    if not isinstance(node, Scalar):
        problems.tell(node.position, BAD_WHEN, msg("A date is a text, not keys of its own"), FORMS)
        return None
    try:
        when = _read(node.text, context)
    except Wrong as wrong:
        wrong.follow(lambda text: _read(text, context), lambda: _meant(node.text, context))
        wrong.report(node, problems, key)
        return None
    if hours is None:
        return when
    if not isinstance(when, WholeDays):
        problems.tell(
            hours.position,
            HOURS_WITHOUT_DAYS,
            msg("Opening hours go with whole days, and this event has times of its own"),
            msg("take “hours” out, or the times out of “when”"),
        )
        return None
    read = decode_hours(hours, when, context, problems)
    return WholeDays(when.first, when.last, read) if read is not None else None


def _meant(text: str, context: WhenContext) -> list[str]:
    """Return what a text in people's words may mean, as it is written here."""
    meanings = list(loosely(text, context.languages, context.day))
    if until := _UNTIL.match(text):
        ends = loosely(text[until.end() :], context.languages, context.day)
        meanings += [f"until {end}{behind}" for end in ends for behind in ("", " 23:59")]
    return meanings


def _read(text: str, context: WhenContext) -> When:
    if not text.strip():
        raise Wrong(BAD_WHEN, msg("A date is missing here"), FORMS)
    return _fixed_deadline(text, context) or _in_zone(text, context)


def _in_zone(text: str, context: WhenContext) -> When:
    """Read what stands in the zone around."""
    wrong = explain_value(text, _with_signs_hidden(text, context), context.languages)
    if wrong is not None:
        raise wrong
    start = 0
    if match := _UNTIL.match(text):
        return _deadline(text, match.end(), context)
    witness = _WITNESS.match(text)
    if witness:
        if witness[1].lower() not in weekdays(context.languages):
            raise Wrong(
                BAD_WHEN,
                msg("“{word}” is no weekday that is known here", word=witness[1]),
                FORMS,
                0,
                witness.end(1),
                instead=[text[witness.end() :]],
            )
        start = witness.end()
    slash = text.find("/", start)
    end = len(text) if slash < 0 else slash
    first = read_piece(text, start, end, context.languages)
    if witness:
        _check_witness(text, witness, first, context)
    if slash < 0:
        return _single(text, first, context)
    rest = text[slash + 1 :]
    if rest.strip().startswith("P"):
        return _lasting(text, first, slash + 1, context)
    second_start = slash + 1
    if second := _WITNESS.match(rest.lstrip()):
        second_start = len(text) - len(rest.lstrip()) + second.end()
    last = read_piece(text, second_start, len(text), context.languages)
    return _range(text, first, last, context)


def _check_witness(text: str, witness: re.Match[str], first: Piece, context: WhenContext) -> None:
    if first.day is None:
        return
    weekday = weekdays(context.languages)[witness[1].lower()]
    if weekday == first.day.weekday():
        return
    day = first.day
    shift = (weekday - day.weekday() + 3) % _WEEK - 3
    near = day + timedelta(days=shift)
    right = weekday_name(first.day.weekday(), witness[1], context.languages)
    same_day = put(text, 0, witness.end(1), right)
    same_weekday = put(text, first.start, first.start + 10, near.isoformat())
    raise Wrong(
        WRONG_WEEKDAY,
        msg(
            "{day} is a {weekday}, not “{word}”",
            day=first.day,
            weekday=weekday_of(first.day),
            word=witness[1],
        ),
        None,
        0,
        witness.end(1),
        instead=[same_day, same_weekday],
    )


def _single(text: str, piece: Piece, context: WhenContext) -> When:
    if piece.imprecise is not None:
        return _imprecise(piece.imprecise, piece.imprecise, context)
    if piece.unknown_time:
        assert piece.day is not None
        return DayOnly(piece.day)
    if piece.clock is None:
        assert piece.day is not None
        return WholeDays(piece.day, piece.day)
    start, zone = _moment(text, piece, context, piece.day)
    usual = (start.astimezone(UTC) + context.usual_length).astimezone(start.tzinfo)
    return Timed(start, None, usual, zone)


def _fixed_deadline(text: str, context: WhenContext) -> Deadline | None:
    """Read a deadline with an offset, or “AoE”, behind it; None for anything else."""
    until = _UNTIL.match(text)
    fixed = fixed_moment(text, until.end(), context) if until else None
    return Deadline(*fixed) if fixed else None


def _deadline(text: str, start: int, context: WhenContext) -> When:
    piece = read_piece(text, start, len(text), context.languages)
    if piece.clock is None or piece.day is None:
        raise Wrong(
            DEADLINE_WITHOUT_TIME,
            msg("A deadline has a day and a time"),
            msg("write it as “until 2026-06-30 12:00”"),
            start,
            instead=[f"{text.rstrip()} 23:59"] if piece.day else (),
        )
    at, zone = _moment(text, piece, context, piece.day)
    return Deadline(at, zone)


def _lasting(text: str, first: Piece, at: int, context: WhenContext) -> When:
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
    start, zone = _moment(text, first, context, first.day)
    end = (start.astimezone(UTC) + length).astimezone(start.tzinfo)
    return Timed(start, end, end, zone)


def _range(text: str, first: Piece, last: Piece, context: WhenContext) -> When:
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
    begin, end = _as_imprecise(first), _as_imprecise(last)
    if bounds(end, southern=context.southern)[1] < bounds(begin, southern=context.southern)[0]:
        raise _backwards(
            last, msg("It ends before it starts"), [f"{text[: first.start]}{last.text}/{first.text}"]
        )
    return _imprecise(begin, end, context)


def _backwards(last: Piece, message: Message, instead: Sequence[str]) -> Wrong:
    """Return what is wrong with an end before the start."""
    return Wrong(ENDS_BEFORE_START, message, FORMS, last.start, last.end, instead=instead)


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


def _timed_range(text: str, first: Piece, last: Piece, context: WhenContext) -> When:
    start, zone = _moment(text, first, context, first.day)
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
    end, _ = _moment(text, last, context, last.day or start.date())
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


def _moment(text: str, piece: Piece, context: WhenContext, day: date | None) -> tuple[datetime, str]:
    day = day or context.day
    if day is None:
        raise Wrong(
            TIME_WITHOUT_DAY,
            msg("“{text}” is a time, and the day is missing", text=piece.text),
            msg("write the day before it, such as “2026-03-14 {time}”", time=text[piece.start :]),
            piece.start,
            piece.end,
        )
    assert piece.clock is not None
    return context.moment(day, piece.clock, piece.offset, piece.clock_bounds, text)


def _with_signs_hidden(text: str, context: WhenContext) -> str:
    """Return the text without the hyphens that are signs of offsets, so that none is taken for a dash.

    Behind seconds or a “T” what follows is an offset; else where clocks are so far from UTC then.
    """

    def hidden(match: re.Match[str]) -> str:
        hour, minute, far, over = (int(match[name]) for name in ("hour", "minute", "far", "over"))
        sure = match["seconds"] or match["mark"] == "T"
        if not sure:
            try:
                day, clock = date.fromisoformat(match["day"]), time(hour, minute)
            except ValueError:
                return match[0]
            sure = context.is_offset(day, clock, -timedelta(hours=far, minutes=over))
        return f"{match['before']}+{match['behind']}" if sure else match[0]

    return _NEGATIVE.sub(hidden, text)


def _as_imprecise(piece: Piece) -> Approximately:
    if piece.imprecise is not None:
        return piece.imprecise
    assert piece.day is not None
    return Approximately(Precision.DAY, piece.day.year, piece.day.month, piece.day.day)


def _imprecise(begin: Approximately, end: Approximately, context: WhenContext) -> Imprecise:
    return Imprecise(
        begin, end, bounds(begin, southern=context.southern)[0], bounds(end, southern=context.southern)[1]
    )
