"""Slips in texts: signs that YAML reads otherwise, quotes and brackets that do not close."""

import random
import re
from collections.abc import Callable, Iterator

from tests.support.slips.slip import Maker, Slip, replaced, with_lines


def _titles(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    for at, line in enumerate(lines):
        match = re.match(r"^(\s*title: )([A-Z][^{\"'#:]*)$", line)
        if match:
            yield at, match[1], match[2]


def in_title(change: Callable[[str], str], meant: Callable[[str], str]) -> Maker:
    def make(lines: list[str], rng: random.Random) -> Iterator[Slip]:
        del rng
        for at, lead, title in _titles(lines):
            yield Slip(with_lines(lines, at, lead + change(title)), (at + 1,), (meant(title),))

    return make


BRACED = re.compile(r"^(\s+(?:- )?title: \{de: )([^,:{}\"']+)(, it: )([^,:{}\"']+)(\})$")
"""A title in two languages, between braces."""


def in_braces(change: Callable[[re.Match[str]], str], meant: Callable[[re.Match[str]], str]) -> Maker:
    def make(lines: list[str], rng: random.Random) -> Iterator[Slip]:
        del rng
        for at, line in enumerate(lines):
            if match := BRACED.match(line):
                yield Slip(with_lines(lines, at, change(match)), (at + 1,), (meant(match),))

    return make


def invisible(mark: str, pattern: str) -> Maker:
    return replaced(pattern, lambda match: (f"{match[1]}{mark}{match[2]}", f"U+{ord(mark):04X}"))
