"""Slips in keys: letters wrong, words of other formats, keys in other languages."""

import random
import re
from collections.abc import Callable, Iterator

from tests.support.slips.slip import Maker, Slip, with_lines

_KEY = re.compile(r"^(\s*(?:- )?)([a-z_]{4,}): (\S.*)$")

_KNOWN = frozenset(
    [
        "title",
        "when",
        "where",
        "description",
        "repeats",
        "country",
        "timezone",
        "languages",
        "organisers",
        "partners",
        "hosts",
        "registration",
        "documents",
        "contact",
        "status",
        "reason",
        "visibility",
        "colour",
        "places",
        "contacts",
        "breaks",
        "defaults",
        "name",
    ]
)


def keys(lines: list[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """Return lines with a key that coopcal knows and a value."""
    for at, line in enumerate(lines):
        match = _KEY.match(line)
        if match and match[2] in _KNOWN:
            yield at, match


def one_of_keys(change: Callable[[str, random.Random], str]) -> Maker:
    def make(lines: list[str], rng: random.Random) -> Iterator[Slip]:
        for at, match in keys(lines):
            wrong = change(match[2], rng)
            if wrong != match[2]:
                yield Slip(
                    with_lines(lines, at, f"{match[1]}{wrong}: {match[3]}"), (at + 1,), (f"“{match[2]}”",)
                )

    return make


def transposed(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def dropped(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at + 1 :]


def doubled(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def capital(word: str, _: random.Random) -> str:
    return word.capitalize()


def synonym(word: str, _: random.Random) -> str:
    return {"where": "location", "when": "date", "tags": "categories", "organisers": "organizers"}.get(
        word, word
    )


def key_in(words: dict[str, str]) -> Maker:
    def word(key: str, _: random.Random) -> str:
        return words.get(key, key)

    return one_of_keys(word)
