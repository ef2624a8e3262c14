"""What is handed to whoever works on a batch of organisations, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from coopcal.checks import Gathered
from coopcal.compile.good_sources import Files
from coopcal.compile.portion import Portion
from coopcal.definitions.source.origin import Origin
from coopcal.definitions.source.reader import OrganisationName
from coopcal.definitions.source.tree import SourceFile
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Problem
from coopcal.model.site import Catalogue, SiteSettings
from coopcal.selection.plan import FeedPlan


@dataclass(frozen=True, slots=True)
class Sources:
    """Where organisations are read from, and what is known before: the settings, and the ``ids`` of all of them.

    ``compile`` is a name of the compile, which no other one has.
    """

    compile: str
    origin: Origin
    site: SourceFile
    settings: SiteSettings
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some organisations, and the number of their batch."""

    number: int
    organisations: tuple[OrganisationName, ...]


@dataclass(frozen=True, slots=True)
class BatchRead:
    """What was read of a batch: its organisations without their events, and whose each UID of these is.

    ``events`` is their number, sessions and further dates not counted; ``unread`` and ``strays`` are those of its tree.
    """

    profiles: tuple[Organisation, ...]
    uids: Mapping[str, str]
    events: int
    unread: frozenset[str]
    strays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """What a batch has to know of the whole site: all organisations without events, the feeds, and the instant.

    ``renders`` is False where the sources are only checked.
    """

    catalogue: Catalogue
    plans: tuple[FeedPlan, ...]
    now: datetime
    today: date
    renders: bool


@dataclass(frozen=True, slots=True)
class BatchCompiled:
    """What came of a batch: its problems, what is to be concluded upon with that of all others, and its part of the site.

    ``portion`` is None where there are errors, or nothing is rendered. ``kept`` are the sources that are kept of each organisation.
    """

    problems: tuple[Problem, ...]
    gathered: Gathered
    portion: Portion | None
    kept: Mapping[str, Files]
