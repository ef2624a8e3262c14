"""A whole ``when``: days, times, deadlines, and dates known less precisely."""

import re
from datetime import UTC, date, datetime, timedelta

from coopcal.decode.when.context import WhenContext
from coopcal.decode.when.durations import duration
from coopcal.decode.when.hours import decode_hours
from coopcal.decode.when.mends import FORMS, explain_whole
from coopcal.decode.when.names import weekday_name, weekdays
from coopcal.decode.when.parts import Piece, read_piece
from coopcal.decode.when.spans import bounds
from coopcal.decode.when.wrong import Wrong, line, under
from coopcal.model.message import msg, weekday_of
from coopcal.model.problem import Problems
from coopcal.model.when import Approximately, DayOnly, Deadline, Imprecise, Precision, Timed, When, WholeDays
from coopcal.source.node import Listing, Node, Scalar

_UNTIL = re.compile(r"(?:until|by|jusqu['’]au|bis|hasta|fino al?|até)\s+", re.IGNORECASE)
_WITNESS = re.compile(r"([^\W\d]+)\.?,?\s+(?=\d{4}-)")
_CLOCK = re.compile(r"\d{1,2}:\d{2}[^/]*$")
_WEEK = 7
_HALF_A_DAY = 12
"""Hours; what would go on for longer over midnight has its times swapped."""


def decode_when(
    node: Node, hours: Node | None, context: WhenContext, problems: Problems, key: str = "when"
) -> When | None:
    """Read a ``when`` and its opening ``hours``; None, with problems noted, where it cannot be read.

    ``key`` is the one that it stands under.
    """
    if isinstance(node, Listing):
        problems.error(node.place, "bad-when", msg("Here one date is expected, not a list"), FORMS)
        return None
    if not isinstance(node, Scalar):
        problems.error(node.place, "bad-when", msg("A date is a text, not keys of its own"), FORMS)
        return None
    try:
        when = _read(node.text, context)
    except Wrong as wrong:
        wrong.mend = under(key, wrong.mend)
        wrong.report(node, problems)
        return None
    if hours is None:
        return when
    if not isinstance(when, WholeDays):
        problems.error(
            hours.place,
            "hours-without-days",
            msg("Opening hours go with whole days, and this event has times of its own"),
            msg("take “hours” out, or the times out of “when”"),
        )
        return None
    read = decode_hours(hours, when, context.languages, problems)
    return WholeDays(when.first, when.last, read) if read is not None else None


def _read(text: str, context: WhenContext) -> When:
    if not text.strip():
        raise Wrong("bad-when", msg("A date is missing here"), FORMS)
    wrong = explain_whole(text, context.languages)
    if wrong is not None:
        raise wrong
    start = 0
    if match := _UNTIL.match(text):
        return _deadline(text, match.end(), context)
    witness = _WITNESS.match(text)
    if witness:
        if witness[1].lower() not in weekdays(context.languages):
            raise Wrong(
                "bad-when",
                msg("“{word}” is no weekday that is known here", word=witness[1]),
                line(text, 0, witness.end(), ""),
                0,
                witness.end(1),
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
    said = weekdays(context.languages)[witness[1].lower()]
    if said == first.day.weekday():
        return
    day = first.day
    shift = (said - day.weekday() + 3) % _WEEK - 3
    near = day + timedelta(days=shift)
    right = weekday_name(first.day.weekday(), witness[1])
    same_day = line(text, 0, witness.end(1), right)
    same_weekday = line(text, first.start, first.start + 10, near.isoformat())
    raise Wrong(
        "wrong-weekday",
        msg(
            "{day} is a {weekday}, not “{word}”",
            day=first.day,
            weekday=weekday_of(first.day),
            word=witness[1],
        ),
        msg("{first}   (or {second})", first=same_day, second=same_weekday),
        0,
        witness.end(1),
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


def _deadline(text: str, start: int, context: WhenContext) -> When:
    piece = read_piece(text, start, len(text), context.languages)
    if piece.clock is None or piece.day is None:
        raise Wrong(
            "deadline-without-time",
            msg("A deadline has a day and a time"),
            "when: until 2026-06-30 12:00",
            start,
        )
    at, zone = _moment(text, piece, context, piece.day)
    return Deadline(at, zone)


def _lasting(text: str, first: Piece, at: int, context: WhenContext) -> When:
    written = text[at:].strip()
    length = duration(written)
    if length is None:
        raise Wrong(
            "bad-duration",
            msg("“{written}” is no length that is read here", written=written),
            msg("write “PT90M”, “PT1H30M” or “P2D”"),
            at,
        )
    if first.clock is None:
        raise Wrong(
            "bad-duration",
            msg("A length goes with a time to begin at"),
            msg("write the last day: “2026-03-14/2026-03-16”"),
            at,
        )
    start, zone = _moment(text, first, context, first.day)
    end = (start.astimezone(UTC) + length).astimezone(start.tzinfo)
    return Timed(start, end, end, zone)


def _range(text: str, first: Piece, last: Piece, context: WhenContext) -> When:
    if first.unknown_time or last.unknown_time:
        raise Wrong("bad-when", msg("An unknown time stands alone"), "when: 2026-03-14 ??:??")
    if first.clock is not None:
        return _timed_range(text, first, last, context)
    if last.clock is not None:
        raise Wrong(
            "days-and-times",
            msg("The first side is a day and the second has a time"),
            line(text, last.start, last.end, str(last.day or "…")),
            last.start,
            last.end,
        )
    if first.day is not None and last.day is not None:
        if last.day < first.day:
            raise Wrong(
                "ends-before-start",
                msg("It ends on {last}, before it starts on {first}", last=last.day, first=first.day),
                f"when: {text[: first.start]}{last.text}/{first.text}",
                last.start,
                last.end,
            )
        return WholeDays(first.day, last.day)
    begin, end = _as_imprecise(first), _as_imprecise(last)
    if bounds(end, southern=context.southern)[1] < bounds(begin, southern=context.southern)[0]:
        raise Wrong(
            "ends-before-start",
            msg("It ends before it starts"),
            f"when: {last.text}/{first.text}",
            last.start,
            last.end,
        )
    return _imprecise(begin, end, context)


def _timed_range(text: str, first: Piece, last: Piece, context: WhenContext) -> When:
    start, zone = _moment(text, first, context, first.day)
    if last.clock is None:
        raise Wrong(
            "days-and-times",
            msg("The first side has a time and the second is a day alone"),
            line(text, last.end, last.end, " 17:00"),
            last.start,
            last.end,
        )
    end, _ = _moment(text, last, context, last.day or start.date())
    if end > start:
        return Timed(start, end, end, zone)
    if end == start:
        raise Wrong(
            "ends-at-start",
            msg("It ends when it starts"),
            msg("leave the end out where it is not known: {line}", line="when: " + text[: first.end]),
            last.start,
            last.end,
        )
    if last.day is None:
        over = f"{start.date() + timedelta(days=1)} {last.text}"
        before = "" if first.day else f"{start.date()} "
        mends = [f"when: {text[: first.start]}{before}{first.text}/{over}"]
        clock = _CLOCK.search(first.text)
        if clock and start.hour - last.clock.hour < _HALF_A_DAY:
            mends.insert(0, f"when: {text[: first.start]}{first.text[: clock.start()]}{last.text}/{clock[0]}")
        raise Wrong(
            "ends-before-start",
            msg(
                "It ends at {text}, before it starts at {start:%H:%M}; over midnight, both days are written",
                text=last.text,
                start=start,
            ),
            "\n".join(mends),
            last.start,
            last.end,
        )
    raise Wrong(
        "ends-before-start",
        msg("It ends before it starts"),
        f"when: {last.text}/{first.text}",
        last.start,
        last.end,
    )


def _moment(text: str, piece: Piece, context: WhenContext, day: date | None) -> tuple[datetime, str]:
    day = day or context.day
    if day is None:
        raise Wrong(
            "time-without-day",
            msg("“{text}” is a time, and the day is missing", text=piece.text),
            msg("write the day before it, such as “2026-03-14 {time}”", time=text[piece.start :]),
            piece.start,
            piece.end,
        )
    assert piece.clock is not None
    written = f"{piece.clock:%H:%M}"
    at = (
        piece.start + piece.text.rfind(":") - 2
        if piece.offset is None
        else piece.start + max(piece.text.find(written), 0)
    )
    return context.moment(
        day, piece.clock, piece.offset, (max(at, piece.start), max(at, piece.start) + 5), text
    )


def _as_imprecise(piece: Piece) -> Approximately:
    if piece.imprecise is not None:
        return piece.imprecise
    assert piece.day is not None
    return Approximately(Precision.DAY, piece.day.year, piece.day.month, piece.day.day)


def _imprecise(begin: Approximately, end: Approximately, context: WhenContext) -> Imprecise:
    return Imprecise(
        begin, end, bounds(begin, southern=context.southern)[0], bounds(end, southern=context.southern)[1]
    )
