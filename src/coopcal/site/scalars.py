"""Values that JSON has no word for, or that must be of one kind exactly, as JSON values and back."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import EnumMeta
from functools import partial
from typing import Any, get_args, get_origin


@dataclass(frozen=True, slots=True)
class Form:
    """How values of a type are written as JSON values, and how these are read.

    ``read`` raises TypeError, ValueError or KeyError for what ``write`` does not give.
    """

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def exactly(kind: type[Any], value: Any) -> Any:
    """Return a value that is of a type, and of no type made of that; raise TypeError for any other."""
    if type(value) is not kind:
        raise TypeError(f"{repr(value)[:40]} is no {kind.__name__}")
    return value


def same(value: Any) -> Any:
    """Return a value that JSON has, too."""
    return value


def _write_moment(moment: datetime) -> str:
    """Write an aware moment as ISO 8601, one in UTC with ``Z``."""
    written = moment.isoformat()
    return f"{written[:-6]}Z" if written.endswith("+00:00") else written


def _read_moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(f"{value[:40]} tells no offset")
    return moment


PLAIN: dict[Any, Form] = {
    **{kind: Form(same, partial(exactly, kind)) for kind in (str, int, bool)},
    date: Form(date.isoformat, date.fromisoformat),
    datetime: Form(_write_moment, _read_moment),
    time: Form(time.isoformat, time.fromisoformat),
    bytes: Form(
        lambda content: b64encode(content).decode("ascii"), lambda text: b64decode(text, validate=True)
    ),
}
"""Values that are neither of several parts nor of our own types; bytes are written in base64 (RFC 4648, 4)."""


def enumerated(kind: EnumMeta) -> Form:
    """Return the form of an enumeration: its values."""
    members: Any = kind
    values = {member: member.value for member in members}
    return Form(values.__getitem__, kind)


def key_form(hint: Any) -> Form:
    """Return the form of the keys of an object: text, numbers and days; several of them have slashes between."""
    if get_origin(hint) is tuple:
        parts = [key_form(part) for part in get_args(hint)]
        return Form(
            lambda key: "/".join(part.write(value) for part, value in zip(parts, key, strict=True)),
            lambda key: tuple(part.read(text) for part, text in zip(parts, key.split("/"), strict=True)),
        )
    return Form(str, int) if hint is int else PLAIN[hint]
