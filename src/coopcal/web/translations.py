"""The words of pages: English in the templates, other languages in catalogues (``locale/<language>/<room>.po``)."""

from functools import cache, cached_property
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask_babel import Babel, Domain, get_locale

LOCALE = Path(__file__).parent / "locale"


@cache
def translations(language: str) -> NullTranslations:
    """Return the words in a language (its primary subtag); those of English are the templates' own."""
    found = NullTranslations()
    for path in sorted((LOCALE / language).glob("*.po")):
        compiled = BytesIO()
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, locale=language))
        compiled.seek(0)
        room = Translations(compiled)
        found = found.add(room) if isinstance(found, Translations) else room
    return found


class Catalogues(Domain):  # type: ignore[misc]  # Flask-Babel has no types
    """Words from catalogues that need no compiling."""

    def get_translations(self) -> NullTranslations:
        """Return the words in the language of the request."""
        locale = get_locale()
        return translations(locale.language if locale else "en")


class Words(Babel):  # type: ignore[misc]  # Flask-Babel has no types
    """Flask-Babel, with these catalogues."""

    @cached_property
    def domain_instance(self) -> Catalogues:
        """The catalogues."""
        return Catalogues()
