"""Records as JSON values and back; what says nothing is left out."""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from types import NoneType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

Record = TypeVar("Record")
Reader = Callable[[Any], Any]


def from_json(content: bytes | str) -> Any:
    """Read JSON; raise ValueError for anything else, also for what is nested deeper than can be meant."""
    try:
        return json.loads(content)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def to_values(record: Any) -> Any:
    """Return a record as JSON values; fields that are None, empty or as usual are left out."""
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
    if type(values) is not dict:
        raise TypeError(f"a record of {kind.__name__} is none")
    found = {}
    for name, reader, missing in _readers(cast("Any", kind)):
        if name not in values:
            if missing is MISSING:
                raise KeyError(name)
            found[name] = missing
        else:
            found[name] = reader(values[name])
    return kind(**found)


def of_value(hint: Any, value: Any) -> Any:
    """Read a JSON value of a type; raise KeyError, TypeError or ValueError where it is none."""
    if value is None and NoneType in get_args(hint):
        return None
    return _read_by(hint)(value)


@lru_cache(maxsize=64)
def _read_by(hint: Any) -> Reader:
    return _reader(hint)


@lru_cache(maxsize=64)
def _readers(kind: type[Any]) -> tuple[tuple[str, Reader, Any], ...]:
    """Give, for each field, its name, how its value is read, and what it is where it is left out (MISSING: it never is)."""
    hints = get_type_hints(kind)
    return tuple(
        (each.name, _reader(hints[each.name]), _missing(each, hints[each.name])) for each in fields(kind)
    )


def _reader(hint: Any) -> Reader:
    arms = [arm for arm in get_args(hint) if arm is not NoneType]
    if get_origin(hint) is tuple:
        inner = _reader(arms[0])
        return lambda values: tuple(map(inner, _plain(list, values)))
    if get_origin(hint) is Mapping:
        key, value = map(_reader, arms)
        return lambda values: {key(name): value(each) for name, each in _plain(dict, values).items()}
    if NoneType in get_args(hint):
        return _reader(arms[0])
    if hint is datetime:
        return _moment
    if hint is date:
        return lambda value: date.fromisoformat(_plain(str, value))
    if is_dataclass(hint):
        return lambda values: of_values(cast("type[Any]", hint), values)
    return partial(_plain, hint)


def _moment(value: Any) -> datetime:
    found = datetime.fromisoformat(_plain(str, value))
    if found.tzinfo is None:
        raise ValueError(f"{value[:40]} tells no offset")
    return found


def _plain(kind: type[Any], value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(f"{repr(value)[:40]} is no {kind.__name__}")
    return value


def _missing(field: Field[Any], hint: Any) -> Any:
    if field.default is not MISSING:
        return field.default
    if NoneType in get_args(hint):
        return None
    usual: dict[Any, Any] = {tuple: (), Mapping: {}, bool: False, str: ""}
    return usual.get(get_origin(hint) or hint, MISSING)
