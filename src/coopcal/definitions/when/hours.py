"""Opening hours: every day alike, by weekday, or by date."""

import re
from dataclasses import replace
from datetime import date, datetime, time

from coopcal.definitions.codes.dates import BAD_HOURS
from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.definitions.when.context import WhenContext
from coopcal.definitions.when.diagnostics import Wrong, may_mean
from coopcal.definitions.when.names import weekdays
from coopcal.model.message import msg
from coopcal.model.problem import Problems
from coopcal.model.when import Hours, WholeDays

_FORM = msg("write them as “10:00/18:00”")
HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*/\s*(\d{1,2}):(\d{2})")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def decode_hours(
    node: Node, when: WholeDays, around: WhenContext, problems: Problems
) -> tuple[Hours, ...] | None:
    """Read ``hours``; None, with problems noted, where something is wrong with them."""
    if isinstance(node, Scalar):
        both = _read(node, problems, "hours")
        return in_zone((Hours(*both),), when, around) if both else None
    if not isinstance(node, Mapping):
        problems.tell(
            node.position,
            BAD_HOURS,
            msg("Opening hours are a text, or a text for each weekday or date"),
            _FORM,
        )
        return None
    opening_hours: list[Hours] = []
    for key, value in node.entries:
        if not isinstance(value, Scalar):
            problems.tell(
                value.position,
                BAD_HOURS,
                msg("Opening hours are a text, or a text for each weekday or date"),
                _FORM,
            )
            continue
        both = _read(value, problems, key.text)
        weekday = weekdays(around.languages).get(key.text.lower())
        day = _day(key.text)
        if weekday is None and day is None:
            problems.tell(
                key.position,
                BAD_HOURS,
                msg("“{text}” is no weekday and no date", text=key.text),
                msg("write “Saturday” or “2026-03-14”"),
            )
        elif day is not None and not when.first <= day <= when.last:
            problems.tell(
                key.position,
                BAD_HOURS,
                msg("{day} is no day of this event", day=day),
                msg("its days are {first} to {last}", first=when.first, last=when.last),
            )
        elif both:
            opening_hours.append(Hours(*both, weekday=weekday, day=day))
    return in_zone(tuple(opening_hours), when, around) if len(opening_hours) == len(node.entries) else None


def in_zone(hours: tuple[Hours, ...], when: WholeDays, around: WhenContext) -> tuple[Hours, ...]:
    """Return opening hours with the zone around, where that is told."""
    return tuple(
        replace(hour, timezone=around.zone_told(datetime.combine(hour.day or when.first, hour.opens)))
        for hour in hours
    )


def _read(node: Scalar, problems: Problems, key: str) -> tuple[time, time] | None:
    try:
        return _hours(node.text)
    except Wrong as wrong:
        wrong.follow(_hours, lambda: may_mean(node.text, (), date(2000, 1, 1)))
        wrong.report(node, problems, key)
        return None


def _hours(text: str) -> tuple[time, time]:
    match = HOURS.fullmatch(text.strip())
    try:
        opens, closes = (time(int(match[at]), int(match[at + 1])) for at in (1, 3)) if match else (None, None)
    except ValueError:
        opens, closes = None, None
    if opens is None or closes is None:
        raise Wrong(BAD_HOURS, msg("“{text}” are no opening hours", text=text), _FORM)
    if closes <= opens:
        instead = [f"{closes:%H:%M}/{opens:%H:%M}"] if closes < opens else ()
        raise Wrong(BAD_HOURS, msg("It closes before it opens"), _FORM, instead=instead)
    return opens, closes


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None
