"""Dataclasses as those of the standard library, whose classes are made in a seventh of the time.

The standard library writes and compiles the text of up to ten methods of a class when it is made: of the hundreds of
types that a command imports, that takes a third of its time. Here a method is written when it is called for the first
time, and those that nobody waits for are the same for all classes. Type checkers see ``dataclasses.dataclass``.
"""

from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from dataclasses import dataclass as standard  # noqa: TID251 - the one place
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

_SET = object.__setattr__
_EQUAL = {"__eq__": "=="}
_SIGNS = _EQUAL | {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}


def _maker(
    *, frozen: bool = False, slots: bool = False, order: bool = False, kw_only: bool = False
) -> Callable[[type], Any]:
    """Return what makes a dataclass of a class; what its body defines stands."""

    def make(written: type) -> Any:
        cls: Any = standard(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(written)
        methods = {
            "__init__": _later(cls, "__init__", lambda: _constructor(cls, frozen=frozen)),
            "__repr__": _later(cls, "__repr__", lambda: _representation(cls), recursive_repr()),
            **{name: _comparison(cls, name, sign) for name, sign in (_SIGNS if order else _EQUAL).items()},
            "__hash__": _later(cls, "__hash__", lambda: _hashing(cls)) if frozen else None,
        }
        if frozen:
            methods |= {"__setattr__": _refuse_setting, "__delattr__": _refuse_deleting}
        if frozen and slots:
            methods |= {"__getstate__": _state, "__setstate__": _set_state}
        for name, method in methods.items():
            if name not in written.__dict__:
                setattr(cls, name, method)
        return cls

    return make


def _later(
    cls: Any,
    name: str,
    text: Callable[[], tuple[str, dict[str, Any]]],
    finish: Callable[[Any], Any] | None = None,
) -> Any:
    """Return a method that writes the one of this class when it is called, and puts that in its place."""

    def method(*arguments: Any, **named: Any) -> Any:
        head_and_body, known = text()
        exec(f"def {name}{head_and_body}", known)  # noqa: S102 - the names are those in the body of a class
        made = known[name]
        made.__qualname__, made.__module__ = f"{cls.__qualname__}.{name}", cls.__module__
        made = finish(made) if finish else made
        setattr(cls, name, made)
        return made(*arguments, **named)

    return method


def _constructor(cls: Any, *, frozen: bool) -> tuple[str, dict[str, Any]]:
    known: dict[str, Any] = {"_missing": MISSING, "_set": _SET}
    by_place, by_name = ["self"], ["*"]
    lines: list[str] = []
    for field in fields(cls):
        name, given = field.name, field.name
        default = ""
        if field.default_factory is not MISSING:
            known[f"_make_{name}"], default = field.default_factory, "=_missing"
            given = f"_make_{name}()" + (f" if {name} is _missing else {name}" if field.init else "")
        elif field.default is not MISSING:
            known[f"_default_{name}"], default = field.default, f"=_default_{name}"
            given = name if field.init else f"_default_{name}"
        elif not field.init:
            continue
        if field.init:
            (by_name if field.kw_only else by_place).append(name + default)
        lines.append(f"_set(self, {name!r}, {given})" if frozen else f"self.{name} = {given}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    parameters = ", ".join(by_place + (by_name if len(by_name) > 1 else []))
    return f"({parameters}):\n " + "\n ".join(lines or ["pass"]), known


def _comparison(cls: Any, name: str, sign: str) -> Any:
    def text() -> tuple[str, dict[str, Any]]:
        compared = [field for field in fields(cls) if field.compare]
        other_kind = " if other.__class__ is not self.__class__:\n  return NotImplemented\n"
        result = f" return {_values('self', compared)} {sign} {_values('other', compared)}"
        return f"(self, other):\n{other_kind}{result}", {}

    return _later(cls, name, text)


def _hashing(cls: Any) -> tuple[str, dict[str, Any]]:
    hashed = [field for field in fields(cls) if (field.compare if field.hash is None else field.hash)]
    return f"(self):\n return hash({_values('self', hashed)})", {}


def _values(of: str, chosen: Iterable[Field[Any]]) -> str:
    """Return how the values of an object are written as a tuple."""
    return "(" + "".join(f"{of}.{field.name}, " for field in chosen) + ")"


def _representation(cls: Any) -> tuple[str, dict[str, Any]]:
    shown = ", ".join(f"{field.name}={{self.{field.name}!r}}" for field in fields(cls) if field.repr)
    return f'(self):\n return f"{{self.__class__.__qualname__}}({shown})"', {}


def _refuse_setting(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    """Return what is pickled of frozen values in slots, which cannot be set one by one."""
    return [getattr(self, field.name) for field in fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(fields(self), state, strict=True):
        _SET(self, field.name, value)


if TYPE_CHECKING:
    from dataclasses import dataclass  # noqa: TID251
else:

    def dataclass(cls: type | None = None, /, **options: bool) -> Any:
        """Return a class as a dataclass, or what makes one: ``@dataclass`` and ``@dataclass(frozen=True)``."""
        make = _maker(**options)
        return make if cls is None else make(cls)
