"""The sources of a folder, checked against every rule and against what was published before."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from coopcal.checks.rules.dead_link import DEAD_LINK, asked_for, dead_links
from coopcal.checks.switches import chosen, is_on, switched
from coopcal.compile.examine import Checked, FindPublished, decipher, examine
from coopcal.compile.mends import Trial, read_back
from coopcal.compile.previous import finder
from coopcal.compile.verdicts import Verdicts
from coopcal.definitions.cache import Memo
from coopcal.definitions.links import links
from coopcal.definitions.source.node import Node
from coopcal.definitions.source.reader import read_tree
from coopcal.model.link import Finding
from coopcal.model.problem import Problem, in_order
from coopcal.model.site import Catalogue
from coopcal.site import collector_at_rest
from coopcal.site.layout import SITE_FOLDER

Probe = Callable[[Iterable[str]], Mapping[str, Finding]]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which checks are run: ``only`` some of those that can be switched, or ``without`` some.

    ``probe`` asks for the addresses of links and gives what is wrong with them; without it they are not looked at.
    """

    only: Collection[str] = ()
    without: Collection[str] = ()
    probe: Probe | None = None


class Checker:
    """Checks the sources in a folder, several times in one command, where need be with other texts of some files.

    A file is read once. What has not changed since is not decoded again, nor held against the rules.
    """

    def __init__(self, root: Path, now: datetime, find_published: FindPublished) -> None:
        """Look at nothing yet."""
        self._root = root
        self._now = now
        self._find = find_published
        self._memo = Memo(root)
        self._verdicts = Verdicts()

    @staticmethod
    def of(root: Path, now: datetime, out: Path) -> "Checker":
        """Return what checks a folder against what the site in ``out`` has published, if that can be read."""
        return Checker(root, now, finder(out, None, first=True))

    def check(self, instead: Mapping[str, str] | None = None, choice: Choice | None = None) -> Checked:
        """Check everything; ``instead`` holds texts by path that are read as if they were written already."""
        with collector_at_rest():
            tree, problems = self._memo.read(instead)
            checked = examine(
                tree,
                problems,
                self._now,
                self._find,
                lambda catalogue: chosen_for(catalogue, choice) if choice else catalogue,
                self._memo,
                self._verdicts,
            )
            checked = replace(checked, problems=read_back(checked.problems, Trial(tree, self._memo.nodes)))
        settings = checked.catalogue.settings if checked.catalogue else None
        if choice and choice.probe and settings and is_on(DEAD_LINK, settings.checks):
            named = links(tree)
            dead = dead_links(named, choice.probe(asked_for(link) for link in named))
            return replace(checked, problems=in_order((*checked.problems, *switched(dead, settings.checks))))
        return checked

    def decipher(self, instead: Mapping[str, str] | None = None) -> Checked:
        """Read and decode alone; no rule is asked, and no mend is tried."""
        with collector_at_rest():
            return decipher(*self._memo.read(instead), self._memo)

    def nodes(self, text: str, path: str) -> tuple[Node | None, tuple[Problem, ...]]:
        """Return what the text of a file holds, and what is wrong with it as YAML."""
        return self._memo.nodes(text, path)

    def look_again(self, now: datetime | None = None, find_published: FindPublished | None = None) -> None:
        """Look at the folder anew, as its files were written or renamed; at another instant, and what is published then."""
        self._memo.look_again()
        self._now = now or self._now
        self._find = find_published or self._find


def check(
    root: Path,
    now: datetime,
    *,
    out: Path | None = None,
    previous: str | None = None,
    first: bool = True,
    instead: Mapping[str, str] | None = None,
    choice: Choice | None = None,
) -> Checked:
    """Check the sources in ``root`` against what was published before, in one run.

    With ``first``, a site before that cannot be read does not matter; otherwise it is a problem. ``instead`` holds texts
    by path that are read as if they were written already. Mends are tried before they are shown.
    """
    find = finder(out or root / SITE_FOLDER, previous, first=first)
    return Checker(root, now, find).check(instead, choice)


def read(root: Path) -> Checked:
    """Read and decode the sources in ``root`` by themselves, held against nothing that was published."""
    return decipher(*read_tree(root))


def chosen_for(catalogue: Catalogue, choice: Choice) -> Catalogue:
    """Return a catalogue in which the checks are switched as they are chosen for this run."""
    settings = catalogue.settings
    checks = chosen(settings.checks, choice.only, choice.without, settings.position)
    return replace(catalogue, settings=replace(settings, checks=checks))
