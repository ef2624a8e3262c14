"""Rules that look across files, and at what was published before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from coopcal.checks.overview import Overview, profile
from coopcal.checks.rule import Rule, WideRule
from coopcal.checks.rules import RULES
from coopcal.checks.switches import SWITCHABLE
from coopcal.checks.view import View
from coopcal.definitions.source.tree import INCLUDED
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Problem, Problems
from coopcal.model.published import Published
from coopcal.model.site import Catalogue
from coopcal.selection.plan import FeedPlan

Gathered = Mapping[str, Mapping[str, Any]]
"""What was gathered of organisations: plain values by the name of a rule and the id of an organisation."""

WIDE = tuple(rule for rule in RULES if isinstance(rule, WideRule))

MEETINGS = {rule.name: rule.meetings for rule in WIDE if rule.meetings}
"""What gives all by which an organisation may meet others, by the names of rules that are told of such alone."""


NOTHING_PRIVATE: Mapping[str, str] = {}
"""No private feeds."""


def check(
    catalogue: Catalogue,
    plans: tuple[FeedPlan, ...],
    previous: Published | None,
    today: date,
    private: Mapping[str, str] = NOTHING_PRIVATE,
) -> tuple[Problem, ...]:
    """Hold a catalogue and the plans of its feeds against what was published before, by every rule.

    ``private`` are the titles of the private feeds that there were, by id.
    """
    overview = overview_of(catalogue, plans, previous, today, private)
    problems, gathered = check_batch(overview, catalogue.organisations)
    return (*problems, *conclude(overview, [gathered]))


def overview_of(
    catalogue: Catalogue,
    plans: tuple[FeedPlan, ...],
    previous: Published | None,
    today: date,
    private: Mapping[str, str] = NOTHING_PRIVATE,
) -> Overview:
    """Return what the rules know of everything; the events of the catalogue are left out."""
    profiles = tuple(profile(one) for one in catalogue.organisations)
    return Overview(replace(catalogue, organisations=profiles), plans, previous, today, SWITCHABLE, private)


@dataclass(frozen=True, slots=True)
class Findings:
    """What every rule, in their order, tells of some organisations by themselves, and what is gathered of them."""

    told: tuple[tuple[Problem, ...], ...]
    gathered: Gathered

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is told."""
        return tuple(chain.from_iterable(self.told))

    def again(self, view: View) -> "Findings":
        """Return what the rules find in the same organisations, held against something else that was published before."""
        return Findings(
            tuple(
                _told(rule, view) if rule.looks_back else told
                for rule, told in zip(RULES, self.told, strict=True)
            ),
            {rule.name: rule.gather(view) if rule.looks_back else self.gathered[rule.name] for rule in WIDE},
        )


def findings(view: View) -> Findings:
    """Return what the rules find in the organisations of a view.

    However all organisations are parted into views, what is told of them is the same together, and so is what is gathered
    of each.
    """
    told = tuple(_told(rule, view) for rule in RULES)
    return Findings(told, {rule.name: rule.gather(view) for rule in WIDE})


def _told(rule: Rule | WideRule[Any], view: View) -> tuple[Problem, ...]:
    problems = Problems()
    rule.check(view, problems)
    return _of_staff(problems)


def _of_staff(problems: Problems) -> tuple[Problem, ...]:
    """Return what is told of what staff wrote: nobody here can mend what others did."""
    return tuple(
        problem for problem in problems.found if not problem.position.path.startswith(f"{INCLUDED}/")
    )


def check_batch(overview: Overview, batch: Iterable[Organisation]) -> tuple[tuple[Problem, ...], Gathered]:
    """Return what is wrong with some organisations by themselves, and what is to be concluded upon with that of all others.

    The organisations are those of the overview, with their events.
    """
    found = findings(View(overview, tuple(batch)))
    return found.problems, found.gathered


Concluded = Mapping[str, tuple[Problem, ...]]
"""What each rule across organisations tells, by its name and in their order."""


def conclude(overview: Overview, parts: Iterable[Gathered]) -> tuple[Problem, ...]:
    """Return what is wrong across organisations, from what was gathered of batches that hold each of them once.

    Of an organisation that meets nothing by a rule, what was gathered for that may be left out.
    """
    return tuple(chain.from_iterable(conclusions(overview, parts).values()))


def conclusions(overview: Overview, parts: Iterable[Gathered], known: Concluded | None = None) -> Concluded:
    """Return what ``conclude`` does, by rule.

    What is ``known`` of the same organisations, held against something else that was published before, is told again by
    rules that do not look back.
    """
    told_anew = [rule for rule in WIDE if known is None or rule.looks_back]
    values: dict[str, dict[str, Any]] = {rule.name: {} for rule in told_anew}
    for part in parts:
        for name, of_rule in part.items():
            if name in values:
                values[name].update(of_rule)
    concluded = {}
    for rule in WIDE:
        if known is not None and not rule.looks_back:
            concluded[rule.name] = known[rule.name]
            continue
        own = values[rule.name]
        in_order = {one: own[one] for one in overview.organisations if one in own} if own else {}
        problems = Problems()
        rule.conclude(in_order, overview, problems)
        concluded[rule.name] = _of_staff(problems)
    return concluded
