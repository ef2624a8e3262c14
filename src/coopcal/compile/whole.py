"""Read, check and compile all organisations of a folder together, or what was last good of those with errors."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from coopcal.compile.checker import Checker
from coopcal.compile.examine import FindPublished, examine
from coopcal.compile.fallback import fall_back
from coopcal.compile.good_sources import Files, to_keep
from coopcal.compile.inputs import Inputs, served_at
from coopcal.compile.kept import Kept
from coopcal.compile.organisations import portion
from coopcal.compile.prepared import Prepared, Sound
from coopcal.site.private import private_memory


def whole(
    root: Path,
    now: datetime,
    find_published: FindPublished,
    published: Path,
    served: str | None = None,
    remembered: Kept | None = None,
    aside: Path | None = None,
) -> Prepared:
    """Prepare the sources in a folder; the one ``published`` keeps what was last good.

    With what is ``remembered`` of the last time, only what was changed since is made anew; of what was made then ``aside``,
    feeds stand that are the same.
    """
    checker = _checker(root, now, find_published, remembered)
    checked = checker.check()
    holding = fall_back(checked, lambda tree, read: examine(tree, read, now, find_published), published, now)
    good = holding.checked
    if good.catalogue is None or not good.sound:
        return Prepared(holding.problems, checked.texts, None)
    catalogue, instant = served_at(good.catalogue, served), now.astimezone(UTC).replace(microsecond=0)
    private = private_memory(published) if catalogue.private_feeds else {}
    inputs = Inputs.of(catalogue, good.plans, good.published, instant, private)
    kept: Mapping[str, Files] = to_keep(catalogue, good.tree) if catalogue.settings.hold else {}
    portions, gone = remembered.portions(inputs) if remembered else ([portion(inputs)], {})
    sound = Sound(inputs, portions, gone, kept, holding.held, holding.roots)
    if remembered and aside:
        leave = partial(remembered.leave, inputs)
        sound = replace(sound, standing=remembered.standing(aside, inputs), leave=leave)
    return Prepared(holding.problems, checked.texts, sound)


def _checker(root: Path, now: datetime, find_published: FindPublished, remembered: Kept | None) -> Checker:
    """Return what checks the sources as they are now, knowing what it read the last time."""
    if remembered is None:
        return Checker(root, now, find_published)
    if remembered.checker is None:
        remembered.checker = Checker(root, now, find_published)
    else:
        remembered.checker.look_again(now, find_published)
    return remembered.checker
