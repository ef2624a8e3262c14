"""Files beside the sources that hold events, and are not read."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import PurePosixPath

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.checks.view import View
from coopcal.model.message import msg
from coopcal.model.problem import Code, Position, Problems, Severity

NOT_IMPORTED = Code(
    "not-imported",
    "Tables and calendars in `calendars/` are not read; `coopcal import` brings their events in ([import.md](import.md)).",
    Severity.WARNING,
    switchable=True,
)

READ_BY_IMPORT = frozenset({"csv", "tsv", "ics", "ical", "json", "jcal"})
"""Endings of files that ``coopcal import`` reads; other tables are to be saved as CSV before."""


def gather(view: View) -> Mapping[str, tuple[str, ...]]:
    """Return the files of events of each organisation that has any which stand beside the sources."""
    strays = frozenset(view.overview.catalogue.strays)
    used: dict[str, set[str]] = defaultdict(set)
    for event, files in view.with_files if strays else ():
        used[event.organisation].update(strays.intersection(files))
    return {one: tuple(sorted(files)) for one, files in used.items() if files}


def conclude(gathered: Mapping[str, tuple[str, ...]], overview: Overview, problems: Problems) -> None:
    """A table or a calendar in ``calendars/`` is not read; what is published with an event may be one."""
    used = {file for files in gathered.values() for file in files}
    for path in overview.catalogue.strays:
        if path in used:
            continue
        file = PurePosixPath(path)
        owner = file.parent.name if len(file.parts) > 2 else file.stem.lower()  # noqa: PLR2004 - calendars, file
        if owner not in overview.organisations:
            owner = next(iter(overview.organisations)) if len(overview.organisations) == 1 else "ID"
        command = f"coopcal import {path} --organisation {owner}"
        readable = file.suffix.lower().lstrip(".") in READ_BY_IMPORT
        problems.tell(
            Position(path),
            NOT_IMPORTED,
            msg("“{name}” is not read: calendars are files that end in .yaml", name=file.name),
            msg("bring its events in: {command}", command=command)
            if readable
            else msg(
                "save it as CSV outside “calendars”, and bring its events in: {command}",
                command=f"coopcal import {file.stem}.csv --organisation {owner}",
            ),
        )


RULE = WideRule((NOT_IMPORTED,), conclude, gather)
