"""Sources as they are read → what they say, and what is wrong with them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from coopcal.checks import NOTHING_PRIVATE
from coopcal.checks import check as check_rules
from coopcal.checks.switches import switched
from coopcal.compile.verdicts import Verdicts
from coopcal.definitions.cache import Memo
from coopcal.definitions.catalogue import decode
from coopcal.definitions.source.tree import SourceTree
from coopcal.model.problem import Problem, has_errors, in_order, on_other_lines
from coopcal.model.published import Published
from coopcal.model.site import Catalogue
from coopcal.selection.plan import FeedPlan, plan
from coopcal.zones import zone


class Found(NamedTuple):
    """What was published before, what is wrong with that, and the titles of the private feeds that stood beside it, by id."""

    published: Published | None
    trouble: tuple[Problem, ...] = ()
    private: Mapping[str, str] = NOTHING_PRIVATE


FindPublished = Callable[[Catalogue], Found]
"""Gives what was published before."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many organisations, events (sessions and further dates not counted) and feeds sources have."""

    organisations: int
    events: int
    feeds: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is told of sources, the texts of the files in question by path, and how much there is in them."""

    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Checked:
    """What the sources say, and what is wrong with them.

    ``catalogue`` is None when nothing could be decoded; ``read`` holds the problems of reading alone. ``plans`` are
    those of its feeds, where it was held against every rule.
    """

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    tree: SourceTree
    read: tuple[Problem, ...]
    published: Published | None = None
    plans: tuple[FeedPlan, ...] = ()

    @property
    def texts(self) -> Mapping[str, str]:
        """The files' texts by path, for excerpts."""
        return self.tree.texts

    @property
    def verdict(self) -> Verdict:
        """What is told of the sources, and how much there is in them."""
        organisations = self.catalogue.organisations if self.catalogue else ()
        events = sum(len(one.events) for one in organisations)
        return Verdict(self.problems, self.texts, Counts(len(organisations), events, len(self.plans)))

    @property
    def sound(self) -> bool:
        """Return whether a site may be made of it."""
        return self.catalogue is not None and not has_errors(self.problems)


def decipher(tree: SourceTree, read: tuple[Problem, ...], memo: Memo | None = None) -> Checked:
    """Decode a tree that was read with these problems, and hold it against nothing else."""
    catalogue, more = decode(tree, memo.organisation) if memo else decode(tree)
    return Checked(catalogue, in_order((*read, *on_other_lines(more, read))), tree, read)


def examine(
    tree: SourceTree,
    read: tuple[Problem, ...],
    now: datetime,
    find_published: FindPublished,
    choose: Callable[[Catalogue], Catalogue] = lambda catalogue: catalogue,
    memo: Memo | None = None,
    verdicts: Verdicts | None = None,
) -> Checked:
    """Decode a tree that was read with these problems, and hold it against every rule.

    ``choose`` gives the catalogue with its checks switched otherwise than it says; ``memo`` what was decoded before, and
    ``verdicts`` what the rules told then.
    """
    decoded = decipher(tree, read, memo)
    if decoded.catalogue is None:
        return decoded
    catalogue, problems = choose(decoded.catalogue), decoded.problems
    published, trouble, private = find_published(catalogue)
    plans = plan(catalogue)
    check_all = verdicts.check if verdicts else check_rules
    broken = check_all(catalogue, plans, published, today(catalogue, now), private)
    weighed = switched((*problems, *trouble, *broken), catalogue.settings.checks)
    return Checked(catalogue, in_order(weighed), tree, read, published, plans)


def today(catalogue: Catalogue, now: datetime) -> date:
    """Return the day that it is where the site is at home."""
    return now.astimezone(zone(catalogue.settings.timezone)).date()
