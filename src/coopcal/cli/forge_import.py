"""``coopcal forge import``: what a source brought, as a pull request or a merge request, on a schedule."""

import hashlib
import shlex
from pathlib import Path

import click

from coopcal.cli.branches import AUTHOR, Pushed, git, push
from coopcal.cli.import_ import command as import_command
from coopcal.cli.import_ import imported
from coopcal.forge import words
from coopcal.forge.github import Run
from coopcal.forge.gitlab import Pipeline
from coopcal.importing.report import as_text
from coopcal.importing.run import Given, Outcome

EDITED = "Somebody has edited the branch {branch}, so it is left as it is: merge it, or delete it."


def propose_import(
    context: click.Context, run: Run | Pipeline, source: str, organisation: str, options: str
) -> int:
    """Import, and propose what changed; give the exit code: 0 also where something was left out, which is said there."""
    arguments = [source, "--organisation", organisation, *_split(options)]
    with import_command.make_context("import", arguments, parent=context) as inner:
        outcome, brought = imported(context.obj.root, inner.params)
    said = as_text(outcome, brought.path, dry=False, quiet=False)
    click.echo(words.printed(said), nl=False)
    if outcome.refusal is not None:
        return 2 if outcome.unreadable else 1
    if not outcome.files or inner.params["dry"]:
        return 0
    title = f"Take over what changed in {brought.path} for {organisation}"
    branch = _branch(organisation, brought)
    root: Path = context.obj.root
    if isinstance(run, Pipeline):
        done = _by_api(run, root, branch, outcome, title, words.fenced(said))
    else:
        done = _by_git(run, root, branch, outcome, title, words.fenced(said))
    click.echo(words.printed(done))
    return 0


def _split(options: str) -> list[str]:
    try:
        return shlex.split(options)
    except ValueError as error:
        raise click.BadParameter(f"a quote is not closed ({error})", param_hint="--options") from error


def _branch(organisation: str, brought: Given) -> str:
    """Give the branch of a source: another source has another one."""
    sign = hashlib.sha256((brought.name or brought.path).encode()).hexdigest()[:8]
    return f"import/{organisation}-{sign}"


def _by_git(run: Run, root: Path, branch: str, outcome: Outcome, title: str, body: str) -> str:
    pushed = push(root, branch, outcome.files, title)
    if pushed is Pushed.EDITED:
        return EDITED.format(branch=branch)
    if run.request_pull(branch, title, body):
        return f"It is proposed in a pull request, on the branch {branch}."
    return f"It is on the branch {branch}; a pull request has to be opened by hand."


def _by_api(run: Pipeline, root: Path, branch: str, outcome: Outcome, title: str, body: str) -> str:
    inside = git(root, "rev-parse", "--show-prefix").stdout.strip()
    files = {f"{inside}{path}": (root / path).read_bytes().decode() for path in outcome.files}
    author = run.author_of(branch)
    if author not in (None, AUTHOR[1]):
        return EDITED.format(branch=branch)
    if not run.stands(branch, files) and not run.commit(branch, files, title, AUTHOR):
        return "The branch could not be written: COOPCAL_TOKEN needs the scope api, and may write branches."
    if run.request_merge(branch, title, body):
        return f"It is proposed in a merge request, on the branch {branch}."
    return f"It is on the branch {branch}; a merge request has to be opened by hand."
