"""Compiles anew when somebody saves a source file."""

import os
import stat
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from coopcal.definitions.pictures import ENDINGS
from coopcal.definitions.source.tree import CALENDARS, FEEDS, FILES, INCLUDED, SITE_FILE, TOKENS_FILE

try:
    from watchfiles import watch
except ImportError:
    watch = None  # type: ignore[assignment]

STEP = 5
"""Milliseconds between two looks for events; a save is looked at where the last of them told of nothing more."""

QUIET = 25
"""Milliseconds for which nothing may change where a file is there, or gone, or empty that was not: editors write aside, rename and delete."""

LONGEST = 500
"""Milliseconds after which it is compiled all the same, while changes go on and on."""

GLANCE = 1000
"""Milliseconds after which files are looked at though no event came: some file systems tell of none."""

FOLDERS = (CALENDARS, FEEDS, FILES, INCLUDED)

Seen = frozenset[tuple[str, int, int, int]]


def is_installed() -> bool:
    """Return whether the package that tells of changes is there."""
    return watch is not None


class Watcher:
    """Calls ``compile_anew`` once after each save; what is saved meanwhile is compiled afterwards.

    Folders are watched each by itself, so that nothing below ``_site`` or ``.git`` is ever looked at.
    """

    def __init__(self, root: Path, compile_anew: Callable[[], bool]) -> None:
        self._root = root
        self._compile = compile_anew
        self._seen: Seen = frozenset()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def compile(self) -> bool:
        """Compile, whatever has changed; say whether there is a new site."""
        return self._compile_of(self._look())

    def _compile_of(self, seen: Seen) -> bool:
        self._seen = seen
        return self._compile()

    def start(self) -> None:
        """Begin to watch the files."""
        self._thread.start()

    def stop(self) -> None:
        """Stop watching."""
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.is_set():
            folders = self._folders()
            try:
                for _ in watch(
                    *folders,
                    watch_filter=None,
                    debounce=LONGEST,
                    step=STEP,
                    stop_event=self._stopped,
                    rust_timeout=GLANCE,
                    yield_on_timeout=True,
                    recursive=False,
                    raise_interrupt=False,
                ):
                    self._follow()
                    if self._folders() != folders:
                        break
            except OSError:  # a folder went away just now; those that are there are watched instead
                time.sleep(QUIET / 1000)

    def _follow(self) -> None:
        """Compile where a file is another one than at the last compile, once whoever saves it is done."""
        seen, until = self._look(), time.monotonic() + LONGEST / 1000
        while not self._is_whole(seen) and time.monotonic() < until:
            self._stopped.wait(QUIET / 1000)
            before, seen = seen, self._look()
            if seen == before:
                break
        if seen != self._seen:
            self._compile_of(seen)

    def _is_whole(self, seen: Seen) -> bool:
        """Return whether there are the same files as at the last compile, and none of them is empty by now."""
        return {path for path, *_ in seen} == {path for path, *_ in self._seen} and all(
            size for _, _, size, _ in seen - self._seen
        )

    def _folders(self) -> list[Path]:
        """Return the folders that hold sources: the root, and all below those for calendars, feeds and pictures."""
        return [self._root, *self._walk()]

    def _walk(self) -> Iterator[Path]:
        met = set()
        for name in FOLDERS:
            for folder, inner, _ in os.walk(self._root / name, followlinks=True):
                real = os.path.realpath(folder)
                inner[:] = (
                    []
                    if real in met
                    else sorted(subfolder for subfolder in inner if not _is_aside(subfolder))
                )
                if real not in met:
                    met.add(real)
                    yield Path(folder)

    def _look(self) -> Seen:
        """Return what tells a file from the same file saved again, for all that a site may be made of."""
        seen = {_state_of(str(self._root / name)) for name in (SITE_FILE, TOKENS_FILE)}
        seen.update(_state_of(path) for path in _names(self._root) if path.lower().endswith(ENDINGS))
        for folder in self._walk():
            seen.update(map(_state_of, _names(folder)))
        return frozenset(seen)


def _names(folder: Path) -> list[str]:
    """Return the paths of what lies in a folder, and is no copy that lies aside."""
    try:
        with os.scandir(folder) as entries:
            return [entry.path for entry in entries if not _is_aside(entry.name)]
    except OSError:
        return []


def _is_aside(name: str) -> bool:
    """Return whether a name is of no source: hidden, or a copy that an editor keeps."""
    return name.startswith((".", "_")) or name.endswith(("~", ".swp", ".tmp"))


def _state_of(path: str) -> tuple[str, int, int, int]:
    try:
        status = os.stat(path)  # noqa: PTH116 - of each file, at each save
    except OSError:
        return path, 0, 0, 0
    if stat.S_ISDIR(status.st_mode):
        return path, 0, 0, 0
    return path, status.st_mtime_ns, status.st_size, status.st_ino
