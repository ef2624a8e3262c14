"""Source files as editors read them: plain scalars typed by YAML 1.2's core schema, and the schema's word on them."""

import re
from typing import Any

from jsonschema import Draft202012Validator

from coopcal.definitions.schema import File, document
from coopcal.definitions.source.node import Listing, Mapping, Node
from coopcal.definitions.source.parse import parse

_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")

_VALIDATORS: dict[File, Draft202012Validator] = {}


def typed(node: Node) -> Any:
    """Return a tree of text as values."""
    if isinstance(node, Mapping):
        return {key.text: typed(value) for key, value in node.entries}
    if isinstance(node, Listing):
        return [typed(item) for item in node.items]
    text = node.text
    if not node.plain:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text, 0)
    return float(text) if _FLOAT.fullmatch(text) else text


def marks(text: str, file: File) -> list[str]:
    """Return what the schema says against a file; its YAML can be read."""
    node, problems = parse(text, file)
    assert node is not None, problems
    if file not in _VALIDATORS:
        _VALIDATORS[file] = Draft202012Validator(document(file))
    return [
        f"{'/'.join(str(part) for part in error.absolute_path)}: {error.message[:200]}"
        for error in _VALIDATORS[file].iter_errors(typed(node))
    ]


def file_of(path: str) -> File:
    """Return which kind of file a path of the source tree is."""
    if path == "coopcal.yaml":
        return "site"
    if path.startswith("feeds/"):
        return "feed"
    if path == "tokens.yaml":
        return "tokens"
    return "organisation" if path.count("/") == 1 or path.endswith("/organisation.yaml") else "events"
