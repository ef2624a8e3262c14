"""Sentences to staff in other languages than English (``locale/messages/<language>.po``)."""

from pathlib import Path

from babel import Locale
from babel.numbers import format_decimal

from coopcal.model.message import Measure, Message, Name, Number
from coopcal.text.catalogues import catalogue, form
from coopcal.text.messages import say

_FOLDER = Path(__file__).parent / "locale/messages"


def translated(text: Message, language: str) -> str:
    """Return a sentence in a language; in English where it is not translated."""
    forms = catalogue(_FOLDER / f"{language}.po").by_english.get((text.template, text.plural))
    if forms is None:
        return text
    count = text.values.get("count")
    template = form(forms, count, language) if isinstance(count, int) else forms[0]
    values = {name: _value(value, language) for name, value in text.values.items()}
    return template.format(**values) if values else template


def _value(value: object, language: str) -> object:
    match value:
        case Name():
            if value.kind == "country":
                return Locale(language).territories.get(value.code, str(value))
            return Locale.parse(value.code, sep="-").get_display_name(language) or str(value)
        case Number():
            return format_decimal(int(value), locale=language)
        case Measure():
            return format_decimal(round(float(value), 1), "#,##0.0", locale=language)
        case str():
            return say(value, language)
        case _:
            return value
