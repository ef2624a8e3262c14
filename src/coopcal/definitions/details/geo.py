"""Positions in degrees."""

import re
from decimal import Decimal

from coopcal.definitions.codes.events import BAD_POSITION
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.patterns import DIGIT
from coopcal.definitions.declared.reader import Reader, reader
from coopcal.definitions.declared.record import written_keys
from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.model.message import msg
from coopcal.model.problem import Problems
from coopcal.model.venue import Geo

_NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d{1,10})?")
_BOTH = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*[,;/ ]\s*([+-]?\d+(?:\.\d+)?)\s*")
_EXAMPLE = "geo: {lat: 50.85, lon: 4.39}"
_NORTH_POLE, _DATE_LINE = 90, 180
_WRONG = "Write degrees, such as 50.85"
_DEGREES = {
    "anyOf": [
        {"type": "number", "minimum": -180, "maximum": 180, "errorMessage": _WRONG},
        json_schema.string(rf"^\s*[+-]?{DIGIT}{{1,3}}(?:\.{DIGIT}+)?\s*$", _WRONG),
    ]
}


def _degrees(name: str) -> Reader[str]:
    """Return a reader of degrees as decimal text; ``name`` is the key."""

    def read(node: Node, context: Context) -> str | None:
        if isinstance(node, Scalar) and _NUMBER.fullmatch(node.text.strip()):
            return node.text.strip()
        quoted = node.text if isinstance(node, Scalar) else name
        with_comma = re.fullmatch(r"[+-]?\d+,\d+", quoted)
        context.problems.tell(
            node.position,
            BAD_POSITION,
            msg("“{said}” is no number of degrees", said=quoted),
            f"{name}: {quoted.replace(',', '.')}" if with_comma else f"{name}: 50.85",
        )
        return None

    return Reader(read, _DEGREES)


GEO = Record(
    "A position",
    (
        Key("lat", _degrees("lat"), "degrees north of the equator, -90 to 90", "50.85", required=True),
        Key("lon", _degrees("lon"), "degrees east of Greenwich, -180 to 180", "4.39", required=True),
    ),
    {"latitude": "lat", "longitude": "lon", "lng": "lon", "long": "lon"},
)


@reader(json_schema.either(json_schema.ref("geo"), json_schema.text()))
def geo(node: Node, context: Context) -> Geo | None:
    """Read a position; ``"40.85, 14.26"`` is read as well."""
    problems = context.problems
    if isinstance(node, Scalar):
        match = _BOTH.fullmatch(node.text)
        if match is None:
            problems.tell(
                node.position, BAD_POSITION, msg("“{text}” is no position", text=node.text), _EXAMPLE
            )
            return None
        return _position(node, match[1], match[2], problems)
    if not isinstance(node, Mapping):
        problems.tell(node.position, BAD_POSITION, msg("A position has two keys"), _EXAMPLE)
        return None
    written = written_keys(node, GEO, context)
    if written is None or len(written.nodes) < len(GEO.keys):
        return None
    written.read(context)
    if not written.is_whole:
        return None
    return _position(written.nodes["lat"], written.get("lat"), written.get("lon"), problems)


def _position(node: Node, lat: str, lon: str, problems: Problems) -> Geo | None:
    position = Geo(Decimal(lat), Decimal(lon))
    if abs(position.lat) <= _NORTH_POLE and abs(position.lon) <= _DATE_LINE:
        return position
    swapped = abs(position.lat) <= _DATE_LINE and abs(position.lon) <= _NORTH_POLE
    mend = (
        f"geo: {{lat: {lon}, lon: {lat}}}"
        if swapped
        else msg("lat goes from -90 to 90, lon from -180 to 180")
    )
    problems.tell(
        node.position, BAD_POSITION, msg("There is no place at {lat}, {lon}", lat=lat, lon=lon), mend
    )
    return None
