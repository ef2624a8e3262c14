"""What is said where a folder is no site."""

import shlex
from pathlib import Path

from coopcal.definitions.codes.files import NO_SITE
from coopcal.definitions.source.tree import SITE_FILE
from coopcal.model.message import msg
from coopcal.model.problem import Position, Problem


def missing_site(root: Path | None) -> Problem:
    """Say that a folder is no site, and what to do: go to the one around it or in it, or begin one."""
    nearby = _site_nearby(root) if root is not None else None
    if nearby is None:
        message = msg("There is no coopcal.yaml here, so this is no site yet")
        mend = msg("begin one with “coopcal new site”: it asks what it needs to know, and writes the files")
    else:
        message = msg("There is no coopcal.yaml here, but there is a site in {folder}", folder=str(nearby))
        mend = msg(
            "{command}   (or begin another one here: coopcal new site)",
            command=f"cd {shlex.quote(str(nearby))}",
        )
    return Problem.of(Position(SITE_FILE), NO_SITE, message, mend)


def _site_nearby(root: Path) -> Path | None:
    """Return the folder of the site that a folder lies in, or else of the only one that lies in it."""
    here = root.resolve()
    for folder in here.parents:
        if (folder / SITE_FILE).is_file():
            return folder
    try:
        inside = [child for child in here.iterdir() if (child / SITE_FILE).is_file()]
    except OSError:
        return None
    return inside[0] if len(inside) == 1 else None
