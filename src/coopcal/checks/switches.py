"""Which checks are a matter of taste, how much they matter unless a site says otherwise, and switching them."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from coopcal.checks.view import View
from coopcal.definitions.declared.record import nearest
from coopcal.model.message import msg
from coopcal.model.problem import Code, Place, Problem, Problems, Severity, Switch

UNKNOWN_CHECK = Code(
    "unknown-check",
    "Under `checks` stand the checks that can be switched; what guards the format is always an error.",
)

USUAL: dict[str, Severity] = {
    "also-in-without-time": Severity.NOTE,
    "country-and-position": Severity.WARNING,
    "date-in-title": Severity.NOTE,
    "dead-link": Severity.WARNING,
    "empty-break": Severity.NOTE,
    "events-alike": Severity.WARNING,
    "feed-trimmed": Severity.NOTE,
    "file-too-deep": Severity.WARNING,
    "files-are-not-hidden": Severity.NOTE,
    "idle-reason": Severity.NOTE,
    "image-without-alt": Severity.NOTE,
    "lone-edition": Severity.NOTE,
    "long-description": Severity.NOTE,
    "long-title": Severity.NOTE,
    "missing-translation": Severity.NOTE,
    "never-published": Severity.WARNING,
    "new-yet-past": Severity.NOTE,
    "no-effect-yet": Severity.NOTE,
    "no-events": Severity.NOTE,
    "not-accepted": Severity.WARNING,
    "not-imported": Severity.WARNING,
    "note-in-file": Severity.NOTE,
    "nothing-selected": Severity.NOTE,
    "nothing-to-come": Severity.NOTE,
    "nothing-to-correct": Severity.NOTE,
    "nothing-to-decline": Severity.WARNING,
    "public-anyway": Severity.WARNING,
    "public-holiday": Severity.NOTE,
    "registration-closes-late": Severity.WARNING,
    "registration-opens-late": Severity.WARNING,
    "same-link-twice": Severity.NOTE,
    "same-time-and-place": Severity.WARNING,
    "series-ends": Severity.NOTE,
    "session-outside": Severity.WARNING,
    "unknown-event": Severity.WARNING,
    "very-long": Severity.WARNING,
    "weekday-in-title": Severity.WARNING,
    "year-in-id": Severity.NOTE,
}
"""The checks that can be switched, and their usual severity. All else guards the format, and is an error."""

AFTERWARDS = frozenset({"feed-trimmed"})
"""Checks that need the compiled site: they cannot keep it from being published."""


def known_switches(view: View, problems: Problems) -> None:
    """What is switched is a check that can be."""
    for switch in view.catalogue.settings.checks:
        if switch.code not in USUAL:
            message = msg(
                "“{code}” is no check that can be switched; what guards the format is always an error",
                code=switch.code,
            )
            problems.tell(switch.place, UNKNOWN_CHECK, message, mend_of_code(switch.code))
        elif switch.code in AFTERWARDS and switch.severity is Severity.ERROR:
            message = msg(
                "“{code}” is found when everything has been compiled, so it cannot stop publishing",
                code=switch.code,
            )
            problems.tell(switch.place, UNKNOWN_CHECK, message, f"{switch.code}: warning")


def mend_of_code(written: str) -> str:
    """Return the check that was probably meant, or where they are listed."""
    near = nearest(written, USUAL)
    return (
        msg("did you mean “{near}”?", near=near)
        if near
        else msg("docs/format.md lists those that can be, under “Checks”")
    )


def chosen(
    switches: Collection[Switch], only: Collection[str], without: Collection[str], place: Place
) -> tuple[Switch, ...]:
    """Return what is switched in one run: over what the site says, ``without`` some, or with ``only`` some that can be.

    What is asked for by name is on, even where the site has it off.
    """
    said = {switch.code: switch for switch in switches}
    for code in only:
        if code not in said or said[code].severity is None:
            said[code] = Switch(code, USUAL[code], place)
    off = {*without, *(USUAL.keys() - set(only) if only else ())}
    return (
        *(switch for switch in said.values() if switch.code not in off),
        *(Switch(code, None, place) for code in sorted(off)),
    )


def is_on(code: str, switches: Collection[Switch]) -> bool:
    """Return whether a check is worth its time."""
    return all(switch.code != code or switch.severity is not None for switch in switches)


def switched(problems: Iterable[Problem], switches: Collection[Switch]) -> tuple[Problem, ...]:
    """Return problems as much weight as a site gives them; what is off is left out, what guards the format stays."""
    said = {switch.code: switch.severity for switch in switches if switch.code in USUAL}
    found = []
    for problem in problems:
        if problem.code not in said:
            found.append(problem)
        elif (severity := said[problem.code]) is not None:
            found.append(replace(problem, severity=severity))
    return tuple(found)
