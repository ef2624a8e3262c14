"""``coopcal check --fix``: what is certain is mended, what is likely is asked, and all of it is shown."""

import difflib
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import click

from coopcal.authoring.edit import Refusal
from coopcal.authoring.fix import Look, Mending, accept, is_worse, mend
from coopcal.authoring.write import replace_files
from coopcal.cli.answers import agreed
from coopcal.cli.compile import SITE_FOLDER
from coopcal.cli.language import echo, spoken
from coopcal.compile.mends import Trial, read_back
from coopcal.compile.pipeline import Checked, check
from coopcal.model.message import msg
from coopcal.model.problem import Fix, Problem, Proposal, Rename


def fix(
    root: Path,
    now: datetime,
    wanted: Callable[[Problem], bool],
    *,
    dry_run: bool,
    yes: bool,
    quiet: bool,
) -> None:
    """Mend the sources, and show every change as a diff with the codes of the problems; with ``dry_run`` show it alone."""
    out = root / SITE_FOLDER

    def read(path: str) -> str:
        return (root / path).read_bytes().decode()

    checked = check(root, now, out=out)
    renamed = _renamed(root, [each for each in checked.problems if wanted(each)], dry_run=dry_run)
    if renamed and not dry_run:
        checked = check(root, now, out=out)
    mending = _mended(
        checked, lambda instead: check(root, now, out=out, instead=instead).problems, read, wanted
    )
    if yes or (sys.stdin.isatty() and sys.stdout.isatty() and not dry_run):
        left = [each for each in check(root, now, out=out, instead=mending.after).problems if wanted(each)]
        _propose(left, mending, read, yes=yes)
    if not dry_run:
        replace_files({root / path: text.encode() for path, text in mending.after.items()})
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
    checked: Checked, look: Look, read: Callable[[str], str], wanted: Callable[[Problem], bool]
) -> Mending:
    """Mend file by file, and look at the whole once; where that finds more to mend, or worse, look at it each time."""
    mending = mend(lambda instead: _looked_at(checked, instead), read, wanted)
    found = look(mending.after) if mending.after else checked.problems
    if is_worse(checked.problems, found, mending):
        return mend(look, read, wanted)
    left = any(isinstance(each.fix, Fix) and wanted(each) for each in found)
    return mend(look, read, wanted, mending) if left else mending


def _looked_at(checked: Checked, instead: Mapping[str, str]) -> Sequence[Problem]:
    """Return the problems with other texts of some files: these alone are read again; what rules told of them stays."""
    before, after = Trial(checked.tree), Trial(checked.tree, instead)
    found = [each for each in checked.problems if each.place.path not in instead]
    for path in instead:
        decoded = {(each.code, each.message) for each in read_back(before.found(path), before)}
        told = [each for each in checked.problems if each.place.path == path]
        found += [each for each in told if (each.code, each.message) not in decoded]
        found += read_back(after.found(path), after)
    return found


def _renamed(root: Path, problems: Sequence[Problem], *, dry_run: bool) -> list[str]:
    """Return files the names that they need, where no file has it; say so."""
    said: list[str] = []
    for problem in problems:
        if not isinstance(problem.fix, Rename):
            continue
        file = root / problem.fix.path
        target = file.with_name(problem.fix.name)
        if target.exists():
            continue
        if not dry_run:
            file.rename(target)
        said.append(
            msg(
                "renamed {path} to {name}  [{code}]",
                path=problem.fix.path,
                name=problem.fix.name,
                code=problem.code,
            )
        )
    return said


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
                click.echo(f"{changed.place.path}:{changed.place.line}: {spoken(changed.message)}.", err=True)
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
        codes = sorted({each.code for each in mending.mended if _path(each) == path})
        lines.append(f"# {path}: {', '.join(codes)}\n")
        before = mending.before[path]
        diff = difflib.unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}", n=1)
        lines += [line if line.endswith("\n") else f"{line}\n" for line in diff]
    return lines


def _path(problem: Problem) -> str:
    return problem.proposals[0].path if problem.proposals else problem.place.path


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True)
