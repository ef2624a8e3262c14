"""One of a few words, or several."""

from enum import StrEnum
from typing import TypeVar

from coopcal.definitions.codes.values import UNKNOWN_WORD
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.reader import Reader
from coopcal.definitions.declared.shapes import items, scalar
from coopcal.definitions.declared.spelling import did_you_mean, in_english, misspelt
from coopcal.definitions.source.node import Node
from coopcal.model.message import msg

Choice = TypeVar("Choice", bound=StrEnum)


def choice(choices: type[Choice], what: str) -> Reader[Choice]:
    """Return a reader of one of a few words; ``what`` says what is expected."""

    def read(node: Node, context: Context) -> Choice | None:
        written = scalar(node, context.problems, what)
        if written is None:
            return None
        if written.text in words:
            return choices(written.text)
        mend, fix, offers = in_english(written, words) or (
            did_you_mean(written.text, words),
            misspelt(written, words),
            (),
        )
        context.problems.tell(
            written.position,
            UNKNOWN_WORD,
            msg("Here {what} is expected, not “{text}”", what=what, text=written.text),
            mend,
            fix,
            offers=offers,
        )
        return None

    words = tuple(member.value for member in choices)
    return Reader(read, json_schema.one_of(words), words)


def some_of(choices: type[Choice], what: str) -> Reader[tuple[Choice, ...]]:
    """Return a reader of one or several of a few words."""
    one = choice(choices, what)

    def read(node: Node, context: Context) -> tuple[Choice, ...]:
        return tuple(value for item in items(node) if (value := one(item, context)) is not None)

    return Reader(read, json_schema.one_of(one.words, several=True), one.words)
