"""The words that coopcal adds itself, by language."""

from coopcal.text.word_catalogue import WORDS

FALLBACK = "en"


def word(key: str, language: str, **values: str) -> str:
    """Return a word or sentence in a language (its primary subtag), else in English, with values filled in."""
    table = WORDS.get(language.split("-", maxsplit=1)[0], WORDS[FALLBACK])
    return table[key].format(**values)


def joined(parts: list[str], language: str) -> str:
    """Return a list as people say it: ``a, b and c``."""
    *most, last = parts or [""]
    return ", ".join(most) + f" {word('and', language)} " + last if most else last


def left(count: int, language: str) -> str:
    """Say how many places are left."""
    return word("one_left" if count == 1 else "places_left", language, count=str(count))


def labelled(label: str, said: str, language: str) -> str:
    """Return a label and what it stands before: ``Price: free``, in French ``Prix : gratuit``."""
    return word("labelled", language, label=label, said=said)
