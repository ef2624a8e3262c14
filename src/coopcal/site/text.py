"""How a text is stored: an object of languages and what it says in them, in the order written."""

from typing import Any

from coopcal.model.text import Text
from coopcal.site.composites import pairs_form
from coopcal.site.scalars import PLAIN, Form

_BY_LANGUAGE = pairs_form(str, PLAIN[str])


def _read(values: Any) -> Text:
    pairs = _BY_LANGUAGE.read(values)
    if not pairs:
        raise ValueError("a text says nothing")
    return Text(pairs)


TEXT = Form(lambda text: _BY_LANGUAGE.write(text.by_language), _read)
