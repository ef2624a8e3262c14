"""What a compile goes on with once its sources are read, checked and compiled by organisations."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from coopcal.compile.draft_feed import Assembly, FeedMade
from coopcal.compile.good_sources import Files
from coopcal.compile.inputs import Inputs
from coopcal.compile.join import Joined
from coopcal.compile.portion import Portion
from coopcal.compile.store.rosters import Rosters
from coopcal.model.facts import VisibleFacts
from coopcal.model.problem import Problem
from coopcal.model.published import Published, Stamp
from coopcal.site.content import Address
from coopcal.site.manifest import Held
from coopcal.site.putting import PutShards
from coopcal.site.standing import Standing as StandingSite


@dataclass(frozen=True, slots=True)
class Standing:
    """What is as in the version that stands: organisations by id, and feeds whose digests are the same by address.

    ``site`` is that version, where anything of it may be, and ``rosters`` are those of feeds that are put together anew.
    ``stamps`` are those of feeds which are not told by what was published before.
    """

    organisations: frozenset[str] = frozenset()
    feeds: Mapping[Address, FeedMade] = field(default_factory=dict)
    stamps: Mapping[Address, Stamp] = field(default_factory=dict)
    site: StandingSite | None = None
    rosters: Rosters | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A version that was written: what is published with it, its feeds, what was noted while these were made, and until when it is good.

    ``stamps`` are those of the feeds that were put together for it, or whose stamps were known.
    """

    version: str
    published: Published
    feeds: Mapping[Address, FeedMade]
    stamps: Mapping[Address, Stamp]
    notes: tuple[Problem, ...]
    good_until: datetime | None


Leave = Callable[[Written], None]
"""Is told of a version that was written."""

Shared = Callable[[Joined, Assembly, Path], PutShards]
"""Gives what puts the shards of a site into a folder by a crew, and tells the assembly of its feeds what came of them."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Sources that a site may be made of, compiled by organisations.

    ``gone`` is what was seen before of events of organisations that are gone. ``kept`` are the sources that are kept for
    the day on which there are errors, ``held`` the organisations that have some, and ``roots`` the folders of what stands
    in their place. ``leave`` is called when a version was written, and ``standing`` is what need not be made for it.
    ``shared`` is there where a crew is to write the shards.
    """

    inputs: Inputs
    portions: Sequence[Portion]
    gone: Mapping[str, VisibleFacts]
    kept: Mapping[str, Files]
    held: tuple[Held, ...] = ()
    roots: Mapping[str, Path] = field(default_factory=dict)
    standing: Standing = Standing()
    leave: Leave = lambda *_: None
    shared: Shared | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that is to be told of sources, the texts of their files by path for excerpts, and these, if they are ``sound``."""

    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    sound: Sound | None
