"""Digests by which details of events are compared; sites keep them, so that they stay as they are while the format grows."""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache

from coopcal.model.organisation import Organisation
from coopcal.model.party import Party
from coopcal.model.text import Text


def mark_of(value: object) -> str:
    """Return the digest by which a detail is compared."""
    return hashlib.sha256(_MARKED.encode(value).encode()).hexdigest()[:8]


def mark_of_people(parties: tuple[Party, ...], organisations: Mapping[str, Organisation]) -> str:
    """Return the mark of who takes part, by the oldest ids of organisations, so that a renamed one stays the same.

    Behind it stands the mark by present ids, where that is another one: sites compiled before hold that alone.
    """
    known = (organisations.get(party.organisation or "") for party in parties)
    oldest = {one.id: one.formerly[0].id for one in known if one and one.formerly}
    marks = (mark_again(told_of(parties, names)) for names in (oldest, dict[str, str]()))
    return " ".join(dict.fromkeys(marks))


def told_of(parties: tuple[Party, ...], names: Mapping[str, str]) -> tuple[object, ...]:
    """Return what is marked of those who take part; ``names`` are the ids that stand for those of organisations."""
    return tuple(
        (party.role, names.get(party.organisation or "", party.organisation), party.name, party.url)
        for party in parties
    )


def is_same(old: str | None, new: str | None) -> bool:
    """Return whether two marks, of which either may hold several, are of the same."""
    return old == new or not {*(old or "").split()}.isdisjoint((new or "").split())


mark_again = lru_cache(maxsize=4096)(mark_of)
"""The same for what many events have in common, where no values are equal and written in another way."""

_MARKED = json.JSONEncoder(default=lambda part: part.by_language if isinstance(part, Text) else str(part))
