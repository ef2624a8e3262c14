"""What the rules tell, kept from one look at the sources to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coopcal.checks import Gathered, check_batch, conclude, overview_of
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Problem
from coopcal.model.published import Published
from coopcal.model.site import Catalogue
from coopcal.selection.plan import FeedPlan


@dataclass(frozen=True, slots=True)
class _Around:
    """All that a rule looks at but the events of an organisation: the others, the feeds, and the day."""

    catalogue: Catalogue
    plans: tuple[FeedPlan, ...]
    today: date


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What is wrong with an organisation by itself, and what was gathered of it."""

    organisation: Organisation
    problems: tuple[Problem, ...]
    gathered: Gathered


class Verdicts:
    """Holds organisations against every rule; one that has not changed since the last time, nor what is around it, is not asked again.

    It serves one command, in one thread, and is as large as what is told of the sources.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._around: _Around | None = None
        self._previous: Published | None = None
        self._verdicts: dict[str, _Verdict] = {}

    def check(
        self,
        catalogue: Catalogue,
        plans: tuple[FeedPlan, ...],
        previous: Published | None,
        today: date,
        private: Mapping[str, str],
    ) -> tuple[Problem, ...]:
        """Return all that the rules tell, as ``checks.check`` does."""
        overview = overview_of(catalogue, plans, previous, today, private)
        around = _Around(overview.catalogue, plans, today)
        if previous is not self._previous or around != self._around:
            self._around, self._previous, self._verdicts = around, previous, {}
        verdicts = {}
        for one in catalogue.organisations:
            known = self._verdicts.get(one.id)
            if known is None or known.organisation is not one:
                known = _Verdict(one, *check_batch(overview, (one,)))
            verdicts[one.id] = known
        self._verdicts = verdicts
        told = (problem for verdict in verdicts.values() for problem in verdict.problems)
        return (*told, *conclude(overview, [verdict.gathered for verdict in verdicts.values()]))
