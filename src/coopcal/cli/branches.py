"""Changes that a run proposes: committed to a branch of their own, and pushed, unless somebody has worked on it."""

import subprocess
from collections.abc import Sequence
from enum import Enum
from pathlib import Path

import click

from coopcal.authoring.ci import words
from coopcal.cli.language import spoken
from coopcal.model.message import msg

AUTHOR = ("coopcal", "coopcal@users.noreply.github.com")
"""Name and address that commits are made under."""


class Pushed(Enum):
    """What became of a branch: it was pushed, it stood there just so, or somebody edited it and it was left alone."""

    DONE = "done"
    SAME = "same"
    EDITED = "edited"


def push(root: Path, branch: str, paths: Sequence[str], message: str) -> Pushed:
    """Commit files to a branch that is coopcal's own, and push it; raise a ClickException where git fails."""
    fetched = git(root, "fetch", "--quiet", "--depth=1", "origin", branch).returncode == 0
    if fetched and git(root, "log", "-1", "--format=%ae", "FETCH_HEAD").stdout.strip() != AUTHOR[1]:
        return Pushed.EDITED
    before = git(root, "rev-parse", "FETCH_HEAD^{tree}").stdout.strip() if fetched else ""
    name, address = AUTHOR
    _run(root, "switch", "--quiet", "--force-create", branch)
    _run(root, "add", "--", *paths)
    _run(
        root,
        "-c",
        f"user.name={name}",
        "-c",
        f"user.email={address}",
        "commit",
        "--quiet",
        "--message",
        message,
    )
    if before and before == git(root, "rev-parse", "HEAD^{tree}").stdout.strip():
        return Pushed.SAME
    _run(root, "push", "--quiet", "--force", "origin", f"HEAD:refs/heads/{branch}")
    return Pushed.DONE


def _run(root: Path, *arguments: str) -> None:
    done = git(root, *arguments)
    if done.returncode != 0:
        step = next(
            argument for argument in arguments if not argument.startswith("-") and "=" not in argument
        )
        reason = spoken(msg("git {step} failed: {reason}", step=step, reason=done.stderr.strip()))
        raise click.ClickException(words.printed(reason))


def git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run git in the folder of the site."""
    return subprocess.run(  # noqa: S603 - every argument is coopcal's own, an id or a revision
        ["git", "-C", str(root), *arguments],  # noqa: S607 - the git of the run
        capture_output=True,
        text=True,
        check=False,
    )
