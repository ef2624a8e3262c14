"""What visitors of an embedded calendar can choose by; imported where a page offers any of it."""

from collections.abc import Sequence
from typing import Any

from flask import g

from coopcal.views.filters import Filters
from coopcal.views.occurrence import Occurrence
from coopcal.views.search import city_key
from coopcal.web.current import site
from coopcal.web.embed.options import CHOICES
from coopcal.web.language import country
from coopcal.web.language import gettext as _
from coopcal.web.language import tongue as language_in
from coopcal.web.links import are_served
from coopcal.web.pages.blueprint import plainly, tag_words

IN_A_CHOICE = 200
"""Values that a visitor can choose from."""


def choosing(
    offered: Sequence[str], occurrences: Sequence[Occurrence], ahead: Sequence[Occurrence], mine: Filters
) -> list[dict[str, Any]]:
    """Return what a visitor can choose by, of what ``ahead`` has: of files all, which a script shows of as it is asked to."""
    known, having = _words(occurrences), _words(ahead)
    found = []
    for name in offered:
        chosen = mine.q if name == "q" else ",".join(getattr(mine, name))
        there = {part for value in having[name] for part in value.split(",")}
        values = [
            (value, said, there.isdisjoint(value.split(",")))
            for value, said in sorted(known[name].items(), key=lambda pair: pair[1].casefold())
            if value == chosen or not there.isdisjoint(value.split(",")) or not are_served()
        ]
        if name == "q" or values or not are_served():
            found.append(
                {
                    "name": name,
                    "is_cut": len(values) > IN_A_CHOICE,
                    "chosen": chosen,
                    "values": values[:IN_A_CHOICE],
                }
            )
    return found


def _words(occurrences: Sequence[Occurrence]) -> dict[str, dict[str, str]]:
    """Return the values that dates have of all that can be chosen by, in words; a city has all its names in one value."""
    tongue = g.language
    names = {one.id: plainly(one.name, tongue) for one in site().organisations}
    words: dict[str, dict[str, str]] = {name: {} for name in CHOICES}
    cities: dict[str, set[str]] = {}
    for event in {id(occurrence.event): occurrence.event for occurrence in occurrences}.values():
        details = event.details
        words["tag"] |= {tag: tag_words(tag, site(), tongue) for tag in details.tags}
        words["organisation"] |= {
            party.organisation: names.get(party.organisation, plainly(party.name, tongue))
            for party in details.parties
            if party.organisation
        }
        for place in details.places:
            if place.city:
                keys = (city_key(name) for name in place.city.values())
                cities.setdefault(plainly(place.city, tongue), set()).update(keys)
            if place.country:
                words["country"][place.country] = country(place.country, tongue)
        words["spoken"] |= {tag.lower(): language_in(tag, tongue) for tag in details.spoken}
        said = {"yes": _("online"), "no": _("in person")}
        words["online"] |= {each: said[each] for each in details.attended}
    groups: dict[str, set[str]] = {}
    for city, of_it in sorted(cities.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        same = next((name for name, others in groups.items() if others & of_it), city)
        groups.setdefault(same, set()).update(of_it)
    words["city"] = {",".join(sorted(each)): city for city, each in groups.items()}
    return words
