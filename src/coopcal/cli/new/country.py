"""A place as people say it, with its country at the end."""

from collections.abc import Mapping

from babel import Locale

from coopcal.authoring.text import Value
from coopcal.authoring.unwritten import EventTrial
from coopcal.cli.language import echo
from coopcal.cli.new.ask_when import in_words
from coopcal.cli.new.asker import Asker, words_of
from coopcal.cli.new.site import country_meant
from coopcal.model.event import Event
from coopcal.model.message import Name, msg

_CODES = frozenset(["UK", "USA"])
"""What stands for a country in places; two letters may be those of a state: “Portland, ME”."""


def with_country(typed: str, asker: Asker, trial: EventTrial, keys: Mapping[str, Value]) -> Value:
    """Return a place with its country apart, so that its time is the one there; it is told."""
    name, comma, last = typed.rpartition(",")
    named = last.strip(" .")
    if not comma or not name.strip() or (len(named) <= 3 and named not in _CODES):  # noqa: PLR2004 - a code
        return typed
    country = country_meant(named)
    if country is None:
        return typed
    first, _, city = name.strip().rpartition(",")
    for place in (
        {"name": name.strip(), "country": country},
        {"name": first.strip(), "city": city.strip(), "country": country},  # which tells the zone of some
    ):
        event, problems = trial({**keys, "where": place})
        if event is not None and not problems:
            _tell(country, event, asker)
            return place
    for line in words_of(problems):
        _say(line, asker)
    return typed


def _tell(country: str, event: Event, asker: Asker) -> None:
    meant = Name(Locale("en").territories[country], "country", country)
    for line in (
        msg("The country of the place: {country}", country=meant),
        msg("When: {words}", words=in_words(event)),
    ):
        _say(line, asker)


def _say(line: str, asker: Asker) -> None:
    if asker.talks:
        asker.tell(line)
    else:
        echo(line)
