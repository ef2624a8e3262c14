"""What a program that compiles a folder over and over keeps from one time to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from coopcal.checks.overview import profile
from coopcal.compile.checker import Checker
from coopcal.compile.cut import cut, holders_of
from coopcal.compile.inputs import Inputs
from coopcal.compile.organisations import portion
from coopcal.compile.portion import Portion
from coopcal.compile.previous import Memory
from coopcal.model.facts import VisibleFacts
from coopcal.model.organisation import Organisation
from coopcal.model.published import Published
from coopcal.model.site import Catalogue
from coopcal.selection.plan import FeedPlan


@dataclass(frozen=True, slots=True)
class _Around:
    """All that the portion of an organisation is made of but itself: the catalogue without events, and the feeds."""

    catalogue: Catalogue
    plans: tuple[FeedPlan, ...]


@dataclass(frozen=True, slots=True)
class _Made:
    """A portion, with the organisation that it was made of, what was published of that, and when it was made."""

    organisation: Organisation
    before: Published | None
    at: datetime
    portion: Portion

    def is_of(self, organisation: Organisation, before: Published | None, now: datetime) -> bool:
        """Return whether another one would be the same now, but for the stamps of what is new."""
        until = self.portion.turns.good_until
        return (
            self.organisation is organisation
            and self.at <= now
            and (until is None or now < until)
            and self.before == before
        )


class Kept:
    """What one program keeps, in one thread at a time: what was published, sources as they were decoded, and portions.

    What has not been changed since is neither read nor rendered again. It is as large as the site, and goes with it.
    """

    def __init__(self) -> None:
        """Keep nothing yet."""
        self.published = Memory()
        self.checker: Checker | None = None
        self._around: _Around | None = None
        self.made: dict[str, _Made] = {}

    def portions(self, inputs: Inputs) -> tuple[Sequence[Portion], Mapping[str, VisibleFacts]]:
        """Return the portion of each organisation, and what was seen before of events of those that are gone."""
        organisations = inputs.catalogue.organisations
        profiles = tuple(map(profile, organisations))
        around = _Around(replace(inputs.catalogue, organisations=profiles), inputs.plans)
        if around != self._around:
            self._around, self.made = around, {}
        parts = cut(
            inputs.before, organisations, holders_of(inputs.catalogue), [[one.id] for one in organisations]
        )
        first = not inputs.before.events
        made = {}
        for number, one in enumerate(organisations):
            before = parts.part(number)
            known = self.made.get(one.id)
            # Where nothing was ever published, all is new, and keeps the stamp of the first time that it was looked at.
            stands = first or known is None or known.at == inputs.now or not known.portion.is_new
            if known is None or not stands or not known.is_of(one, before, inputs.now):
                alone = inputs.of_some([one], before or inputs.before)
                known = _Made(one, before, inputs.now, portion(alone))
            made[one.id] = known
        self.made = made
        return [made[one.id].portion for one in organisations], parts.gone
