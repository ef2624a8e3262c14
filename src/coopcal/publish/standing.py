"""What stands in a folder that is published into: files of the site, and those of others, which stay."""

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath

from coopcal.publish.file import LISTING
from coopcal.publish.listing import Listed, Listing


def has(folder: Path, name: str, listed: Listed) -> bool:
    """Return whether a file is there itself, as long as it is listed; a link to another one is none."""
    try:
        found = (folder / name).lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == listed.length


def is_same(folder: Path, name: str, listed: Listed | None) -> bool:
    """Return whether a file of others has the bytes that it is to have, so that nothing of theirs is lost."""
    if listed is None or not has(folder, name, listed):
        return False
    return sha256((folder / name).read_bytes()).hexdigest() == listed.digest


def foreign(folder: Path, before: Listing | None) -> list[str]:
    """Return what is in a folder that was not published there: files and links by path.

    Of a folder that nothing was published into, and of one at the top that begins with a dot, the name stands for all that is in it.
    """
    if before is None:
        return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    known = {LISTING, *before.files}
    hidden = {name.split("/")[0] for name in known if name.startswith(".")}
    found = []
    for place, folders, files in os.walk(folder):
        inside = Path(place).relative_to(folder)
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        found += [name for file in (*files, *links) if (name := str(inside / file)) not in known]
        if Path(place) == folder:
            apart = {name for name in folders if name.startswith(".") and name not in hidden} - set(links)
            found += apart
            folders[:] = [name for name in folders if name not in apart]
    return sorted(found)


def in_the_way(others: Iterable[str], files: Collection[str]) -> list[str]:
    """Return which files of others lie where files are to be, or folders of these, or are in what is to be a file."""
    taken = {*files, *(above for name in files for above in folders_of(name))}
    return [name for name in others if name in taken or any(above in files for above in folders_of(name))]


def folders_of(name: str) -> Iterator[str]:
    """Return the folders that a file is in, but for the one that all are in."""
    yield from (str(above) for above in PurePosixPath(name).parents if above.name)


def is_through_a_link(folder: Path, name: str) -> bool:
    """Return whether a link stands in the place of a folder that a file was in: what lies behind it is of others."""
    return any((folder / above).is_symlink() for above in folders_of(name))
