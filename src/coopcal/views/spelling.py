"""What was probably meant by words that a search finds nothing for; pages that are files find the same (``static/js/index.js``)."""

from collections.abc import Mapping, Sequence

from coopcal.text.slips import one_slip
from coopcal.views.agenda import Agenda

SHORTEST = 4
"""Letters of a word that may be misspelt; of fewer, a slip makes another word."""

MOST = 8
"""Words of a search that are looked at; a longer one is a sentence, of which others may be missing."""


def meant(words: Sequence[str], known: Agenda) -> str:
    """Return words in place of those of a search, folded; "" where one is found nowhere, nor any that is one slip away."""
    if len(words) > MOST:
        return ""
    said = [known.words(event) for event in known.site.events]
    likely = [word if any(word in text for text in said) else nearest(word, known.called) for word in words]
    return " ".join(likely) if all(likely) and tuple(likely) != tuple(words) else ""


def nearest(word: str, known: Mapping[str, int]) -> str:
    """Return the word that is one slip away, of several that of most events; "" where there is none.

    A slip, of two letters at most, leaves either the beginning or the end as it is: few words are to be compared letter by letter.
    """
    if len(word) < SHORTEST:
        return ""
    half = (len(word) - 2) // 2
    begin, end = word[:half], word[-half:]
    likely = (one for one in known if one.startswith(begin) or one.endswith(end))
    near = [one for one in likely if one_slip(word, one)]
    return min(near, key=lambda one: (-known[one], one), default="")
