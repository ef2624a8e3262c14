"""How values of several parts are written as JSON values, and read: objects, lists, and those of one type of several."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass
from operator import attrgetter
from types import NoneType
from typing import Any, get_args, get_origin

from coopcal.site.scalars import Form, exactly, key_form, same


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a type, and what it is where it is left out (MISSING: it never is)."""

    name: str
    form: Form
    missing: Any


def missing(default: Any, hint: Any) -> Any:
    """Return what a field is where it is left out: its default, else None, false or empty; MISSING if it never is."""
    if default is not MISSING:
        return default
    if NoneType in get_args(hint):
        return None
    usual: dict[Any, Any] = {tuple: (), Mapping: {}, frozenset: frozenset(), bool: False, str: ""}
    return usual.get(get_origin(hint) or hint, MISSING)


def object_form(kind: type[Any], parts: list[Part], inline: str) -> Form:
    """Return the form of a type whose values are objects of their fields; those of the one ``inline`` stand among them."""
    own = [part for part in parts if part.name != inline]
    inner = next((part.form for part in parts if part.name == inline), None)
    contents = _getter([part.name for part in own])
    writers = [
        (part.name, _writer(part.form), part.missing, part.missing is None or part.missing is MISSING)
        for part in own
    ]
    readers = {part.name: part.form.read for part in own}
    usual = {part.name: part.missing for part in own if part.missing is not MISSING}

    def write(value: Any) -> Any:
        values = {
            name: write_part(content) if write_part else content
            for (name, write_part, usually, one_alone), content in zip(writers, contents(value), strict=True)
            if content is not usually and (one_alone or content != usually)
        }
        return values if inner is None else values | inner.write(getattr(value, inline))

    def read(values: Any) -> Any:
        arguments, name = usual.copy(), inline
        if type(values) is not dict:
            raise TypeError(f"a {kind.__name__} is none")
        try:
            if inner is not None:
                arguments[inline] = inner.read(values)
            for name, value in values.items():
                if name in readers:
                    arguments[name] = readers[name](value)
        except (TypeError, ValueError, KeyError) as error:
            raise _in_field(f"{kind.__name__}.{name}", error) from error
        return kind(**_complete(arguments, parts))

    return Form(write, read)


def row_form(kind: type[Any], parts: list[Part], least: int) -> Form:
    """Return the form of a type whose values are lists of their fields: ``least`` ones, without more that are as usual."""
    usual = {part.name: part.missing for part in parts if part.missing is not MISSING}
    contents_of, writers = _getter([part.name for part in parts]), [_writer(part.form) for part in parts]
    missing_parts = [part.missing for part in parts]

    def write(value: Any) -> list[Any]:
        contents = contents_of(value)
        count = len(contents)
        while count > least and contents[count - 1] == missing_parts[count - 1]:
            count -= 1
        return [
            write_part(content) if write_part else content
            for write_part, content in zip(writers, contents[:count], strict=False)
        ]

    def read(values: Any) -> Any:
        if len(exactly(list, values)) > len(parts):
            raise ValueError(f"a {kind.__name__} has {len(values)} fields")
        arguments = usual.copy()
        for part, value in zip(parts, values, strict=False):
            try:
                arguments[part.name] = part.form.read(value)
            except (TypeError, ValueError, KeyError) as error:
                raise _in_field(f"{kind.__name__}.{part.name}", error) from error
        return kind(**_complete(arguments, parts))

    return Form(write, read)


def _writer(form: Form) -> Callable[[Any], Any] | None:
    """Return what writes a value; None where that is the value itself."""
    return None if form.write is same else form.write


def _getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what gives the fields with these names, all at once."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _complete(arguments: dict[str, Any], parts: list[Part]) -> dict[str, Any]:
    if len(arguments) < len(parts):
        left_out = next(part.name for part in parts if part.name not in arguments)
        raise KeyError(f"{left_out} is missing")
    return arguments


def _in_field(name: str, error: Exception) -> Exception:
    """Return an error of the same kind that names the field in question."""
    kind = next(kind for kind in (KeyError, ValueError, TypeError) if isinstance(error, kind))
    return kind(f"{name}: {error.args[0] if kind is KeyError else error}")


Arms = Mapping[str, tuple[Any, Form]]
"""The types of a union and their forms, by tag."""


def rows_form(arms: Arms) -> Form:
    """Return the form of a union of types that are lists: a tag stands before the fields."""
    tags = {kind: (tag, form.write) for tag, (kind, form) in arms.items()}

    def write(value: Any) -> list[Any]:
        tag, write_row = tags[type(value)]
        return [tag, *write_row(value)]

    def read(values: Any) -> Any:
        tag, *row = exactly(list, values)
        return arms[exactly(str, tag)][1].read(row)

    return Form(write, read)


def tagged_form(name: str, arms: Arms) -> Form:
    """Return the form of a union of types that are objects: a tag stands before their fields, under a ``name``."""
    tags = {kind: (tag, form) for tag, (kind, form) in arms.items()}

    def write(value: Any) -> dict[str, Any]:
        tag, form = tags[type(value)]
        return {name: tag, **form.write(value)}

    def read(values: Any) -> Any:
        tag = exactly(dict, values).get(name)
        if tag not in arms:
            raise ValueError(f"{name} is {repr(tag)[:40]}")
        return arms[tag][1].read(values)

    return Form(write, read)


def named_form(arms: Arms) -> Form:
    """Return the form of a union whose values are the only one in an object, under a tag; text stands as it is."""

    def write(value: Any) -> Any:
        if isinstance(value, str):
            return value
        tag, form = _arm_of(arms, value)
        return {tag: form.write(value)}

    def read(values: Any) -> Any:
        if isinstance(values, str):
            return values
        ((tag, value),) = exactly(dict, values).items()
        return arms[tag][1].read(value)

    return Form(write, read)


def _arm_of(arms: Arms, value: Any) -> tuple[str, Form]:
    return next((tag, form) for tag, (hint, form) in arms.items() if _is(hint, value))


def _is(hint: Any, value: Any) -> bool:
    """Return whether a value is of a type, of a union, or a tuple of such."""
    if get_origin(hint) is tuple:
        return type(value) is tuple and all(_is(get_args(hint)[0], member) for member in value)
    return isinstance(value, hint)


def optional_form(form: Form) -> Form:
    """Return the form of what may be None."""
    write, read = form.write, form.read
    return Form(
        lambda value: None if value is None else write(value),
        lambda value: None if value is None else read(value),
    )


def list_form(form: Form) -> Form:
    """Return the form of a tuple of any length."""
    write, read = form.write, form.read
    return Form(
        lambda values: [write(value) for value in values],
        lambda values: tuple([read(value) for value in exactly(list, values)]),
    )


def set_form(form: Form) -> Form:
    """Return the form of a set: a list in order."""
    write, read = form.write, form.read
    return Form(
        lambda values: sorted(write(value) for value in values),
        lambda values: frozenset(read(value) for value in exactly(list, values)),
    )


def fixed_form(forms: list[Form]) -> Form:
    """Return the form of a tuple of as many values as there are forms."""
    return Form(
        lambda values: [form.write(value) for form, value in zip(forms, values, strict=True)],
        lambda values: tuple(
            form.read(value) for form, value in zip(forms, exactly(list, values), strict=True)
        ),
    )


def mapping_form(key: Any, value: Any, form: Form) -> Form:
    """Return the form of a mapping from keys of a type to values of a type: an object in its order."""
    if key is str and value is str:  # half of all values of a record are texts by language
        return Form(dict, _texts)
    keys, write, read = key_form(key), form.write, form.read
    return Form(
        lambda values: {keys.write(name): write(content) for name, content in values.items()},
        lambda values: {keys.read(name): read(content) for name, content in exactly(dict, values).items()},
    )


def _texts(values: Any) -> Any:
    if type(values) is not dict or set(map(type, values.values())) - {str}:
        raise TypeError(f"{repr(values)[:40]} is not text by names")
    return values


def pairs_form(key: Any, form: Form) -> Form:
    """Return the form of a tuple of pairs, no two of which begin alike: an object in their order."""
    keys = key_form(key)
    plain = keys.write is same and form.write is same
    return Form(
        dict if plain else lambda pairs: {keys.write(name): form.write(content) for name, content in pairs},
        lambda values: tuple(
            (keys.read(name), form.read(content)) for name, content in exactly(dict, values).items()
        ),
    )
