"""What takes long to import, and is often not needed: imported by name when it is."""

from collections.abc import Hashable, Mapping
from importlib import import_module
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=tuple[Hashable, ...])
Value = TypeVar("Value")


def late(module: str, name: str) -> Any:
    """Return what has a name in a module of ours, whose own name stands behind ``coopcal.``."""
    return getattr(import_module(f"coopcal.{module}"), name)


class Table(Generic[Key, Value]):
    """What a function of such a module gives for its arguments, at most ``most`` values; what is known spares the import.

    All threads of a process may share it, as nobody can change a value. Two that miss the same at once both make it.
    """

    def __init__(self, module: str, name: str, most: int = 1024) -> None:
        """Know nothing yet of a function in a module."""
        self._module, self._name, self._most = module, name, most
        self._known: dict[Key, Value] = {}

    def get(self, *arguments: Any) -> Value:
        """Return what the function gives."""
        key: Any = arguments
        if key in self._known:
            return self._known[key]
        value: Value = late(self._module, self._name)(*arguments)
        self.learn({key: value})
        return value

    def learn(self, values: Mapping[Key, Value]) -> None:
        """Take values that the function gave before."""
        if len(self._known) + len(values) > self._most:
            self.forget()
        self._known = {**self._known, **values}

    def forget(self) -> None:
        """Know nothing any more."""
        self._known = {}

    def known(self) -> Mapping[Key, Value]:
        """Return all that is known."""
        return self._known
