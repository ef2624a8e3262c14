"""Reading a source file: its text, or the problem that keeps it from being read."""

import errno
import os
import re
import stat
from pathlib import Path

from coopcal.definitions.codes.files import (
    CONTROL_CHARACTER,
    LINK_LEAVES_TREE,
    LINK_LOOP,
    NO_FILE,
    NOT_UTF8,
    TOO_LARGE,
    UNREADABLE,
)
from coopcal.definitions.source.tree import LARGEST
from coopcal.model.message import Number, msg
from coopcal.model.problem import Position, Problem, Problems
from coopcal.model.refusal import refusal

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_SEPARATORS = "\x85\u2028\u2029"
"""Line ends to YAML 1.1, to most editors none: word processors leave them."""


def read_text(root: Path, path: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Read a file in the tree: UTF-8, line ends made LF, a byte order mark dropped.

    With problems, the text (where there is one) only serves to show where they are.
    """
    problems = Problems()
    content = _read_bytes(root, root / path, Position(path), problems)
    if content is None:
        return None, tuple(problems.found)
    return decoded(content, path)


def decoded(content: bytes, path: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the text that a file's bytes mean, as ``read_text`` does."""
    problems = Problems()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(error, path, problems), tuple(problems.found)
    text = _with_plain_line_ends(text)
    if control := control_character(text, path):
        problems.found.append(control)
    return text, tuple(problems.found)


def control_character(text: str, path: str) -> Problem | None:
    """Return the problem of the first control character in a text, which YAML refuses; None where there is none."""
    control = CONTROL.search(text)
    if control is None:
        return None
    line = text.count("\n", 0, control.start()) + 1
    column = control.start() - text.rfind("\n", 0, control.start())
    return Problem.of(
        Position(path, line, column, column + 1),
        CONTROL_CHARACTER,
        msg("An invisible control character (U+{number}) stands here", number=f"{ord(control[0]):04X}"),
        msg("put a blank or a new line in its place") if control[0] in _SEPARATORS else msg("delete it"),
    )


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_bytes(root: Path, file: Path, position: Position, problems: Problems) -> bytes | None:
    try:
        if file.is_symlink() and not file.resolve(strict=True).is_relative_to(root.resolve()):
            problems.tell(
                position,
                LINK_LEAVES_TREE,
                msg("This link leads to a file outside the folder"),
                msg("put the file itself here"),
            )
            return None
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK)
    except (OSError, RuntimeError) as error:
        if not isinstance(error, OSError) or error.errno == errno.ELOOP:
            problems.tell(
                position, LINK_LOOP, msg("This link leads in a circle"), msg("put the file itself here")
            )
        else:
            problems.tell(
                position,
                UNREADABLE,
                msg("The file cannot be read: {reason}", reason=refusal(error)),
                msg("allow it to be read, or take it away"),
            )
        return None
    with os.fdopen(descriptor, "rb") as opened:
        status = os.fstat(opened.fileno())
        if not stat.S_ISREG(status.st_mode):
            problems.tell(
                position,
                NO_FILE,
                msg("This is not a regular file"),
                msg("put a text file here, or take it away"),
            )
            return None
        if status.st_size > LARGEST:
            problems.tell(
                position,
                TOO_LARGE,
                msg(
                    "The file has {size} bytes; more than {largest} are not read",
                    size=Number(status.st_size),
                    largest=Number(LARGEST),
                ),
                msg("split it: an organisation may be a folder with as many files as you like"),
            )
            return None
        try:
            return opened.read(LARGEST + 1)
        except OSError as error:
            problems.tell(
                position, UNREADABLE, msg("The file cannot be read: {reason}", reason=refusal(error)), None
            )
            return None


def _not_utf8(error: UnicodeDecodeError, path: str, problems: Problems) -> str | None:
    """Note the first byte that is not UTF-8; return the text as it was probably meant, or None."""
    content = error.object
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:4]:
        problems.tell(
            Position(path),
            NOT_UTF8,
            msg("The file is written in UTF-16"),
            msg("save it again with the encoding UTF-8"),
        )
        return None
    before = _with_plain_line_ends(content[: error.start].decode("utf-8"))
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    rest = content[error.start :].decode("cp1252", "replace")
    problems.tell(
        Position(path, line, column, column + 1),
        NOT_UTF8,
        msg("The file is not written in UTF-8; here it could mean “{encoding}”", encoding=rest[0]),
        msg("save it again with the encoding UTF-8"),
    )
    return before + _with_plain_line_ends(rest)
