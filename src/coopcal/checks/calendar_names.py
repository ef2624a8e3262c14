"""Weekdays and months as languages name them, by Babel, which takes long to read what it knows of a language."""

from babel import Locale, UnknownLocaleError

from coopcal.checks.titles import WORD, Names


def names(kind: str, language: str) -> Names:
    """Return the full names of ``days`` or ``months`` in a language; none of one that is not known."""
    try:
        tables = getattr(Locale.parse(language, sep="-"), kind)
    except (UnknownLocaleError, ValueError):
        return {}, False
    numbers = {
        name: number
        for context in ("format", "stand-alone")
        for number, name in tables[context]["wide"].items()
        if WORD.fullmatch(name)
    }
    return {name.casefold(): number for name, number in numbers.items()}, all(
        name[0].islower() for name in numbers
    )
