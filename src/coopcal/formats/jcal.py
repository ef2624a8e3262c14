"""A feed as jCal (RFC 7265)."""

import json
from typing import Any

from coopcal.text.properties import Property, properties, unescaped

_TYPES = {
    "ATTACH": "uri",
    "COLOR": "unknown",
    "DTEND": "date-time",
    "DTSTAMP": "date-time",
    "DTSTART": "date-time",
    "EXDATE": "date-time",
    "GEO": "float",
    "LAST-MODIFIED": "date-time",
    "NAME": "unknown",
    "RDATE": "date-time",
    "RECURRENCE-ID": "date-time",
    "REFRESH-INTERVAL": "duration",
    "RRULE": "recur",
    "SEQUENCE": "integer",
    "SOURCE": "uri",
    "TRIGGER": "duration",
    "TZOFFSETFROM": "utc-offset",
    "TZOFFSETTO": "utc-offset",
    "URL": "uri",
}
"""The type that a property of ours has where no VALUE says otherwise; of ``X-`` it is unknown, of others text.

What RFC 7986 added is unknown, too, where readers of jCal (icalendar 7.3) do not know it yet (RFC 7265, 5).
"""

_ONE = ("freq", "until", "count", "interval", "wkst")
"""The parts of a rule that have one value each (RFC 7265, 3.6.10); the others are lists."""

_NUMBER = ("bymonth", "bymonthday", "bysetpos", "count", "interval")


def jcal(feed: bytes) -> bytes:
    """Return a feed of ours as jCal: the same properties and parameters as JSON."""
    stack: list[list[Any]] = [["", [], []]]
    for line in properties(feed):
        match line.name:
            case "BEGIN":
                stack.append([line.value.lower(), [], []])
            case "END":
                component = stack.pop()
                component[1] = _together(component[1])
                stack[-1][2].append(component)
            case _:
                stack[-1][1].append(_property(line))
    return (json.dumps(stack[0][2][0], ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _property(line: Property) -> list[Any]:
    kind = line.parameters.get("VALUE", "").lower() or _TYPES.get(line.name, "")
    kind = kind or ("unknown" if line.name.startswith("X-") else "text")
    parameters = {key.lower(): value for key, value in line.parameters.items() if key != "VALUE"}
    return [line.name.lower(), parameters, kind, *_values(line, kind)]


def _together(lines: list[list[Any]]) -> list[list[Any]]:
    """Put properties of one name beside the first of it, in the order of the feed."""
    by_name: dict[str, list[list[Any]]] = {}
    for line in lines:
        by_name.setdefault(line[0], []).append(line)
    return [line for group in by_name.values() for line in group]


def _values(line: Property, kind: str) -> list[Any]:
    value = line.value
    match kind:
        case "date" | "date-time":
            return [_moment(moment) for moment in value.split(",")]
        case "float":
            return [[float(number) for number in value.split(";")]]
        case "integer":
            return [int(value)]
        case "recur":
            return [_rule(value)]
        case "text" if line.name == "CATEGORIES":
            return list(line.texts)
        case "text":
            return [unescaped(value)]
        case "utc-offset":
            return [":".join(filter(None, (value[:3], value[3:5], value[5:])))]
        case _:
            return [value]


def _moment(value: str) -> str:
    """Return a DATE or DATE-TIME as ISO 8601 has it with hyphens and colons (RFC 7265, 3.6.4 and 3.6.5)."""
    day = f"{value[:4]}-{value[4:6]}-{value[6:8]}"
    return f"{day}T{value[9:11]}:{value[11:13]}:{value[13:]}" if len(value) > len("YYYYMMDD") else day


def _rule(value: str) -> dict[str, Any]:
    rule: dict[str, Any] = {}
    for part in value.split(";"):
        key, _, written = part.partition("=")
        name, values = key.lower(), [_part(key.lower(), member) for member in written.split(",")]
        rule[name] = values[0] if name in _ONE else values
    return rule


def _part(name: str, value: str) -> str | int:
    if name == "until":
        return _moment(value)
    return int(value) if name in _NUMBER else value
