"""Characters that nobody sees, and blanks that are none: what is wrong because of them."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from coopcal.compile.codes import INVISIBLE_CHARACTER
from coopcal.definitions.codes.syntax import NO_BREAK_SPACE
from coopcal.model.message import msg
from coopcal.model.problem import Fix, Offer, Position, Problem

_KEPT = "\t"
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


def without_invisible(problem: Problem, lines: list[str]) -> Iterator[Problem]:
    """Return a problem anew as one of an invisible character in its line, the one above or the one below, to be tried."""
    number = problem.position.line
    for line in (number, number - 1, number + 1):
        shown = lines[line - 1] if 1 <= line <= len(lines) else ""
        invisible = [at for at, character in enumerate(shown) if is_invisible(character)]
        if not invisible:
            continue
        plain = "".join(_plain(character) for character in shown)
        # A line of nothing else is none.
        plain = plain if plain.strip() else ""
        path = problem.position.path
        fix = Fix(Position(path, line, 1, len(shown) + 1), plain)
        first = shown[invisible[0]]
        name = unicodedata.name(first, f"U+{ord(first):04X}")
        place = Position(path, line, invisible[0] + 1, invisible[0] + 2)
        offers = (Offer((fix,), plain.strip()),)
        if first in _BLANKS:
            cause = Problem.of(
                place,
                NO_BREAK_SPACE,
                msg("A no-break space stands here, which looks like a blank and is none"),
                msg("write a blank: {line}", line=plain.strip()) if plain else msg("delete it"),
                fix,
                offers=offers,
            )
        else:
            cause = Problem.of(
                place,
                INVISIBLE_CHARACTER,
                msg(
                    "An invisible character stands here: {name} (U+{number})",
                    name=name.lower(),
                    number=f"{ord(first):04X}",
                ),
                msg("delete it: {line}", line=plain.strip()) if plain else msg("delete it"),
                fix,
                offers=offers,
            )
        yield replace(cause, severity=problem.severity)


def is_invisible(character: str) -> bool:
    """Return whether a character shows nothing, or a blank that is none."""
    return character in _BLANKS or (unicodedata.category(character) == "Cf" and character not in _KEPT)


def _plain(character: str) -> str:
    if not is_invisible(character):
        return character
    return " " if character in _BLANKS else ""
