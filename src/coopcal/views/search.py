"""Finding events by words."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coopcal.site.record import EventRecord, Words
from coopcal.views.occurrences import Agenda

LONGEST = 200
"""Characters of a question that are read."""

MOST_WORDS = 10


@dataclass(frozen=True, slots=True)
class Found:
    """An event in which every word was found; ``in_title`` if the title alone has them all."""

    event: EventRecord
    in_title: bool


class Index:
    """The words of a site's events, in all languages, folded: no accents, no capitals."""

    def __init__(self, agenda: Agenda) -> None:
        names = {one.id: (one.name, one.full_name) for one in agenda.site.organisations}
        self._events = [
            (event, folded(_said((event.title,))), folded(_said(_texts(event, names))))
            for event in agenda.site.events
            if event.day is None
        ]

    def find(self, question: str) -> tuple[Found, ...]:
        """Return the events that have every word of a question, anywhere; all of them where it has none."""
        words = folded(question[:LONGEST]).split()[:MOST_WORDS]
        return tuple(
            Found(event, all(word in title for word in words))
            for event, title, text in self._events
            if all(word in text for word in words)
        )


def folded(text: str) -> str:
    """Return text as it is compared: ``Été`` is ``ete``, and ``Straße`` ``strasse``."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def _said(texts: Iterable[Words]) -> str:
    return "\n".join(words for text in texts for words in text.values())


def _texts(event: EventRecord, names: dict[str, tuple[Words, Words]]) -> Iterator[Words]:
    yield from (event.title, event.description, event.where_words, event.reason)
    for place in event.places:
        yield from (place.name, place.city, place.address)
    for party in event.parties:
        yield from (party.name, *names.get(party.organisation or "", ()))
    yield {"": " ".join((*event.tags, event.hashtag or "", event.series or ""))}
