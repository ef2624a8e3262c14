"""Names of weekdays, months and seasons as people write them, by language."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError

from coopcal.model.when import Season

SPOKEN = ("en", "fr", "de", "it", "es", "pt")
"""The languages that coopcal speaks."""

SEASONS = {
    Season.SPRING: "spring printemps primavera frühling fruehling frühjahr",
    Season.SUMMER: "summer été ete verano estate verão verao sommer",
    Season.AUTUMN: "autumn fall automne otoño otono autunno outono herbst",
    Season.WINTER: "winter hiver invierno inverno",
}


@lru_cache(maxsize=64)
def weekdays(languages: tuple[str, ...]) -> dict[str, int]:
    """Return the weekdays' full and short names in these languages and English, in lower case; Monday is 0."""
    return _names("days", languages)


@lru_cache(maxsize=64)
def months(languages: tuple[str, ...]) -> dict[str, int]:
    """Return the months' full and short names in these languages and English, in lower case; January is 1."""
    return _names("months", languages)


@lru_cache(maxsize=1)
def seasons() -> dict[str, Season]:
    """Return the seasons by their names in the languages that coopcal speaks."""
    return {name: season for season, names in SEASONS.items() for name in names.split()}


def weekday_name(number: int, like: str = "Mon", languages: tuple[str, ...] = ()) -> str:
    """Return the name of a weekday in the language and the length of the one written, with its capital letter."""
    written = like.strip(".").lower()
    for language in (*languages, "en"):
        try:
            tables = Locale.parse(language, sep="-").days
        except (UnknownLocaleError, ValueError):
            continue
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                if written in (name.lower().strip(".") for name in tables[context][width].values()):
                    name = str(tables[context][width][number]).strip(".")
                    if not name.isalpha():  # “segunda-feira” is not read as one word
                        name = str(tables[context]["abbreviated"][number]).strip(".")
                    return name[0].upper() + name[1:] if like[:1].isupper() else name
    width = "abbreviated" if len(like) <= len("Wed.") else "wide"
    return str(Locale("en").days["format"][width][number])


def _names(kind: str, languages: tuple[str, ...]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for language in (*languages, "en"):
        try:
            tables = getattr(Locale.parse(language, sep="-"), kind)
        except (UnknownLocaleError, ValueError):
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in tables[context][width].items():
                    numbers.setdefault(name.lower().strip("."), number)
    return numbers
