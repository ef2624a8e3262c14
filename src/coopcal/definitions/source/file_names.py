"""Names of files: which are sources, and what they may be called."""

import re
from collections.abc import Collection

from coopcal.definitions.codes.files import RESERVED_ID, WRONG_ENDING
from coopcal.definitions.codes.values import BAD_ID
from coopcal.model.ids import LONGEST_ID, RESERVED, is_id, proposed_id
from coopcal.model.message import msg
from coopcal.model.problem import Position, Problem, Rename

_SOURCE = re.compile(r".+\.ya?ml(\.txt)?", re.IGNORECASE)

_TABLES = frozenset({"csv", "tsv", "ics", "ical", "json", "jcal", "xls", "xlsx", "ods"})
"""Endings of files that hold events, and are no sources."""


def is_source(name: str) -> bool:
    """Return whether a file is read, or was probably meant to be."""
    return _SOURCE.fullmatch(name) is not None


def is_table(name: str) -> bool:
    """Return whether a file holds events as tables or calendars do."""
    return name.rpartition(".")[2].lower() in _TABLES


def probably_meant(name: str) -> str:
    """Return what a file is named for that should end in ``.yaml`` and does not; "" for any other."""
    stem, dot, ending = name.partition(".")
    return stem if dot and ending.lower() in ("yml", "yaml", "yaml.txt", "yml.txt") else ""


def wrong_ending(path: str, name: str, stem: str) -> Problem:
    """Tell a file that is not read, as its name does not end in ``.yaml``."""
    return Problem.of(
        Position(path),
        WRONG_ENDING,
        msg("“{name}” is not read, because its name does not end in .yaml", name=name),
        msg("rename it to {stem}.yaml", stem=stem),
        Rename(path, f"{stem}.yaml"),
    )


def bad_name(name: str, path: str, own: Collection[str], languages: tuple[str, ...]) -> Problem | None:
    """Return what is wrong with the name of an organisation or a feed, which is its id; None where nothing is.

    ``own`` are reserved ids that it may have. A better one is spelt as the ``languages`` of the site are.
    """
    if name in RESERVED and name not in own:
        return Problem.of(
            Position(path),
            RESERVED_ID,
            msg("“{name}” is kept for coopcal's own addresses, or for Windows", name=name),
            msg("rename it, for example to {name}-coop", name=name),
        )
    if is_id(name):
        return None
    return Problem.of(
        Position(path),
        BAD_ID,
        msg(
            "“{name}” stands in addresses, so it must be of lower-case letters a to z, digits and single hyphens, at most {longest_id}",
            name=name,
            longest_id=LONGEST_ID,
        ),
        msg(
            "rename it to {name}",
            name=(proposed_id(name, languages) or "a-name") + (".yaml" if path.endswith(".yaml") else ""),
        ),
    )
