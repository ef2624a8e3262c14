"""The zone database read from its files byte by byte (RFC 9636): a second opinion on ``zoneinfo``."""

import re
import struct
from bisect import bisect_right
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

_FIRST_YEAR, _LAST_YEAR = 1970, 2060
_HEADER = struct.Struct(">4s c 15x 6I")
_TYPE = struct.Struct(">iBB")
_FOOTER = re.compile(
    r"(?:<[^>]+>|[A-Za-z]+)(?P<std>[-+\d:]+)"
    r"(?:(?:<[^>]+>|[A-Za-z]+)(?P<dst>[-+\d:]+)?,(?P<start>[^,]+),(?P<end>[^,]+))?"
)


class ZoneFile:
    """A zone as its file tells it: ``initial``, the first offset, and ``steps`` of (moment, offset), in seconds.

    Steps go on to 2060 by the rule at the end of the file; those that change no offset are left out.
    """

    def __init__(self, name: str) -> None:
        moments, offsets, footer = _read(files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes())
        self.initial = offsets[0]
        last = moments[-1] if moments else -(2**63)
        every = [
            *zip(moments, offsets[1:], strict=True),
            *(transition for transition in _by_rule(footer) if transition[0] > last),
        ]
        self.steps: list[tuple[int, int]] = []
        for moment, offset in every:
            if offset != (self.steps[-1][1] if self.steps else self.initial):
                self.steps.append((moment, offset))

    def offset(self, moment: int) -> int:
        """Return the offset in force at a moment, in seconds."""
        index = bisect_right(self.steps, moment, key=lambda step: step[0])
        return self.steps[index - 1][1] if index else self.initial


def _read(data: bytes) -> tuple[list[int], list[int], str]:
    """Return the moments of transition, the offset before all and after each of them, and the last rule."""
    _, _, isut, isstd, leap, times, types, chars = _HEADER.unpack_from(data)
    at = _HEADER.size + times * 5 + types * 6 + chars + leap * 8 + isstd + isut  # behind the 32-bit part
    _, _, isut, isstd, leap, times, types, chars = _HEADER.unpack_from(data, at)
    at += _HEADER.size
    moments = list(struct.unpack_from(f">{times}q", data, at))
    indices = data[at + times * 8 : at + times * 9]
    at += times * 9
    offsets = [_TYPE.unpack_from(data, at + number * 6)[0] for number in range(types)]
    at += types * 6 + chars + leap * 12 + isstd + isut
    return moments, [offsets[0], *(offsets[index] for index in indices)], data[at:].decode().strip("\n")


def _by_rule(footer: str) -> list[tuple[int, int]]:
    """Return the steps that a POSIX TZ string makes; it counts offsets to the west."""
    match = _FOOTER.fullmatch(footer)
    assert match is not None, footer
    standard = -_seconds(match["std"])
    if match["start"] is None:
        return [(int(datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC).timestamp()), standard)]
    summer = -_seconds(match["dst"]) if match["dst"] else standard + 3600
    steps = []
    for year in range(_FIRST_YEAR, _LAST_YEAR + 1):
        steps.append((_moment(year, match["start"]) - standard, summer))
        steps.append((_moment(year, match["end"]) - summer, standard))
    return sorted(steps)


def _moment(year: int, rule: str) -> int:
    """Return the moment of a rule such as M10.5.0/3 as if the clock showed UTC."""
    day_rule, _, clock = rule.partition("/")
    if day_rule.startswith("M"):
        month, week, weekday = map(int, day_rule[1:].split("."))
        first = (weekday - date(year, month, 1).isoweekday()) % 7 + 1
        day = first + 7 * (week - 1)
        while day > monthrange(year, month)[1]:
            day -= 7
        on = date(year, month, day)
    elif day_rule.startswith("J"):
        on = date(2001, 1, 1) + timedelta(days=int(day_rule[1:]) - 1)
        on = on.replace(year=year)
    else:
        on = date(year, 1, 1) + timedelta(days=int(day_rule))
    midnight = datetime(on.year, on.month, on.day, tzinfo=UTC)
    return int(midnight.timestamp()) + (_seconds(clock) if clock else 2 * 3600)


def _seconds(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds = (*map(int, text.lstrip("+-").split(":")), 0, 0)[:3]
    return sign * (hours * 3600 + minutes * 60 + seconds)
