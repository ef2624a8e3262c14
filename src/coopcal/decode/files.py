"""Files beside the YAML that are published: documents and images."""

from pathlib import Path, PurePosixPath

from coopcal.decode.context import Context
from coopcal.decode.fields import scalar
from coopcal.model.message import Number, msg
from coopcal.source.node import Node

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


def published_file(node: Node, context: Context) -> str | None:
    """Read the path of a file beside the YAML, and give it relative to the root; None where it will not do.

    Without a root the file cannot be looked at, and only what its name tells is held against it.
    """
    found = scalar(node, context.problems, msg("the path of a file"))
    if found is None:
        return None
    path = PurePosixPath(context.folder) / found.text.strip()
    problems, place = context.problems, found.place
    if ".." in path.parts or path.is_absolute() or "\\" in found.text:
        problems.error(
            place,
            "file-outside",
            msg("“{text}” leads out of the folder of this file", text=found.text),
            msg("put the file beside it, and write its name"),
        )
        return None
    size = _size(context.root, path) if context.root else 0
    if size is None:
        near = _alike(context.root, path) if context.root else None
        problems.error(
            place,
            "no-such-file",
            msg("There is no file “{path}”", path=path),
            msg("did you mean “{near}”?", near=near) if near else msg("put it there, or mend the name"),
        )
        return None
    if path.suffix.lower().lstrip(".") not in ENDINGS:
        problems.error(
            place,
            "file-kind",
            msg("Files such as “{name}” are not published", name=path.name),
            msg("save it as PDF, for example"),
        )
        return None
    if size > LARGEST:
        problems.error(
            place,
            "file-too-large",
            msg(
                "The file has {size} bytes; {largest} are published at most",
                size=Number(size),
                largest=Number(LARGEST),
            ),
            msg("make it smaller, or link to it by “url”"),
        )
        return None
    return str(path)


def _size(root: Path, path: PurePosixPath) -> int | None:
    """Give the bytes of a regular file in the tree, or None."""
    file = root / path
    try:
        inside = file.resolve(strict=True).is_relative_to(root.resolve())
        return file.stat().st_size if inside and file.is_file() else None
    except (OSError, RuntimeError, ValueError):
        return None


def _alike(root: Path, path: PurePosixPath) -> str | None:
    try:
        names = sorted(each.name for each in (root / path.parent).iterdir() if each.is_file())
    except (OSError, ValueError):
        return None
    return next(
        (name for name in names if name.lower() == path.name.lower() or name.split(".")[0] == path.stem), None
    )
