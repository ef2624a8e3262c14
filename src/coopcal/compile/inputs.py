"""What a compile is made of."""

from dataclasses import dataclass
from datetime import datetime

from coopcal.compile.render.rendering import Surroundings
from coopcal.model.published import Published
from coopcal.model.site import Catalogue
from coopcal.selection.plan import FeedPlan


@dataclass(frozen=True, slots=True)
class Inputs:
    """A sound catalogue with the plans of its feeds, what was published before, and the instant (UTC, whole seconds).

    ``around`` is what an event needs to know of the rest of the catalogue.
    """

    catalogue: Catalogue
    plans: tuple[FeedPlan, ...]
    before: Published
    now: datetime
    around: Surroundings

    @staticmethod
    def of(
        catalogue: Catalogue, plans: tuple[FeedPlan, ...], before: Published | None, now: datetime
    ) -> "Inputs":
        """Put the inputs together; where nothing was published before, all is new."""
        known = before or Published(catalogue.settings.uid_domain, now)
        return Inputs(catalogue, plans, known, now, Surroundings(catalogue))
