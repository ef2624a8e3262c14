"""A whole ``when``: days, times, deadlines, and dates known less precisely."""

import re

from coopcal.definitions.codes.dates import BAD_WHEN, DEADLINE_WITHOUT_TIME, HOURS_WITHOUT_DAYS
from coopcal.definitions.source.node import Listing, Node, Scalar
from coopcal.definitions.when.context import WhenContext
from coopcal.definitions.when.diagnostics import Wrong, may_mean
from coopcal.definitions.when.hours import decode_hours
from coopcal.definitions.when.mends import FORMS, explain_value
from coopcal.definitions.when.offsets import fixed_moment, with_signs_hidden
from coopcal.definitions.when.parts import read_piece
from coopcal.definitions.when.ranges import lasting, span_of
from coopcal.definitions.when.sides import moment, single
from coopcal.definitions.when.weekdays import WITNESS, check_known, check_witness
from coopcal.model.message import msg
from coopcal.model.problem import Problems
from coopcal.model.when import Deadline, When, WholeDays

_DAY, _TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}", "[0-9]{1,2}:[0-9]{2}"
_SIDE = f"(?:{_DAY}(?: {_TIME})?|{_TIME})"
_PLAIN = re.compile(f"{_SIDE}(?:/{_SIDE})?")
"""Days and times as nearly all are written, in which no word, sign or other way of writing has to be looked for."""

_UNTIL = re.compile(r"(?:until|by|jusqu['’]au|bis|hasta|fino al?|até)\s+", re.IGNORECASE)


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
    meanings = list(may_mean(text, context.languages, context.day))
    if until := _UNTIL.match(text):
        ends = may_mean(text[until.end() :], context.languages, context.day)
        meanings += [f"until {end}{behind}" for end in ends for behind in ("", " 23:59")]
    return meanings


def _read(text: str, context: WhenContext) -> When:
    if _PLAIN.fullmatch(text):
        return _sides(text, 0, context)
    if not text.strip():
        raise Wrong(BAD_WHEN, msg("A date is missing here"), FORMS)
    return _fixed_deadline(text, context) or _in_zone(text, context)


def _in_zone(text: str, context: WhenContext) -> When:
    """Read what stands in the zone around."""
    wrong = explain_value(text, with_signs_hidden(text, context), context.languages)
    if wrong is not None:
        raise wrong
    if match := _UNTIL.match(text):
        return _deadline(text, match.end(), context)
    witness = WITNESS.match(text)
    if witness:
        check_known(text, witness, context)
    return _sides(text, witness.end() if witness else 0, context, witness)


def _sides(text: str, start: int, context: WhenContext, witness: re.Match[str] | None = None) -> When:
    """Read the one side, or the two, that begin at ``start``, behind a weekday that has to be that of the first."""
    slash = text.find("/", start)
    end = len(text) if slash < 0 else slash
    first = read_piece(text, start, end, context.languages)
    if witness:
        check_witness(text, witness, first, context)
    if slash < 0:
        return single(text, first, context)
    rest = text[slash + 1 :]
    if rest.strip().startswith("P"):
        return lasting(text, first, slash + 1, context)
    second_start = slash + 1
    if second := WITNESS.match(rest.lstrip()):
        second_start = len(text) - len(rest.lstrip()) + second.end()
    last = read_piece(text, second_start, len(text), context.languages)
    return span_of(text, first, last, context)


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
    at, zone = moment(text, piece, context, piece.day)
    return Deadline(at, zone)
