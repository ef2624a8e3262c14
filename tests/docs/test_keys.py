"""``docs/format.md`` tells every key that the decoder knows, and nothing that it does not."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import coopcal.definitions
from coopcal.definitions.declared.key import Record

PAGE = (Path(__file__).parents[2] / "docs/format.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([a-z0-9_]+)`( \(needed\))? \| (.+?) \| `(.+)` \|$", re.MULTILINE)


def records() -> dict[str, Record]:
    """Return every record that a module of the decoder declares, by module and name."""
    found = {}
    for module in pkgutil.walk_packages(coopcal.definitions.__path__, "coopcal.definitions."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, Record):
                found[f"{module.name}.{name}"] = value
    return found


def rows() -> set[tuple[str, bool, str, str]]:
    """Return the rows of the page: key, whether it is needed, what it is, an example."""
    return {(key, bool(needed), about, example) for key, needed, about, example in ROW.findall(PAGE)}


TOLD_IN_WORDS = {
    "TAGS",
    "GEO",
    "ONLINE",
    "OUTSIDER",
    "CONTACT",
    "LEGAL",
    "FURTHER",
    "DEFAULTS",
    "SESSION",
    "CHANGE",
    "ALSO",
    "CHANGE_OR_ALSO",
}


@pytest.mark.parametrize("name", sorted(records()))
def test_every_key_is_told(name: str) -> None:
    """Each key stands in a table with its meaning and example, or its name in a sentence."""
    record = records()[name]
    if name.rsplit(".", 1)[1] in TOLD_IN_WORDS:
        missing = [key for key in record.names if f"`{key}`" not in PAGE]
    else:
        told = rows()
        missing = [
            key.name for key in record.keys if (key.name, key.required, key.about, key.example) not in told
        ]

    assert missing == []


def test_nothing_else_is_told() -> None:
    """A key that is gone from the decoder is gone from the page."""
    known = {(key.name, key.about) for record in records().values() for key in record.keys}

    assert [row for row in rows() if (row[0], row[2]) not in known] == []
