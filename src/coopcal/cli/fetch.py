"""``coopcal fetch``: brings the copies of feeds of others up to date."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from coopcal.authoring.including.fetch import Kind, Step, fetch, take_out
from coopcal.authoring.including.sources import merged_in
from coopcal.authoring.report import render
from coopcal.checks.rules.copies_of_includes import failing, left_out
from coopcal.cli import reach
from coopcal.cli.language import echo, speaking, spoken
from coopcal.cli.settings import setting
from coopcal.cli.style import style_option
from coopcal.definitions.source.unused_copies import UnusedCopy
from coopcal.model.message import Message, msg, plural
from coopcal.model.problem import Problem, Severity
from coopcal.model.refusal import refusal
from coopcal.text.messages import say
from coopcal.zones import zone

SAID = {
    Kind.NEW: msg("new"),
    Kind.CHANGED: msg("changed"),
    Kind.SAME: msg("unchanged"),
    Kind.WAITING: msg("failed lately, and is tried again later"),
}

REMOVED = msg("no feed merges it in any more, so its copy was taken out")


@click.command()
@click.option("--due", is_flag=True, help="Leave out feeds that failed lately, until their time has come.")
@style_option("How to print what came of it.")
@setting("allow_network")
@setting("allow_port")
@click.pass_context
def command(
    context: click.Context, style: str, allow_network: str | None, allow_port: str | None, *, due: bool
) -> None:
    """Bring the copies of feeds of others up to date.

    They lie in “included”, and are of those that feeds merge in. Where one cannot be fetched, its last good copy stays; what no feed merges in any more is taken out.

    Exit code 0: all were fetched, or are as they were; 1: some could not be; 2: could not run.
    """
    root, quiet = context.obj.root, context.obj.quiet
    if not reach.is_installed():
        echo(msg("coopcal: {reason}", reason=reach.MISSING), err=True)
        context.exit(2)
    found = merged_in(root)
    if found is None:
        echo(msg("The settings of the site cannot be read; “coopcal check” tells why."), err=True)
        context.exit(2)
    settings, wanted, unused = found
    now = datetime.now(UTC)
    try:
        ask = reach.asker(allow_network, allow_port)
        steps = fetch(root, settings, wanted, ask, now, due=due) if wanted else ()
        removed = take_out(root, unused) if unused else ()
    except OSError as error:
        folder = root / "included"
        echo(
            msg("coopcal: {path} cannot be written ({reason})", path=folder, reason=refusal(error)), err=True
        )
        context.exit(2)
    notes = [
        note
        for one in steps
        if one.kind is not Kind.FAILED
        for note in left_out(one.wanted.include, one.left_out)
    ]
    today = now.astimezone(zone(settings.timezone)).date()
    problems = [
        replace(
            failing(one.wanted.include, one.why, today, settings.timezone, refused=one.refused),
            severity=Severity.ERROR,
        )
        for one in steps
        if one.why is not None
    ]
    if style == "json":
        _print(steps, problems, removed)
    else:
        _tell(root, steps, removed, [*([] if quiet else notes), *problems], quiet=quiet)
    context.exit(1 if problems else 0)


def _tell(
    root: Path, steps: Sequence[Step], removed: Sequence[UnusedCopy], problems: list[Problem], *, quiet: bool
) -> None:
    for step in steps if not quiet else ():
        if step.kind is not Kind.FAILED:
            click.echo(f"{step.wanted.include.url}: {say(_said(step), speaking())}")
        if step.moved:
            echo(msg("It has moved for good; write its new address: {address}", address=step.moved))
    for one in removed if not quiet else ():
        click.echo(f"{one.url}: {say(REMOVED, speaking())}")
    texts = {}
    for problem in problems:
        path = problem.position.path
        texts[path] = (root / path).read_text(encoding="utf-8-sig", errors="replace")
    colour = sys.stderr.isatty() and "NO_COLOR" not in os.environ
    click.echo(render(problems, texts, "text", colour=colour, language=speaking()), err=True, nl=False)
    if not quiet and not steps and not removed:
        echo(msg("No feed merges in a feed of others."))


def _said(step: Step) -> Message:
    if step.kind is Kind.WAITING:
        return SAID[step.kind]
    counted = plural("{kind}, {count} event", "{kind}, {count} events", step.count, kind=SAID[step.kind])
    gone = sum(one.count for one in step.left_out)
    if not gone:
        return counted
    return msg(
        "{events}; {left_out}",
        events=counted,
        left_out=plural("{count} thing of it was left out", "{count} things of it were left out", gone),
    )


def _print(steps: Sequence[Step], problems: list[Problem], removed: Sequence[UnusedCopy]) -> None:
    mends = {problem.position: problem for problem in problems}
    told: list[dict[str, Any]] = []
    for step in steps:
        at = step.wanted.include.position
        problem = mends.get(at) if step.why is not None else None
        told.append(
            {
                "path": at.path,
                "line": at.line,
                "column": at.column,
                "url": step.wanted.include.url,
                "organisation": step.wanted.organisation.id,
                "copy": step.wanted.include.copy,
                "result": step.kind.value,
                "events": step.count,
                "left_out": sum(one.count for one in step.left_out),
                "left_out_of": [
                    {
                        "count": one.count,
                        "why": one.why,
                        "named": [{"title": title, "line": line} for title, line in one.named],
                    }
                    for one in step.left_out
                ],
                "moved": step.moved,
                "why": spoken(step.why) if step.why is not None else None,
                "mend": say(problem.mend, speaking())
                if problem and isinstance(problem.mend, Message)
                else None,
            }
        )
    told += [
        {"url": one.url, "organisation": one.organisation, "copy": one.name, "result": Kind.REMOVED.value}
        for one in removed
    ]
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))
