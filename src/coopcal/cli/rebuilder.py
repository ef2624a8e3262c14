"""Fetches sources from a repository, compiles them, and lets the site before stand where that fails."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from coopcal.cli.compiling import show_problems
from coopcal.cli.language import echo, speaking
from coopcal.cli.notifying import Notifying
from coopcal.cli.repository import fetch, lay
from coopcal.cli.shielded_git import Git, RepositoryError
from coopcal.compile.pipeline import Outcome, compile_site
from coopcal.model.message import Message, listed, msg, plural, reason_of
from coopcal.model.problem import Severity
from coopcal.model.refusal import refusal
from coopcal.publish.store.followed import put_trouble
from coopcal.site.layout import SiteError

REBUILD = "rebuild"
"""The folder of the state folder with what a rebuild keeps: it holds hidden events, and its owner alone may read it."""


class BusyError(Exception):
    """Another process is at it."""


@contextmanager
def alone(state: Path) -> Iterator[Path]:
    """Give the folder for what a rebuild keeps, for as long as nobody else has it; raise BusyError where somebody has."""
    folder = state / REBUILD
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield folder
    except BlockingIOError:
        raise BusyError from None
    finally:
        os.close(descriptor)


class Rebuilder:
    """Makes the site in ``out`` of the last commit of a branch; the sources of each lie in a clean folder of their own.

    After each compile, ``happened`` is told whether a site was published.

    A killed process leaves nothing that is taken for whole: the next one lays the sources anew.
    """

    def __init__(
        self,
        git: Git,
        branch: str,
        folder: Path,
        out: Path,
        now: Callable[[], datetime],
        happened: Callable[[bool], None],
        notifying: Notifying,
        *,
        quiet: bool,
    ) -> None:
        self._git = git
        self._branch = branch
        self._sources = folder / "sources"
        self._out = out
        self._now = now
        self._happened = happened
        self._notifying = notifying
        self._again: datetime | None = None
        self._quiet = quiet
        self._compiled = ""
        self._good_until: datetime | None = None
        shutil.rmtree(self._sources, ignore_errors=True)

    def rebuild(self, *, first: bool = False) -> bool:
        """Fetch, and compile what was not compiled yet; say whether the site is that of the last commit."""
        try:
            commit = fetch(self._git, self._branch)
            if commit == self._compiled and not self.is_past():
                return self._done()
            left_out = lay(self._git, commit, self._sources / commit)
        except RepositoryError as error:
            if self._compiled and self.is_past():
                self._compile(self._compiled, first=first)
            return self._failed(reason_of(error), error.detail)
        except OSError as error:
            return self._failed(msg("the sources cannot be written ({reason})", reason=refusal(error)))
        if left_out:
            echo(
                msg("coopcal: left out, as they are no plain files: {paths}", paths=_some(left_out)), err=True
            )
        return self._compile(commit, first=first)

    def is_past(self) -> bool:
        """Return whether time alone makes another site of the same sources by now."""
        return self._good_until is not None and self._good_until <= self._now()

    def _compile(self, commit: str, *, first: bool) -> bool:
        short, root = commit[:12], self._sources / commit
        self._notifying.begin(root, self._out, speaking())
        try:
            outcome = compile_site(root, self._out, self._now(), first=first)
        except SiteError as error:
            self._happened(False)  # noqa: FBT003 - what came of it is all that it is told
            return self._failed(
                msg("the sources of commit {commit} could not be compiled", commit=short), reason_of(error)
            )
        self._happened(outcome.published)
        show_problems(outcome, quiet=self._quiet)
        if not outcome.published:
            return self._failed(_why(outcome, short))
        for folder in self._sources.iterdir():
            if folder.name != commit:
                shutil.rmtree(folder, ignore_errors=True)
        self._compiled, self._good_until = commit, outcome.good_until
        if not self._quiet:
            echo(msg("Commit {commit} is published.", commit=short), err=True)
        self._tell(outcome.since)
        return self._done()

    def tell_again(self) -> None:
        """Tell those who are to know of what changed, and did not answer, when that is due."""
        if self._again is not None and self._again <= datetime.now(UTC):
            self._tell(None)

    def _tell(self, since: datetime | None) -> None:
        root = self._sources / self._compiled
        self._again = self._notifying.tell(root, self._out, speaking(), since, quiet=self._quiet)

    def _done(self) -> bool:
        put_trouble(self._out, "")
        return True

    def _failed(self, reason: str, detail: str = "") -> bool:
        """Say why the site before stands: to visitors of ``/readyz`` without what may be secret."""
        with suppress(OSError):
            put_trouble(self._out, str(reason))
        whole = listed([reason, detail]) if detail else reason
        echo(msg("coopcal: {reason}; the site before still stands", reason=whole), err=True)
        return False


def _why(outcome: Outcome, commit: str) -> Message:
    """Return why nothing was published: by the code and the place of the first error, as its words may tell of hidden events."""
    errors = [problem for problem in outcome.problems if problem.severity is Severity.ERROR]
    place = errors[0].position
    return msg(
        "the sources of commit {commit} have {errors}, the first in {place} ({code})",
        commit=commit,
        errors=plural("{count} error", "{count} errors", len(errors)),
        place=f"{place.path}:{place.line}:{place.column}",
        code=errors[0].code,
    )


def _some(paths: tuple[str, ...]) -> str:
    """Return some paths, without what a terminal would obey."""
    shown = ", ".join(ascii(path)[1:-1] for path in paths[:5])
    return f"{shown} …" if len(paths) > 5 else shown  # noqa: PLR2004 - that many are told
