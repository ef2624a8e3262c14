"""Positions that are far from the country of their place."""

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.message import Name, msg
from coopcal.model.problem import Code, Problems, Severity
from coopcal.zones.coordinates import is_far_from
from coopcal.zones.countries import countries

COUNTRY_AND_POSITION = Code(
    "country-and-position",
    "A position lies far from the country of its place: the two numbers were swapped, or a sign is missing.",
    Severity.WARNING,
    switchable=True,
)


def check(view: View, problems: Problems) -> None:
    """A position is not far from the country that a place is in, as one with a wrong sign or the two swapped is."""
    for event in view.written:
        for location in event.details.locations:
            geo, country = location.geo, location.country
            if geo is None or country is None:
                continue
            lat, lon = float(geo.lat), float(geo.lon)
            if not is_far_from(country, lat, lon):
                continue
            names = countries()
            tries = ((geo.lon, geo.lat), (geo.lat, -geo.lon), (-geo.lat, geo.lon))
            mend = next(
                (
                    msg("did you mean geo: {{lat: {lat}, lon: {lon}}}?", lat=north, lon=east)
                    for north, east in tries
                    if abs(north) <= 90 and not is_far_from(country, float(north), float(east))  # noqa: PLR2004 - a pole
                ),
                msg("look the position up again: lat is degrees north, lon degrees east"),
            )
            message = msg(
                "The position {lat}, {lon} is far from {country}",
                lat=geo.lat,
                lon=geo.lon,
                country=Name(names.get(country, country), "country", country),
            )
            problems.tell(
                location.geo_position or event.details.position, COUNTRY_AND_POSITION, message, mend
            )


RULE = Rule((COUNTRY_AND_POSITION,), check)
