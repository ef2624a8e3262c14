"""Rules that look across files, and at what was published before."""

from datetime import date

from coopcal.checks.rules import RULES
from coopcal.checks.switches import SWITCHABLE
from coopcal.checks.view import View
from coopcal.model.problem import Problem, Problems
from coopcal.model.published import Published
from coopcal.model.site import Catalogue
from coopcal.selection.plan import FeedPlan


def check(
    catalogue: Catalogue, plans: tuple[FeedPlan, ...], previous: Published | None, today: date
) -> tuple[Problem, ...]:
    """Hold a catalogue and the plans of its feeds against what was published before, by every rule."""
    view, problems = View(catalogue, plans, previous, today, SWITCHABLE), Problems()
    for rule in RULES:
        rule.check(view, problems)
    return tuple(problems.found)
