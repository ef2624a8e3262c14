"""The weekday before a date, which must be that of its day."""

import re
from datetime import timedelta

from coopcal.definitions.codes.dates import BAD_WHEN, WRONG_WEEKDAY
from coopcal.definitions.when.context import WhenContext
from coopcal.definitions.when.diagnostics import Wrong, put
from coopcal.definitions.when.mends import FORMS
from coopcal.definitions.when.names import weekday_name, weekdays
from coopcal.definitions.when.parts import Piece
from coopcal.model.message import msg, weekday_of

WITNESS = re.compile(r"([^\W\d]+)\.?,?\s+(?=\d{4}-)")
"""A word before a date: its weekday, a witness that the day is right."""

_WEEK = 7


def check_known(text: str, witness: re.Match[str], context: WhenContext) -> None:
    """Raise Wrong where the word before a date is no weekday."""
    if witness[1].lower() not in weekdays(context.languages):
        raise Wrong(
            BAD_WHEN,
            msg("“{word}” is no weekday that is known here", word=witness[1]),
            FORMS,
            0,
            witness.end(1),
            instead=[text[witness.end() :]],
        )


def check_witness(text: str, witness: re.Match[str], first: Piece, context: WhenContext) -> None:
    """Raise Wrong where the weekday before a date is not that of its day."""
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
