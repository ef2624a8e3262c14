"""Brackets that are not closed, and texts between brackets that YAML does not read as such."""

import re

from coopcal.definitions.codes.syntax import COLON_IN_BRACKETS, UNCLOSED_BRACKET
from coopcal.definitions.source.syntax.position import place_at
from coopcal.model.message import msg
from coopcal.model.problem import Fix, Position, Problem

_IN_BRACES = re.compile(r"([\w-]+):\s+([^\s,{}\[\]'\"][^,{}\[\]'\"]*[^\s,{}\[\]'\"])\s*(?=[,}\]])")
_BRACKETS = {"[": "]", "{": "}"}


def colon_in_brackets(shown: str, line: int, column: int, path: str) -> Problem:
    """Tell a value between brackets whose colon or question mark YAML takes for its own."""
    match = next(
        (
            candidate
            for candidate in _IN_BRACES.finditer(shown)
            if candidate.start(2) <= column <= candidate.end(2)
        ),
        None,
    )
    if match is None:
        where, mend = place_at(path, line, min(column, len(shown)), 1), msg("put the value in quotes")
        return Problem.of(
            where,
            COLON_IN_BRACKETS,
            msg("A colon or question mark here is not read as part of the text"),
            mend,
        )
    return Problem.of(
        place_at(path, line, match.start(2), len(match[2])),
        COLON_IN_BRACKETS,
        msg(
            "Between brackets, the colon or question mark in “{text}” is not read as part of the text",
            text=match[2],
        ),
        f'{match[1]}: "{match[2]}"',
        fix=Fix(Position(path, line + 1, match.start(2) + 1, match.end(2) + 1), f'"{match[2]}"'),
    )


def unclosed_bracket(lines: list[str], line: int, column: int, path: str) -> Problem:
    """Tell a bracket that nothing closes; the parser at times names where it gave up."""
    line, column = _opening_bracket(lines, line, column)
    opened = lines[line][column]
    closing = _BRACKETS[opened]
    return Problem.of(
        place_at(path, line, column, 1),
        UNCLOSED_BRACKET,
        msg("The bracket “{opened}” is not closed, or a comma is missing after it", opened=opened),
        msg(
            "write “{closing}” at its end, and a comma between any two; text that begins with {opened} goes in quotes",
            closing=closing,
            opened=opened,
        ),
    )


def _opening_bracket(lines: list[str], line: int, column: int) -> tuple[int, int]:
    """Return where the bracket opens that is still open at a position; the parser at times names where it gave up."""
    if line < len(lines) and lines[line][column : column + 1] in _BRACKETS:
        return line, column
    closed = 0
    for number in range(min(line, len(lines) - 1), -1, -1):
        before = lines[number][:column] if number == line else lines[number]
        for at, character in reversed(list(enumerate(before))):
            if character in _BRACKETS.values():
                closed += 1
            elif character in _BRACKETS and closed:
                closed -= 1
            elif character in _BRACKETS:
                return number, at
    return next(
        (number, shown.index(one)) for number, shown in enumerate(lines) for one in _BRACKETS if one in shown
    )
