"""Sentences in the languages of people, from the Babel catalogues beside (``locale/messages/<language>.po``)."""

from functools import lru_cache
from importlib.resources import files

from babel import Locale
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from coopcal.model.message import Message, Name, Number
from coopcal.text.languages import LANGUAGES

Catalogue = dict[tuple[str, str], tuple[str, ...]]
"""Sentences by English template and plural ("" for none): as they are said of one, and of any other number."""


def say(text: str, language: str) -> str:
    """Return a sentence in a language; a text that is no Message, as a line to write, stays as it is."""
    if not isinstance(text, Message) or language == "en":
        return text
    forms = _catalogue(language).get((text.template, text.plural))
    if forms is None:
        return text
    count = text.values.get("count")
    is_one = not isinstance(count, int) or Locale(language).plural_form(count) == "one"
    template = forms[0 if is_one else -1]
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
        case str():
            return say(value, language)
        case _:
            return value


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> Catalogue:
    found: Catalogue = {}
    with files("coopcal.text").joinpath("locale/messages", f"{language}.po").open("rb") as file:
        for message in read_po(file):
            if not message.id or message.fuzzy:
                continue
            one, other = message.id if isinstance(message.id, list | tuple) else (message.id, "")
            forms = message.string if isinstance(message.string, list | tuple) else [message.string or ""]
            if all(forms):
                found[one, other] = tuple(forms)
    return found
