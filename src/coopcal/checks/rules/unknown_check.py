"""Checks that are switched and are none that can be."""

from collections.abc import Iterable, Mapping

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.checks.rules.feed_trimmed import FEED_TRIMMED
from coopcal.definitions.declared.spelling import nearest
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

UNKNOWN_CHECK = Code(
    "unknown-check",
    "Under `checks` stand the checks that can be switched; what guards the format is always an error.",
)


def conclude(_gathered: Mapping[str, None], overview: Overview, problems: Problems) -> None:
    """What is switched is a check that can be."""
    for switch in overview.catalogue.settings.checks:
        if switch.code not in overview.switchable:
            message = msg(
                "“{code}” is no check that can be switched; what guards the format is always an error",
                code=switch.code,
            )
            problems.tell(
                switch.position, UNKNOWN_CHECK, message, mend_of_code(switch.code, overview.switchable)
            )
        elif switch.code == FEED_TRIMMED and switch.severity is Severity.ERROR:
            message = msg(
                "“{code}” is found when everything has been compiled, so it cannot stop publishing",
                code=switch.code,
            )
            problems.tell(switch.position, UNKNOWN_CHECK, message, f"{switch.code}: warning")


def mend_of_code(written: str, switchable: Iterable[str]) -> str:
    """Return the check that was probably meant, or where they are listed."""
    near = nearest(written, switchable)
    return (
        msg("did you mean “{near}”?", near=near)
        if near
        else msg("docs/format.md lists those that can be, under “Checks”")
    )


RULE = WideRule((UNKNOWN_CHECK,), conclude)
