"""Moments that are the same everywhere: “AoE” (anywhere on earth) or an offset from UTC behind a day and a time."""

import re
from datetime import date, datetime, time, timedelta

from coopcal import zones
from coopcal.definitions.codes.dates import DEADLINE_WITHOUT_TIME, WRONG_OFFSET
from coopcal.definitions.when.context import WhenContext
from coopcal.definitions.when.diagnostics import Wrong, put
from coopcal.definitions.when.parts import read_piece
from coopcal.model.message import msg

_BEHIND = re.compile(
    r"(?<=\d)\s*(?:(?P<anywhere>aoe)|(?P<utc>z)|(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2}))\s*$",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"(?P<before>(?P<day>\d{4}-\d{2}-\d{2})(?P<mark>T|\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?P<seconds>:\d{2}(?:[.,]\d+)?)?)"
    r"-(?P<behind>(?P<far>\d{2}):?(?P<over>\d{2}))(?=\s*(?:/|$))"
)
_WITH_TIME = re.compile(r"\d{1,2}:\d{2}$")

ANYWHERE = timedelta(hours=-12)
"""Where a day ends last."""

_OF_HALVES = {
    timedelta(hours=3, minutes=30): "Asia/Tehran", timedelta(hours=4, minutes=30): "Asia/Kabul",
    timedelta(hours=5, minutes=30): "Asia/Kolkata", timedelta(hours=5, minutes=45): "Asia/Kathmandu",
    timedelta(hours=6, minutes=30): "Asia/Yangon", timedelta(hours=8, minutes=45): "Australia/Eucla",
    timedelta(hours=9, minutes=30): "Australia/Darwin", -timedelta(hours=9, minutes=30): "Pacific/Marquesas",
}  # fmt: skip
"""Zones whose clocks keep an offset that is no whole number of hours; none other has a zone of its own."""


def fixed_moment(text: str, start: int, context: WhenContext) -> tuple[datetime, str] | None:
    """Read a day and a time with “AoE” or an offset behind it, and return the moment with a zone of that offset.

    None where there is neither; an offset that the clocks around have then means these. Raise Wrong for an offset that
    no zone has.
    """
    behind = _BEHIND.search(text, start)
    if behind is None:
        return None
    if not _WITH_TIME.search(text[start : behind.start()]):
        if behind["anywhere"] is None:
            return None
        raise Wrong(
            DEADLINE_WITHOUT_TIME,
            msg("A deadline has a day and a time"),
            msg("write it as “until 2026-06-30 23:59 AoE”"),
            start,
            instead=[f"{text[: behind.start()]} 23:59 AoE"],
        )
    piece = read_piece(text, start, behind.start(), context.languages)
    if piece.day is None or piece.clock is None:
        return None
    offset = _offset(behind)
    zone = _around(piece.day, piece.clock, offset, context) or _zone(offset)
    if zone is None:
        at = datetime.combine(piece.day, piece.clock) - offset
        raise Wrong(
            WRONG_OFFSET,
            msg("No clocks are {behind} from UTC all the time", behind=behind[0].strip()),
            msg("write the same moment in another offset"),
            behind.start(),
            instead=[put(text, start, len(text), f"{at:%Y-%m-%d %H:%M} +00:00")],
        )
    local = datetime.combine(piece.day, piece.clock, zones.zone(zone))
    readings = (local, local.replace(fold=1))
    return next((reading for reading in readings if reading.utcoffset() == offset), local), zone


def _offset(behind: re.Match[str]) -> timedelta:
    if behind["anywhere"]:
        return ANYWHERE
    if behind["utc"]:
        return timedelta()
    offset = timedelta(hours=int(behind["hours"]), minutes=int(behind["minutes"]))
    return -offset if behind["sign"] == "-" else offset


def _around(day: date, clock: time, offset: timedelta, context: WhenContext) -> str | None:
    """Return the zone around where its clocks are so far from UTC then."""
    zone = context.zone_told(datetime.combine(day, clock))
    if zone is None:
        return None
    readings = zones.localise(datetime.combine(day, clock), zone)
    return zone if any(reading.utcoffset() == offset for reading in readings) else None


def _zone(offset: timedelta) -> str | None:
    hours = offset / timedelta(hours=1)
    if not offset:
        return "UTC"
    name = f"Etc/GMT{-int(hours):+d}" if hours == int(hours) else _OF_HALVES.get(offset)
    return name if name in zones.names() else None


def with_signs_hidden(text: str, context: WhenContext) -> str:
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
