"""How values that are kept in great numbers, and go from process to process, are pickled: in half the time."""

import copyreg
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

from coopcal.model.change import Difference, EventChange, LogEntry
from coopcal.model.facts import NamedFacts
from coopcal.model.organisation import Closed, Organisation, Reference
from coopcal.model.problem import Fix, Offer, Problem, Proposal
from coopcal.model.published import PublishedEvent, PublishedTransient, Stamp
from coopcal.model.text import Text
from coopcal.selection.plan import FeedPlan

Kind = TypeVar("Kind", bound=type[Any])


def by_call(kind: Kind) -> Kind:
    """Let the values of a frozen dataclass be pickled as a call of their type with all fields.

    Those of a dataclass with slots are otherwise made empty, and given their fields one by one by a function that looks
    these up each time.
    """
    names = [field.name for field in fields(kind)]
    values = attrgetter(*names)

    def reduced(value: Any) -> tuple[type[Any], tuple[Any, ...]]:
        return kind, values(value) if len(names) > 1 else (values(value),)

    copyreg.pickle(kind, reduced)
    return kind


for _kind in (
    *(Closed, Difference, EventChange, FeedPlan, Fix, LogEntry, NamedFacts, Offer, Organisation, Problem),
    *(Proposal, PublishedEvent, PublishedTransient, Reference, Stamp, Text),
):
    by_call(_kind)
