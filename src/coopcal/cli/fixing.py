"""``coopcal check --fix``: what is certain is mended, what is likely is asked, and all of it is shown."""

import difflib
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click

from coopcal.authoring.edit import Refusal
from coopcal.authoring.fix import Mending, accept, is_worse, mend
from coopcal.authoring.partial_check import Touched
from coopcal.authoring.write import replace_files
from coopcal.cli.answers import agreed
from coopcal.cli.language import echo, spoken
from coopcal.compile.checker import Checker
from coopcal.compile.examine import Checked
from coopcal.model.message import msg
from coopcal.model.problem import Fix, Problem, Proposal, Rename


def fix(
    root: Path,
    checker: Checker,
    concerned: Callable[[Problem], bool],
    *,
    dry_run: bool,
    yes: bool,
    quiet: bool,
) -> None:
    """Mend the sources, and show every change as a diff with the codes of the problems; with ``dry_run`` show it alone."""

    def read(path: str) -> str:
        return (root / path).read_bytes().decode()

    checked = checker.check()
    renamed = _renamed(root, [problem for problem in checked.problems if concerned(problem)], dry_run=dry_run)
    if renamed and not dry_run:
        checker.look_again()
        checked = checker.check()
    mending, left = _mended(checker, checked, read, concerned)
    if yes or (sys.stdin.isatty() and sys.stdout.isatty() and not dry_run):
        _propose([problem for problem in left if concerned(problem)], mending, read, yes=yes)
    if not dry_run:
        replace_files({root / path: text.encode() for path, text in mending.after.items()})
        checker.look_again()
    if quiet:
        return
    for line in renamed:
        echo(line)
    for line in _shown(mending):
        click.echo(line, nl=False)
    if not mending.after and not renamed:
        echo(msg("Nothing could be mended with certainty."))
    elif dry_run:
        echo(msg("Nothing was written (--dry-run)."))


def _mended(
    checker: Checker, checked: Checked, read: Callable[[str], str], concerned: Callable[[Problem], bool]
) -> tuple[Mending, Sequence[Problem]]:
    """Mend and return what is left; the files that are touched are checked, and everything only at the end.

    Where that finds worse, or more to mend, everything is checked each time.
    """

    def look(instead: Mapping[str, str]) -> Sequence[Problem]:
        return checker.check(instead).problems

    touched = Touched(checker, checked)
    mending = mend(touched.problems, read, concerned, read_nodes=checker.nodes)
    if not mending.after:
        return mending, checked.problems
    left = look(mending.after)
    worse = is_worse(checked.problems, left, mending)
    if not worse and not any(isinstance(problem.fix, Fix) and concerned(problem) for problem in left):
        return mending, left
    mending = mend(look, read, concerned, None if worse else mending, read_nodes=checker.nodes)
    return mending, look(mending.after)


def _renamed(root: Path, problems: Sequence[Problem], *, dry_run: bool) -> list[str]:
    """Return files the names that they need, where no file has it; say so."""
    sentence: list[str] = []
    for problem in problems:
        if not isinstance(problem.fix, Rename):
            continue
        file = root / problem.fix.path
        target = file.with_name(problem.fix.name)
        if target.exists():
            continue
        if not dry_run:
            file.rename(target)
        sentence.append(
            msg(
                "renamed {path} to {name}  [{code}]",
                path=problem.fix.path,
                name=problem.fix.name,
                code=problem.code,
            )
        )
    return sentence


def _propose(problems: Sequence[Problem], mending: Mending, read: Callable[[str], str], *, yes: bool) -> None:
    """Ask about what is likely; with ``yes`` the likelier of two is taken."""
    for problem in problems:
        for proposal in problem.proposals:
            if not (
                yes or agreed(msg("{problem}. {proposal}", problem=problem.message, proposal=_said(proposal)))
            ):
                continue
            text = (
                mending.after.get(proposal.path) or mending.before.get(proposal.path) or read(proposal.path)
            )
            changed = accept(proposal, text)
            if isinstance(changed, Refusal):
                click.echo(
                    f"{changed.position.path}:{changed.position.line}: {spoken(changed.message)}.", err=True
                )
                continue
            mending.before.setdefault(proposal.path, text)
            mending.after[proposal.path] = changed
            mending.mended.append(problem)
            break


def _said(proposal: Proposal) -> str:
    if proposal.event is None and proposal.key == "formerly":
        return msg(
            "Write “formerly: [{id}]” in {path}: it was called so before?", id=proposal.id, path=proposal.path
        )
    if proposal.event is None:
        return msg(
            "Write “{key}: [{id}]” in {path}: it is gone for good?",
            key=proposal.key,
            id=proposal.id,
            path=proposal.path,
        )
    return msg(
        "Write “{key}: [{id}]” in “{event}”: it is that event now?",
        key=proposal.key,
        id=proposal.id,
        event=proposal.event,
    )


def _shown(mending: Mending) -> list[str]:
    """Return the changes as unified diffs, each file's led by the codes of its problems."""
    lines = []
    for path, after in sorted(mending.after.items()):
        codes = sorted({problem.code for problem in mending.mended if _path(problem) == path})
        lines.append(f"# {path}: {', '.join(codes)}\n")
        before = mending.before[path]
        diff = difflib.unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}", n=1)
        lines += [line if line.endswith("\n") else f"{line}\n" for line in diff]
    return lines


def _path(problem: Problem) -> str:
    return problem.proposals[0].path if problem.proposals else problem.position.path


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True)
