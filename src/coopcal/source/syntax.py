"""What is wrong with YAML that cannot be read, in words for people."""

import re
from dataclasses import replace

import yaml

from coopcal.model.problem import Fix, Place, Problem

_SECOND_COLON = re.compile(r"^(\s*(?:- )?[\w-]+:\s+)(.*\S)\s*$")
_GLUED = re.compile(r"^(\s*(?:- )?)([\w-]+):(\S.*)$")
_NO_BREAK = re.compile("(?:[ ]*(?:- )?[\\w-]+:|(?=[ ]*[\u00a0\u202f]))([ ]*[\u00a0\u202f][ \u00a0\u202f]*)")
"""No-break spaces behind a key, or before the text of a line."""

_BRACKETS = {"[": "]", "{": "}"}
_QUOTES = {"“": "”", "‘": "’", "«": "»"}


def explain(error: yaml.YAMLError, lines: list[str], path: str) -> Problem:
    """Give one problem for what stopped the parser, at the place where people would look for it."""
    problem = _explained(error, lines, path)
    if problem.fix is not None:
        return problem
    return replace(problem, fix=_with_plain_blanks(lines, problem.place.line, path))


def _with_plain_blanks(lines: list[str], last: int, path: str) -> Fix | None:
    """Give the fix of no-break spaces that stand as blanks of the syntax, in a line or the one above it."""
    for number in range(max(last - 1, 1), last + 1):
        match = _NO_BREAK.match(lines[number - 1])
        if match:
            place = Place(path, number, match.start(1) + 1, match.end(1) + 1)
            return Fix(place, " " * len(match[1]))
    return None


def _explained(error: yaml.YAMLError, lines: list[str], path: str) -> Problem:
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Problem(
            Place(path), "yaml-syntax", "The file cannot be read as YAML", "look for stray characters"
        )
    line, column = error.problem_mark.line, error.problem_mark.column
    context, said = error.context or "", error.problem or ""
    line = min(line, len(lines) - 1)
    shown = lines[line]
    if error.context_mark is not None and ("quoted scalar" in context or "flow" in context):
        return _unclosed(error, lines, path)
    if "\t" in shown[: len(shown) - len(shown.lstrip())]:
        at = shown.index("\t")
        return Problem(
            _place(path, line, at, 1),
            "tab",
            "A tab stands at the beginning of the line, and YAML wants blanks",
            "replace it with two blanks for each level",
            fix=_without_tabs(shown, line, path),
        )
    if "mapping values are not allowed" in said:
        return _colon(lines, line, column, path)
    if "cannot start any token" in said:
        character = shown[column : column + 1]
        return Problem(
            _place(path, line, column, 1),
            "odd-start",
            f"A text cannot begin with “{character}” unless it stands in quotes",
            _quoted(shown),
            fix=_in_quotes(shown, line, path),
        )
    if "could not find expected ':'" in said:
        at = error.context_mark.line if error.context_mark is not None else line
        glued = _GLUED.match(lines[at])
        if glued and not glued[3].startswith("//"):
            return _glued(glued, at, path)
        return Problem(
            _place(path, at, len(lines[at]) - len(lines[at].lstrip()), len(lines[at].strip())),
            "no-colon",
            "A colon is missing: each line is “key: value”, or goes on with the text above, indented further",
            f"{lines[at].rstrip()}: …",
        )
    return Problem(
        _place(path, line, min(column, len(shown)), 1),
        "indentation",
        "The line does not fit with those above it: its indentation is too small or too large",
        "let the keys of one thing begin in the same column, and a list's dashes too",
    )


def _unclosed(error: yaml.MarkedYAMLError, lines: list[str], path: str) -> Problem:
    assert error.context_mark is not None
    assert error.problem_mark is not None
    if "escape" in (error.problem or ""):
        at = error.problem_mark
        return Problem(
            _place(path, at.line, at.column, 2),
            "backslash",
            "In double quotes a backslash means something else",
            "use single quotes: '…'",
        )
    line, column = error.context_mark.line, error.context_mark.column
    if "flow" in (error.context or ""):
        line, column = _opening_bracket(lines, line, column)
        opened = lines[line][column]
        closing = _BRACKETS[opened]
        return Problem(
            _place(path, line, column, 1),
            "unclosed-bracket",
            f"The bracket “{opened}” is not closed, or a comma is missing after it",
            f"write “{closing}” at its end, and a comma between any two; text that begins with {opened} goes in quotes",
        )
    opened = lines[line][column : column + 1]
    return Problem(
        _place(path, line, column, 1),
        "unclosed-quote",
        f"The quote {opened} that opens here is not closed",
        f"{lines[line].rstrip()}{opened}",
    )


def _opening_bracket(lines: list[str], line: int, column: int) -> tuple[int, int]:
    """Give where the bracket opens that is still open at a position; the parser at times names where it gave up."""
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


def _colon(lines: list[str], line: int, column: int, path: str) -> Problem:
    shown = lines[line]
    for number in (line, line - 1):
        glued = _GLUED.match(lines[number]) if number >= 0 else None
        if glued and not glued[3].startswith("//"):
            return _glued(glued, number, path)
    second = _SECOND_COLON.match(shown)
    if second and column >= second.end(1):
        return Problem(
            _place(path, line, column, 1),
            "second-colon",
            "A second colon in the line would begin a key: the text must stand in quotes",
            _quoted(shown),
            fix=_in_quotes(shown, line, path),
        )
    return Problem(
        _place(path, line, len(shown) - len(shown.lstrip()), len(shown.strip())),
        "indentation",
        "The line is indented further than the keys above it",
        "let the keys of one thing begin in the same column",
    )


def _glued(match: re.Match[str], line: int, path: str) -> Problem:
    return Problem(
        _place(path, line, match.end(2), 1),
        "no-blank-after-colon",
        "A blank is missing after the colon",
        f"{match[1]}{match[2]}: {match[3]}".strip(),
        fix=Fix(Place(path, line + 1, match.start(3) + 1, match.start(3) + 1), " "),
    )


def _quoted(shown: str) -> str | None:
    """Give a line with its value in quotes."""
    match = _SECOND_COLON.match(shown)
    if match is None:
        return "put the text in quotes"
    value = match[2]
    if value[0] in _QUOTES and value.endswith(_QUOTES[value[0]]):
        value = value[1:-1]
    mark = '"' if '"' not in value and "\\" not in value else "'"
    return f"{match[1].strip()} {mark}{value.replace(mark, mark * 2) if mark == chr(39) else value}{mark}"


def _in_quotes(shown: str, line: int, path: str) -> Fix | None:
    """Give the fix that puts the value of a line in quotes; a comment behind it makes that uncertain."""
    match, said = _SECOND_COLON.match(shown), _quoted(shown)
    if match is None or said is None or " #" in match[2]:
        return None
    place = Place(path, line + 1, match.start(2) + 1, match.end(2) + 1)
    return Fix(place, said[len(match[1].strip()) + 1 :])


def _without_tabs(shown: str, line: int, path: str) -> Fix:
    """Give the fix that writes two blanks for each tab before the line's text."""
    lead = shown[: len(shown) - len(shown.lstrip())]
    return Fix(Place(path, line + 1, 1, len(lead) + 1), lead.replace("\t", "  "))


def _place(path: str, line: int, column: int, width: int) -> Place:
    return Place(path, line + 1, column + 1, column + 1 + max(width, 1))
