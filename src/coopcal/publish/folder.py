"""Publishing into a folder: made aside, and put in place whole, or file by file where that cannot be."""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from coopcal.model.message import msg
from coopcal.model.refusal import refusal
from coopcal.publish.aside import Aside
from coopcal.publish.exchange import exchanged, take_after
from coopcal.publish.file import LISTING, MEMORY, StaticFile, turn
from coopcal.publish.listing import LISTINGS, UNKNOWN, Listed, Listing, known
from coopcal.publish.stamps import refuse_taken_back
from coopcal.publish.standing import folders_of, foreign, has, in_the_way, is_same, is_through_a_link
from coopcal.site.layout import SiteError

NAMED = 5
"""Files of others that a refusal names."""

OF_HOSTS = frozenset(
    {".git", ".gitattributes", ".github", ".gitignore", ".htaccess", ".nojekyll", ".well-known"}
)
"""What may lie in a folder that is published into for the first time: it is of whoever hosts the files, or of Git."""

ASIDE = ".coopcal-publishing-"
"""What the name of a folder begins with that a publication is made in; what one that was killed left is removed by the next."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a publication: what stands there now, and which files were written and removed."""

    listing: Listing
    written: tuple[str, ...]
    removed: tuple[str, ...]


def published(folder: Path) -> Listing | None:
    """Return what was published into a folder; None where nothing was, raise SiteError where that cannot be told."""
    try:
        return known((folder / LISTING).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SiteError(
            msg(
                "{file} cannot be read ({error}): it tells which files in that folder are coopcal’s; put it right, or publish into another folder",
                file=folder / LISTING,
                error=error,
            )
        ) from error


def is_whole(folder: Path, listing: Listing) -> bool:
    """Return whether all files that are listed are there, as long as they were."""
    return all(has(folder, name, listed) for name, listed in listing.files.items())


def publish_into(folder: Path, make: Callable[[Aside], Listing]) -> Outcome:
    """Publish into a folder what ``make`` puts aside and lists.

    What stands there is replaced at once where the system can exchange two folders, else file by file: new ones first, addresses
    that are subscribed to last. Only what was published there before is removed. What a failure of the machine leaves is put right by
    the next publication, as files have the length that is listed. Raise SiteError where the folder holds files of
    others, or cannot be written; what was published before still stands then.
    """
    folder = folder.resolve()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = _can_be_beside(folder)
        if not beside:
            folder.mkdir(exist_ok=True)
        elif folder.exists() and not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        with _exclusively(folder.parent if beside else folder):
            return _published(folder, make, beside=beside)
    except OSError as error:
        raise SiteError(
            msg("{folder} cannot be written ({reason})", folder=folder, reason=refusal(error))
        ) from error


def _published(folder: Path, make: Callable[[Aside], Listing], *, beside: bool) -> Outcome:
    place = folder.parent if beside else folder
    prefix = f"{ASIDE}{sha256(os.fsencode(folder.name)).hexdigest()[:16]}-"
    _sweep(place, prefix)
    before = published(folder)
    if before is None:
        _refuse_others(folder)
    aside = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
    try:
        take_after(aside, folder)
        made = Aside(aside, folder if before else None, before)
        listing = make(made)
        content = LISTINGS.dumps(Listing, listing)
        made.put(StaticFile(LISTING, content, "application/json", "no-cache"))
        if before is not None:
            _refuse_older(folder / MEMORY, aside / MEMORY)
        others = [
            name
            for name in foreign(folder, before)
            if name != aside.name and not is_same(folder, name, listing.files.get(name))
        ]
        if refused := in_the_way(others, listing.files):
            raise SiteError(
                msg(
                    "{folder} holds files of others where files of the site are to be: {files}",
                    folder=folder,
                    files=_some(refused),
                )
            )
        if others or not beside or not exchanged(aside, folder):
            _put_in_place(aside, folder, before, listing)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return _outcome(before, listing)


def _refuse_others(folder: Path) -> None:
    """Raise SiteError where a folder that nothing was published into holds files of others, but for those that hosts and Git have there."""
    others = [name for name in foreign(folder, None) if name.split("/")[0] not in OF_HOSTS]
    if others:
        raise SiteError(
            msg(
                "{folder} holds files that coopcal did not put there ({files}): publish into a new or empty folder",
                folder=folder,
                files=_some(others),
            )
        )


def _refuse_older(before: Path, after: Path) -> None:
    """Raise SiteError where what is to be published takes back what subscribers have seen."""
    if before.is_file() and after.is_file():
        refuse_taken_back(before.read_bytes(), after.read_bytes())


def _outcome(before: Listing | None, listing: Listing) -> Outcome:
    stood: Mapping[str, Listed] = before.files if before else {}
    written = (
        name
        for name, listed in listing.files.items()
        if name not in stood or stood[name].digest != listed.digest
    )
    return Outcome(listing, tuple(written), tuple(sorted(stood.keys() - listing.files.keys())))


@contextmanager
def _exclusively(place: Path) -> Iterator[None]:
    """Hold a folder for one publication; another one waits, and the lock ends with its process."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _sweep(place: Path, prefix: str) -> None:
    """Remove what publications left that were killed; no other goes on meanwhile."""
    for left in place.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)


def _some(names: list[str]) -> str:
    return ", ".join((*names[:NAMED], *(("…",) if len(names) > NAMED else ())))


def _can_be_beside(folder: Path) -> bool:
    """Return whether what is made beside a folder can take its place."""
    parent = folder.parent
    return os.access(parent, os.R_OK | os.W_OK | os.X_OK) and (
        not folder.exists() or folder.stat().st_dev == parent.stat().st_dev
    )


def _put_in_place(aside: Path, folder: Path, before: Listing | None, listing: Listing) -> None:
    """Put files in place one by one, each whole; then remove what is no longer published.

    Should this end before its time, the listing says of each file that may be either that it is not known.
    """
    stood: Mapping[str, Listed] = before.files if before else {}
    dropped = stood.keys() - listing.files.keys()
    fresh = {
        name
        for name, listed in listing.files.items()
        if name not in stood or stood[name].digest != listed.digest or not has(folder, name, listed)
    }
    interim = {**stood, **dict.fromkeys((*fresh, *dropped), UNKNOWN)}
    unfinished = replace(listing, source="", files=dict(sorted(interim.items())))
    _replace(folder / LISTING, LISTINGS.dumps(Listing, unfinished), aside)
    first = set(in_the_way(dropped, fresh))
    for name in first:
        _remove(folder, name)
    for name in sorted((*fresh, LISTING), key=turn):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir() and not path.is_symlink():
            _remove_empty(path)
        (aside / name).replace(path)
    for name in dropped - first:
        _remove(folder, name)


def _replace(path: Path, content: bytes, aside: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    interim = aside / f"{LISTING}.interim"
    interim.write_bytes(content)
    interim.replace(path)


def _remove_empty(folder: Path) -> None:
    """Remove a folder that holds no files, where a file is to be."""
    for place, _, _ in os.walk(folder, topdown=False):
        Path(place).rmdir()


def _remove(folder: Path, name: str) -> None:
    """Remove a file, and the folders above it that are empty then; what lies behind a link is not ours."""
    path = folder / name
    if is_through_a_link(folder, name) or (path.is_dir() and not path.is_symlink()):
        return
    path.unlink(missing_ok=True)
    for above in folders_of(name):
        try:
            (folder / above).rmdir()
        except OSError:
            return
