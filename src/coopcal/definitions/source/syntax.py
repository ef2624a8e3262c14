"""What is wrong with YAML that cannot be read, in words for people."""

import re

import yaml

from coopcal.definitions.codes.syntax import (
    BACKSLASH,
    COLON_IN_BRACKETS,
    INDENTATION,
    MERGE_CONFLICT,
    NO_BLANK_AFTER_COLON,
    NO_BLANK_AFTER_DASH,
    NO_BREAK_SPACE,
    NO_COLON,
    ODD_START,
    QUOTE_INSIDE,
    SECOND_COLON,
    TAB,
    UNCLOSED_BRACKET,
    UNCLOSED_QUOTE,
    YAML_SYNTAX,
)
from coopcal.definitions.source.traps import PAIRS
from coopcal.model.message import msg, plural
from coopcal.model.problem import Fix, Offer, Position, Problem

_SECOND_COLON = re.compile(r"^(\s*(?:- )?[\w-]+:\s+)(.*\S)\s*$")
_GLUED = re.compile(r"^(\s*(?:- )?)([\w-]+):(\S.*)$")
_NO_BREAK = re.compile("(?:[ ]*(?:- )?[\\w-]+:|(?=[ ]*[\u00a0\u202f]))([ ]*[\u00a0\u202f][ \u00a0\u202f]*)")
"""No-break spaces behind a key, or before the text of a line."""

_GLUED_DASH = re.compile(r"^([ ]*)-([\w-]+:(?:\s.*)?)$")
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)")
_INNER_QUOTE = re.compile(r"^(\s*(?:- )?[\w-]+:\s+)(['\"])(.+)\2\s*$")
_KEY = re.compile(r"^([ ]*)((?:-[ ]+)*)[^\s#'\"-][^#]*?:(?:\s|$)")
_IN_BRACES = re.compile(r"([\w-]+):\s+([^\s,{}\[\]'\"][^,{}\[\]'\"]*[^\s,{}\[\]'\"])\s*(?=[,}\]])")
_BRACKETS = {"[": "]", "{": "}"}


def explain(error: yaml.YAMLError, lines: list[str], path: str) -> Problem:
    """Return one problem for what stopped the parser, at the place where people would look for it."""
    conflict = next((number for number, line in enumerate(lines) if _CONFLICT.match(line)), None)
    if conflict is not None:
        return Problem.of(
            _place(path, conflict, 0, len(lines[conflict].rstrip())),
            MERGE_CONFLICT,
            msg("Two versions of the file met here, and git could not choose between them"),
            msg("keep one of the two, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>"),
        )
    problem = _explained(error, lines, path)
    fix = _with_plainblanks(lines, problem.position.line, path)
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


def _with_plainblanks(lines: list[str], last: int, path: str) -> Fix | None:
    """Return the fix of no-break spaces that stand as blanks of the syntax, in a line or the one above it."""
    for number in range(max(last - 1, 1), last + 1):
        match = _NO_BREAK.match(lines[number - 1])
        if match:
            place = Position(path, number, match.start(1) + 1, match.end(1) + 1)
            return Fix(place, " " * len(match[1]))
    return None


def _explained(error: yaml.YAMLError, lines: list[str], path: str) -> Problem:
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Problem.of(
            Position(path),
            YAML_SYNTAX,
            msg("The file cannot be read as YAML"),
            msg("look for stray characters"),
        )
    return _by_the_line(error, lines, path) or _by_the_parser(error, lines, path)


def _by_the_line(error: yaml.MarkedYAMLError, lines: list[str], path: str) -> Problem | None:
    """Return what is seen by the line alone at which the parser stopped."""
    assert error.problem_mark is not None
    if error.context_mark is not None and any(word in (error.context or "") for word in ("quoted", "flow")):
        return None
    line, column = min(error.problem_mark.line, len(lines) - 1), error.problem_mark.column
    shown = lines[line]
    if "\t" in shown[: len(shown) - len(shown.lstrip())]:
        return None
    for number in (line, line - 1):
        dash = _GLUED_DASH.match(lines[number]) if number >= 0 else None
        if dash:
            return _glued_dash(dash, number, path)
    inner = _INNER_QUOTE.match(shown)
    if inner and column > inner.start(3) and inner[2] in inner[3].replace(inner[2] * 2, ""):
        return _inner_quote(inner, line, column, path)
    return _in_braces(shown, line, column, path) if "found unexpected ':'" in (error.problem or "") else None


def _by_the_parser(error: yaml.MarkedYAMLError, lines: list[str], path: str) -> Problem:
    assert error.problem_mark is not None
    line, column = error.problem_mark.line, error.problem_mark.column
    context, problem = error.context or "", error.problem or ""
    line = min(line, len(lines) - 1)
    shown = lines[line]
    if error.context_mark is not None and ("quoted scalar" in context or "flow" in context):
        return _unclosed(error, lines, path)
    if "\t" in shown[: len(shown) - len(shown.lstrip())]:
        at = shown.index("\t")
        return Problem.of(
            _place(path, line, at, 1),
            TAB,
            msg("A tab stands at the beginning of the line, and YAML wants blanks"),
            msg("replace it with two blanks for each level"),
            fix=_without_tabs(shown, line, path),
        )
    if "mapping values are not allowed" in problem:
        return _colon(lines, line, column, path)
    if "cannot start any token" in problem:
        character = shown[column : column + 1]
        return Problem.of(
            _place(path, line, column, 1),
            ODD_START,
            msg("A text cannot begin with “{character}” unless it stands in quotes", character=character),
            _quoted(shown),
            fix=_in_quotes(shown, line, path),
            advice=msg("put the text in quotes"),
        )
    if "could not find expected ':'" in problem:
        at = error.context_mark.line if error.context_mark is not None else line
        glued = _GLUED.match(lines[at])
        if glued and not glued[3].startswith("//"):
            return _glued(glued, at, path)
        return _no_colon(lines[at], at, path)
    return _out_of_step(lines, line, column, path)


def _out_of_step(lines: list[str], line: int, column: int, path: str) -> Problem:
    """Tell a line that begins in another column than the keys around it, and where it would fit."""
    shown = lines[line]
    begins = len(shown) - len(shown.lstrip(" "))
    fitting = _column_around(lines, line, begins)
    if fitting is None or fitting == begins:
        return Problem.of(
            _place(path, line, min(column, len(shown)), 1),
            INDENTATION,
            msg("The line does not fit with those above it: its indentation is too small or too large"),
            msg("let the keys of one thing begin in the same column, and a list's dashes too"),
        )
    mended = f"{' ' * fitting}{shown.strip()}"
    edit = Fix(Position(path, line + 1, 1, begins + 1), " " * fitting)
    return Problem.of(
        _place(path, line, begins, len(shown.strip())),
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
            match = _KEY.match(lines[number])
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


def _glued_dash(match: re.Match[str], line: int, path: str) -> Problem:
    mended = f"- {match[2]}"
    blank = Fix(Position(path, line + 1, match.start(2) + 1, match.start(2) + 1), " ")
    # Where the keys below begin in the column of this one, the dash itself goes one to the left.
    moved = Fix(Position(path, line + 1, 1, match.start(2) + 1), f"{match[1][:-1]}- ")
    return Problem.of(
        _place(path, line, match.end(1), 1),
        NO_BLANK_AFTER_DASH,
        msg("A blank is missing after the dash"),
        mended,
        fix=blank,
        offers=(Offer((blank,), mended), *((Offer((moved,), mended),) if match[1] else ())),
        advice=msg("write a blank behind the dash, and let the keys below begin in the column of the first"),
    )


def _inner_quote(match: re.Match[str], line: int, column: int, path: str) -> Problem:
    """Tell a quote inside quoted text, which ends it there."""
    text, mark = match[3], match[2]
    other = '"' if mark == "'" else "'"
    written = f"{other}{text}{other}" if other not in text else f"{mark}{text.replace(mark, mark * 2)}{mark}"
    certain = other not in text and "\\" not in text
    return Problem.of(
        _place(path, line, min(column, match.end(3)) - 1, 1),
        QUOTE_INSIDE,
        msg("The quote {mark} inside the text ends it here", mark=mark),
        f"{match[1].strip()} {written}" if mark == "'" or certain else msg("put the text in single quotes"),
        fix=Fix(Position(path, line + 1, match.start(2) + 1, match.end(3) + 2), written) if certain else None,
    )


def _in_braces(shown: str, line: int, column: int, path: str) -> Problem:
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
        where, mend = _place(path, line, min(column, len(shown)), 1), msg("put the value in quotes")
        return Problem.of(
            where,
            COLON_IN_BRACKETS,
            msg("A colon or question mark here is not read as part of the text"),
            mend,
        )
    return Problem.of(
        _place(path, line, match.start(2), len(match[2])),
        COLON_IN_BRACKETS,
        msg(
            "Between brackets, the colon or question mark in “{text}” is not read as part of the text",
            text=match[2],
        ),
        f'{match[1]}: "{match[2]}"',
        fix=Fix(Position(path, line + 1, match.start(2) + 1, match.end(2) + 1), f'"{match[2]}"'),
    )


def _unclosed(error: yaml.MarkedYAMLError, lines: list[str], path: str) -> Problem:
    assert error.context_mark is not None
    assert error.problem_mark is not None
    if "escape" in (error.problem or ""):
        at = error.problem_mark
        return Problem.of(
            _place(path, at.line, at.column, 2),
            BACKSLASH,
            msg("In double quotes a backslash means something else"),
            msg("use single quotes: '…'"),
        )
    line, column = error.context_mark.line, error.context_mark.column
    if "flow" in (error.context or ""):
        line, column = _opening_bracket(lines, line, column)
        opened = lines[line][column]
        closing = _BRACKETS[opened]
        return Problem.of(
            _place(path, line, column, 1),
            UNCLOSED_BRACKET,
            msg("The bracket “{opened}” is not closed, or a comma is missing after it", opened=opened),
            msg(
                "write “{closing}” at its end, and a comma between any two; text that begins with {opened} goes in quotes",
                closing=closing,
                opened=opened,
            ),
        )
    opened = lines[line][column : column + 1]
    shown = lines[line].rstrip()
    mended = f"{shown.strip()}{opened}"
    end = Position(path, line + 1, len(shown) + 1, len(lines[line]) + 1)
    return Problem.of(
        _place(path, line, column, 1),
        UNCLOSED_QUOTE,
        msg("The quote {opened} that opens here is not closed", opened=opened),
        mended,
        offers=(Offer((Fix(end, opened),), mended),),
        advice=msg("write {opened} at its end, too", opened=opened),
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


def _colon(lines: list[str], line: int, column: int, path: str) -> Problem:
    shown = lines[line]
    for number in (line, line - 1):
        glued = _GLUED.match(lines[number]) if number >= 0 else None
        if glued and not glued[3].startswith("//"):
            return _glued(glued, number, path)
    second = _SECOND_COLON.match(shown)
    if second and column >= second.end(1):
        return Problem.of(
            _place(path, line, column, 1),
            SECOND_COLON,
            msg("A second colon in the line would begin a key: the text must stand in quotes"),
            _quoted(shown),
            fix=_in_quotes(shown, line, path),
            offers=_in_quotes_or_block(shown, line, path),
            advice=msg("put the text in quotes"),
        )
    begins = len(shown) - len(shown.lstrip())
    above = lines[line - 1] if line else ""
    if above.strip() and len(above) - len(above.lstrip()) == begins and not _KEY.match(above):
        return _no_colon(above, line - 1, path)
    return _out_of_step(lines, line, column, path)


def _no_colon(shown: str, line: int, path: str) -> Problem:
    """Tell a line without a colon; it is put behind the first word."""
    match = re.fullmatch(r"(\s*(?:- )*)(\S+)\s*(.*)", shown.rstrip())
    mended = f"{match[1].strip()} {match[2]}: {match[3]}".strip() if match else None
    offers = (
        (Offer((Fix(Position(path, line + 1, match.end(2) + 1, match.end(2) + 1), ":"),), mended),)
        if match and mended
        else ()
    )
    return Problem.of(
        _place(path, line, len(shown) - len(shown.lstrip()), len(shown.strip())),
        NO_COLON,
        msg(
            "A colon is missing: each line is “key: value”, or goes on with the text above, indented further"
        ),
        mended,
        offers=offers,
        advice=msg("write the key, a colon and a blank before the value"),
    )


def _glued(match: re.Match[str], line: int, path: str) -> Problem:
    return Problem.of(
        _place(path, line, match.end(2), 1),
        NO_BLANK_AFTER_COLON,
        msg("A blank is missing after the colon"),
        f"{match[1]}{match[2]}: {match[3]}".strip(),
        fix=Fix(Position(path, line + 1, match.start(3) + 1, match.start(3) + 1), " "),
    )


def _quoted(shown: str) -> str | None:
    """Return a line with its value in quotes."""
    match = _SECOND_COLON.match(shown)
    if match is None or _holds_brackets(match[2]):
        return msg("put the text in quotes")
    value = match[2]
    around = {value[0], *PAIRS.get(value[0], "")}
    if value[0] in PAIRS and value[-1] in PAIRS[value[0]] and not around & set(value[1:-1]):
        value = value[1:-1].strip()
    mark = '"' if '"' not in value and "\\" not in value else "'"
    return f"{match[1].strip()} {mark}{value.replace(mark, mark * 2) if mark == chr(39) else value}{mark}"


def _holds_brackets(value: str) -> bool:
    """Return whether a value is written between brackets, or one of the two is lost: it is no text to be put in quotes."""
    return value.startswith(("{", "[")) or (value.endswith(("}", "]")) and not re.search(r"[{\[]", value))


def _in_quotes(shown: str, line: int, path: str) -> Fix | None:
    """Return the fix that puts the value of a line in quotes; a comment behind it makes that uncertain."""
    match, mended = _SECOND_COLON.match(shown), _quoted(shown)
    if match is None or mended is None or " #" in match[2] or _holds_brackets(match[2]):
        return None
    place = Position(path, line + 1, match.start(2) + 1, match.end(2) + 1)
    return Fix(place, mended[len(match[1].strip()) + 1 :])


def _in_quotes_or_block(shown: str, line: int, path: str) -> tuple[Offer, ...]:
    """Return the mends that put the value of a line in quotes; or in a block, where it goes on in the lines below."""
    fix, mended, match = _in_quotes(shown, line, path), _quoted(shown), _SECOND_COLON.match(shown)
    if fix is None or mended is None or match is None:
        return ()
    lead = re.match(r"\s*(?:-\s+)*", shown)
    blank = " " * ((lead.end() if lead else 0) + 2)
    block = Fix(fix.position, f"|\n{blank}{match[2]}")
    return Offer((fix,), mended), Offer((block,), f"{match[1].strip()} |\n{blank}{match[2]}")


def _without_tabs(shown: str, line: int, path: str) -> Fix:
    """Return the fix that writes two blanks for each tab before the line's text."""
    lead = shown[: len(shown) - len(shown.lstrip())]
    return Fix(Position(path, line + 1, 1, len(lead) + 1), lead.replace("\t", "  "))


def _place(path: str, line: int, column: int, width: int) -> Position:
    return Position(path, line + 1, column + 1, column + 1 + max(width, 1))
