"""Colons and dashes that are missing, too many, or without a blank behind them."""

import re

from coopcal.definitions.codes.syntax import NO_BLANK_AFTER_COLON, NO_BLANK_AFTER_DASH, NO_COLON
from coopcal.definitions.source.syntax.indentation import KEY, out_of_step
from coopcal.definitions.source.syntax.position import place_at
from coopcal.definitions.source.syntax.quotes import second_colon
from coopcal.model.message import msg
from coopcal.model.problem import Fix, Offer, Position, Problem

GLUED = re.compile(r"^(\s*(?:- )?)([\w-]+):(\S.*)$")
GLUED_DASH = re.compile(r"^([ ]*)-([\w-]+:(?:\s.*)?)$")


def odd_colon(lines: list[str], line: int, column: int, path: str) -> Problem:
    """Tell a colon where YAML expects none, or what the lines around it lack."""
    shown = lines[line]
    for number in (line, line - 1):
        glued = GLUED.match(lines[number]) if number >= 0 else None
        if glued and not glued[3].startswith("//"):
            return glued_colon(glued, number, path)
    if second := second_colon(shown, line, column, path):
        return second
    begins = len(shown) - len(shown.lstrip())
    above = lines[line - 1] if line else ""
    if above.strip() and len(above) - len(above.lstrip()) == begins and not KEY.match(above):
        return no_colon(above, line - 1, path)
    return out_of_step(lines, line, column, path)


def no_colon(shown: str, line: int, path: str) -> Problem:
    """Tell a line without a colon; it is put behind the first word."""
    match = re.fullmatch(r"(\s*(?:- )*)(\S+)\s*(.*)", shown.rstrip())
    mended = f"{match[1].strip()} {match[2]}: {match[3]}".strip() if match else None
    offers = (
        (Offer((Fix(Position(path, line + 1, match.end(2) + 1, match.end(2) + 1), ":"),), mended),)
        if match and mended
        else ()
    )
    return Problem.of(
        place_at(path, line, len(shown) - len(shown.lstrip()), len(shown.strip())),
        NO_COLON,
        msg(
            "A colon is missing: each line is “key: value”, or goes on with the text above, indented further"
        ),
        mended,
        offers=offers,
        advice=msg("write the key, a colon and a blank before the value"),
    )


def glued_colon(match: re.Match[str], line: int, path: str) -> Problem:
    """Tell a colon without a blank behind it."""
    return Problem.of(
        place_at(path, line, match.end(2), 1),
        NO_BLANK_AFTER_COLON,
        msg("A blank is missing after the colon"),
        f"{match[1]}{match[2]}: {match[3]}".strip(),
        fix=Fix(Position(path, line + 1, match.start(3) + 1, match.start(3) + 1), " "),
    )


def glued_dash(match: re.Match[str], line: int, path: str) -> Problem:
    """Tell a dash without a blank behind it."""
    mended = f"- {match[2]}"
    blank = Fix(Position(path, line + 1, match.start(2) + 1, match.start(2) + 1), " ")
    # Where the keys below begin in the column of this one, the dash itself goes one to the left.
    moved = Fix(Position(path, line + 1, 1, match.start(2) + 1), f"{match[1][:-1]}- ")
    return Problem.of(
        place_at(path, line, match.end(1), 1),
        NO_BLANK_AFTER_DASH,
        msg("A blank is missing after the dash"),
        mended,
        fix=blank,
        offers=(Offer((blank,), mended), *((Offer((moved,), mended),) if match[1] else ())),
        advice=msg("write a blank behind the dash, and let the keys below begin in the column of the first"),
    )
