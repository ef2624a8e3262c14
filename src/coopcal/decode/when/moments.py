"""Single days, moments and lengths, as in ``closed``, ``registration`` and ``usual_length``."""

from datetime import date, datetime, timedelta

from coopcal.decode.when.context import WhenContext
from coopcal.decode.when.durations import duration
from coopcal.decode.when.parts import read_piece
from coopcal.decode.when.wrong import Wrong, under
from coopcal.model.message import msg
from coopcal.model.problem import Problems
from coopcal.source.node import Scalar


def parse_day(node: Scalar, problems: Problems) -> date | None:
    """Read one day; None, with the problem noted, for anything else."""
    try:
        piece = read_piece(node.text, 0, len(node.text), ())
    except Wrong as wrong:
        _without_key(wrong).report(node, problems)
        return None
    if piece.day is None or piece.clock is not None or piece.unknown_time:
        problems.error(
            node.place,
            "bad-date",
            msg("“{text}” is not one day", text=node.text),
            msg("write it as 2026-03-14"),
        )
        return None
    return piece.day


def parse_moment(node: Scalar, context: WhenContext, problems: Problems) -> date | datetime | None:
    """Read a day, or a day and a time (aware, in the zone around); None, with the problem noted, for anything else."""
    text = node.text
    try:
        piece = read_piece(text, 0, len(text), context.languages)
        if piece.day is None or piece.unknown_time:
            message = msg("“{text}” is not a day, or a day and a time", text=text)
            problems.error(node.place, "bad-date", message, msg("write it as 2026-03-14 or 2026-03-14 12:00"))
            return None
        if piece.clock is None:
            return piece.day
        at = text.index(":") - 2
        return context.moment(piece.day, piece.clock, piece.offset, (max(at, 0), max(at, 0) + 5), text)[0]
    except Wrong as wrong:
        _without_key(wrong).report(node, problems)
        return None


def parse_duration(node: Scalar, problems: Problems) -> timedelta | None:
    """Read an ISO 8601 duration; None, with the problem noted, for anything else."""
    length = duration(node.text.strip())
    if length is None:
        problems.error(
            node.place,
            "bad-duration",
            msg("“{text}” is no length that is read here", text=node.text),
            msg("write “PT2H” for two hours, “PT90M” for 90 minutes, “P1D” for a day"),
        )
    return length


def _without_key(wrong: Wrong) -> Wrong:
    """Take ``when:`` off the corrected text, as the value stands under another key."""
    if wrong.mend is not None:
        wrong.mend = under("", wrong.mend)
    return wrong
