"""One problem for what stopped the parser of YAML."""

import re

import yaml

from coopcal.definitions.codes.syntax import MERGE_CONFLICT, NO_BREAK_SPACE
from coopcal.definitions.source.syntax.brackets import colon_in_brackets, unclosed_bracket
from coopcal.definitions.source.syntax.colons import (
    GLUED,
    GLUED_DASH,
    glued_colon,
    glued_dash,
    no_colon,
    odd_colon,
)
from coopcal.definitions.source.syntax.indentation import has_tab, out_of_step, tab
from coopcal.definitions.source.syntax.position import place_at
from coopcal.definitions.source.syntax.quotes import (
    INNER_QUOTE,
    backslash,
    inner_quote,
    odd_start,
    unclosed_quote,
)
from coopcal.model.message import msg
from coopcal.model.problem import Fix, Position, Problem

_NO_BREAK = re.compile("(?:[ ]*(?:- )?[\\w-]+:|(?=[ ]*[\u00a0\u202f]))([ ]*[\u00a0\u202f][ \u00a0\u202f]*)")
"""No-break spaces behind a key, or before the text of a line."""

_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)")


def explain(error: yaml.MarkedYAMLError, lines: list[str], path: str) -> Problem:
    """Return one problem for what stopped the parser, at the place where people would look for it."""
    conflict = next((number for number, line in enumerate(lines) if _CONFLICT.match(line)), None)
    if conflict is not None:
        return Problem.of(
            place_at(path, conflict, 0, len(lines[conflict].rstrip())),
            MERGE_CONFLICT,
            msg("Two versions of the file met here, and git could not choose between them"),
            msg("keep one of the two, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>"),
        )
    problem = _by_the_line(error, lines, path) or _by_the_parser(error, lines, path)
    fix = _with_plain_blanks(lines, problem.position.line, path)
    if fix is None:
        return problem
    line = lines[fix.position.line - 1]
    mended = line[: fix.position.column - 1] + fix.text + line[fix.position.end_column - 1 :]
    return Problem.of(
        fix.position,
        NO_BREAK_SPACE,
        msg("A no-break space stands here, which looks like a blank and is none"),
        msg("write a blank: {line}", line=mended.strip()),
        fix=fix,
    )


def _with_plain_blanks(lines: list[str], last: int, path: str) -> Fix | None:
    """Return the fix of no-break spaces that stand as blanks of the syntax, in a line or the one above it."""
    for number in range(max(last - 1, 1), last + 1):
        match = _NO_BREAK.match(lines[number - 1])
        if match:
            place = Position(path, number, match.start(1) + 1, match.end(1) + 1)
            return Fix(place, " " * len(match[1]))
    return None


def _by_the_line(error: yaml.MarkedYAMLError, lines: list[str], path: str) -> Problem | None:
    """Return what is seen by the line alone at which the parser stopped."""
    assert error.problem_mark is not None
    if error.context_mark is not None and any(word in (error.context or "") for word in ("quoted", "flow")):
        return None
    line, column = min(error.problem_mark.line, len(lines) - 1), error.problem_mark.column
    shown = lines[line]
    if has_tab(shown):
        return None
    for number in (line, line - 1):
        dash = GLUED_DASH.match(lines[number]) if number >= 0 else None
        if dash:
            return glued_dash(dash, number, path)
    inner = INNER_QUOTE.match(shown)
    if inner and column > inner.start(3) and inner[2] in inner[3].replace(inner[2] * 2, ""):
        return inner_quote(inner, line, column, path)
    return (
        colon_in_brackets(shown, line, column, path)
        if "found unexpected ':'" in (error.problem or "")
        else None
    )


def _by_the_parser(error: yaml.MarkedYAMLError, lines: list[str], path: str) -> Problem:
    """Return what the parser says of where it stopped."""
    assert error.problem_mark is not None
    line, column = error.problem_mark.line, error.problem_mark.column
    context, problem = error.context or "", error.problem or ""
    line = min(line, len(lines) - 1)
    shown = lines[line]
    if error.context_mark is not None and ("quoted scalar" in context or "flow" in context):
        return _unclosed(error, lines, path)
    if has_tab(shown):
        return tab(shown, line, path)
    if "mapping values are not allowed" in problem:
        return odd_colon(lines, line, column, path)
    if "cannot start any token" in problem:
        return odd_start(shown, line, column, path)
    if "could not find expected ':'" in problem:
        at = error.context_mark.line if error.context_mark is not None else line
        glued = GLUED.match(lines[at])
        if glued and not glued[3].startswith("//"):
            return glued_colon(glued, at, path)
        return no_colon(lines[at], at, path)
    return out_of_step(lines, line, column, path)


def _unclosed(error: yaml.MarkedYAMLError, lines: list[str], path: str) -> Problem:
    """Tell quotes or brackets in which the parser stopped."""
    assert error.context_mark is not None
    assert error.problem_mark is not None
    if "escape" in (error.problem or ""):
        return backslash(error.problem_mark.line, error.problem_mark.column, path)
    line, column = error.context_mark.line, error.context_mark.column
    if "flow" in (error.context or ""):
        return unclosed_bracket(lines, line, column, path)
    return unclosed_quote(lines, line, column, path)
