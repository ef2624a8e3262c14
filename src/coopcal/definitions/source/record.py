"""The record of a copy: when it was last had, and why it cannot be had."""

import json
import re
from contextlib import suppress
from datetime import date
from typing import Any

from coopcal.definitions.source.origin import Origin
from coopcal.definitions.source.tree import INCLUDED
from coopcal.model.included import Kept
from coopcal.model.message import Message, Number

LARGEST = 100_000
"""Characters of a record."""


_FILLED = re.compile(r"\{\w+\}")
_BRACES = re.compile(r"[{}]")


def record_path(organisation: str, name: str) -> str:
    """Return where the record of a copy stands, relative to the root."""
    return f"{INCLUDED}/{organisation}/{name}.json"


def kept_of(origin: Origin, organisation: str, name: str) -> Kept | None:
    """Return what is known of a copy; None where it was never asked for, or its record cannot be read."""
    path = record_path(organisation, name)
    if not origin.has(path):
        return None
    text, problems = origin.read(path)
    if text is None or problems or len(text) > LARGEST:
        return None
    with suppress(ValueError, RecursionError):
        return kept(json.loads(text))
    return None


def kept(written: Any) -> Kept | None:
    """Return what a record says; None where it is none."""
    if not isinstance(written, dict):
        return None
    return Kept(_day(written.get("seen")), _day(written.get("failing")), said(written.get("why")))


def _day(written: Any) -> date | None:
    with suppress(ValueError, TypeError):
        return date.fromisoformat(written[:10])
    return None


def told(value: object) -> Any:
    """Return a sentence as it is kept, so that it can be said in other languages."""
    if isinstance(value, Message):
        return {"said": value.template, "with": {name: told(one) for name, one in value.values.items()}}
    if isinstance(value, Number):
        return {"number": int(value)}
    return int(value) if isinstance(value, int) else str(value)


def said(written: Any) -> Message | None:
    """Return a sentence that was kept; None where it is none."""
    with suppress(KeyError, IndexError, ValueError, AttributeError, TypeError):
        if _BRACES.search(_FILLED.sub("", written["said"])):
            return None
        return Message(written["said"], {name: _value(one) for name, one in written["with"].items()})
    return None


def _value(written: Any) -> object:
    if isinstance(written, dict) and isinstance(number := written.get("number"), int):
        return Number(number)
    return (said(written) or "") if isinstance(written, dict) else written
