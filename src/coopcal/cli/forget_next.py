"""What is left to whoever took a text out by ``coopcal forget``, in the order in which it is to be done."""

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from coopcal.authoring.forgetting.found import Found
from coopcal.model.message import msg
from coopcal.site.layout import CURRENT


def next_steps(root: Path, out: Path, found: Found, text: str, edited: Sequence[str]) -> Iterator[str]:
    """Yield the steps; ``found`` is what still holds the text, ``edited`` are the files that were changed.

    Sources go first, since whatever is made of them would say it again; then what is published, and what keeps that; then the
    history, which may be written anew once nothing is added to it any more.
    """
    if found.sources:
        yield msg("edit the places above by hand, and do this again: else the next compile says it again")
    is_in_git = is_below_git(root)
    if edited and is_in_git:
        files = shlex.join(edited)
        yield msg("commit the edit, and push it: {command}", command=f"git commit -m … -- {files}")
    if (out / CURRENT).is_file():
        yield msg(
            "a “coopcal serve” of {folder} already serves the new site; on other machines, get the edit there and run: {command}",
            folder=out,
            command="coopcal compile",
        )
    else:
        yield msg("make the site anew: {command}", command="coopcal compile")
    if found.published:
        commands = ", ".join(f"coopcal publish {shlex.quote(str(one.folder))}" for one in found.published)
        yield msg("publish again into what still holds it: {commands}", commands=commands)
    yield msg(
        "publish again into every other folder and bucket; a bucket keeps older states for a week, and the newest three for longer"
    )
    yield msg("empty the cache of a CDN or a proxy in front, if there is one")
    if is_in_git:
        yield msg(
            "Git keeps what files said before: “git log --all -i -S'{text}'” finds it, and git filter-repo --replace-text takes it out of the history, which everybody must then clone anew.",
            text=text,
        )
    yield msg("take it out of backups of the sources and of {folder}, or let these expire", folder=out)


def is_below_git(root: Path) -> bool:
    """Return whether a folder is in a repository of Git."""
    return any((folder / ".git").exists() for folder in (root.resolve(), *root.resolve().parents))
