"""What is handed to whoever works on a batch of organisations, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from coopcal.checks import Gathered
from coopcal.compile.cut import Part
from coopcal.compile.good_sources import Files
from coopcal.compile.store.unit import StoredPortion
from coopcal.definitions.source.origin import Origin
from coopcal.definitions.source.tree import OrganisationName, SourceFile
from coopcal.model.change import EventChange
from coopcal.model.problem import Problem
from coopcal.model.published import Published, PublishedEntry
from coopcal.model.site import Catalogue, SiteSettings
from coopcal.selection.plan import FeedPlan


@dataclass(frozen=True, slots=True)
class Sources:
    """Where organisations are read from, and what is known before: the settings, and the ``ids`` of all of them.

    ``compile`` is a name of the compile, which no other one has. ``keeps``: what was decoded is kept from reading until it is
    compiled, as there is not too much of it; otherwise it is decoded again.
    """

    compile: str
    origin: Origin
    site: SourceFile
    settings: SiteSettings
    ids: tuple[str, ...]
    keeps: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """Some organisations, and the number of their batch."""

    number: int
    organisations: tuple[OrganisationName, ...]


@dataclass(frozen=True, slots=True)
class World:
    """What a batch has to know of the whole site: all organisations without events, the feeds, and the instant.

    ``before`` is what was published but for its events, and ``after`` what will have been. ``orphans`` are entries that
    were published of organisations that are not known. ``folder`` is where what is made is written; None where the sources
    are only checked. ``private`` is what private feeds showed before, by id.
    """

    catalogue: Catalogue
    plans: tuple[FeedPlan, ...]
    now: datetime
    today: date
    before: Published | None
    after: Published
    orphans: Mapping[str, PublishedEntry]
    folder: Path | None
    private: Mapping[str, Published]


@dataclass(frozen=True, slots=True)
class OrganisationMade:
    """What came of an organisation: its problems, what is to be concluded upon with that of all others, and its portion.

    ``portion`` is None where there are errors, or nothing is rendered; ``changes`` and ``is_new`` tell what it changes. Of
    the next compile ``next_problems`` and ``next_gathered`` are the same, if nothing changes until then. ``kept`` are the
    sources that are kept of it; ``clean`` is False where anything that was published may be another one's.
    """

    id: str
    problems: tuple[Problem, ...]
    gathered: Gathered
    portion: StoredPortion | None = None
    changes: tuple[EventChange, ...] = ()
    is_new: bool = False
    next_problems: tuple[Problem, ...] = ()
    next_gathered: Gathered | None = None
    kept: Files = field(default_factory=dict)
    clean: bool = True


Parts = tuple[Part, ...]
"""What was published of each organisation of a batch."""
