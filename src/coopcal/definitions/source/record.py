"""The record of a copy: when it was last had, why it cannot be had, and what is left out of it."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

from coopcal.definitions.source.origin import Origin
from coopcal.definitions.source.tree import INCLUDED
from coopcal.model.included import Kept, LeftOut
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
    gone = tuple(left_out(written.get("left_out_of")))
    return Kept(
        seen=_instant(written.get("seen")),
        failing=_day(written.get("failing")),
        why=said(written.get("why")),
        left_out=gone,
        refused=written.get("refused") is True,
    )


def _instant(written: Any) -> datetime | None:
    with suppress(ValueError, TypeError):
        read = datetime.fromisoformat(written)
        return read if read.tzinfo else read.replace(tzinfo=UTC)
    return None


def _day(written: Any) -> date | None:
    with suppress(ValueError, TypeError):
        return date.fromisoformat(written[:10])
    return None


def left_out(written: Any) -> Iterator[LeftOut]:
    """Yield what a record says that is left out."""
    for one in written if isinstance(written, list) else ():
        with suppress(KeyError, ValueError, TypeError, AttributeError):
            named = tuple((str(title), int(line)) for title, line in one["named"])
            yield LeftOut(int(one["count"]), named, said(one.get("why")))


def told_of(left_out: Iterable[LeftOut]) -> list[Any]:
    """Return what is left out of a copy as it is kept."""
    return [
        {"count": one.count, "named": [list(each) for each in one.named]}
        | ({"why": told(one.why)} if one.why is not None else {})
        for one in left_out
    ]


def told(value: object) -> Any:
    """Return a sentence as it is kept, so that it can be said in other languages."""
    if isinstance(value, Message):
        counted = {"many": value.plural} if value.plural else {}
        return {
            "said": value.template,
            **counted,
            "with": {name: told(one) for name, one in value.values.items()},
        }
    if isinstance(value, Number):
        return {"number": int(value)}
    return int(value) if isinstance(value, int) else str(value)


def said(written: Any) -> Message | None:
    """Return a sentence that was kept; None where it is none."""
    with suppress(KeyError, IndexError, ValueError, AttributeError, TypeError):
        templates = written["said"], written.get("many", "")
        if any(_BRACES.search(_FILLED.sub("", template)) for template in templates):
            return None
        return Message(
            templates[0], {name: _value(one) for name, one in written["with"].items()}, templates[1]
        )
    return None


def _value(written: Any) -> object:
    if isinstance(written, dict) and isinstance(number := written.get("number"), int):
        return Number(number)
    return (said(written) or "") if isinstance(written, dict) else written
