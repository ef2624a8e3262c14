"""What came of a compile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from coopcal.checks.switches import switched
from coopcal.compile.inputs import NEVER
from coopcal.compile.join import Joined
from coopcal.compile.prepared import Prepared
from coopcal.model.problem import Problem, in_order
from coopcal.model.published import Published
from coopcal.site.manifest import Held


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a compile. ``published`` is False when errors kept the site before in place.

    ``held`` are the organisations that errors kept as they were, while all others were published. What changed
    is in the log after the instant ``since``, None where nothing was published before.
    """

    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    published: bool
    version: str | None = None
    good_until: datetime | None = None
    feeds: int = 0
    events: int = 0
    held: tuple[Held, ...] = ()
    since: datetime | None = None

    @staticmethod
    def of(version: str, joined: Joined, prepared: Prepared, notes: tuple[Problem, ...]) -> "Outcome":
        """Return what came of a compile that was published; ``notes`` came up while it was made."""
        sound = prepared.sound
        assert sound is not None, "nothing else is published"
        checks = sound.inputs.catalogue.settings.checks
        return Outcome(
            in_order(prepared.problems + switched(notes, checks)),
            prepared.texts,
            published=True,
            version=version,
            good_until=joined.turns.good_until,
            feeds=len(joined.feeds),
            events=sum(portion.events for portion in joined.portions),
            held=sound.held,
            since=_since(sound.inputs.before),
        )


def _since(before: Published) -> datetime | None:
    """Return up to where the log went before: with nothing in it, up to when it can have gone at most."""
    if before.compiled_at == NEVER:
        return None
    return before.log[0].at if before.log else NEVER
