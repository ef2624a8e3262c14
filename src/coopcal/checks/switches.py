"""Checks that are a matter of taste, how much they matter unless a site says otherwise, and switching them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from coopcal.checks.rules import CODES
from coopcal.definitions.codes import CODES as OF_DEFINITIONS
from coopcal.model.problem import Code, Position, Problem, Switch

SWITCHABLE: Mapping[str, Code] = {code: code for code in sorted((*OF_DEFINITIONS, *CODES)) if code.switchable}
"""The codes that can be switched, by themselves. All others guard the format."""


def chosen(
    switches: Collection[Switch], only: Collection[str], without: Collection[str], position: Position
) -> tuple[Switch, ...]:
    """Return what is switched in one run: over what the site says, ``without`` some, or with ``only`` some that can be.

    What is asked for by name is on, even where the site has it off.
    """
    by_code = {switch.code: switch for switch in switches}
    for code in only:
        if code not in by_code or by_code[code].severity is None:
            by_code[code] = Switch(code, SWITCHABLE[code].usual, position)
    off = {*without, *(SWITCHABLE.keys() - set(only) if only else ())}
    return (
        *(switch for switch in by_code.values() if switch.code not in off),
        *(Switch(code, None, position) for code in sorted(off)),
    )


def is_on(code: str, switches: Collection[Switch]) -> bool:
    """Return whether a check is worth its time."""
    return all(switch.code != code or switch.severity is not None for switch in switches)


def switched(problems: Iterable[Problem], switches: Collection[Switch]) -> tuple[Problem, ...]:
    """Return problems with the severities that a site gives them; what is off is left out, what guards the format stays."""
    severities = {switch.code: switch.severity for switch in switches if switch.code in SWITCHABLE}
    weighed = []
    for problem in problems:
        if problem.code not in severities:
            weighed.append(problem)
        elif (severity := severities[problem.code]) is not None:
            weighed.append(replace(problem, severity=severity))
    return tuple(weighed)
