"""Keys and records: what may be written where, how it is read, and what it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from coopcal.definitions.declared.reader import Prose, Reader


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a record: its name, the reader of its value, what it means in a sentence, and an example.

    ``fills`` names the field of a model that the value is for, where that is not called as the key is.
    """

    name: str
    reader: Reader[Any]
    about: str
    example: str
    required: bool = False
    fills: str = ""

    @property
    def field(self) -> str:
        """The field that the value is for."""
        return self.fills or self.name


@dataclass(frozen=True, slots=True)
class Record:
    """A kind of record: what people call it, its keys, and words that are often written for one of them."""

    called: str
    keys: tuple[Key, ...]
    synonyms: Mapping[str, str]
    by_name: Mapping[str, Key] = field(init=False, repr=False, compare=False)
    prose: frozenset[str] = field(init=False, repr=False, compare=False)
    """The keys of texts that may be of several lines."""

    required: tuple[Key, ...] = field(init=False, repr=False, compare=False)
    fields: Mapping[str, str] = field(init=False, repr=False, compare=False)
    """The fields that the values of keys are for, by the names of these keys."""

    def __post_init__(self) -> None:
        """Look up what each reading of a record needs."""
        object.__setattr__(self, "by_name", MappingProxyType({key.name: key for key in self.keys}))
        prose = frozenset(key.name for key in self.keys if key.reader.prose is not Prose.NONE)
        object.__setattr__(self, "prose", prose)
        object.__setattr__(self, "required", tuple(key for key in self.keys if key.required))
        fields = {key.name: key.field for key in self.keys}
        object.__setattr__(self, "fields", MappingProxyType(fields))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the keys."""
        return tuple(self.by_name)
