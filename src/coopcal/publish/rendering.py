"""Making the files of a public site: every address that leads somewhere, asked of the application, and put aside."""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from http import HTTPStatus
from math import inf
from multiprocessing import get_context
from pathlib import Path

from coopcal.model.message import msg
from coopcal.publish.addresses import Addresses, Standing
from coopcal.publish.aside import Aside
from coopcal.publish.compressed import CODINGS
from coopcal.publish.file import StaticFile
from coopcal.publish.listing import Listed
from coopcal.site.layout import SiteError
from coopcal.site.lifetime import end_with
from coopcal.site.reader import LiveSite, Site
from coopcal.text.late import late
from coopcal.views.agenda import Agenda
from coopcal.web import create_app, search_index
from coopcal.web.delivery import is_worth_compressing
from coopcal.web.headers import PAGE_CACHING

BATCH = 100
"""Addresses that a worker is given at once."""

WORTH_FORKING = 1_000
"""Addresses from which on several processes pay for themselves."""

NOT_FOUND = "404.html"
"""The page that hosts of files answer with where there is nothing."""


@dataclass
class Rendered:
    """What came of some addresses.

    ``files`` are listed by path. ``linked`` are the addresses that their pages lead to. ``moved`` are paths that lead to others.
    ``missing`` are addresses that nothing stands at, though pages lead there. ``until`` is when one of them may say something else.
    """

    files: dict[str, Listed] = field(default_factory=dict)
    linked: dict[str, Standing] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    until: datetime | None = None

    def add(self, other: "Rendered") -> None:
        """Add what came of other addresses."""
        self.files |= other.files
        self.linked |= other.linked
        self.moved |= other.moved
        self.missing += other.missing
        self.true_until(other.until)

    def true_until(self, instant: datetime | None) -> None:
        """Note when something of it may be said otherwise."""
        if instant is not None and (self.until is None or instant < self.until):
            self.until = instant


class Renderer:
    """Makes files of a site at an instant, and puts them aside."""

    def __init__(
        self,
        site: Site,
        live: LiveSite,
        instant: datetime,
        aside: Aside,
        *,
        compress: bool,
        forward: bool = False,
    ) -> None:
        self._aside = aside
        self._compress = compress
        self._linked: dict[str, Standing] = {}
        self.addresses = Addresses(Agenda(site), instant)
        extras = [search_index.add, *([late("web.forward", "add")] if forward else [])]
        self._app = create_app(live, lambda: instant, extras, self._where)

    def _where(self, asked: str) -> str:
        """Tell where an address stands, and note that a page leads there."""
        standing = self.addresses.standing(asked)
        if standing is None:
            return ""
        self._linked[standing.address] = standing
        return standing.address

    def render(self, standings: Iterable[Standing]) -> Rendered:
        """Make the files that stand at some addresses."""
        rendered = Rendered()
        self._linked = rendered.linked
        for standing in standings:
            answer = self._app.plain(standing.asked)
            rendered.true_until(answer.until)
            if answer.status != HTTPStatus.OK:
                rendered.missing.append(standing.asked)
                continue
            if "Location" in answer.headers:
                rendered.moved[standing.address] = answer.headers["Location"]
            caching = answer.headers.get("Cache-Control", PAGE_CACHING)
            file = StaticFile(standing.path, answer.content, answer.headers["Content-Type"], caching)
            self.put(file, rendered)
        return rendered

    def put(self, file: StaticFile, rendered: Rendered) -> None:
        """Put a file aside, and compressed ones beside it where these are asked for."""
        listed = rendered.files[file.path] = self._aside.put(file)
        if not self._compress or not is_worth_compressing(file.media_type, listed.length):
            return
        for ending, compress in CODINGS.items():
            name = f"{file.path}{ending}"
            standing = self._aside.stand(name, listed)
            rendered.files[name] = standing or self._aside.put(
                replace(file, path=name, content=compress(file.content))
            )

    def not_found(self) -> StaticFile:
        """Return the page for what is not there."""
        answer = self._app.plain(f"/{NOT_FOUND}")
        return StaticFile(NOT_FOUND, answer.content, answer.headers["Content-Type"], PAGE_CACHING)


_renderer: list[Renderer] = []
"""What a worker makes files with: that of the process which it was forked from."""


def render_all(
    out: Path,
    instant: datetime,
    aside: Aside,
    jobs: int = 1,
    *,
    compress: bool = False,
    forward: bool = False,
) -> Rendered:
    """Make all files of the site in a folder as it is at an instant, with at most so many processes.

    ``compress`` puts ``.gz`` and ``.br`` beside each file of text. With ``forward`` they are those of a former address of the site,
    whose pages lead to the ones of now.

    Raise SiteError where there is no site that can be read, or not to the end.
    """
    live = LiveSite(out.resolve(), fresh=inf)
    site = live.current()
    renderer = Renderer(site, live, instant, aside, compress=compress, forward=forward)
    first = [
        standing
        for asked in (*renderer.addresses.first(), *renderer.addresses.former())
        if (standing := renderer.addresses.standing(asked)) is not None
    ]
    if jobs == 1 or len(first) < WORTH_FORKING:
        rendered = _in_rounds(first, lambda standings: iter([renderer.render(standings)]))
    else:
        rendered = _shared(jobs, renderer, first)
    renderer.put(renderer.not_found(), rendered)
    if not site.folder.is_dir():
        raise SiteError(
            msg(
                "the site in {out} was compiled several times while pages were made of it: publish again",
                out=out,
            )
        )
    return rendered


def _shared(jobs: int, renderer: Renderer, first: Sequence[Standing]) -> Rendered:
    """Make files in several processes; raise SiteError where one of them is ended by others."""
    try:
        with ProcessPoolExecutor(
            jobs, get_context("fork"), initializer=_begin, initargs=(renderer, os.getpid())
        ) as pool:
            return _in_rounds(first, partial(_in_batches, pool))
    except BrokenProcessPool as error:
        raise SiteError(
            msg("a process that made pages was ended, perhaps for want of memory: try again with --jobs 1")
        ) from error


def _begin(renderer: Renderer, parent: int) -> None:
    """Begin to work for a parent, and end with it, without a word where both are interrupted."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()
    _renderer.append(renderer)


def _in_batches(pool: Executor, standings: Sequence[Standing]) -> Iterator[Rendered]:
    batches = [standings[start : start + BATCH] for start in range(0, len(standings), BATCH)]
    return pool.map(_rendered, batches)


def _rendered(standings: Sequence[Standing]) -> Rendered:
    """Make some files, in a worker."""
    return _renderer[0].render(standings)


def _in_rounds(
    first: Sequence[Standing], render: Callable[[Sequence[Standing]], Iterator[Rendered]]
) -> Rendered:
    """Make files of addresses, then of those that these lead to, until there are no more."""
    whole = Rendered()
    seen: set[str] = set()
    ahead = list(first)
    while ahead:
        fresh = {standing.address: standing for standing in ahead if standing.address not in seen}
        seen |= fresh.keys()
        ahead = []
        for rendered in render(list(fresh.values())) if fresh else ():
            ahead.extend(rendered.linked.values())
            rendered.linked = {}
            whole.add(rendered)
    return whole
