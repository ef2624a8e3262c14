"""Swapping a version of a site in by one rename, once it is whole; one compile at a time."""

import fcntl
import filecmp
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from coopcal.model.message import msg
from coopcal.model.refusal import refusal
from coopcal.site import layout, versions
from coopcal.site.durable import sync
from coopcal.site.layout import SiteError


@contextmanager
def exclusively(out: Path) -> Iterator[None]:
    """Hold the folder for one compile; another one waits, and the lock ends with its process."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with (out / layout.LOCK).open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise SiteError(msg("{out} cannot be written ({reason})", out=out, reason=refusal(error))) from error


def swap_in(out: Path, fill: Callable[[Path], str], *, lasts: bool = True) -> str:
    """Make what ``fill`` puts into a folder aside the version that is served; it gives the name of that.

    Call it while holding the folder ``exclusively``. When anything fails, the site before stands.
    """
    folder = out / layout.VERSIONS
    folder.mkdir(exist_ok=True)
    versions.sweep(out)
    aside = Path(tempfile.mkdtemp(prefix=versions.ASIDE, dir=folder))
    try:
        version = fill(aside)
        final = folder / version
        if final.exists():
            shutil.rmtree(aside if _is_same(final, aside) else final)
        if aside.exists():
            aside.chmod(0o755)
            aside.rename(final)
        if lasts:
            sync(folder)
        versions.point(out, version, lasts=lasts)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    versions.sweep(out)
    return version


def _is_same(one: Path, other: Path) -> bool:
    """Return whether two folders hold the same files; one that was written before may be damaged since."""
    files = [
        {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
        for folder in (one, other)
    ]
    return files[0].keys() == files[1].keys() and all(
        path.samefile(files[1][name]) or filecmp.cmp(path, files[1][name], shallow=False)
        for name, path in files[0].items()
    )
