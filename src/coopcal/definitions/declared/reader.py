"""Readers: how the value of a key is read, and what it is as JSON Schema."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Generic, TypeVar

from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.json_schema import Schema
from coopcal.definitions.declared.shapes import items
from coopcal.definitions.source.node import Node

Value = TypeVar("Value")


class Prose(Enum):
    """Whether a value is prose: text of several lines, and perhaps in several languages."""

    NONE = auto()
    LINES = auto()
    BY_LANGUAGE = auto()


@dataclass(frozen=True, slots=True)
class Reader(Generic[Value]):
    """Reads a node, and says with ``schema`` what may stand there.

    Called with a node and its context, a reader returns the value, or None with the problem noted. ``words`` are those
    that a value is chosen from. ``typed`` makes of the text of an example what an editor has to insert.
    """

    read: Callable[[Node, Context], Value | None]
    schema: Schema
    words: tuple[str, ...] = ()
    prose: Prose = Prose.NONE
    typed: Callable[[str], Any] = str

    def __call__(self, node: Node, context: Context) -> Value | None:
        """Return the value of a node; None, with the problem noted, where it cannot be read."""
        return self.read(node, context)


def reader(
    schema: Schema, *, words: tuple[str, ...] = (), typed: Callable[[str], Any] = str
) -> Callable[[Callable[[Node, Context], Value | None]], Reader[Value]]:
    """Return a decorator that makes a reader of a function."""

    def made(read: Callable[[Node, Context], Value | None]) -> Reader[Value]:
        return Reader(read, schema, words, typed=typed)

    return made


def listed(one: Reader[Value], schema: Schema | None = None) -> Reader[tuple[Value, ...]]:
    """Return a reader of a list, or of a single value as a list of one; what cannot be read is left out."""
    read_one = one.read

    def read(node: Node, context: Context) -> tuple[Value, ...]:
        return tuple([value for item in items(node) if (value := read_one(item, context)) is not None])

    return Reader(read, json_schema.listed(one.schema) if schema is None else schema)


def each_once(several: Reader[tuple[Value, ...]]) -> Reader[tuple[Value, ...]]:
    """Return a reader of the same list in which no value stands twice."""

    def read(node: Node, context: Context) -> tuple[Value, ...]:
        return tuple(dict.fromkeys(several.read(node, context) or ()))

    return Reader(read, several.schema)


def later(schema: Schema) -> Reader[Node]:
    """Return a reader of what can be read only when the rest of its record is known: it returns the node."""
    return Reader(_unread, schema)


def _unread(node: Node, _context: Context) -> Node:
    return node
