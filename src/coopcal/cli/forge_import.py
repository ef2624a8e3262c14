"""``coopcal forge import``: what a source brought, as a pull request or a merge request, on a schedule."""

import hashlib
import shlex
from pathlib import Path

import click

from coopcal.authoring.ci import words
from coopcal.authoring.ci.github import Run
from coopcal.authoring.ci.gitlab import Pipeline
from coopcal.authoring.importing.report import as_text
from coopcal.authoring.importing.run import Given, Outcome
from coopcal.cli.branches import AUTHOR, Pushed, git, push
from coopcal.cli.import_ import command as import_command
from coopcal.cli.import_ import imported
from coopcal.cli.language import speaking, spoken
from coopcal.model.message import Message, msg


def propose_import(
    context: click.Context, run: Run | Pipeline, source: str, organisation: str, options: str
) -> int:
    """Import, and propose what changed; return the exit code: 0 also where something was left out, which is said there."""
    arguments = [source, "--organisation", organisation, *_split(options)]
    with import_command.make_context("import", arguments, parent=context) as inner:
        outcome, brought = imported(context.obj.root, inner.params)
    text = as_text(outcome, brought.path, dry=False, quiet=False, language=speaking())
    click.echo(words.printed(text), nl=False)
    if outcome.refusal is not None:
        return 2 if outcome.unreadable else 1
    if not outcome.files or inner.params["dry"]:
        return 0
    title = spoken(
        msg(
            "Take over what changed in {source} for {organisation}",
            source=brought.path,
            organisation=organisation,
        )
    )
    body = words.fenced(text, speaking())
    branch = _branch(organisation, brought)
    root: Path = context.obj.root
    if isinstance(run, Pipeline):
        done = _by_api(run, root, branch, outcome, title, body)
    else:
        done = _by_git(run, root, branch, outcome, title, body)
    click.echo(words.printed(spoken(done)))
    return 0


def _split(options: str) -> list[str]:
    try:
        return shlex.split(options)
    except ValueError as error:
        why = spoken(msg("a quote is not closed ({reason})", reason=error))
        raise click.BadParameter(why, param_hint="--options") from error


def _branch(organisation: str, brought: Given) -> str:
    """Return the branch of a source: another source has another one."""
    sign = hashlib.sha256((brought.name or brought.path).encode()).hexdigest()[:8]
    return f"import/{organisation}-{sign}"


def _by_git(run: Run, root: Path, branch: str, outcome: Outcome, title: str, body: str) -> Message:
    pushed = push(root, branch, outcome.files, title)
    if pushed is Pushed.EDITED:
        return _edited(branch)
    if run.request_pull(branch, title, body):
        return msg("It is proposed in a pull request, on the branch {branch}.", branch=branch)
    return msg("It is on the branch {branch}; a pull request has to be opened by hand.", branch=branch)


def _by_api(run: Pipeline, root: Path, branch: str, outcome: Outcome, title: str, body: str) -> Message:
    inside = git(root, "rev-parse", "--show-prefix").stdout.strip()
    files = {f"{inside}{path}": (root / path).read_bytes().decode() for path in outcome.files}
    author = run.author_of(branch)
    if author not in (None, AUTHOR[1]):
        return _edited(branch)
    if not run.stands(branch, files) and not run.commit(branch, files, title, AUTHOR):
        return msg(
            "The branch could not be written: COOPCAL_TOKEN needs the scope api, and may write branches."
        )
    if run.request_merge(branch, title, body):
        return msg("It is proposed in a merge request, on the branch {branch}.", branch=branch)
    return msg("It is on the branch {branch}; a merge request has to be opened by hand.", branch=branch)


def _edited(branch: str) -> Message:
    return msg(
        "Somebody has edited the branch {branch}, so it is left as it is: merge it, or delete it.",
        branch=branch,
    )
