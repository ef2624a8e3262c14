"""Files beside the YAML that are published: documents and images."""

import os
import re
from collections.abc import Container
from contextlib import suppress
from pathlib import Path, PurePath, PurePosixPath
from typing import NamedTuple

from coopcal.definitions import pictures
from coopcal.definitions.codes.events import (
    BAD_PICTURE,
    FILE_KIND,
    FILE_NAME,
    FILE_OUTSIDE,
    FILE_TOO_LARGE,
    NO_SUCH_FILE,
)
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.pictures import NoPictureError, Size, size_of
from coopcal.definitions.source.node import Node
from coopcal.definitions.source.tree import CALENDARS, FILES
from coopcal.model.message import Number, msg

LARGEST = 20_000_000
"""Bytes that a published file may have."""

ENDINGS = frozenset(
    [
        "pdf",
        "odt",
        "ods",
        "odp",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "ppt",
        "pptx",
        "txt",
        "md",
        "csv",
        "rtf",
        "epub",
        "ics",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "webp",
        "avif",
        "mp3",
        "ogg",
        "mp4",
        "webm",
        "zip",
    ]
)
"""Kinds of files that are published; what could run in a visitor's browser is not among them."""


_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Control characters, line ends among them, and those that turn the direction of text."""


def files_beside(root: Path) -> frozenset[tuple[str, int, int]]:
    """Return the files beside the YAML of all organisations: the path of each, its bytes and when it was last written.

    Whatever reading says of a file by its path is the same while this is the same.
    """
    seen, met = set[tuple[str, int, int]](), set[str]()
    for folder, inner, names in os.walk(root / CALENDARS, followlinks=True):
        real = os.path.realpath(folder)
        if real in met:
            inner.clear()
            continue
        met.add(real)
        for path in (Path(folder, name) for name in names if not name.endswith(".yaml")):
            with suppress(OSError):
                status = path.stat()
                seen.add((str(path), status.st_size, status.st_mtime_ns))
    return frozenset(seen)


class Picture(NamedTuple):
    """The path of a picture relative to the root, how wide and high it is, and its bytes, where these can be known."""

    path: str
    size: Size | None
    length: int


@reader(json_schema.text())
def file(node: Node, context: Context) -> str | None:
    """Read the path of a file beside the YAML; return it relative to the root, or None where it will not do.

    Without a root the file cannot be looked at, and only what its name tells is held against it.
    """
    found = _found(node, context, ENDINGS)
    return found[0] if found else None


@reader(json_schema.text())
def picture(node: Node, context: Context) -> Picture | None:
    """Read the path of a picture beside the YAML, as ``file`` does; what is no picture will not do."""
    found = _found(node, context, pictures.ENDINGS)
    if found is None:
        return None
    path, real = found
    if real is None:
        return Picture(path, None, 0)
    try:
        content = real.read_bytes()
        return Picture(path, size_of(content, _ending(real)), len(content))
    except (NoPictureError, OSError) as error:
        message = error.args[0] if isinstance(error, NoPictureError) else msg("The file cannot be read")
        context.problems.tell(
            node.position,
            BAD_PICTURE,
            message,
            msg("save it as PNG, or as a plain drawing, and write its name"),
        )
        return None


def _found(node: Node, context: Context, endings: Container[str]) -> tuple[str, Path | None] | None:
    """Return the path of a file of such kinds beside the YAML, and where it really lies, as far as that can be known."""
    written = scalar(node, context.problems, msg("the path of a file"))
    if written is None:
        return None
    path = PurePosixPath(context.folder) / written.text.strip()
    problems, place = context.problems, written.position
    if ".." in path.parts or path.is_absolute() or "\\" in written.text:
        problems.tell(
            place,
            FILE_OUTSIDE,
            msg("“{text}” leads out of the folder of this file", text=written.text),
            msg("put the file beside it, and write its name"),
        )
        return None
    if control := _UNSEEN.search(path.name):
        problems.tell(
            place,
            FILE_NAME,
            msg(
                "The name of this file holds an invisible control character (U+{number})",
                number=f"{ord(control[0]):04X}",
            ),
            msg("rename the file, and write its name without that character"),
        )
        return None
    real = _real(context.root, path) if context.root else None
    if context.root and real is None:
        near = _alike(context.root, path)
        problems.tell(
            place,
            NO_SUCH_FILE,
            msg("There is no file “{path}”", path=path),
            msg("did you mean “{near}”?", near=near) if near else msg("put it there, or mend the name"),
        )
        return None
    if context.root and real and not _is_beside(real, context.root, context.folder):
        problems.tell(
            place,
            FILE_OUTSIDE,
            msg("“{text}” is a link to a file that lies elsewhere", text=written.text),
            msg("put the file itself beside this one"),
        )
        return None
    hidden = (part for part in path.parts if part.startswith("."))
    names = (
        *hidden,
        *(target.name for target in (path, real) if target is not None and not _is_of(endings, target)),
    )
    name = next(iter(names), None)
    if name is not None:
        problems.tell(
            place,
            FILE_KIND,
            msg("Files such as “{name}” are not published", name=name)
            if endings is ENDINGS
            else msg("Files such as “{name}” are not shown as pictures", name=name),
            msg("save it as PDF, for example") if endings is ENDINGS else msg("save it as PNG, for example"),
        )
        return None
    size = real.stat().st_size if real else 0
    if size > LARGEST:
        problems.tell(
            place,
            FILE_TOO_LARGE,
            msg(
                "The file has {size} bytes; {largest} are published at most",
                size=Number(size),
                largest=Number(LARGEST),
            ),
            msg("make it smaller, or link to it by “url”"),
        )
        return None
    return str(path), real


def _real(root: Path, path: PurePosixPath) -> Path | None:
    """Return where a regular file really lies, whatever links lead there; None where there is none."""
    try:
        file = (root / path).resolve(strict=True)
        return file if file.is_file() else None
    except (OSError, RuntimeError, ValueError):
        return None


def _is_beside(file: Path, root: Path, folder: str) -> bool:
    """Return whether a file lies in the folder of the YAML that names it, or in calendars/, and in none that is hidden.

    Beside the settings of the site lies much else: what these name lies there itself, or in ``files`` there.
    """
    if not folder and file.parent == root.resolve():
        return True
    homes = ((root / (folder or FILES)).resolve(), (root / CALENDARS).resolve())
    return any(
        not any(part.startswith(".") for part in file.relative_to(home).parts[:-1])
        for home in homes
        if file.is_relative_to(home)
    )


def _is_of(endings: Container[str], path: PurePath) -> bool:
    """Return whether a file is of one of these kinds; a hidden one is not."""
    return _ending(path) in endings and not path.name.startswith(".")


def _ending(path: PurePath) -> str:
    return path.suffix.lower().lstrip(".")


def _alike(root: Path, path: PurePosixPath) -> str | None:
    try:
        names = sorted(child.name for child in (root / path.parent).iterdir() if child.is_file())
    except (OSError, ValueError):
        return None
    return next(
        (name for name in names if name.lower() == path.name.lower() or name.split(".")[0] == path.stem), None
    )
