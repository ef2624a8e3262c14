"""Words of people in one spelling: without accents, capitals and typographic signs; names of months, weekdays and seasons in it."""

import re
import unicodedata
from functools import cache

from coopcal.definitions.when.names import months, seasons, weekdays
from coopcal.model.when import Season

LANGUAGES = ("en", "fr", "es", "it", "pt", "de", "nl")

_SIGNS = str.maketrans(dict.fromkeys("–—−‑‒―", "-") | dict.fromkeys("’‘ʼ", "'") | {"\u202f": " ", "\xa0": " ", "\u2009": " ", "ß": "ss"})  # fmt: skip


def folded(text: str) -> str:
    """Return a text in lower case, without accents, with plain dashes and single blanks."""
    plain = unicodedata.normalize("NFKD", text.translate(_SIGNS))
    return " ".join(
        "".join(character for character in plain if not unicodedata.combining(character)).casefold().split()
    )


@cache
def month_names() -> dict[str, int]:
    """Return the months, full and short, by their folded names."""
    return _all(months(LANGUAGES)) | {"sept": 9, "setiembre": 9, "janner": 1, "feber": 2}


@cache
def weekday_names() -> dict[str, int]:
    """Return the weekdays, full, short and in the plural, by their folded names; Monday is 0."""
    names = _all(weekdays(LANGUAGES))
    plurals = {f"{name}s": number for name, number in names.items() if len(name) > 3}  # noqa: PLR2004 - not of short ones
    shorter = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3, "sabados": 5, "domingos": 6}
    return plurals | names | shorter


@cache
def season_names() -> dict[str, Season]:
    """Return the seasons by their folded names."""
    return {folded(name): season for name, season in seasons().items()}


def _all(names: dict[str, int]) -> dict[str, int]:
    return {re.sub(r"[.]", "", folded(name)): number for name, number in names.items()}
