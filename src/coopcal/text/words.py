"""The words that coopcal adds itself, by language (``locale/words/<language>.po``)."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from coopcal.text.catalogues import catalogue_of, spoken_tag

FALLBACK = "en"

_FOLDER = Path(__file__).parent / "locale/words"


@lru_cache(maxsize=256)
def words_of(language: str) -> Mapping[str, str]:
    """Return the words in a language (without its region, but for Brazil's), else in English, by their keys.

    ``{names}`` in them are to be filled in.
    """
    return catalogue_of(_FOLDER, spoken_tag(language), ".po").by_key


def word(key: str, language: str, **values: str) -> str:
    """Return a word or sentence in a language (its primary subtag), else in English, with values filled in."""
    return words_of(language)[key].format(**values)


def joined(parts: list[str], language: str) -> str:
    """Return a list as people say it: ``a, b and c``."""
    *most, last = parts or [""]
    return ", ".join(most) + f" {word('and', language)} " + last if most else last


def left(count: int, language: str) -> str:
    """Say how many places are left."""
    return word("one_left" if count == 1 else "places_left", language, count=str(count))


def labelled(label: str, value: str, language: str) -> str:
    """Return a label and what it stands before: ``Price: free``, in French ``Prix : gratuit``."""
    return word("labelled", language, label=label, said=value)
