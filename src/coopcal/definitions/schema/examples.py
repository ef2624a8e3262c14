"""Examples of the declarations as values."""

from typing import Any

from coopcal.definitions.declared.record import Key
from coopcal.definitions.source.node import Listing, Mapping, Node
from coopcal.definitions.source.parse import parse

_TYPED = {"true": True, "false": False}


def example(key: Key) -> Any:
    """Return the example of a key: text stays text, unless its kind is that of yes or no, or of a number."""
    node, problems = parse(f"{key.name}: {key.example}", key.name)
    assert isinstance(node, Mapping), key
    assert not problems, key
    value = _value(node.entries[0][1])
    if key.kind == "yes or no":
        return _TYPED[value]
    return int(value) if key.kind == "number" else value


def _value(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key.text: _value(value) for key, value in node.entries}
    return [_value(item) for item in node.items] if isinstance(node, Listing) else node.text
