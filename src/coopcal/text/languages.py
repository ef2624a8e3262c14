"""The languages that coopcal speaks."""

import re

LANGUAGES = ("en", "fr", "es", "it", "pt", "de")
"""The languages that all of coopcal's own words and sentences are in, by BCP 47 tag without a region."""


def language_of(name: str) -> str | None:
    """Return the language that a tag (``de``, ``de-AT``) or a locale (``de_AT.UTF-8``) names; None for any other."""
    tag = re.split(r"[-_.@]", name.strip().lower(), maxsplit=1)[0]
    return tag if tag in LANGUAGES else None
