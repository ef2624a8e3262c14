"""YAML → nodes of text with places; what YAML would do behind people's backs is refused."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from coopcal.definitions.codes.files import CONTROL_CHARACTER
from coopcal.definitions.codes.syntax import (
    DUPLICATE_KEY,
    KEY_IS_NO_TEXT,
    SEVERAL_DOCUMENTS,
    TOO_DEEP,
    YAML_ALIAS,
    YAML_ANCHOR,
    YAML_MERGE,
    YAML_TAG,
)
from coopcal.definitions.source.files import CONTROL, control_character
from coopcal.definitions.source.node import Listing, Mapping, Node, Scalar
from coopcal.definitions.source.syntax.explanation import explain
from coopcal.model.message import Message, msg
from coopcal.model.problem import Fix, Offer, Position, Problem, Problems

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

DEEPEST = 20
"""Levels that lists and keys may be nested."""


@dataclass(slots=True)
class _Open:
    """A collection being read: its place, and its keys and values or its items so far."""

    position: Position
    mapping: bool
    keys: list[Scalar] = field(default_factory=list)
    values: list[Node] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    waiting: Scalar | None = None


def parse(text: str, path: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Parse one YAML document; None when it is empty or its syntax is broken."""
    return _Reader(text, path).read()


class _Refused(Exception):  # noqa: N818 - not an error: the problem is noted
    """Reading cannot go on; the problem has been noted."""


class _Reader:
    """Builds nodes from libyaml's events with a stack of its own."""

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path
        self._lines = text.split("\n")
        self._problems = Problems()
        self._stack: list[_Open] = []
        self._root: Node | None = None
        self._documents = 0

    def read(self) -> tuple[Node | None, tuple[Problem, ...]]:
        """Read the whole text."""
        try:
            for event in self._events():
                self._take(event)
        except yaml.MarkedYAMLError as error:
            self._problems.found.append(explain(error, self._lines, self._path))
            return None, tuple(self._problems.found)
        except yaml.reader.ReaderError:
            control = control_character(self._text, self._path)
            if control is None:
                raise
            return None, (*self._problems.found, control)
        except _Refused:
            return None, tuple(self._problems.found)
        return self._root, tuple(self._problems.found)

    def _events(self) -> Iterator[Any]:
        return yaml.parse(self._text, Loader=LOADER)

    def _take(self, event: Any) -> None:
        start = event.start_mark
        match event:
            case ScalarEvent():
                self._put(self._scalar(event))
            case MappingStartEvent() | SequenceStartEvent():
                self._open(event)
            case MappingEndEvent() | SequenceEndEvent():
                self._close()
            case AliasEvent():
                place = self._place(start.line, start.column, len(event.anchor or "") + 1)
                self._problems.tell(
                    place,
                    YAML_ALIAS,
                    msg(
                        "“*{anchor}” repeats another part of the file, which coopcal does not read",
                        anchor=event.anchor,
                    ),
                    msg("write the text again; if it should begin with *, put it in quotes"),
                )
                self._put(Scalar("", place, plain=False))
            case DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    place = self._place(start.line, start.column, 3)
                    self._problems.tell(
                        place,
                        SEVERAL_DOCUMENTS,
                        msg("A file holds one document, and “---” begins a second one"),
                        msg("take the line out, or move what follows to a file of its own"),
                    )
                    raise _Refused

    def _scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark, event.end_mark
        width = (
            end.column - start.column
            if end.line == start.line
            else len(self._lines[start.line]) - start.column
        )
        place = self._place(start.line, start.column, width)
        self._refuse_extras(event, place)
        if event.style == '"' and (control := CONTROL.search(event.value)):
            self._problems.tell(
                place,
                CONTROL_CHARACTER,
                msg(
                    "The text in these quotes holds an invisible control character (U+{number})",
                    number=f"{ord(control[0]):04X}",
                ),
                msg("take it out, with the backslash before it; text with backslashes goes in single quotes"),
            )
        return Scalar(event.value, place, plain=event.style in (None, ""))

    def _open(self, event: Any) -> None:
        place = self._place(event.start_mark.line, event.start_mark.column, 1)
        self._refuse_extras(event, place)
        if len(self._stack) >= DEEPEST:
            self._problems.tell(
                place,
                TOO_DEEP,
                msg("Lists and keys are nested more than {deepest} deep here", deepest=DEEPEST),
                msg("look for a bracket or an indentation that is one too many"),
            )
            raise _Refused
        self._stack.append(_Open(place, isinstance(event, MappingStartEvent)))

    def _close(self) -> None:
        done = self._stack.pop()
        if done.mapping:
            place = done.keys[0].position if done.keys else done.position
            node: Node = Mapping(tuple(zip(done.keys, done.values, strict=True)), place)
        else:
            node = Listing(tuple(done.values), done.position)
        self._put(node)

    def _put(self, node: Node) -> None:
        if not self._stack:
            self._root = node
            return
        top = self._stack[-1]
        if not top.mapping:
            top.values.append(node)
        elif top.waiting is None:
            top.waiting = self._key(node)
        else:
            if top.waiting.text not in top.seen:
                top.seen[top.waiting.text] = top.waiting.position.line
                top.keys.append(top.waiting)
                top.values.append(node)
            elif top.waiting.text != "<<" or not top.waiting.plain:
                self._twice(top.waiting, node, top)
            top.waiting = None

    def _key(self, node: Node) -> Scalar:
        if not isinstance(node, Scalar):
            self._problems.tell(
                node.position,
                KEY_IS_NO_TEXT,
                msg("A key is a word, not a list or a group of keys"),
                msg("write “key: value”; text that begins with [ or { goes in quotes"),
            )
            return Scalar(f"\0{node.position}", node.position)
        if node.text == "<<" and node.plain:
            self._problems.tell(
                node.position,
                YAML_MERGE,
                msg("“<<” takes in keys from elsewhere, which coopcal does not read"),
                msg("write the keys out; what all events share goes under “defaults”"),
            )
        return node

    def _twice(self, key: Scalar, value: Node, top: _Open) -> None:
        """Tell a key that stands a second time; what stands under both of two lists is to be kept."""
        line = top.seen[key.text]
        keep: Message = msg("keep one of the two")
        offers: tuple[Offer, ...] = ()
        if not isinstance(value, Scalar):
            keep = msg(
                "put what stands under both together under the “{text}” in line {line}, and take this line out",
                text=key.text,
                line=line,
            )
            shown = self._lines[key.position.line - 1]
            if (
                isinstance(value, Listing)
                and top.keys[-1].text == key.text
                and shown.strip() == f"{key.text}:"
            ):
                place = Position(self._path, key.position.line, 1, len(shown) + 1)
                offers = (Offer((Fix(place, ""),), keep),)
        begins = self._begins(key, top)
        self._problems.tell(
            key.position,
            DUPLICATE_KEY,
            msg("“{text}” stands here a second time; the first is in line {line}", text=key.text, line=line),
            msg("put a dash before it, where another one begins: - {text}: …", text=key.text)
            if begins
            else keep,
            offers=self._with_dash(key) if begins else offers,
            advice=keep,
        )

    def _begins(self, node: Scalar, top: _Open) -> bool:
        """Return whether a key is the one that items of a list begin with, and begins a line itself."""
        in_list = len(self._stack) > 1 and not self._stack[-2].mapping
        before = self._lines[node.position.line - 1][: node.position.column - 1]
        return in_list and bool(top.keys) and top.keys[0].text == node.text and not before.strip()

    def _with_dash(self, node: Scalar) -> tuple[Offer, ...]:
        """Return the mend that makes another item of a list begin with a key."""
        line, column = self._lines[node.position.line - 1], node.position.column
        place = Position(self._path, node.position.line, column - 2, column)
        return (
            (Offer((Fix(place, "- "),), f"- {line.strip()}"),)
            if line[column - 3 : column - 1] == "  "
            else ()
        )

    def _refuse_extras(self, event: Any, position: Position) -> None:
        if event.anchor is not None:
            self._problems.tell(
                position,
                YAML_ANCHOR,
                msg("“&{anchor}” is a YAML anchor, which coopcal does not read", anchor=event.anchor),
                msg("take it out; text that begins with & goes in quotes"),
            )
        if event.tag is not None and event.tag != "!":
            self._problems.tell(
                position,
                YAML_TAG,
                msg("“{tag}” is a YAML tag, which coopcal does not read", tag=event.tag),
                msg("take it out; text that begins with ! goes in quotes"),
            )

    def _place(self, line: int, column: int, width: int) -> Position:
        return Position(self._path, line + 1, column + 1, column + 1 + max(width, 1))
