"""All dates of a series: those of its rule, those left out, those that differ, and further ones."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coopcal.authoring.importing.rrules import Rrule
from coopcal.authoring.importing.spans import Span
from coopcal.authoring.importing.values import Moment
from coopcal.authoring.text import Value

Patch = dict[str, Value]
"""What is different on a date: keys of an event but ``when``."""


@dataclass(frozen=True, slots=True)
class Override:
    """A date that differs: the line it stands in, when it was to be, when it is, what else is different.

    ``local`` is when it was to be on the clocks of its series. ``later``: so is every date after it (RANGE=THISANDFUTURE).
    """

    line: int
    original: Moment
    local: datetime
    span: Span
    patch: Patch
    later: bool = False


@dataclass(slots=True)
class Dates:
    """The dates of a series.

    ``given`` is what the rule gives (local times of ``usual``'s zone, in order), ``whole`` whether that is all of it;
    ``out`` and ``changed`` name such dates, ``more`` are further ones.
    """

    usual: Span
    rule: Rrule | None
    given: list[datetime] = field(default_factory=list)
    whole: bool = True
    out: set[datetime] = field(default_factory=set)
    changed: dict[datetime, Override] = field(default_factory=dict)
    later: list[tuple[datetime, Override]] = field(default_factory=list)
    more: list[tuple[Span, Patch]] = field(default_factory=list)
    simple: bool = True

    def standing(self) -> list[tuple[Span, Patch]]:
        """Return all that takes place, in order."""
        occurrences = [
            occurrence for start in self.given if start not in self.out for occurrence in [self.on(start)]
        ]
        return sorted(
            (*occurrences, *self.more),
            key=lambda occurrence: (occurrence[0].start, occurrence[0].length or timedelta(0)),
        )

    def on(self, start: datetime) -> tuple[Span, Patch]:
        """Return what takes place at a date of the rule."""
        if own := self.changed.get(start):
            return own.span, own.patch
        for begins, override in reversed(self.later):
            if begins <= start:
                return override.span.moved(override.span.start + (start - begins)), override.patch
        return self.usual.moved(start), {}
