"""Kinds of values that settings have, beside those that click knows."""

import click

from coopcal.text.catalogues import LANGUAGES, language_of


class Language(click.ParamType[str]):
    """A language that coopcal speaks: its code, with or without a region."""

    name = "lang"

    def convert(self, value: object, param: click.Parameter | None, context: click.Context | None) -> str:
        """Read the option."""
        tag = language_of(str(value))
        if tag is None:
            self.fail(f"there is no “{value}”; coopcal speaks {', '.join(LANGUAGES)}", param, context)
        return tag


class Secret(click.ParamType[str]):
    """A word that nobody may guess; what is wrong with it is told without it."""

    name = "secret"

    def convert(self, value: object, param: click.Parameter | None, context: click.Context | None) -> str:
        """Read the secret."""
        text = str(value)
        if len(text) < SHORTEST_SECRET or not text.isascii() or not text.isprintable():
            self.fail(f"a secret has at least {SHORTEST_SECRET} ASCII characters", param, context)
        return text


SHORTEST_SECRET = 16


def listed(value: object) -> list[str]:
    """Return the parts of a list with commas or blanks between them."""
    return str(value).replace(",", " ").split()


class Networks(click.ParamType[str]):
    """Networks of the internet protocol: a list with commas."""

    name = "networks"

    def convert(self, value: object, param: click.Parameter | None, context: click.Context | None) -> str:
        """Read the option."""
        from coopcal.outside.guard import network_of  # noqa: PLC0415 - few runs need it

        for text in listed(value):
            if network_of(text) is None:
                self.fail(f"“{text}” is no network; write it as 10.0.0.0/8", param, context)
        return ",".join(listed(value))


class Ports(click.ParamType[str]):
    """Ports: a list with commas."""

    name = "ports"

    def convert(self, value: object, param: click.Parameter | None, context: click.Context | None) -> str:
        """Read the option."""
        for text in listed(value):
            if not (text.isascii() and text.isdecimal() and 0 < int(text) < 65536):  # noqa: PLR2004 - ports
                self.fail(f"“{text}” is no port", param, context)
        return ",".join(listed(value))
