"""Texts that people read, perhaps by language, and words without one."""

from functools import partial

from coopcal.definitions.codes.values import OPEN_DIRECTION, SEVERAL_LINES, TOO_LONG
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.reader import Prose, Reader
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.readers.language import is_language, language_tag
from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.definitions.source.traps import quoted
from coopcal.model.message import Number, msg
from coopcal.model.problem import Fix, Offer, Position, Problems
from coopcal.model.text import Text
from coopcal.model.text_direction import closed

LONGEST_TITLE = 300
LONGEST_LINE = 1000
LONGEST_PARAGRAPH = 2000
LONGEST_TEXT = 20_000

_A_TEXT = msg("a text")


def text(longest: int = LONGEST_TEXT, *, one_line: bool = False) -> Reader[Text]:
    """Return a reader of a text, or of a text by language; a plain text is in the language of its organisation."""
    return Reader(
        partial(_text, longest=longest, one_line=one_line),
        json_schema.ref("text"),
        prose=Prose.BY_LANGUAGE,
    )


def word(what: str) -> Reader[str]:
    """Return a reader of a text that has no language; ``what`` says what is expected."""

    def read(node: Node, context: Context) -> str | None:
        return plain(node, context.problems, what)

    return Reader(read, json_schema.text())


def plain(node: Node, problems: Problems, what: str) -> str | None:
    """Return a text that has no language; None, with the problem noted, for anything else."""
    written = scalar(node, problems, what)
    return closed(written.text.strip()) if written else None


def _text(node: Node, context: Context, *, longest: int, one_line: bool) -> Text | None:
    problems = context.problems
    if isinstance(node, Mapping):
        pairs = []
        places = []
        before: tuple[Scalar, Node] | None = None
        for key, value in node.entries:
            known = is_language(key.text)
            tag = key.text if known else language_tag(key, problems, _with_colon(before, key, value))
            before = key, value
            written = scalar(value, problems, _A_TEXT)
            if tag and written and _fits(written, problems, longest, one_line=one_line):
                pairs.append((tag, _closed(written, problems)))
                places.append(written.position)
        return Text(tuple(pairs), tuple(places)) if len(pairs) == len(node.entries) and pairs else None
    text = scalar(node, problems, _A_TEXT)
    if text is None or not _fits(text, problems, longest, one_line=one_line):
        return None
    return Text.of(context.language, _closed(text, problems), text.position)


def _with_colon(before: tuple[Scalar, Node] | None, key: Scalar, value: Node) -> tuple[Offer, ...]:
    """Return the mend of a text between brackets that holds a comma and a colon, which have made a key of a part of it."""
    if before is None:
        return ()
    parts = [part for part in (before[1], key, value) if isinstance(part, Scalar) and part.plain]
    if len(parts) < 3 or len({part.position.line for part in parts}) > 1:  # noqa: PLR2004 - before, key and value
        return ()
    first, last = parts[0].position, parts[2].position
    text = quoted(f"{parts[0].text}, {key.text}: {parts[2].text}")
    edit = Fix(Position(first.path, first.line, first.column, last.end_column), text)
    return (Offer((edit,), f"{before[0].text}: {text}"),)


def _closed(node: Scalar, problems: Problems) -> str:
    """Return a text whose signs of direction end with its lines."""
    written = node.text.strip()
    text = closed(written)
    if text != written:
        problems.tell(
            node.position,
            OPEN_DIRECTION,
            msg("An invisible sign that turns the direction of text is not closed here, or closes nothing"),
            msg("delete it; text in Arabic or Hebrew needs none"),
        )
    return text


def _fits(node: Scalar, problems: Problems, longest: int, *, one_line: bool) -> bool:
    if one_line and "\n" in node.text.strip():
        problems.tell(
            node.position,
            SEVERAL_LINES,
            msg("This text stands on one line in calendars"),
            msg("write it on one line"),
        )
        return False
    if len(node.text) > longest:
        problems.tell(
            node.position,
            TOO_LONG,
            msg(
                "The text has {count} characters; calendars show {longest} at most",
                count=Number(len(node.text)),
                longest=Number(longest),
            ),
            msg("shorten it"),
        )
        return False
    return True
