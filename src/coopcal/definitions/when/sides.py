"""What a side of ``when`` stands for, by itself: a moment, days, or a date known less precisely."""

from datetime import UTC, date, datetime

from coopcal.definitions.codes.dates import TIME_WITHOUT_DAY
from coopcal.definitions.when.context import WhenContext
from coopcal.definitions.when.diagnostics import Wrong
from coopcal.definitions.when.parts import Piece
from coopcal.definitions.when.spans import bounds
from coopcal.model.message import msg
from coopcal.model.when import Approximately, DayOnly, Imprecise, Precision, Timed, When, WholeDays


def single(text: str, piece: Piece, context: WhenContext) -> When:
    """Return what a side means that stands alone."""
    if piece.imprecise is not None:
        return imprecise(piece.imprecise, piece.imprecise, context)
    if piece.unknown_time:
        assert piece.day is not None
        return DayOnly(piece.day)
    if piece.clock is None:
        assert piece.day is not None
        return WholeDays(piece.day, piece.day)
    start, zone = moment(text, piece, context, piece.day)
    usual = (start.astimezone(UTC) + context.usual_length).astimezone(start.tzinfo)
    return Timed(start, None, usual, zone)


def moment(text: str, piece: Piece, context: WhenContext, day: date | None) -> tuple[datetime, str]:
    """Return the moment of a side, on ``day`` or else on the day around, and its zone; raise Wrong where no day is told."""
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


def as_imprecise(piece: Piece) -> Approximately:
    """Return a side as a date known less precisely; a day is one, too."""
    if piece.imprecise is not None:
        return piece.imprecise
    assert piece.day is not None
    return Approximately(Precision.DAY, piece.day.year, piece.day.month, piece.day.day)


def imprecise(begin: Approximately, end: Approximately, context: WhenContext) -> Imprecise:
    """Return the dates from one known less precisely to another."""
    return Imprecise(
        begin, end, bounds(begin, southern=context.southern)[0], bounds(end, southern=context.southern)[1]
    )
