"""Files written whole or not at all: aside, made durable, then renamed."""

import os
import stat
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from secrets import token_hex

_UMASK_FREE = 0o666


def replace_files(files: Mapping[Path, bytes]) -> None:
    """Return files new content; they keep their modes, and a link goes on leading where it led.

    All are written aside before the first is renamed: a full disk changes none.
    """
    _replace(files, lambda: None)


def put_files(root: Path, created: Mapping[str, str], edited: Mapping[str, str]) -> None:
    """Write new files and give others new content, all or none; raise FileExistsError where a new one is there already."""
    _replace(
        {root / path: text.encode() for path, text in edited.items()}, lambda: create_files(root, created)
    )


def _replace(files: Mapping[Path, bytes], first: Callable[[], None]) -> None:
    """Replace files; what is to be done ``first`` is done when all are written aside."""
    asides: list[tuple[Path, Path]] = []
    try:
        for file, content in files.items():
            target = file.resolve()
            asides.append((_aside(target, content), target))
            asides[-1][0].chmod(stat.S_IMODE(target.stat().st_mode))
        first()
        for aside, target in asides:
            aside.replace(target)
    except BaseException:
        for aside, _ in asides:
            aside.unlink(missing_ok=True)
        raise
    for folder in {target.parent for _, target in asides}:
        _sync(folder)


def put_file(file: Path, content: bytes) -> None:
    """Write a file, whole or not at all, whether it is there or not; folders that are not there are made."""
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.parent / f".{file.name}.{token_hex(8)}"
    try:
        with aside.open("xb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        aside.replace(file)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    _sync(file.parent)


def create_files(root: Path, files: Mapping[str, str]) -> None:
    """Write new files, all or none; raise FileExistsError, naming it, where one is there already."""
    for path in files:
        if (root / path).exists() or (root / path).is_symlink():
            raise FileExistsError(None, "there is already a file", path)
    made: list[Path] = []
    try:
        for path, text in files.items():
            file = root / path
            _make_folders(file.parent, made)
            aside = _aside(file, text.encode())
            made.append(aside)
            aside.chmod(_UMASK_FREE & ~_umask())
            aside.rename(file)
            made[-1] = file
            _sync(file.parent)
    except BaseException:
        for new in reversed(made):
            if new.is_dir():
                new.rmdir()
            else:
                new.unlink(missing_ok=True)
        raise


def _make_folders(folder: Path, made: list[Path]) -> None:
    if folder.is_dir():
        return
    _make_folders(folder.parent, made)
    folder.mkdir()
    made.append(folder)


def _aside(file: Path, content: bytes) -> Path:
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
