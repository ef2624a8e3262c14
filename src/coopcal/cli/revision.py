"""The sources as they stood in a git revision, laid into a folder of their own; the work tree is not touched."""

import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

from coopcal.definitions.source.tree import INCLUDED, SITE_FILE
from coopcal.model.message import msg
from coopcal.model.refusal import refusal

SOURCES = (SITE_FILE, "calendars", "feeds", INCLUDED)
"""What a tree is made of."""


class RevisionError(Exception):
    """A revision cannot be read; the text says why, and what to do."""


def lay(root: Path, revision: str, folder: Path) -> None:
    """Write the sources of ``root`` as they stood in a revision into an empty ``folder``; raise RevisionError."""
    commit = _commit(root, revision)
    listed = _git(root, "ls-tree", "--name-only", "-z", commit).decode("utf-8", "replace").split("\0")
    there = [name for name in SOURCES if name in listed]
    if SITE_FILE not in there:
        raise RevisionError(
            msg(
                "there is no {site_file} in the revision “{revision}”", site_file=SITE_FILE, revision=revision
            )
        )
    packed = _git(root, "archive", "--format=tar", commit, *there)
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(folder, filter=_safe)  # noqa: S202 - what points out of the folder is left out


def _commit(root: Path, revision: str) -> str:
    """Return the commit that a revision names."""
    if _run(root, "rev-parse", "--git-dir").returncode:
        reason = _run(root, "rev-parse", "--git-dir").stderr.decode("utf-8", "replace").strip()
        raise RevisionError(
            msg(
                "“{revision}” is no folder, and no revision can be read, as {folder} does not lie in a git repository that can be read ({reason})",
                revision=revision,
                folder=root.resolve(),
                reason=reason,
            )
        )
    commit = _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit.returncode == 0:
        return commit.stdout.decode().strip()
    if _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise RevisionError(
            msg(
                "the revision “{revision}” is not here, as this clone is shallow: it holds the last revisions only; fetch the others with “git fetch --unshallow” (in GitHub Actions: “fetch-depth: 0”)",
                revision=revision,
            )
        )
    raise RevisionError(
        msg(
            "there is no folder and no revision “{revision}”; “git log --oneline” lists revisions, and “git fetch” brings those of others",
            revision=revision,
        )
    )


def _git(root: Path, *arguments: str) -> bytes:
    done = _run(root, *arguments)
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip()
        raise RevisionError(msg("git {command} failed ({reason})", command=arguments[0], reason=reason))
    return done.stdout


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)  # noqa: S603, S607 - git as it is installed; no shell
    except OSError as error:
        raise RevisionError(
            msg(
                "git cannot be started ({reason}); it is needed to read revisions",
                reason=refusal(error),
            )
        ) from error


def _safe(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo | None:
    """Leave out what points out of the folder."""
    try:
        return tarfile.data_filter(member, folder)
    except tarfile.FilterError:
        return None
