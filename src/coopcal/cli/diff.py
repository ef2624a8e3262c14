"""``coopcal diff``: what subscribers will see, in people's words."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import click

from coopcal.authoring.report import render as render_problems
from coopcal.cli import module
from coopcal.cli.collector import never_collecting
from coopcal.cli.instant import now_option
from coopcal.cli.language import echo, speaking, spoken
from coopcal.cli.revision import RevisionError, lay
from coopcal.cli.style import style_option
from coopcal.compile import previous
from coopcal.compile.checker import check, read
from coopcal.compile.diff.compare import compare
from coopcal.compile.diff.facts import seen_by
from coopcal.compile.diff.report import Style, of_nothing, render
from coopcal.compile.examine import Checked
from coopcal.definitions.source.tree import SITE_FILE
from coopcal.model.facts import Facts
from coopcal.model.message import msg, reason_of
from coopcal.model.problem import Severity
from coopcal.model.published import Published
from coopcal.model.site import Catalogue
from coopcal.site.layout import CURRENT, SITE_FOLDER, SiteError
from coopcal.text import dates
from coopcal.text.words import word
from coopcal.zones import zone

PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class _Other:
    """The other side: sources, or a compiled site, whose facts may not be known."""

    catalogue: Catalogue | None
    facts: Facts | None = None
    kind: Literal["site", "revision", "sources"] = "sources"
    where: str = ""
    at: datetime | None = None

    def said(self, language: str, timezone: str) -> str:
        """Say in one line what is compared with."""
        when = dates.moment(self.at.astimezone(zone(timezone)), language) if self.at else ""
        return word(f"change_against_{self.kind}", language, when=when, where=self.where)


class _Unsound(Exception):  # noqa: N818 - named for what it tells
    """Sources have errors, which have been shown."""


@click.command()
@click.argument("against", required=False, metavar="[REV|FOLDER]")
@style_option("How to print what changes.", "markdown")
@click.option(
    "--language", metavar="LANG", help="The language to tell it in.  [default: that of coopcal --language]"
)
@click.option(
    "--audience",
    multiple=True,
    metavar="public|GROUP",
    help="Whom it may be told to: the public, or groups besides (several times, or with commas).  [default: public]",
)
@click.option(
    "--since-last", is_flag=True, help="Tell what was published since the last mailing, for the next one."
)
@click.option("--mark", is_flag=True, help="With --since-last: the next time, tell what changes from now on.")
@now_option
@click.pass_context
def command(
    context: click.Context,
    against: str | None,
    style: Style,
    language: str | None,
    audience: tuple[str, ...],
    now: datetime,
    *,
    since_last: bool,
    mark: bool,
) -> None:
    """Tell what subscribers will see of the changes made since.

    Compared are the sources with the last site, or with those of a git REVision, or with the tree or compiled site in FOLDER.

    Exit code 0: compared; 1: sources have errors; 2: could not run.
    """
    root: Path = context.obj.root
    if (mark and not since_last) or (since_last and (against or audience)):
        raise click.UsageError(
            spoken(msg("--since-last goes with --mark, --format and --language alone, and --mark with that"))
        )
    try:
        if since_last:
            module("mailing").tell(root, style, language or speaking(), now, mark=mark)
            return
        with never_collecting():
            new = _sound(check(root, now, out=root / SITE_FOLDER), "")
            groups = _groups(audience, new)
            other = _other(root, against, new)
            tongue = language or speaking()
            before, after = _sides(other, new, now, groups)
            today = now.astimezone(zone(new.settings.timezone)).date()
            against_what = other.said(tongue, new.settings.timezone)
            untold = groups if other.catalogue is None else frozenset[str]()
            if untold:
                against_what += f" {word('change_untold', tongue, groups=', '.join(sorted(untold)))}"
            changes = compare(before, after, today)
            if untold and not changes and style != "json":
                text = of_nothing(style, against_what, word("change_none_public", tongue))
            else:
                homes = {one.id: one.timezone or new.settings.timezone for one in new.organisations}
                text = render(
                    changes, before, after, style, tongue, new.settings.language, against_what, homes
                )
    except _Unsound:
        context.exit(1)
    except (RevisionError, SiteError) as error:
        echo(msg("coopcal: {reason}", reason=reason_of(error)), err=True)
        context.exit(2)
    click.echo(text, nl=False)


def _sound(checked: Checked, whose: str) -> Catalogue:
    """Return the catalogue of sources without errors; show the errors of others."""
    if checked.catalogue is not None and checked.sound:
        return checked.catalogue
    errors = [problem for problem in checked.problems if problem.severity is Severity.ERROR]
    if whose:
        echo(whose, err=True)
    click.echo(render_problems(errors, checked.texts, "text", language=speaking()), nl=False, err=True)
    raise _Unsound


def _groups(audience: tuple[str, ...], catalogue: Catalogue) -> frozenset[str]:
    """Return the groups that are asked for; nobody is told more than the public by a misspelt name."""
    named = {name.strip() for names in audience for name in names.split(",")} - {"", PUBLIC}
    groups = catalogue.settings.groups
    for name in sorted(named):
        if name not in groups:
            unknown = msg(
                "There is no group “{name}”; there are: {groups}",
                name=name,
                groups=", ".join((PUBLIC, *groups)),
            )
            raise click.UsageError(spoken(unknown))
    return frozenset(named)


def _other(root: Path, against: str | None, new: Catalogue) -> _Other:
    if against is None:
        return _last_site(root, new)
    folder = Path(against)
    if against.startswith(("http://", "https://")):
        return _site(previous.named(against), against)
    if (folder / SITE_FILE).is_file():
        return _Other(
            _sound(read(folder), msg("The sources in {folder} have errors:", folder=against)), where=against
        )
    if (folder / CURRENT).exists() or (folder / "site.json").is_file():
        return _site(previous.named(against), against)
    if folder.is_dir() and any(mark in against for mark in ("/", ".")):
        raise SiteError(
            msg(
                "{against} holds neither sources ({site_file}) nor a compiled site",
                against=against,
                site_file=SITE_FILE,
            )
        )
    with tempfile.TemporaryDirectory(prefix="coopcal-") as aside:
        lay(root, against, Path(aside))
        sources = _sound(
            read(Path(aside)), msg("The sources of the revision “{revision}” have errors:", revision=against)
        )
        return _Other(sources, kind="revision", where=against)


def _site(published: Published, where: str) -> _Other:
    return _Other(None, published.facts, "site", where, published.compiled_at)


def _last_site(root: Path, new: Catalogue) -> _Other:
    if last := previous.local(root / SITE_FOLDER):
        return _site(last, SITE_FOLDER)
    if new.settings.published:
        return _site(previous.named(new.settings.published), new.settings.published)
    raise SiteError(
        msg(
            "there is nothing to compare with: no site has been compiled in {folder}, and {site_file} names none under “published”; compile first, or name a git revision or a folder",
            folder=root / SITE_FOLDER,
            site_file=SITE_FILE,
        )
    )


def _sides(other: _Other, new: Catalogue, now: datetime, groups: frozenset[str]) -> tuple[Facts, Facts]:
    """Return what either side shows; of a compiled site only what is public can be compared."""
    if other.catalogue is not None:
        return seen_by(other.catalogue, now, groups), seen_by(new, now, groups)
    after = seen_by(new, now)
    if other.facts is None:
        note = msg(
            "The site compared with was compiled before coopcal kept what it shows: nothing can be told yet."
        )
        echo(note, err=True)
    return other.facts or after, after
