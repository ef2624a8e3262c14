"""The versions of a site in its folder: which one is served, in which order they were written, and which may go."""

import shutil
from pathlib import Path

from coopcal.site import layout
from coopcal.site.durable import put, sync

KEPT = 2
"""Versions kept beside the one that is served, for readers that are still on them."""

ASIDE = "aside-"
"""How the names of folders begin that are being written."""


def point(out: Path, version: str, *, lasts: bool = True) -> None:
    """Make a version the one that is served, after noting that it is the newest: clocks may be set back.

    Where it ``lasts``, that is on the disk by then.
    """
    order = [version, *(name for name in _order(out) if name != version)]
    for file, content in (
        (layout.ORDER, "".join(f"{name}\n" for name in order)),
        (layout.CURRENT, f"{version}\n"),
    ):
        aside = out / f"{file}.new"
        if lasts:
            put(aside, content.encode())
        else:
            aside.write_text(content, encoding="ascii")
        aside.replace(out / file)
    if lasts:
        sync(out)


def _order(out: Path) -> list[str]:
    """Return the names of the versions that there are, the one that was served last first; those of unknown order by their time."""
    there = {
        folder.name: folder.stat().st_mtime_ns
        for folder in (out / layout.VERSIONS).iterdir()
        if not folder.name.startswith(ASIDE)
    }
    try:
        noted = (out / layout.ORDER).read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        noted = []
    known = [name for name in dict.fromkeys(noted) if name in there]
    return [*known, *sorted(there.keys() - set(known), key=lambda name: (there[name], name), reverse=True)]


def sweep(out: Path) -> None:
    """Take away what killed compiles left and all but the last versions; call it while holding the folder."""
    versions = out / layout.VERSIONS
    try:
        current = (out / layout.CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        current = ""
    for folder in versions.glob(f"{ASIDE}*"):
        shutil.rmtree(folder, ignore_errors=True)
    for name in [name for name in _order(out) if name != current][KEPT:]:
        shutil.rmtree(versions / name, ignore_errors=True)


def keep_current(out: Path) -> None:
    """Take away every version but the one that is served, whoever may still read them; call it while holding the folder."""
    current = (out / layout.CURRENT).read_text(encoding="ascii").strip()
    for folder in (out / layout.VERSIONS).iterdir():
        if folder.name != current:
            shutil.rmtree(folder)
    point(out, current)
