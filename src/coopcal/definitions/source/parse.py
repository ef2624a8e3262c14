"""YAML → nodes of text with places; what YAML would do behind people's backs is refused."""

from collections.abc import Callable
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
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
from coopcal.model.message import Message, msg
from coopcal.model.problem import Fix, Offer, Position, Problem, Problems
from coopcal.text.late import late

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_new = tuple.__new__
"""Makes a named tuple in half the time of a call of its type: a file has two for every text."""

DEEPEST = 20
"""Levels that lists and keys may be nested."""


def parse(text: str, path: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Parse one YAML document; None when it is empty or its syntax is broken."""
    return _Reader(text, path).read()


class _Refused(Exception):  # noqa: N818 - not an error: the problem is noted
    """Reading cannot go on; the problem has been noted."""


class _Reader:
    """Builds nodes from libyaml's events, each as it comes."""

    _next: Callable[[], Any]
    """Gives the next event, and None behind the last."""

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path
        self._lines = text.split("\n")
        self._problems = Problems()

    def read(self) -> tuple[Node | None, tuple[Problem, ...]]:
        """Read the whole text."""
        try:
            root = self._document()
        except yaml.MarkedYAMLError as error:
            explain = late("definitions.source.syntax.explanation", "explain")
            self._problems.found.append(explain(error, self._lines, self._path))
            return None, tuple(self._problems.found)
        except yaml.reader.ReaderError:
            control = control_character(self._text, self._path)
            if control is None:
                raise
            return None, (*self._problems.found, control)
        except _Refused:
            return None, tuple(self._problems.found)
        return root, tuple(self._problems.found)

    def _document(self) -> Node | None:
        """Return what the only document holds; None where there is none."""
        root: Node | None = None
        documents = 0
        loader = LOADER(self._text)
        self._next = loader.get_event
        try:
            while (event := self._next()) is not None:
                if isinstance(event, NodeEvent):
                    root = self._node(event, 0)
                elif isinstance(event, DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        self._refuse_document(event)
        finally:
            loader.dispose()
        return root

    def _node(self, event: Any, depth: int, *, item: bool = False) -> Node:
        """Return the node that begins with an event, so many collections deep; ``item``: in a list."""
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is AliasEvent:
            return self._alias(event)
        place = self._place(event.start_mark.line, event.start_mark.column, 1)
        self._refuse_extras(event, place)
        if depth >= DEEPEST:
            self._problems.tell(
                place,
                TOO_DEEP,
                msg("Lists and keys are nested more than {deepest} deep here", deepest=DEEPEST),
                msg("look for a bracket or an indentation that is one too many"),
            )
            raise _Refused
        if kind is MappingStartEvent:
            return self._mapping(place, depth + 1, item=item)
        items: list[Node] = []
        while type(event := self._next()) is not SequenceEndEvent:
            items.append(self._node(event, depth + 1, item=True))
        return Listing(tuple(items), place)

    def _mapping(self, place: Position, depth: int, *, item: bool) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        lines: dict[str, int] = {}
        while type(event := self._next()) is not MappingEndEvent:
            key = self._scalar(event) if type(event) is ScalarEvent else self._no_text(event, depth)
            text = key.text
            if text == "<<" and key.plain:
                self._tell_merge(key)
            event = self._next()
            value = self._scalar(event) if type(event) is ScalarEvent else self._node(event, depth)
            if text not in lines:
                lines[text] = key.position.line
                entries.append((key, value))
            elif text != "<<" or not key.plain:
                self._twice(key, value, entries, lines[text], item=item)
        return Mapping(tuple(entries), entries[0][0].position if entries else place)

    def _scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark, event.end_mark
        line, column = start.line, start.column
        behind = end.column if end.line == line else len(self._lines[line])
        place = _new(
            Position, (self._path, line + 1, column + 1, (behind if behind > column else column + 1) + 1)
        )
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event, place)
        style = event.style
        if style == '"' and (control := CONTROL.search(event.value)):
            self._problems.tell(
                place,
                CONTROL_CHARACTER,
                msg(
                    "The text in these quotes holds an invisible control character (U+{number})",
                    number=f"{ord(control[0]):04X}",
                ),
                msg("take it out, with the backslash before it; text with backslashes goes in single quotes"),
            )
        return _new(Scalar, (event.value, place, not style))

    def _alias(self, event: Any) -> Scalar:
        start = event.start_mark
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
        return Scalar("", place, plain=False)

    def _refuse_document(self, event: Any) -> NoReturn:
        self._problems.tell(
            self._place(event.start_mark.line, event.start_mark.column, 3),
            SEVERAL_DOCUMENTS,
            msg("A file holds one document, and “---” begins a second one"),
            msg("take the line out, or move what follows to a file of its own"),
        )
        raise _Refused

    def _no_text(self, event: Any, depth: int) -> Scalar:
        """Note a key that is no text; return what stands for it. An alias has told itself."""
        node = self._node(event, depth)
        if isinstance(node, Scalar):
            return node
        self._problems.tell(
            node.position,
            KEY_IS_NO_TEXT,
            msg("A key is a word, not a list or a group of keys"),
            msg("write “key: value”; text that begins with [ or { goes in quotes"),
        )
        return Scalar(f"\0{node.position}", node.position)

    def _tell_merge(self, key: Scalar) -> None:
        self._problems.tell(
            key.position,
            YAML_MERGE,
            msg("“<<” takes in keys from elsewhere, which coopcal does not read"),
            msg("write the keys out; what all events share goes under “defaults”"),
        )

    def _twice(
        self, key: Scalar, value: Node, entries: list[tuple[Scalar, Node]], line: int, *, item: bool
    ) -> None:
        """Tell a key that stands a second time behind these entries; what stands under both of two lists is to be kept.

        ``line`` is that of the first; ``item``: the keys are an item of a list.
        """
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
                and entries[-1][0].text == key.text
                and shown.strip() == f"{key.text}:"
            ):
                place = Position(self._path, key.position.line, 1, len(shown) + 1)
                offers = (Offer((Fix(place, ""),), keep),)
        begins = item and entries[0][0].text == key.text and self._begins_line(key)
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

    def _begins_line(self, node: Scalar) -> bool:
        return not self._lines[node.position.line - 1][: node.position.column - 1].strip()

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
