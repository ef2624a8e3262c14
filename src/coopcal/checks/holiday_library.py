"""Public holidays of countries as the ``holidays`` library reckons them, where that is installed (the extra ``holidays``)."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

try:
    import holidays as library
except ImportError:
    library = None  # type: ignore[assignment]


def reckoned(country: str, year: int, languages: Sequence[str]) -> Mapping[date, str]:
    """Return the holidays of a whole country (ISO 3166) in a year, named in the first language that is known for it.

    Languages are BCP 47 tags. Those of its regions are left out. Of a country that is not known, and without the
    library, there are none. The days of a year are known for moving feasts as far as the library reckons them.
    """
    if library is None or country not in _countries():
        return {}
    language = _language(_countries()[country], languages)
    return dict(library.country_holidays(country, years=year, language=language, observed=False).items())


@cache
def _countries() -> Mapping[str, tuple[str, ...]]:
    """Return the languages in which the holidays of each country are named; none where there is one alone."""
    named = library.list_localized_countries()
    return {country: tuple(named.get(country, ())) for country in library.list_supported_countries()}


def _language(known: tuple[str, ...], preferred: Sequence[str]) -> str | None:
    """Return the library's name of a wanted language, else of English, else of the first that there is.

    One is named always where there are several: what it takes otherwise depends on the machine.
    """
    for tag in (*preferred, "en"):
        primary = tag.split("-", maxsplit=1)[0]
        for name in (tag.replace("-", "_"), primary, *sorted(known)):
            if name in known and name.split("_", maxsplit=1)[0] == primary:
                return name
    return known[0] if known else None
