"""Single days, moments and lengths, as in ``closed``, ``registration`` and ``usual_length``."""

from datetime import date, datetime, timedelta

from coopcal.definitions.codes.dates import BAD_DATE, BAD_DURATION
from coopcal.definitions.source.node import Scalar
from coopcal.definitions.when.context import WhenContext
from coopcal.definitions.when.diagnostics import Wrong, may_mean
from coopcal.definitions.when.durations import duration
from coopcal.definitions.when.offsets import fixed_moment
from coopcal.definitions.when.parts import read_piece
from coopcal.model.message import msg
from coopcal.model.problem import Problems


def parse_day(node: Scalar, problems: Problems) -> date | None:
    """Read one day; None, with the problem noted, for anything else."""
    try:
        return _day(node.text)
    except Wrong as wrong:
        wrong.follow(_day, lambda: may_mean(node.text, ()))
        wrong.report(node, problems, key="")
        return None


def parse_moment(node: Scalar, context: WhenContext, problems: Problems) -> date | datetime | None:
    """Read a day, or a day and a time (aware, in the zone around); None, with the problem noted, for anything else."""
    try:
        return _moment(node.text, context)
    except Wrong as wrong:
        wrong.follow(
            lambda text: _moment(text, context), lambda: may_mean(node.text, context.languages, context.day)
        )
        wrong.report(node, problems, key="")
        return None


def _day(text: str) -> date:
    piece = read_piece(text, 0, len(text), ())
    if piece.day is None or piece.clock is not None or piece.unknown_time:
        message = msg("“{text}” is not one day", text=text)
        instead = [piece.day.isoformat()] if piece.day else ()
        raise Wrong(BAD_DATE, message, msg("write it as 2026-03-14"), instead=instead)
    return piece.day


def _moment(text: str, context: WhenContext) -> date | datetime:
    if fixed := fixed_moment(text, 0, context):
        return fixed[0]
    piece = read_piece(text, 0, len(text), context.languages)
    if piece.day is None or piece.unknown_time:
        message = msg("“{text}” is not a day, or a day and a time", text=text)
        advice = msg("write it as 2026-03-14 or 2026-03-14 12:00")
        raise Wrong(BAD_DATE, message, advice, instead=[piece.day.isoformat()] if piece.day else ())
    if piece.clock is None:
        return piece.day
    return context.moment(piece.day, piece.clock, piece.offset, piece.clock_bounds, text)[0]


def parse_duration(node: Scalar, problems: Problems) -> timedelta | None:
    """Read an ISO 8601 duration; None, with the problem noted, for anything else."""
    length = duration(node.text.strip())
    if length is None:
        problems.tell(
            node.position,
            BAD_DURATION,
            msg("“{text}” is no length that is read here", text=node.text),
            msg("write “PT2H” for two hours, “PT90M” for 90 minutes, “P1D” for a day"),
        )
    return length
