"""A branch of a repository elsewhere is fetched, and its files are laid into a folder. Nothing of it is ever run.

Whoever may push to it may write anything into it. So git checks nothing out: plain files are read out of its objects and
written here, so that hooks, filters, LFS, submodules and links do not take place.
"""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from coopcal.cli.shielded_git import Git, RepositoryError, unreadable
from coopcal.model.message import msg

LARGEST_FILE = 100_000_000
LARGEST_TREE = 1_000_000_000
"""Bytes of all files of a tree."""

MOST_FILES = 200_000
"""Files that a tree may have: one of a few kilobytes can name ten billion."""

FETCHED = "refs/coopcal/fetched"

_ENTRY = re.compile(rb"(\d{6}) \w+ ([0-9a-f]{40,64}) +(\d+|-)\t(.+)", re.DOTALL)
_FILE = frozenset({b"100644", b"100664", b"100755"})
"""Modes of regular files; others are of links and submodules."""


@dataclass(frozen=True, slots=True)
class _Entry:
    mode: bytes
    object: bytes
    size: int
    path: str


def fetch(git: Git, branch: str) -> str:
    """Fetch the last commit of a branch, and return its name; nobody else may work on the copy meanwhile."""
    try:
        git.run("check-ref-format", f"refs/heads/{branch}")
    except RepositoryError as error:
        raise RepositoryError(
            msg("“{branch}” is no name of a branch", branch=branch), error.detail
        ) from error
    git.folder.mkdir(parents=True, exist_ok=True)
    for lock in git.folder.rglob("*.lock"):
        lock.unlink()  # of a process that was killed
    if not (git.folder / "HEAD").is_file():
        git.run("init", "--quiet", "--bare", "--template=", str(git.folder))
    quiet = ("--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head")
    try:
        git.run("fetch", *quiet, "--no-auto-maintenance", "origin", f"+refs/heads/{branch}:{FETCHED}")
    except RepositoryError as error:
        raise RepositoryError(
            msg("the branch “{branch}” cannot be fetched", branch=branch), error.detail
        ) from error
    commit = git.run("rev-parse", "--verify", f"{FETCHED}^{{commit}}").decode().strip()
    git.run("gc", "--auto", "--quiet", "--prune=now")
    return commit


def lay(git: Git, commit: str, folder: Path) -> tuple[str, ...]:
    """Write the files of a commit into a folder of their own, but for hidden ones; return the paths of what is no file."""
    entries = list(_entries(git, commit))
    files = [entry for entry in entries if entry.mode in _FILE and _is_plain(entry.path)]
    for entry in files:
        if entry.size > LARGEST_FILE:
            raise RepositoryError(
                msg("{path} is larger than {bytes} bytes", path=entry.path, bytes=LARGEST_FILE)
            )
    if sum(entry.size for entry in files) > LARGEST_TREE:
        raise RepositoryError(msg("the sources are larger than {bytes} bytes", bytes=LARGEST_TREE))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _write(git, files, folder)
    return tuple(entry.path for entry in entries if entry.mode not in _FILE or not _is_plain(entry.path))


def _entries(git: Git, commit: str) -> Iterator[_Entry]:
    """Return what a commit holds, but for what is hidden."""
    with git.start("ls-tree", "-r", "-l", "-z", "--full-tree", commit) as listing:
        assert listing.stdout is not None, "it is a pipe"
        for number, line in enumerate(_pieces(listing.stdout)):
            if number == MOST_FILES:
                listing.kill()
                raise RepositoryError(msg("the sources have more than {files} files", files=MOST_FILES))
            found = _ENTRY.fullmatch(line)
            if found is None:
                raise unreadable(repr(line[:200]))
            mode, name, size, path = found.groups()
            if not path.startswith(b".") and b"/." not in path:
                yield _Entry(mode, name, int(size) if size != b"-" else 0, os.fsdecode(path))
    if listing.returncode:
        raise unreadable(f"git ls-tree: {listing.returncode}")


def _write(git: Git, files: list[_Entry], folder: Path) -> None:
    with git.start("cat-file", "--batch") as objects:
        assert objects.stdin is not None, "it is a pipe"
        assert objects.stdout is not None, "it is a pipe, too"
        for entry in files:
            objects.stdin.write(entry.object + b"\n")
            objects.stdin.flush()
            if objects.stdout.readline() != b"%s blob %d\n" % (entry.object, entry.size):
                raise unreadable(entry.path)
            target = folder / entry.path
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("xb") as file:
                    _copy(objects.stdout, file, entry.size)
            except FileExistsError as error:
                raise RepositoryError(msg("{path} is there twice", path=entry.path)) from error
            objects.stdout.read(1)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """Return what stands between zeros."""
    rest = b""
    while chunk := stream.read(65_536):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole


def _is_plain(path: str) -> bool:
    """Return whether a path leads to a place below the folder that it is told from: trees may name any."""
    return not {"", ".", ".."} & set(path.split("/"))


def _copy(source: IO[bytes], target: IO[bytes], size: int) -> None:
    while size:
        chunk = source.read(min(size, 1_000_000))
        if not chunk:
            raise unreadable()
        target.write(chunk)
        size -= len(chunk)
