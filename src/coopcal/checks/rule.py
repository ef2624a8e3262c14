"""What a rule is."""

from collections.abc import Callable
from dataclasses import dataclass

from coopcal.checks.view import View
from coopcal.model.problem import Code, Problems


@dataclass(frozen=True, slots=True)
class Rule:
    """A check of everything, and the codes of the problems that it tells."""

    codes: tuple[Code, ...]
    check: Callable[[View, Problems], None]
