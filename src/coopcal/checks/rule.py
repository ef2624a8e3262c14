"""What a rule is: of events, or of what is gathered of all organisations."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from coopcal.checks.overview import Overview
from coopcal.checks.view import View
from coopcal.model.problem import Code, Problems

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Rule:
    """A check of organisations one by one, and the codes of the problems that it tells.

    It looks at the events of an organisation and at the overview, and at no events of others. Where it ``looks_back``, what
    it tells depends on what was published before.
    """

    codes: tuple[Code, ...]
    check: Callable[[View, Problems], None]
    looks_back: bool = False


def nothing_to_check(_view: View, _problems: Problems) -> None:
    """Tell nothing of organisations by themselves."""


def nothing_to_gather(_view: View) -> Mapping[str, Any]:
    """Gather nothing: the overview is enough."""
    return {}


@dataclass(frozen=True, slots=True)
class WideRule(Generic[Value]):
    """A check across organisations, and the codes of the problems that it tells.

    ``gather`` gives, by the ids of organisations of a batch, what there is to remember of their events: small plain values
    that can be pickled, and none for an organisation without anything of note. It looks at no more than a ``Rule`` does.
    ``conclude`` is given those of all organisations, in the order of the catalogue, with an overview. ``check`` is what
    the rule tells of organisations one by one besides. Where it ``looks_back``, what it gathers and tells depends on what
    was published before.

    ``meetings`` gives, of what was gathered of an organisation, all by which it may meet another one, or itself: the rule
    concludes the same of those alone that meet something. Such a rule does not look back.
    """

    codes: tuple[Code, ...]
    conclude: Callable[[Mapping[str, Value], Overview, Problems], None]
    gather: Callable[[View], Mapping[str, Value]] = nothing_to_gather
    check: Callable[[View, Problems], None] = nothing_to_check
    looks_back: bool = False
    meetings: Callable[[Value], Iterable[Hashable]] | None = None

    @property
    def name(self) -> str:
        """What tells its values from those of other rules: its first code."""
        return str(self.codes[0])
