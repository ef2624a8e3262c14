"""Slips that people make: a wrong end, a wrong sign, the same twice."""

from coopcal import zones
from coopcal.checks.view import View
from coopcal.model.message import Name, Number, msg
from coopcal.model.problem import Code, Problems, Severity
from coopcal.model.when import Timed, WholeDays

COUNTRY_AND_POSITION = Code(
    "country-and-position",
    "A position lies far from the country of its place: the two numbers were swapped, or a sign is missing.",
    Severity.WARNING,
    switchable=True,
)
SAME_LINK_TWICE = Code(
    "same-link-twice",
    "An event has a link once; the address for registration is shown as such.",
    Severity.NOTE,
    switchable=True,
)
VERY_LONG = Code(
    "very-long",
    "An event lasts for most of a year, or goes on day and night for weeks: often the year of its end is wrong.",
    Severity.WARNING,
    switchable=True,
)

MOST_DAYS = 300
"""Days that an event of whole days lasts at most; a year is written as a year."""

MOST_TIMED_DAYS = 14
"""Days that an event with times of day lasts at most; longer ones have opening hours."""


def very_long(view: View, problems: Problems) -> None:
    """An event does not last for most of a year, nor without opening hours and a break for weeks."""
    for event in view.written:
        match event.when:
            case WholeDays(first, last) if (last - first).days >= MOST_DAYS:
                message = msg(
                    "“{event}” lasts for {days} days, until {last}",
                    event=event.path[-1],
                    days=Number((last - first).days + 1),
                    last=last,
                )
                mend = msg(
                    "mend the year of its end, or write when: {first:%Y}/{last:%Y} for one that is not known better",
                    first=first,
                    last=last,
                )
            case Timed(start, end) if end and (end - start).days >= MOST_TIMED_DAYS:
                message = msg(
                    "“{event}” goes on for {days} days, day and night, until {end:%Y-%m-%d %H:%M}",
                    event=event.path[-1],
                    days=Number((end - start).days),
                    end=end,
                )
                mend = msg(
                    "mend its end, or write when: {start:%Y-%m-%d}/{end:%Y-%m-%d} with “hours”",
                    start=start,
                    end=end,
                )
            case _:
                continue
        problems.tell(event.place, VERY_LONG, message, mend)


def positions(view: View, problems: Problems) -> None:
    """A position is not far from the country that a place is in, as one with a wrong sign or the two swapped is."""
    for event in view.written:
        for location in event.locations:
            geo, country = location.geo, location.country
            if geo is None or country is None:
                continue
            lat, lon = float(geo.lat), float(geo.lon)
            if not zones.is_far_from(country, lat, lon):
                continue
            names = zones.countries()
            tries = ((geo.lon, geo.lat), (geo.lat, -geo.lon), (-geo.lat, geo.lon))
            mend = next(
                (
                    msg("did you mean geo: {{lat: {lat}, lon: {lon}}}?", lat=north, lon=east)
                    for north, east in tries
                    if abs(north) <= 90 and not zones.is_far_from(country, float(north), float(east))  # noqa: PLR2004 - a pole
                ),
                msg("look the position up again: lat is degrees north, lon degrees east"),
            )
            message = msg(
                "The position {lat}, {lon} is far from {country}",
                lat=geo.lat,
                lon=geo.lon,
                country=Name(names.get(country, country), "country", country),
            )
            problems.tell(location.geo_place or event.place, COUNTRY_AND_POSITION, message, mend)


def links_twice(view: View, problems: Problems) -> None:
    """An event has each link once; the address for registration is shown as such."""
    for event in view.written:
        seen = (
            {event.registration.url: "registration"} if event.registration and event.registration.url else {}
        )
        for link in event.links:
            if link.url in seen:
                message = (
                    msg("The link stands in this event twice, as registration too")
                    if event.registration and link.url == event.registration.url
                    else msg("The link stands in this event twice, as “{label}” too", label=seen[link.url])
                )
                problems.tell(link.place or event.place, SAME_LINK_TWICE, message, msg("take one out"))
            seen[link.url] = link.label.say(event.language)
