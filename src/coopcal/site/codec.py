"""One codec for all that is stored, or sent to another process: frozen types as JSON values, and back.

A type of ours, a dataclass or a named tuple, is an object of its fields, in which those are left out that are what they
would be read as then: their default, else None, false or empty. Days and aware moments are ISO 8601, enumerations their
values, tuples and sets lists; tuples of pairs that begin with a text or a day are objects in their order. A codec is told
all types of ours that it may meet, and which of them are written in another way; it works out once what to do with each.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from enum import EnumMeta
from functools import reduce
from operator import or_
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from coopcal.site import composites
from coopcal.site.scalars import PLAIN, Form, enumerated

Value = TypeVar("Value")


_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


def from_json(content: bytes | str) -> Any:
    """Read JSON; raise ValueError for anything else, also for what is nested deeper than can be meant."""
    try:
        return json.loads(content)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def as_json(value: Any) -> bytes:
    """Write JSON values in one line of UTF-8."""
    return (_ENCODER.encode(value) + "\n").encode()


@dataclass(frozen=True, slots=True)
class Object:
    """A type whose values are objects of their fields; those of the field ``inline`` stand among them."""

    inline: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A type whose values are lists of their fields, ``least`` of them and those before the last that is not as usual."""

    least: int = 0


@dataclass(frozen=True, slots=True)
class Rows:
    """A union of types that are written as lists: a tag stands before the fields."""

    arms: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A union of types that are objects: a tag stands before the fields, under a ``name`` that none of them has."""

    name: str
    arms: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """A union whose values are each the only one in an object, under a tag; text stands as it is."""

    arms: Mapping[str, Any]


Layout = Form | Object | Row | Rows | Tagged | Named


def objects(*kinds: type[Any]) -> dict[Any, Layout]:
    """Return the layout of types whose values are objects."""
    return dict.fromkeys(kinds, Object())


class Codec:
    """Writes values of some types as JSON values, and reads them; safe for threads."""

    def __init__(self, layouts: Mapping[Any, Layout]) -> None:
        """Take the types of ours that may be met, each with the way in which it is written."""
        self._layouts = layouts
        self._forms: dict[Any, Form] = dict(PLAIN)

    def write(self, kind: Any, value: Any) -> Any:
        """Return a value of a type as JSON values."""
        return self.form(kind).write(value)

    def read(self, kind: type[Value], values: Any) -> Value:
        """Read what ``write`` gave; for anything else raise TypeError, ValueError or KeyError, which name the field."""
        return cast("Value", self.form(kind).read(values))

    def dumps(self, kind: Any, value: Any) -> bytes:
        """Return a value of a type as a line of JSON."""
        return as_json(self.write(kind, value))

    def loads(self, kind: type[Value], content: bytes) -> Value:
        """Read what ``dumps`` gave; raise as ``read`` does."""
        return self.read(kind, from_json(content))

    def form(self, hint: Any) -> Form:
        """Return how values of a type are written and read; raise TypeError for one that this codec was not told of."""
        form = self._forms.get(hint)
        if form is None:
            form = self._forms[hint] = self._form(hint)
        return form

    def _form(self, hint: Any) -> Form:
        match self._layouts.get(hint):
            case Form() as form:
                return form
            case Object(inline):
                return composites.object_form(hint, self._parts(hint, composites.missing), inline)
            case Row(least):
                return composites.row_form(hint, self._parts(hint, lambda default, _: default), least)
            case Rows(arms):
                return composites.rows_form({tag: (arm, self.form(arm)) for tag, arm in arms.items()})
            case Tagged(name, arms):
                return composites.tagged_form(name, {tag: (arm, self.form(arm)) for tag, arm in arms.items()})
            case Named(arms):
                return composites.named_form({tag: (arm, self.form(arm)) for tag, arm in arms.items()})
            case None:
                return self._usual(hint)

    def _usual(self, hint: Any) -> Form:
        """Return the form of what has the same one everywhere."""
        arguments = get_args(hint)
        match get_origin(hint):
            case origin if origin in (Union, UnionType) and NoneType in arguments:
                return composites.optional_form(
                    self.form(reduce(or_, (arm for arm in arguments if arm is not NoneType)))
                )
            case origin if origin is tuple:
                return self._tuple(arguments)
            case origin if origin is frozenset:
                return composites.set_form(self.form(arguments[0]))
            case origin if origin is Mapping:
                key, value = arguments
                return composites.mapping_form(key, value, self.form(value))
            case _ if isinstance(hint, EnumMeta):
                return enumerated(hint)
        raise TypeError(f"this codec is not told of {hint}")

    def _tuple(self, arguments: tuple[Any, ...]) -> Form:
        first, *others = arguments
        if others != [Ellipsis]:
            return composites.fixed_form([self.form(argument) for argument in arguments])
        if get_origin(first) is tuple and get_args(first)[0] in (str, date):
            key, value = get_args(first)
            return composites.pairs_form(key, self.form(value))
        return composites.list_form(self.form(first))

    def _parts(self, kind: type[Any], missing: Callable[[Any, Any], Any]) -> list[composites.Part]:
        """Return the fields of a type, but for those that do not count where two values are compared.

        ``missing`` gives what a field with a default, of a type, is where it is left out.
        """
        hints = get_type_hints(kind)
        return [
            composites.Part(name, self.form(hints[name]), missing(default, hints[name]))
            for name, default in _fields(kind)
        ]


def _fields(kind: type[Any]) -> list[tuple[str, Any]]:
    """Return the fields of a dataclass or a named tuple that count where two are compared, with their defaults."""
    if is_dataclass(kind):
        return [(field.name, field.default) for field in fields(kind) if field.compare]
    return [(name, kind._field_defaults.get(name, MISSING)) for name in kind._fields]
