"""What schemas of values are made of: texts as YAML types them, lists that may be one value, groups by name.

Editors type plain scalars as YAML does, and the decoder does not: a text may reach a schema as a number, as true or
false, or as null. Texts are therefore whatever is no list and no group of keys, and a pattern holds for strings alone.
They do so without naming types, as editors offer ``true``, ``false`` and ``null`` wherever these are named.
``errorMessage`` and ``patternErrorMessage`` are the words of the YAML language server for a mark.
"""

from typing import Any

from coopcal.definitions.declared import patterns

Schema = dict[str, Any]


def text(pattern: str | None = None, wrong: str = "", **more: Any) -> Schema:
    """Return a text; where YAML leaves it a string, it fits the pattern, else people are told what is wrong."""
    schema: Schema = {
        "if": {"type": ["object", "array"]},
        "then": {"type": "string", "errorMessage": "One text is expected here"},
    }
    if pattern is not None:
        schema |= {"pattern": pattern, "patternErrorMessage": wrong}
    return schema | more


def string(pattern: str, wrong: str) -> Schema:
    """Return a text that YAML leaves a string whenever it is right."""
    return {"type": "string", "pattern": pattern, "errorMessage": wrong}


def ref(name: str) -> Schema:
    """Return what stands elsewhere in the document."""
    return {"$ref": f"#/$defs/{name}"}


def either(keys: Schema, otherwise: Schema) -> Schema:
    """Return what is written as keys, or else as something else."""
    return {"if": {"type": "object"}, "then": keys, "else": otherwise}


def listed(item: Schema) -> Schema:
    """Return a list of that, or one alone."""
    return {"if": {"type": "array"}, "then": {"type": "array", "items": item}, "else": item}


def list_of(item: Schema, wrong: str) -> Schema:
    """Return a list of that, and nothing else."""
    return {"type": "array", "items": item, "errorMessage": wrong}


def by_name(value: Schema, names: str, wrong: str) -> Schema:
    """Return values by name; the names fit a pattern, else people are told what is wrong."""
    return {
        "type": "object",
        "patternProperties": {names: value},
        "additionalProperties": False,
        "errorMessage": wrong,
    }


def named(value: Schema) -> Schema:
    """Return values by names that are ids."""
    return by_name(
        value,
        patterns.ID,
        "Write them by name, one below the other; a name is of lower-case letters a to z, digits and single hyphens",
    )


def one_of(words: tuple[str, ...], *, several: bool = False) -> Schema:
    """Return one of a few words, or a list of some."""
    one: Schema = {"enum": [str(word) for word in words]}
    return {"anyOf": [one, {"type": "array", "items": one}]} if several else one


def offered(words: tuple[str, ...], otherwise: Schema) -> Schema:
    """Return a value for which words are offered, and others may be written."""
    return {"anyOf": [{"enum": list(words)}, otherwise]}
