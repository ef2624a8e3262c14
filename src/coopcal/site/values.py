"""Records as JSON values and back; what says nothing is left out."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from types import NoneType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

Record = TypeVar("Record")
Reader = Callable[[Any], Any]


def to_values(record: Any) -> Any:
    """Give a record as JSON values; fields that are None, empty or as usual are left out."""
    match record:
        case datetime() | date():
            return record.isoformat()
        case tuple():
            return [to_values(each) for each in record]
        case Mapping():
            return dict(record)
        case _ if is_dataclass(record):
            return {
                each.name: to_values(value)
                for each in fields(record)
                if (value := getattr(record, each.name)) not in (None, "", ())
                and value != {}
                and value is not False
            }
        case _:
            return record


def of_values(kind: type[Record], values: Mapping[str, Any]) -> Record:
    """Read a record that ``to_values`` wrote; raise KeyError, TypeError or ValueError for anything else."""
    found = {}
    for name, reader, missing in _readers(cast("Any", kind)):
        if name not in values:
            found[name] = missing
        else:
            found[name] = reader(values[name]) if reader else values[name]
    return kind(**found)


@lru_cache(maxsize=64)
def _readers(kind: type[Any]) -> tuple[tuple[str, Reader | None, Any], ...]:
    """Give, for each field, its name, how its value is read (None: as it is), and what it is where it is left out."""
    hints = get_type_hints(kind)
    return tuple(
        (each.name, _reader(hints[each.name]), _missing(each, hints[each.name])) for each in fields(kind)
    )


def _reader(hint: Any) -> Reader | None:
    arms = [arm for arm in get_args(hint) if arm is not NoneType]
    if get_origin(hint) is tuple:
        inner = _reader(arms[0])
        return (lambda values: tuple(map(inner, values))) if inner else tuple
    if NoneType in get_args(hint):
        return _reader(arms[0])
    if hint in (date, datetime):
        read: Reader = hint.fromisoformat
        return read
    if isinstance(hint, type) and is_dataclass(hint):
        return lambda values: of_values(hint, values)
    return None


def _missing(field: Field[Any], hint: Any) -> Any:
    if field.default is not MISSING:
        return field.default
    if NoneType in get_args(hint):
        return None
    usual: dict[Any, Any] = {tuple: (), Mapping: {}, bool: False, str: ""}
    return usual.get(get_origin(hint) or hint)
