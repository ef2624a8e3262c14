"""``coopcal forget``: finds a text, such as a person's name, in all that coopcal keeps, and takes it out."""

import difflib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import click

from coopcal.authoring.forgetting.beside import beside
from coopcal.authoring.forgetting.forgetting import Edits, edits
from coopcal.authoring.forgetting.found import Found, Kept, Line, Search
from coopcal.authoring.forgetting.needle import Needle
from coopcal.authoring.write import put_files
from coopcal.cli import module
from coopcal.cli.collector import never_collecting
from coopcal.cli.forget_next import is_below_git, next_steps
from coopcal.cli.instant import now_option
from coopcal.cli.language import echo, spoken
from coopcal.cli.settings import setting
from coopcal.compile.checker import Checker
from coopcal.compile.pipeline import compile_unsaid
from coopcal.compile.store import head
from coopcal.definitions.source.tree import INCLUDED
from coopcal.model.change import LogEntry
from coopcal.model.message import Message, msg, plural, reason_of
from coopcal.model.refusal import refusal
from coopcal.publish.file import LISTING
from coopcal.site import versions
from coopcal.site.layout import CURRENT, SITE_FOLDER, SiteError
from coopcal.site.swap import exclusively

SHORTEST = 3
"""Letters and digits of the shortest text that is searched for: a shorter one is everywhere."""

SHOWN = 100
"""Characters of a line that are shown."""


@click.command()
@click.argument("text")
@click.option("--apply", "applies", is_flag=True, help="Take it out, and show how sources are edited.")
@click.option(
    "--published",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Look into this folder, too, which was published into (several times); those within the sources are found.",
)
@setting("out")
@setting("state")
@now_option
@click.pass_context
def command(
    context: click.Context,
    text: str,
    out: Path | None,
    state: Path | None,
    now: datetime,
    published: tuple[Path, ...],
    *,
    applies: bool,
) -> None:
    """Find personal data in all that coopcal keeps, and with --apply remove it.

    TEXT is a name, an e-mail address, a telephone number: accents, capitals and line breaks do not matter.

    Exit code 0: nothing is found (or left); 1: something is; 2: it could not be looked for, or not be removed.
    """
    if sum(map(str.isalnum, text)) < SHORTEST:
        raise click.UsageError(spoken(msg("TEXT needs at least three letters or digits")))
    root = context.obj.root
    folder = out or root / SITE_FOLDER
    needle = Needle(text)
    search = Search(root, folder, state, published, lambda other: (other / LISTING).is_file(), needle)
    context.with_resource(never_collecting())
    try:
        found = search.run()
        others = beside(
            {path: (root / path).read_text(encoding="utf-8") for path in _editable(found)}, needle
        )
        was_found, edited = bool(found), tuple[str, ...]()
        if found and applies:
            edited = _apply(context, root, folder, now, needle, found)
            found = search.run()
    except (OSError, SiteError) as error:
        reason = refusal(error) if isinstance(error, OSError) else reason_of(error)
        echo(msg("coopcal: {reason}", reason=reason), err=True)
        context.exit(2)
    _tell(root, folder, found, text, applied=applies)
    if others:
        echo(msg("In the same contact stand {others}: look for those, too.", others=", ".join(others)))
    if applies and (was_found or found):
        echo(msg("What is left to you, in this order:"))
        for number, step in enumerate(next_steps(root, folder, found, text, edited), 1):
            click.echo(f"{number}. {spoken(step)}")
    context.exit(1 if found else 2 if found.unread else 0)


def _apply(
    context: click.Context, root: Path, out: Path, now: datetime, needle: Needle, found: Found
) -> tuple[str, ...]:
    """Take it out: of the sources first, then of the site by compiling it anew, then of all that was kept before.

    Return the paths of the files that were edited.
    """
    made = edits(
        Checker.of(root, now, out),
        _editable(found),
        needle,
    )
    if made.errors:
        module("compiling").show_problems(_Errors(made))
        echo(msg("Nothing was removed: mend the errors first."), err=True)
        context.exit(2)
    if made.after:
        click.echo("".join(_diff(made)), nl=False)
        put_files(root, {}, made.after)
        _tell_of_dots([*made.shortened()])
    if not (out / CURRENT).exists() and not found.is_compiled:
        return tuple(made.after)
    _discard_store(out)
    outcome = compile_unsaid(root, out, now, lambda entry: _says(entry, needle))
    if not outcome.published:
        module("compiling").show_problems(outcome)
        echo(
            msg("The sources are edited, and the site is as before: mend the errors, and do this again."),
            err=True,
        )
        context.exit(2)
    with exclusively(out):
        versions.keep_current(out)
    echo(
        msg(
            "The site is compiled anew; its older versions, entries of the log of changes that said it, and what compiles kept are removed."
        )
    )
    return tuple(made.after)


class _Errors:
    """Errors of the sources as they are."""

    def __init__(self, made: Edits) -> None:
        self.problems, self.texts, self.held = made.errors, made.before, ()


def _editable(found: Found) -> frozenset[str]:
    """Return the files that staff write: copies of feeds of others, documents and pictures are not ours to change."""
    return frozenset(
        line.path
        for line in found.sources
        if line.line and line.path.endswith(".yaml") and not line.path.startswith(f"{INCLUDED}/")
    )


def _tell_of_dots(lines: list[Line]) -> None:
    """Say which texts are others than before, as people read them."""
    if lines:
        echo(msg("“…” stands for it within these texts, which may be public: read them again."))
    for line in lines:
        click.echo(_shown(line))


def _shown(line: Line) -> str:
    place = f"{line.path}:{line.line}:{line.column}" if line.line else line.path
    return f"{place}: {line.text.strip()[:SHOWN]}".rstrip(": ")


def _says(entry: LogEntry, needle: Needle) -> bool:
    """Return whether an entry of the log of changes says it."""
    return needle.is_in(repr(entry))


def _discard_store(out: Path) -> None:
    with exclusively(out):
        head.discard(head.folder_of(out))


def _diff(made: Edits) -> Iterable[str]:
    for path, after in made.after.items():
        before = made.before[path].splitlines(keepends=True)
        for line in difflib.unified_diff(
            before, after.splitlines(keepends=True), f"a/{path}", f"b/{path}", n=1
        ):
            yield line if line.endswith("\n") else f"{line}\n"


def _tell(root: Path, out: Path, found: Found, text: str, *, applied: bool) -> None:
    """Say where it stands, and what is to be done about what is not removed."""
    if not found:
        echo(msg("“{text}” is nowhere in what coopcal keeps here.", text=text))
    for line in found.sources:
        click.echo(_shown(line))
    for one, what in _kept(found, _served(out)):
        files = plural("{count} file", "{count} files", len(one.files))
        echo(msg("{folder}: {files} ({what})", folder=one.folder, files=files, what=what))
    for path in found.unread:
        echo(msg("{path} could not be looked into", path=path), err=True)
    if found and not applied:
        echo(
            msg(
                "With --apply it is taken out of the sources, the site is compiled anew, and older versions are removed."
            )
        )
    if found and not applied:
        _tell_of_git(root, text)


def _kept(found: Found, served: str) -> Iterator[tuple[Kept, Message]]:
    """Yield what else holds it, each with what that is."""
    for one in found.versions:
        is_served = one.folder.name == served
        yield one, msg("the site that is served") if is_served else msg("an older version of the site")
    yield from ((one, msg("what compiles keep for the next one")) for one in found.store)
    yield from ((one, msg("the state folder")) for one in found.state)
    yield from ((one, msg("published files: publish into this folder again")) for one in found.published)


def _tell_of_git(root: Path, text: str) -> None:
    """Say what coopcal does not touch: the history, what was fetched, and backups."""
    if is_below_git(root):
        echo(
            msg(
                "Git keeps what files said before: “git log --all -i -S'{text}'” finds it, and git filter-repo --replace-text takes it out of the history, which everybody must then clone anew.",
                text=text,
            )
        )
    echo(
        msg(
            "Backups, buckets, copies of whoever fetched a feed, and calendars of subscribers are not here: see docs/personal-data.md."
        )
    )


def _served(out: Path) -> str:
    try:
        return (out / CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
