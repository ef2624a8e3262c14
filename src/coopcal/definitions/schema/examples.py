"""Examples of the declarations as values."""

from typing import Any

from coopcal.definitions.declared.key import Key
from coopcal.definitions.source.node import Listing, Mapping, Node
from coopcal.definitions.source.parse import parse


def example(key: Key) -> Any:
    """Return the example of a key: text stays text, unless its reader takes it for yes or no, or for a number."""
    node, problems = parse(f"{key.name}: {key.example}", key.name)
    assert isinstance(node, Mapping), key
    assert not problems, key
    value = _value(node.entries[0][1])
    return key.reader.typed(value) if isinstance(value, str) else value


def _value(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key.text: _value(value) for key, value in node.entries}
    return [_value(item) for item in node.items] if isinstance(node, Listing) else node.text
