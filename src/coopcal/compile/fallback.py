"""``on_error: hold``: organisations with errors as they were when they were last good, all others as they are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from coopcal.compile import good_sources
from coopcal.compile.codes import CANNOT_HOLD
from coopcal.compile.examine import Checked
from coopcal.definitions.source.reader import read_tree
from coopcal.definitions.source.tree import OrganisationFiles, SourceTree
from coopcal.model.message import msg
from coopcal.model.problem import Position, Problem, Severity, in_order
from coopcal.site.manifest import Held

Again = Callable[[SourceTree, tuple[Problem, ...]], Checked]
"""Examines another tree, that was read with these problems."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What may be published, if it is sound; what of it is held; and all that is to be told of the sources as they are."""

    checked: Checked
    problems: tuple[Problem, ...]
    held: tuple[Held, ...] = ()
    roots: dict[str, Path] = field(default_factory=dict)


def fall_back(first: Checked, again: Again, out: Path, now: datetime) -> Holding:
    """Return what may be published of sources: as they are, or, where the site asks for it, with what was last good."""
    if first.sound or first.catalogue is None or not first.catalogue.settings.hold:
        return Holding(first, first.problems)
    return _hold(first, again, out, now)


def _hold(first: Checked, again: Again, out: Path, now: datetime) -> Holding:
    """Put what was last good in the place of each organisation with errors, until there are no errors.

    An error is that of the organisation in whose file it is told. One that was never published is left out. Errors
    elsewhere, and in what is held, stop.
    """
    current, blamed, roots = first, dict[str, tuple[Problem, ...]](), dict[str, Path]()
    while not current.sound:
        errors = _by_owner(current.problems)
        if None in errors or current.catalogue is None:
            return Holding(first, in_order((*first.problems, *errors.get(None, ()))))
        stuck = [_told_of_held(name, errors[name][0]) for name in errors if name in blamed and name]
        lost = [name for name in errors if name and _is_lost(name, first, out)]
        if stuck or lost:
            problems = (*stuck, *(_told_of_lost(name, errors[name][0]) for name in lost))
            return Holding(first, in_order((*first.problems, *problems)))
        tree, read = current.tree, current.read
        for name, own_errors in errors.items():
            assert name is not None
            blamed[name] = own_errors
            folder = good_sources.folder_of(out, name)
            if folder is not None:
                roots[name] = folder
            tree, read = _replaced(tree, read, name, folder)
        current = again(tree, read)
    before = good_sources.held_before(out)
    held = tuple(
        _held(name, reasons, before.get(name), now, shown=name in roots)
        for name, reasons in sorted(blamed.items())
    )
    others = (problem for problem in current.problems if owner(problem.position) not in blamed)
    own = (problem for problem in first.problems if owner(problem.position) in blamed)
    problems = (*others, *own, *(error for reasons in blamed.values() for error in reasons))
    return Holding(current, in_order(problems), held, roots)


def owner(position: Position) -> str | None:
    """Return the organisation in whose file a place is; None for the site's settings and for feeds."""
    top, _, rest = position.path.partition("/")
    if top != "calendars" or not rest:
        return None
    name, _, inner = rest.partition("/")
    return name if inner else name.split(".", maxsplit=1)[0] or name


def _by_owner(problems: Iterable[Problem]) -> dict[str | None, tuple[Problem, ...]]:
    by_owner: dict[str | None, tuple[Problem, ...]] = {}
    for problem in problems:
        if problem.severity is Severity.ERROR:
            name = owner(problem.position)
            by_owner[name] = (*by_owner.get(name, ()), problem)
    return by_owner


def _is_lost(name: str, first: Checked, out: Path) -> bool:
    """Return whether an organisation was published, and the sources of that were not kept."""
    return (
        first.published is not None
        and name in first.published.organisations
        and good_sources.folder_of(out, name) is None
    )


def _replaced(
    tree: SourceTree, read: tuple[Problem, ...], name: str, folder: Path | None
) -> tuple[SourceTree, tuple[Problem, ...]]:
    """Return a tree with an organisation's kept sources, or without the organisation where there are none."""
    organisations = [files for files in tree.organisations if files.id != name]
    texts = {path: text for path, text in tree.texts.items() if owner(Position(path)) != name}
    read = tuple(problem for problem in read if owner(problem.position) != name)
    if folder is not None:
        old, problems = read_tree(folder)
        copies = next((files.copies for files in tree.organisations if files.id == name), ())
        organisations += [replace(files, root=folder, copies=copies) for files in old.organisations]
        texts |= old.texts
        read += tuple(problem for problem in problems if owner(problem.position) is not None)
    ordered = tuple(sorted(organisations, key=_entry))
    return replace(tree, organisations=ordered, unread=tree.unread - {name}, texts=texts), read


def _entry(files: OrganisationFiles) -> str:
    """Return the name of the file or folder, by which organisations are read in order."""
    return files.main.path.split("/")[1] if files.main else files.id


def _held(name: str, errors: tuple[Problem, ...], before: Held | None, now: datetime, *, shown: bool) -> Held:
    since = before.since if before else now.astimezone(UTC).replace(microsecond=0)
    first = errors[0]
    return Held(name, since, len(errors), first.position, first.code, shown)


def _told_of_held(name: str, error: Problem) -> Problem:
    message = msg(
        "The last good events of “{name}” cannot be held either: {message} (line {line} as it was then)",
        name=name,
        message=error.message,
        line=error.position.line,
    )
    mend = msg("mend the errors in its file; or take back what changed in another file")
    return Problem.of(Position(error.position.path), CANNOT_HOLD, message, mend)


def _told_of_lost(name: str, error: Problem) -> Problem:
    message = msg(
        "“{name}” was published, and its sources of then were not kept, so its last good events cannot be held",
        name=name,
    )
    mend = msg(
        "mend the errors; what is good is kept from the first compile with “on_error: hold” on, beside the site"
    )
    return Problem.of(Position(error.position.path), CANNOT_HOLD, message, mend)
