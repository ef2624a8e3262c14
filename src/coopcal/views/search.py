"""The words that events are found by, in all languages, folded: no accents, no capitals."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from coopcal.site.details import Words
from coopcal.site.reader import Site
from coopcal.site.record import Record

LONGEST = 200
"""Characters that a question may have, and the name of a city."""


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called by people that records name by their ids: organisations and tags."""

    organisations: Mapping[str, tuple[Words, Words]]
    tags: Mapping[str, Words]


def folded(text: str) -> str:
    """Return text as it is compared: ``Été`` is ``ete``, and ``Straße`` ``strasse``."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def city_key(name: str) -> str:
    """Return the name of a city as addresses say it, where commas part values: ``São Paulo`` is ``sao paulo``."""
    return " ".join(folded(name[:LONGEST]).replace(",", " ").split())


def words_once(text: str) -> str:
    """Return the words of a text, folded, each once."""
    return " ".join(dict.fromkeys(folded(text).split()))


def said(texts: Iterable[Words]) -> str:
    """Return all that texts say, in all their languages."""
    return "\n".join(words for text in texts for words in text.values())


def names_of(site: Site) -> Names:
    """Return the names of the organisations and tags of a site."""
    return Names({one.id: (one.name, one.full_name) for one in site.organisations}, site.manifest.tags)


def texts(event: Record, names: Names) -> Iterator[Words]:
    """Return what an event is found by, beside its title and description."""
    details = event.details
    yield from (details.where_words, details.reason)
    for place in details.places:
        yield from (place.name, place.city, place.address)
    for party in details.parties:
        yield from (party.name, *names.organisations.get(party.organisation or "", ()))
    yield from (names.tags[tag] for tag in details.tags if tag in names.tags)
    yield {"": " ".join((*details.tags, details.hashtag or "", event.series or ""))}


_WORD = re.compile(r"[^\W_]+")


def called(records: Iterable[Record], names: Names) -> Mapping[str, int]:
    """Return the words of titles, and of the names of places, organisers and tags, folded, and of how many events each is."""
    words: dict[str, set[str]] = defaultdict(set)
    for record in records:
        said_of = said((record.details.title, *texts(record, names)))
        words[record.whole].update(_WORD.findall(folded(said_of)))
    return Counter(word for of_event in words.values() for word in of_event)


def title_words(event: Record) -> str:
    """Return the words of the title of an event."""
    return folded(said((event.details.title,)))


def all_words(event: Record, names: Names) -> str:
    """Return all words that an event is found by."""
    return folded(said((event.details.title, event.details.description, *texts(event, names))))
