"""Publishing into a folder: made aside, and put in place whole, or file by file where that cannot be."""

import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

from coopcal.model.message import msg
from coopcal.model.refusal import refusal
from coopcal.publish.aside import Aside
from coopcal.publish.file import LISTING, MEMORY, StaticFile, turn
from coopcal.publish.listing import LISTINGS, Listed, Listing
from coopcal.publish.stamps import refuse_taken_back
from coopcal.site.layout import SiteError

NAMED = 5
"""Files of others that a refusal names."""

ASIDE = ".coopcal-publishing-"
"""What the name of a folder begins with that a publication is made in; what one that was killed left is removed by the next."""

UNKNOWN = Listed("", 0, "", "")
"""What is listed of a file that is about to be replaced: it is ours, and its bytes are not known."""

_AT_CURRENT_FOLDER = -100
_EXCHANGE = 2
_CANNOT_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.EXDEV, errno.EBUSY, errno.ENOTSUP, errno.EPERM}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a publication: what stands there now, and which files were written and removed."""

    listing: Listing
    written: tuple[str, ...]
    removed: tuple[str, ...]


def published(folder: Path) -> Listing | None:
    """Return what was published into a folder; None where nothing was, raise SiteError where that cannot be told."""
    try:
        return LISTINGS.loads(Listing, (folder / LISTING).read_bytes())
    except FileNotFoundError:
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
    return all(_has(folder, name, listed) for name, listed in listing.files.items())


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
        with _exclusively(folder.parent):
            return _published(folder, make)
    except OSError as error:
        raise SiteError(
            msg("{folder} cannot be written ({reason})", folder=folder, reason=refusal(error))
        ) from error


def _published(folder: Path, make: Callable[[Aside], Listing]) -> Outcome:
    beside = _can_be_beside(folder)
    if not beside:
        folder.mkdir(exist_ok=True)
    prefix = f"{ASIDE}{folder.name}-"
    _sweep(folder.parent if beside else folder, prefix)
    before = published(folder)
    foreign = _foreign(folder, before)
    if before is None and any(not name.startswith(".") for name in foreign):
        raise SiteError(
            msg(
                "{folder} holds files that coopcal did not put there ({files}): publish into a new or empty folder",
                folder=folder,
                files=_some(sorted({name.split("/")[0] for name in foreign if not name.startswith(".")})),
            )
        )
    aside = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent if beside else folder))
    try:
        made = Aside(aside, folder if before else None, before)
        listing = make(made)
        content = LISTINGS.dumps(Listing, listing)
        made.put(StaticFile(LISTING, content, "application/json", "no-cache"))
        if before is not None:
            _refuse_older(folder / MEMORY, aside / MEMORY)
        foreign = [name for name in foreign if not _is_the_same(folder, name, listing.files.get(name))]
        in_the_way = [name for name in foreign if name in listing.files]
        if in_the_way:
            raise SiteError(
                msg(
                    "{folder} holds files of others where files of the site are to be: {files}",
                    folder=folder,
                    files=_some(in_the_way),
                )
            )
        if foreign or not beside or not _swapped(aside, folder):
            _put_in_place(aside, folder, before, listing)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return _outcome(before, listing)


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
def _exclusively(parent: Path) -> Iterator[None]:
    """Hold a folder for one publication; another one waits, and the lock ends with its process."""
    descriptor = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _sweep(place: Path, prefix: str) -> None:
    """Remove what publications left that were killed; no other goes on meanwhile."""
    if place.is_dir():
        for left in place.glob(f"{prefix}*"):
            shutil.rmtree(left, ignore_errors=True)


def _foreign(folder: Path, before: Listing | None) -> list[str]:
    """Return what is in a folder that was not published there: files by path, folders at the top that begin with a dot by name."""
    known = {LISTING, *(before.files if before else ())}
    found = []
    for place, folders, files in os.walk(folder):
        top = Path(place) == folder
        if top:
            found += [name for name in folders if name.startswith(".")]
            folders[:] = [name for name in folders if not name.startswith(".")]
        inside = Path(place).relative_to(folder)
        found += [name for file in files if (name := str(inside / file)) not in known]
    return sorted(found)


def _some(names: list[str]) -> str:
    return ", ".join((*names[:NAMED], *(("…",) if len(names) > NAMED else ())))


def _can_be_beside(folder: Path) -> bool:
    """Return whether what is made beside a folder can take its place."""
    parent = folder.parent
    return os.access(parent, os.W_OK) and (
        not folder.exists() or folder.stat().st_dev == parent.stat().st_dev
    )


def _swapped(aside: Path, folder: Path) -> bool:
    """Put a folder in the place of another in one step; return whether that could be done."""
    aside.chmod(0o755)
    if not folder.exists() or not any(folder.iterdir()):
        aside.rename(folder)
        return True
    try:
        _exchange(aside, folder)
    except OSError as error:
        if error.errno not in _CANNOT_EXCHANGE:
            raise
        return False
    return True


def _exchange(one: Path, other: Path) -> None:
    """Exchange two folders (Linux, renameat2); raise OSError where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError) as error:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS)) from error
    done = rename(_AT_CURRENT_FOLDER, os.fsencode(one), _AT_CURRENT_FOLDER, os.fsencode(other), _EXCHANGE)
    if done != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _put_in_place(aside: Path, folder: Path, before: Listing | None, listing: Listing) -> None:
    """Put files in place one by one, each whole; then remove what is no longer published.

    Should this end before its time, the listing says of each file that may be either that it is not known.
    """
    stood: Mapping[str, Listed] = before.files if before else {}
    dropped = stood.keys() - listing.files.keys()
    fresh = {
        name
        for name, listed in listing.files.items()
        if name not in stood or stood[name].digest != listed.digest or not _has(folder, name, listed)
    }
    interim = {**stood, **dict.fromkeys((*fresh, *dropped), UNKNOWN)}
    unfinished = replace(listing, source="", files=dict(sorted(interim.items())))
    _replace(folder / LISTING, LISTINGS.dumps(Listing, unfinished), aside)
    in_the_way = {name for name in dropped if _are_in_each_others_way(name, fresh)}
    for name in in_the_way:
        _remove(folder, name)
    for name in sorted((*fresh, LISTING), key=turn):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (aside / name).replace(path)
    for name in dropped - in_the_way:
        _remove(folder, name)


def _is_the_same(folder: Path, name: str, listed: Listed | None) -> bool:
    """Return whether a file of others has the bytes that it is to have, so that nothing of theirs is lost."""
    return listed is not None and sha256((folder / name).read_bytes()).hexdigest() == listed.digest


def _has(folder: Path, name: str, listed: Listed) -> bool:
    """Return whether a file is there, as long as it is listed."""
    try:
        return (folder / name).stat().st_size == listed.length
    except OSError:
        return False


def _are_in_each_others_way(name: str, fresh: Collection[str]) -> bool:
    """Return whether a file lies where a folder of new files is to be, or in a folder where a new file is to be."""
    above = {str(path) for path in PurePosixPath(name).parents}
    return not above.isdisjoint(fresh) or any(other.startswith(f"{name}/") for other in fresh)


def _replace(path: Path, content: bytes, aside: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    interim = aside / f"{LISTING}.interim"
    interim.write_bytes(content)
    interim.replace(path)


def _remove(folder: Path, name: str) -> None:
    """Remove a file, and the folders above it that are empty then."""
    path = folder / name
    path.unlink(missing_ok=True)
    for above in path.parents:
        if above == folder:
            return
        try:
            above.rmdir()
        except OSError:
            return
