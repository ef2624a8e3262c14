"""The document is of its dialect, whole, and the one that lies beside the calendars."""

import importlib
import json
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import coopcal.definitions
from coopcal.cli import main
from coopcal.definitions.declared.key import Record
from coopcal.definitions.repeats.keys import CHANGE_OR_ALSO
from coopcal.definitions.schema import FILES, File, document, written
from coopcal.definitions.schema.document import RECORDS

REPOSITORY = Path(__file__).parents[3]


def declared() -> list[Record]:
    """Return every record that the decoder declares."""
    found: list[Record] = []
    for module in pkgutil.walk_packages(coopcal.definitions.__path__, "coopcal.definitions."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Record) and value not in found:
                found.append(value)
    return found


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Return a schema and all schemas in it."""
    if isinstance(schema, dict):
        yield schema
    for value in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from parts(value)


@pytest.mark.parametrize("file", [None, *FILES])
def test_a_document_is_a_schema_in_which_all_that_is_referred_to_stands(file: File | None) -> None:
    whole = document(file)
    referred = {part["$ref"].removeprefix("#/$defs/") for part in parts(whole) if "$ref" in part}

    Draft202012Validator.check_schema(whole)
    assert referred <= set(whole["$defs"])
    assert file is None or set(whole["$defs"]) == referred


def test_every_record_of_the_decoder_stands_in_it() -> None:
    """But the one that is another with a key less that is needed."""
    told = list(RECORDS.values())

    assert [each.called for each in declared() if each not in told and each != CHANGE_OR_ALSO] == []
    assert [each.called for each in told if each not in declared()] == []


def test_every_key_is_told_with_an_example() -> None:
    whole = document()
    for name, record in RECORDS.items():
        for key in record.keys:
            told = whole["$defs"][name]["properties"][key.name]

            assert told["description"] == key.about
            assert told.get("examples") or key.example in told["markdownDescription"], (name, key.name)


def test_the_document_beside_the_calendars_is_the_one_that_is_printed() -> None:
    """Written anew by: coopcal schema > schema.json."""
    printed = CliRunner().invoke(main, ["schema"])

    assert printed.exit_code == 0
    assert printed.stdout == written() == (REPOSITORY / "schema.json").read_text(encoding="utf-8")


def test_that_of_one_kind_of_file_is_printed_alone() -> None:
    printed = CliRunner().invoke(main, ["schema", "feed"])

    assert json.loads(printed.stdout) == document("feed")
    assert "event" not in json.loads(printed.stdout)["$defs"]
    assert CliRunner().invoke(main, ["schema", "event"]).exit_code == 2
