"""Where an event is held: places that are named in the organisation, or written out."""

import re

from coopcal.definitions.codes.events import EMPTY_PLACE, UNKNOWN_PLACE
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import listed, reader
from coopcal.definitions.declared.record import written_keys
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.declared.spelling import called, did_you_mean
from coopcal.definitions.details.geo import geo
from coopcal.definitions.readers.country import country
from coopcal.definitions.readers.text import LONGEST_LINE, LONGEST_TITLE, text
from coopcal.definitions.readers.timezone import timezone
from coopcal.definitions.readers.url import url
from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.model.message import msg
from coopcal.model.venue import Location

_NAME = text(LONGEST_TITLE)

LOCATION = Record(
    "A place",
    (
        Key("name", _NAME, "what the place is called", "The Old Mill"),
        Key("address", text(LONGEST_LINE), "street and number, on one line or several", "avenue Milcamps 105"),
        Key("city", _NAME, "the city or village", "Brussels"),
        Key("country", country, "two capital letters (ISO 3166)", "BE"),
        Key("geo", geo, "the position in degrees: lat and lon", "{lat: 50.85, lon: 4.39}"),
        Key("access", text(), "how to get there and in", "Ring at the blue door; step-free."),
        Key("url", url, "a page about the place", "https://example.org/mill"),
        Key("timezone", timezone, "its time zone, where the country does not tell", "Europe/Brussels"),
    ),
    {
        "title": "name", "street": "address", "town": "city", "coordinates": "geo", "position": "geo", "tz": "timezone",
        "zone": "timezone", "time_zone": "timezone",
    },
)  # fmt: skip

_ONLINE = (
    "online",
    "virtual",
    "virtuell",
    "virtuale",
    "virtuel",
    "zoom",
    "jitsi",
    "teams",
    "meet",
    "webinar",
)
"""What people write for a place where there is none."""


def _described(node: Node, context: Context) -> Location | None:
    """Read a place that is written with keys."""
    problems = context.problems
    written = written_keys(node, LOCATION, context)
    if written is None:
        return None
    before = len(problems.found)
    written.read(context, only=("country", "city"))
    if "timezone" in written.nodes:
        context = context.near(Location(city=written.get("city"), country=written.get("country")))
    written.read(context)
    place = Location(**written.fields(), geo_position=written.position("geo"))
    if len(problems.found) > before:
        return place
    if not (place.name or place.address or place.city or place.country):
        problems.tell(
            node.position,
            EMPTY_PLACE,
            msg("A place has a name, an address, a city or a country"),
            "name: The Old Mill",
        )
    return place


_SCHEMA = json_schema.either(json_schema.ref("location"), json_schema.text())


@reader(_SCHEMA)
def location(node: Node, context: Context) -> Location | None:
    """Read a place: a text, the name of one of the organisation's places, or keys."""
    if not isinstance(node, Scalar):
        return _described(node, context)
    written = scalar(node, context.problems, msg("a place"))
    if written is None:
        return None
    named = called(written.text, context.places)
    if named is not None:
        return context.places[named]
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", written.text):
        near = did_you_mean(written.text, context.places) if context.places else None
        context.problems.tell(
            written.position,
            UNKNOWN_PLACE,
            msg("“{text}” is none of the organisation's named places", text=written.text),
            msg(
                "write the address under “online”, such as: {line}",
                line="online: https://meet.example.org/room",
            )
            if written.text in _ONLINE
            else near
            or msg("add it under “places”, or write it as people should read it, such as “The Old Mill”"),
        )
        return None
    return Location(name=_NAME(written, context))


locations = listed(location)


@reader(_SCHEMA)
def named_location(node: Node, context: Context) -> Location | None:
    """Read a place that stands under a name: what it is called, or keys."""
    if isinstance(node, Mapping):
        return _described(node, context)
    name = _NAME(node, context)
    return Location(name=name) if name else None
