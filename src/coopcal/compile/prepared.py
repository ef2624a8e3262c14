"""What a compile goes on with once its sources are read, checked and compiled by organisations."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coopcal.compile.good_sources import Files
from coopcal.compile.inputs import Inputs
from coopcal.compile.portion import Portion
from coopcal.model.facts import VisibleFacts
from coopcal.model.problem import Problem
from coopcal.model.published import Published
from coopcal.site.manifest import Held


@dataclass(frozen=True, slots=True)
class Sound:
    """Sources that a site may be made of, compiled by organisations.

    ``gone`` is what was seen before of events of organisations that are gone. ``kept`` are the sources that are kept for
    the day on which there are errors, ``held`` the organisations that have some, and ``roots`` the folders of what stands
    in their place. ``leave`` is called with the version that was written, and what is published with it.
    """

    inputs: Inputs
    portions: Sequence[Portion]
    gone: Mapping[str, VisibleFacts]
    kept: Mapping[str, Files]
    held: tuple[Held, ...] = ()
    roots: Mapping[str, Path] = field(default_factory=dict)
    leave: Callable[[str, Published], None] = lambda *_: None


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that is to be told of sources, the texts of their files by path for excerpts, and these, if they are ``sound``."""

    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    sound: Sound | None
