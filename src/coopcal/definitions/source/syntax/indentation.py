"""Lines that begin in another column than those around them, or with a tab."""

import re

from coopcal.definitions.codes.syntax import INDENTATION, TAB
from coopcal.definitions.source.syntax.position import place_at
from coopcal.model.message import msg, plural
from coopcal.model.problem import Fix, Offer, Position, Problem

KEY = re.compile(r"^([ ]*)((?:-[ ]+)*)[^\s#'\"-][^#]*?:(?:\s|$)")
"""A line with a key, perhaps behind the dashes of a list."""


def out_of_step(lines: list[str], line: int, column: int, path: str) -> Problem:
    """Tell a line that begins in another column than the keys around it, and where it would fit."""
    shown = lines[line]
    begins = len(shown) - len(shown.lstrip(" "))
    fitting = _column_around(lines, line, begins)
    if fitting is None or fitting == begins:
        return Problem.of(
            place_at(path, line, min(column, len(shown)), 1),
            INDENTATION,
            msg("The line does not fit with those above it: its indentation is too small or too large"),
            msg("let the keys of one thing begin in the same column, and a list's dashes too"),
        )
    mended = f"{' ' * fitting}{shown.strip()}"
    edit = Fix(Position(path, line + 1, 1, begins + 1), " " * fitting)
    return Problem.of(
        place_at(path, line, begins, len(shown.strip())),
        INDENTATION,
        msg(
            "The line begins with {begins}, and those around it with {fitting}",
            begins=blanks(begins),
            fitting=blanks(fitting),
        ),
        mended,
        fix=edit if abs(fitting - begins) == 1 else None,
        offers=(Offer((edit,), mended),),
        advice=msg("let the keys of one thing begin in the same column, and a list's dashes too"),
    )


def _column_around(lines: list[str], line: int, begins: int) -> int | None:
    """Return the column, from 0, in which the nearest keys around a line begin that it may belong to."""
    dashed = lines[line].lstrip().startswith("- ")
    columns = []
    for numbers in (range(line - 1, -1, -1), range(line + 1, len(lines))):
        for number in numbers:
            match = KEY.match(lines[number])
            if match is None:
                continue
            column = len(match[1]) if dashed else len(match[1]) + len(match[2])
            if not dashed or match[2]:
                columns.append(column)
                break
    return min(columns, key=lambda column: (abs(column - begins), columns.index(column)), default=None)


def blanks(count: int) -> str:
    """Say how many blanks."""
    return msg("no blank") if count == 0 else plural("{count} blank", "{count} blanks", count)


def has_tab(shown: str) -> bool:
    """Return whether a tab stands before the text of a line."""
    return "\t" in shown[: len(shown) - len(shown.lstrip())]


def tab(shown: str, line: int, path: str) -> Problem:
    """Tell a tab at the beginning of a line."""
    return Problem.of(
        place_at(path, line, shown.index("\t"), 1),
        TAB,
        msg("A tab stands at the beginning of the line, and YAML wants blanks"),
        msg("replace it with two blanks for each level"),
        fix=_without_tabs(shown, line, path),
    )


def _without_tabs(shown: str, line: int, path: str) -> Fix:
    """Return the fix that writes two blanks for each tab before the line's text."""
    lead = shown[: len(shown) - len(shown.lstrip())]
    return Fix(Position(path, line + 1, 1, len(lead) + 1), lead.replace("\t", "  "))
