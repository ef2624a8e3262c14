"""``coopcal forge``: what workflows on GitHub and pipelines on GitLab call."""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from coopcal.authoring.ci import words
from coopcal.authoring.ci.form import read_form
from coopcal.authoring.ci.github import Run, run_of
from coopcal.authoring.ci.gitlab import Pipeline, pipeline_of
from coopcal.authoring.ci.proposal import Proposal, propose
from coopcal.authoring.edit import Refusal
from coopcal.authoring.report import render
from coopcal.cli import Commands
from coopcal.cli.branches import Pushed, git, push
from coopcal.cli.forge_import import propose_import
from coopcal.cli.instant import now_option
from coopcal.cli.language import echo, speaking, spoken
from coopcal.compile.pipeline import check
from coopcal.definitions.catalogue import decode
from coopcal.definitions.source.reader import read_tree
from coopcal.model.message import Message, msg
from coopcal.model.problem import Problem, Severity

TOKEN = "COOPCAL_TOKEN"  # noqa: S105 - the name of a variable


@click.group(cls=Commands)
def command() -> None:
    """Comment on requests, and make events of submitted forms, on GitHub and GitLab.

    The run, its event and the API are taken from the environment there; COOPCAL_TOKEN holds the token.

    Exit code 0: done; 1: something was left out; 2: could not run.
    """


def _surroundings(context: click.Context) -> Run | Pipeline:
    token = os.environ.get(TOKEN, "")
    try:
        return pipeline_of(os.environ, token) if "GITLAB_CI" in os.environ else run_of(os.environ, token)
    except KeyError as error:
        echo(
            msg(
                "coopcal: {variable} is not set; this is for GitHub's and GitLab's runs",
                variable=error.args[0],
            ),
            err=True,
        )
        context.exit(2)


@command.command()
@click.pass_context
def base(context: click.Context) -> None:
    """Print the revision that the checked-out one is compared with, and bring it here; nothing where there is none."""
    root = context.obj.root
    run = _surroundings(context)
    revision = run.compared_with()
    if revision is None:
        return
    if run.is_request and git(root, "rev-parse", "--quiet", "--verify", "HEAD^2").returncode == 0:
        # What is checked out is the merge with the branch as it is now: the first parent.
        click.echo(git(root, "rev-parse", "HEAD^1").stdout.strip())
        return
    is_here = git(root, "cat-file", "-e", f"{revision}^{{commit}}").returncode == 0
    if is_here or git(root, "fetch", "--quiet", "--no-tags", "--depth=1", "origin", revision).returncode == 0:
        click.echo(revision)


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--problems", is_flag=True, help="FILE is what `coopcal check` printed, not a diff.")
@click.pass_context
def comment(context: click.Context, file: Path, *, problems: bool) -> None:
    """Say what FILE holds, in Markdown, on the request or the commit; without permission, in the run's summary."""
    text = file.read_text(encoding="utf-8", errors="replace")
    if problems:
        body = words.problems_comment(text, speaking())
    elif text.strip():
        body = words.changes_comment(text, speaking())
    else:
        body = words.nothing_changes_comment(speaking())
    run = _surroundings(context)
    if run.say(body, words.CHANGES, only_if_said_before=not text.strip()):
        return
    if isinstance(run, Run) and run.summary:
        run.tell_in_summary(body)
        echo(msg("This could not be said in a comment; it stands in the summary of the run."))
    else:
        click.echo(words.printed(body))


@command.command()
@now_option
@click.pass_context
def event(context: click.Context, now: datetime) -> None:
    """Make an event of the submitted issue form, and a pull request of it; say in the issue what is wrong."""
    root = context.obj.root
    run = _surroundings(context)
    if not isinstance(run, Run) or "issue" not in run.event:
        echo(msg("coopcal: this run is not about an issue"), err=True)
        context.exit(2)
    number = int(run.event["issue"]["number"])
    form, wrong = read_form(run.event["issue"].get("body") or "")
    if wrong:
        listed = "\n".join(f"- {spoken(problem)}" for problem in wrong)
        _answer(run, msg("The form cannot be read yet. Please edit it above:"), listed)
        return
    tree, _ = read_tree(root)
    catalogue, _ = decode(tree)
    if catalogue is None:
        _answer(run, msg("The file coopcal.yaml has to be mended first."))
        return
    proposal = propose(form, tree, catalogue)
    if isinstance(proposal, Message):
        _answer(run, msg("No event could be made of this:"), words.fenced(spoken(proposal), speaking()))
        return
    file = root / proposal.path
    edited = proposal.put_into(file.read_bytes().decode())
    if isinstance(edited, Refusal):
        place = edited.position
        comment = msg(
            "{path}, line {line}: {message}.", path=place.path, line=place.line, message=edited.message
        )
        _answer(run, msg("The file has to be mended first:"), words.fenced(spoken(comment), speaking()))
        return
    if report := _what_is_new(root, {proposal.path: edited}, now):
        comment = msg(
            "This cannot stand in the calendar as it is. Please edit the form above; what is meant is shown with each line:"
        )
        _answer(run, comment, words.fenced(report, speaking()))
        return
    aside = file.with_name(f".{file.name}.new")
    aside.write_bytes(edited.encode())
    aside.replace(file)
    _propose(run, root, proposal, number)


@command.command("import")
@click.argument("source", metavar="FILE|URL", envvar="COOPCAL_SOURCE")
@click.option("--organisation", required=True, metavar="ID", help="Whose events these are.")
@click.option(
    "--options",
    default="",
    metavar="TEXT",
    help="Further options of coopcal import: '--coming --only tag=fair'.",
)
@click.pass_context
def import_(context: click.Context, source: str, organisation: str, options: str) -> None:
    """Import events, and propose what changed in a pull request or a merge request.

    What is imported may stand in COOPCAL_SOURCE, where it is a secret.
    """
    context.exit(propose_import(context, _surroundings(context), source, organisation, options))


def _what_is_new(root: Path, instead: Mapping[str, str], now: datetime) -> str:
    """Return the report of the errors that files would bring which are not there now; "" where there is none."""
    known = {(error.code, error.message) for error in _errors(check(root, now).problems)}
    checked = check(root, now, instead=instead)
    new = [error for error in _errors(checked.problems) if (error.code, error.message) not in known]
    return render(new, checked.texts, "text", language=speaking())


def _errors(problems: tuple[Problem, ...]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def _propose(run: Run, root: Path, proposal: Proposal, number: int) -> None:
    """Commit to a branch of the issue's own, push it, and open a pull request."""
    branch = f"event/issue-{number}"
    title = spoken(msg("Add the event {id}", id=proposal.id))
    closes = f"Closes #{number}"  # GitHub knows this word alone
    if push(root, branch, [proposal.path], f"{title}\n\n{closes}") is Pushed.EDITED:
        comment = msg("The pull request was edited by hand, so it is left as it is. Please edit it there.")
        _answer(run, comment)
        return
    origin = spoken(msg("From the form in #{number}.", number=number))
    done = run.request_pull(branch, title, f"{origin}\n\n{closes}")
    where = {"path": proposal.path, "branch": branch}
    _answer(
        run,
        msg("Thank you. The event is proposed in a pull request: `{path}` on the branch `{branch}`.", **where)
        if done
        else msg(
            "Thank you. The event is written into `{path}` on the branch `{branch}`; a pull request has to be opened by hand.",
            **where,
        ),
    )


def _answer(run: Run, sentence: Message, more: str = "") -> None:
    """Say a sentence about the form, and what follows it, in Markdown."""
    comment = "\n\n".join(filter(None, (spoken(sentence), more)))
    body = words.event_comment(comment)
    if not run.say(body, words.EVENT):
        run.tell_in_summary(body)
    click.echo(words.printed(comment))
