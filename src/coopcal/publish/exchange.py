"""Putting a folder in the place of another one in one step, where the system can."""

import ctypes
import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

_AT_CURRENT_FOLDER = -100
_EXCHANGE = 2
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.EXDEV, errno.EBUSY, errno.ENOTSUP, errno.EPERM}

USUAL = 0o755
"""The mode of a folder that there was not before."""


def exchanged(aside: Path, folder: Path) -> bool:
    """Put a folder in the place of another, or of none; return whether that could be done."""
    aside.chmod(stat.S_IMODE(folder.stat().st_mode) if folder.exists() else USUAL)
    try:
        if not folder.exists() or not any(folder.iterdir()):
            aside.rename(folder)
        else:
            _exchange(aside, folder)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
        return False
    return True


def take_after(aside: Path, folder: Path) -> None:
    """Give a new folder, which nobody else looks into, the group of another one, which what is made in it has too if it has there."""
    if folder.exists():
        like = folder.stat()
        with suppress(OSError):
            os.chown(aside, -1, like.st_gid)
        aside.chmod(stat.S_IRWXU | like.st_mode & stat.S_ISGID)


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
