"""Where an event is held: places, named or written out, and online."""

import re
from decimal import Decimal

from coopcal.definitions.codes.events import BAD_POSITION, EMPTY_PLACE, UNKNOWN_PLACE
from coopcal.definitions.codes.values import UNKNOWN_WORD
from coopcal.definitions.context import Context
from coopcal.definitions.declared import fields as read
from coopcal.definitions.declared.record import Key, Record, called, did_you_mean, fields, in_english
from coopcal.definitions.source.node import Listing, Mapping, Node, Scalar
from coopcal.model.event import Geo, Location, Online
from coopcal.model.message import msg
from coopcal.model.problem import Problems

AUDIENCES = ("members", "everyone")
"""For whom an online address may be."""

LOCATION = Record(
    "A place",
    (
        Key("name", "text", "what the place is called", "The Old Mill"),
        Key("address", "text", "street and number, on one line or several", "avenue Milcamps 105"),
        Key("city", "text", "the city or village", "Brussels"),
        Key("country", "country", "two capital letters (ISO 3166)", "BE"),
        Key("geo", "geo", "the position in degrees: lat and lon", "{lat: 50.85, lon: 4.39}"),
        Key("access", "text", "how to get there and in", "Ring at the blue door; step-free."),
        Key("url", "url", "a page about the place", "https://example.org/mill"),
        Key("timezone", "timezone", "its time zone, where the country does not tell", "Europe/Brussels"),
    ),
    {
        "title": "name",
        "street": "address",
        "town": "city",
        "coordinates": "geo",
        "position": "geo",
        "tz": "timezone",
        "zone": "timezone",
        "time_zone": "timezone",
    },
)

GEO = Record(
    "A position",
    (
        Key("lat", "degrees", "degrees north of the equator, -90 to 90", "50.85", required=True),
        Key("lon", "degrees", "degrees east of Greenwich, -180 to 180", "4.39", required=True),
    ),
    {"latitude": "lat", "longitude": "lon", "lng": "lon", "long": "lon"},
)

ONLINE = Record(
    "An online address",
    (
        Key("url", "url", "where to go", "https://meet.example.org/room", required=True),
        Key(
            "for",
            "choice",
            "“members” keeps the address out of all that is public",
            "members",
            choices=AUDIENCES,
        ),
    ),
    {"link": "url", "address": "url"},
)

_NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d{1,10})?")
_BOTH = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*[,;/ ]\s*([+-]?\d+(?:\.\d+)?)\s*")
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

_NORTH_POLE, _DATE_LINE = 90, 180


def location(node: Node, context: Context) -> Location | None:
    """Read a place: a text, the name of one of the organisation's places, or keys."""
    if isinstance(node, Scalar):
        found = read.scalar(node, context.problems, msg("a place"))
        if found is None:
            return None
        named = called(found.text, context.places)
        if named is not None:
            return context.places[named]
        if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found.text):
            near = did_you_mean(found.text, context.places) if context.places else None
            context.problems.tell(
                found.place,
                UNKNOWN_PLACE,
                msg("“{text}” is none of the organisation's named places", text=found.text),
                msg(
                    "write the address under “online”, such as: {line}",
                    line="online: https://meet.example.org/room",
                )
                if found.text in _ONLINE
                else near
                or msg("add it under “places”, or write it as people should read it, such as “The Old Mill”"),
            )
            return None
        return Location(name=read.text(found, context.language, context.problems, longest=read.LONGEST_TITLE))
    return described_location(node, context)


def described_location(node: Node, context: Context) -> Location | None:
    """Read a place written with keys."""
    problems, language = context.problems, context.language
    values = fields(node, LOCATION, problems, language=language)
    if values is None:
        return None
    before = len(problems.found)
    country = read.country(values["country"], problems) if "country" in values else None
    city = (
        read.text(values["city"], language, problems, longest=read.LONGEST_TITLE)
        if "city" in values
        else None
    )
    around = context.around((Location(city=city, country=country),))
    place = Location(
        name=read.text(values["name"], language, problems, longest=read.LONGEST_TITLE)
        if "name" in values
        else None,
        address=read.text(values["address"], language, problems, longest=1000)
        if "address" in values
        else None,
        city=city,
        country=country,
        geo=geo(values["geo"], problems) if "geo" in values else None,
        access=read.text(values["access"], language, problems) if "access" in values else None,
        url=read.url(values["url"], problems) if "url" in values else None,
        timezone=read.timezone(values["timezone"], problems, around) if "timezone" in values else None,
        geo_place=values["geo"].place if "geo" in values else None,
    )
    if len(problems.found) > before:
        return place
    if not (place.name or place.address or place.city or place.country):
        problems.tell(
            node.place,
            EMPTY_PLACE,
            msg("A place has a name, an address, a city or a country"),
            "name: The Old Mill",
        )
    return place


def geo(node: Node, problems: Problems) -> Geo | None:
    """Read a position; ``"40.85, 14.26"`` is read as well."""
    if isinstance(node, Scalar):
        match = _BOTH.fullmatch(node.text)
        if match is None:
            problems.tell(
                node.place,
                BAD_POSITION,
                msg("“{text}” is no position", text=node.text),
                "geo: {lat: 50.85, lon: 4.39}",
            )
            return None
        return _position(node, match[1], match[2], problems)
    if not isinstance(node, Mapping):
        problems.tell(
            node.place, BAD_POSITION, msg("A position has two keys"), "geo: {lat: 50.85, lon: 4.39}"
        )
        return None
    values = fields(node, GEO, problems)
    if values is None or len(values) < len(GEO.keys):
        return None
    numbers = []
    for name in ("lat", "lon"):
        value = values[name]
        if not isinstance(value, Scalar) or not _NUMBER.fullmatch(value.text.strip()):
            said = value.text if isinstance(value, Scalar) else name
            mend = (
                f"{name}: {said.replace(',', '.')}"
                if re.fullmatch(r"[+-]?\d+,\d+", said)
                else f"{name}: 50.85"
            )
            problems.tell(value.place, BAD_POSITION, msg("“{said}” is no number of degrees", said=said), mend)
            return None
        numbers.append(value.text.strip())
    return _position(values["lat"], numbers[0], numbers[1], problems)


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
    problems.tell(node.place, BAD_POSITION, msg("There is no place at {lat}, {lon}", lat=lat, lon=lon), mend)
    return None


def online(node: Node, problems: Problems) -> Online | None:
    """Read where an event is held online; an empty list says nowhere, though it would be taken from elsewhere."""
    if isinstance(node, Listing) and not node.items:
        return None
    if not isinstance(node, Mapping):
        address = read.url(node, problems)
        return Online(address) if address else None
    values = fields(node, ONLINE, problems)
    if values is None or "url" not in values:
        return None
    address = read.url(values["url"], problems)
    members = False
    if "for" in values:
        who = read.plain(values["for"], problems, msg("for whom it is"))
        if who not in (*AUDIENCES, None):
            told = in_english(values["for"], AUDIENCES) if isinstance(values["for"], Scalar) else None
            problems.tell(
                values["for"].place,
                UNKNOWN_WORD,
                msg("“{who}” is not for whom it is", who=who),
                told[0] if told else msg("did you mean “members”?"),
                offers=told[2] if told else (),
            )
        members = who != "everyone"
    return Online(address, members) if address else None
