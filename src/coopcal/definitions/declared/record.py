"""A record as it is written, and its values as they are read by the readers that its keys declare."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from coopcal.definitions.codes.values import EMPTY_VALUE, MISSING_KEY, NOT_KEYS
from coopcal.definitions.context import Context
from coopcal.definitions.declared.by_language import language_of
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.unindented import text_that_goes_on
from coopcal.definitions.declared.unknown import synonym, unknown_key
from coopcal.definitions.source.node import Mapping as Keys
from coopcal.definitions.source.node import Node, Scalar
from coopcal.model.message import Message, msg
from coopcal.model.problem import Fix, Offer, Position, Problems

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a record takes over where it does not say it: values, and nodes of what must be read anew where it is taken."""

    values: Mapping[str, Any]
    nodes: Mapping[str, Node]


NOTHING = Inherited({}, {})


class Written:
    """The keys of one record that are written: their nodes, and the values of those that have been read.

    ``nodes`` and ``values`` are by the name of the key; a value that could not be read is in ``nodes`` alone.
    """

    __slots__ = ("_waiting", "nodes", "record", "values")

    def __init__(self, record: Record, nodes: dict[str, Node]) -> None:
        """Take the nodes of known keys; none is read yet."""
        self.record = record
        self.nodes = nodes
        self.values: dict[str, Any] = {}
        self._waiting = list(nodes)

    def read(
        self, context: Context, *, only: Collection[str] | None = None, but: Collection[str] = ()
    ) -> "Written":
        """Read the values of ``only`` these keys, or of all ``but`` those; each value is read once."""
        keys, nodes, waiting = self.record.by_name, self.nodes, list[str]()
        for name in self._waiting:
            if name in but or (only is not None and name not in only):
                waiting.append(name)
                continue
            value = keys[name].reader.read(nodes[name], context)
            if value is not None:
                self.values[name] = value
        self._waiting = waiting
        return self

    def inherit(self, above: Inherited) -> None:
        """Take over the values and nodes of those keys of this record that are not written."""
        keys = self.record.by_name
        own = frozenset(self.nodes)
        for name, value in above.values.items():
            if name in keys and name not in own:
                self.values[name] = value
        for name, node in above.nodes.items():
            if name in keys and name not in own:
                self.nodes[name] = node
                self._waiting.append(name)

    def get(self, name: str, otherwise: Any = None) -> Any:
        """Return the value of a key, or something else where it is not written or could not be read."""
        return self.values.get(name, otherwise)

    def position(self, name: str) -> Position | None:
        """Return where the value of a key stands; None where it is not written."""
        node = self.nodes.get(name)
        return node.position if node else None

    @property
    def is_whole(self) -> bool:
        """Whether each key that is needed has been read."""
        return all(key.name in self.values for key in self.record.required)

    def fields(self) -> dict[str, Any]:
        """Return the values that have an effect, by the fields that they are for."""
        fields = self.record.fields
        return {fields[name]: value for name, value in self.values.items() if name in fields}


def read_record(node: Node, record: Record, context: Context) -> Written | None:
    """Return a record of which everything is read; None, with the problem noted, where it is none."""
    written = written_keys(node, record, context)
    return written.read(context) if written else None


def written_keys(
    node: Node, record: Record, context: Context, *, position: Position | None = None
) -> Written | None:
    """Return the keys of a record that are written, none of them read yet; None where it is no record.

    Unknown and missing keys are noted. A key that is written but left empty counts as
    missing: it is noted, and left out. ``position`` is where a missing key is missed; one that was probably misspelt is
    not missed as well.
    """
    problems = context.problems
    if not isinstance(node, Keys):
        first = record.keys[0]
        problems.tell(
            node.position,
            NOT_KEYS,
            msg("{called} is written as keys and values, one on each line", called=msg(record.called)),
            msg("write it in lines such as: {line}", line=f"{first.name}: {first.example}"),
        )
        return None
    known = record.by_name
    nodes: dict[str, Node] = {}
    meant: set[str | None] = set()
    keys = [known.get(name.text) for name, _ in node.entries]
    lines = set() if all(keys) else _lines_of_text(node, record, problems)
    for key, (name, value) in zip(keys, node.entries, strict=True):
        if lines and name in lines:
            continue
        if key is None:
            meant.add(unknown_key(name, node, record, problems, context.language))
            continue
        if isinstance(value, Scalar) and value.plain and not value.text:
            _tell_empty(name, key, node, record, problems)
        else:
            nodes[name.text] = value
    for key in record.required:
        if key.name not in nodes and node.key(key.name) is None and key.name not in meant:
            problems.tell(
                position or node.position,
                MISSING_KEY,
                msg(
                    "{called} needs “{name}”: {about}",
                    called=msg(record.called),
                    name=key.name,
                    about=msg(key.about),
                ),
                msg("add a line such as: {line}", line=f"{key.name}: {key.example}"),
            )
    return Written(record, nodes)


def _lines_of_text(node: Keys, record: Record, problems: Problems) -> set[Scalar]:
    """Note texts that go on below their keys without being indented; return the keys that their lines became."""
    return text_that_goes_on(
        node,
        record.prose,
        record.by_name,
        lambda word: bool(synonym(word, record) or language_of(word)),
        problems,
    )


def _tell_empty(name: Scalar, key: Key, node: Keys, record: Record, problems: Problems) -> None:
    inner = _languages_below(name, node, record)
    problems.tell(
        name.position,
        EMPTY_VALUE,
        msg("“{text}” is empty", text=name.text),
        msg("indent what stands below it by two blanks more: {line}", line=f"  {inner[0].text}: …")
        if inner
        else _example(key),
        offers=_indented(inner),
        advice=_example(key),
    )


def _example(key: Key) -> Message:
    return msg("write something behind the colon, such as: {line}", line=f"{key.name}: {key.example}")


def _languages_below(name: Scalar, node: Keys, record: Record) -> list[Scalar]:
    """Return the codes of languages that stand below an empty key as keys beside it, and should stand in it."""
    names = [key for key, _ in node.entries]
    below: list[Scalar] = []
    for key in names[names.index(name) + 1 :]:
        if key.text in record.by_name or not _LANGUAGE.fullmatch(key.text):
            break
        below.append(key)
    return below


def _indented(names: list[Scalar]) -> tuple[Offer, ...]:
    places = [Position(name.position.path, name.position.line, 1, 1) for name in names]
    edits = tuple(Fix(place, "  ") for place in places)
    return (Offer(edits, msg("indent what stands below it by two blanks more")),) if edits else ()
