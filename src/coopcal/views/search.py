"""Finding events by words."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from coopcal.site.details import Words
from coopcal.site.reader import Site
from coopcal.site.record import EntryRecord, OverrideRecord, Record
from coopcal.views.agenda import Agenda

LONGEST = 200
"""Characters of a question that are read."""

MOST_WORDS = 10


class Found(NamedTuple):
    """An event in which every word was found, by the address of its ``whole``; ``in_title`` if the title alone has them all."""

    event: EntryRecord
    whole: str
    in_title: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What the events of a site can be chosen by."""

    organisations: tuple[tuple[str, Words], ...]
    tags: tuple[str, ...]
    countries: tuple[str, ...]


class Index:
    """The words of a site's events, in all languages, folded: no accents, no capitals; and what they can be chosen by.

    ``counts`` are how many events have each organisation, tag, country and role. ``dates`` are all there are, in order, each
    with the address of its whole event.
    """

    def __init__(self, agenda: Agenda) -> None:
        details = [event.details for event in agenda.site.events]
        self.counts = _counts(agenda)
        self.choices = Choices(
            tuple((one.id, one.name) for one in agenda.site.organisations),
            tuple(sorted({tag for known in details for tag in known.tags})),
            tuple(sorted({place.country for known in details for place in known.places if place.country})),
        )
        names = names_of(agenda.site)
        self._events = [
            (
                event,
                event.whole,
                folded(said((event.details.title,))),
                folded(said((event.details.title, event.details.description, *texts(event, names)))),
            )
            for event in agenda.site.events
            if not isinstance(event, OverrideRecord)
        ]
        self.dates = tuple((date.event.whole, date) for date in agenda.of(agenda.site.events))

    def find(self, question: str) -> tuple[Found, ...]:
        """Return the events that have every word of a question, anywhere; all of them where it has none."""
        words = folded(question[:LONGEST]).split()[:MOST_WORDS]
        found = self._events
        for word in words:
            found = [known for known in found if word in known[3]]
        return tuple(
            Found(event, whole, all(word in title for word in words)) for event, whole, title, _ in found
        )


def _counts(agenda: Agenda) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("organisation", "tag", "country", "role")}
    for event in agenda.site.events:
        if not isinstance(event, OverrideRecord):
            parties, places = event.details.parties, event.details.places
            counts["organisation"].update({party.organisation for party in parties if party.organisation})
            counts["tag"].update(event.details.tags)
            counts["country"].update({place.country for place in places if place.country})
            counts["role"].update({party.role for party in parties})
    return counts


def folded(text: str) -> str:
    """Return text as it is compared: ``Été`` is ``ete``, and ``Straße`` ``strasse``."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def said(texts: Iterable[Words]) -> str:
    """Return all that texts say, in all their languages."""
    return "\n".join(words for text in texts for words in text.values())


def names_of(site: Site) -> dict[str, tuple[Words, Words]]:
    """Return the names of the organisations of a site."""
    return {one.id: (one.name, one.full_name) for one in site.organisations}


def texts(event: Record, names: Mapping[str, tuple[Words, Words]]) -> Iterator[Words]:
    """Return what an event is found by, beside its title and description; ``names`` are those of organisations."""
    details = event.details
    yield from (details.where_words, details.reason)
    for place in details.places:
        yield from (place.name, place.city, place.address)
    for party in details.parties:
        yield from (party.name, *names.get(party.organisation or "", ()))
    yield {"": " ".join((*details.tags, details.hashtag or "", event.series or ""))}
