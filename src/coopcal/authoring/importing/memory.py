"""What was imported into an organisation, so that importing again tells what changed where: ``imports/<organisation>.json``."""

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coopcal.authoring.text import Value, plain_lines
from coopcal.model.message import Message, msg
from coopcal.site.codec import Codec, from_json, objects

FORMAT = 1
FOLDER = "imports"
_ABOUT = "What coopcal import brought in, by UID: keep it in git beside calendars/, and do not edit it."


@dataclass(frozen=True, slots=True)
class Known:
    """An event that was imported: its id here, what it came from, and the digest of each of its keys as it came."""

    event: str
    source: str
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _File:
    """What the file holds, by UID or whatever else an event is known by."""

    format: int
    events: Mapping[str, Known]


_CODEC = Codec(objects(_File, Known))
"""What stands in the file."""


class MemoryFault(Exception):  # noqa: N818 - said as people would
    """The file cannot be read; the text says why."""

    def __init__(self, why: Message) -> None:
        """Take the reason."""
        super().__init__(why)


def path_of(organisation: str) -> str:
    """Return the path of the file, from the root."""
    return f"{FOLDER}/{organisation}.json"


def leads_out(root: Path, file: Path) -> bool:
    """Return whether a file is, or stands behind, a link that leads out of the root, or in a circle."""
    try:
        return not file.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return True


def read(root: Path, organisation: str) -> dict[str, Known]:
    """Return what was imported, by key; nothing where nothing was. Raise MemoryFault for a file that is damaged."""
    path = path_of(organisation)
    file = root / path
    if leads_out(root, file):
        raise MemoryFault(
            msg("{path} is a link that leads out of the folder; put the file itself there", path=path)
        )
    try:
        with os.fdopen(os.open(file, os.O_RDONLY | os.O_NONBLOCK), "rb") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                raise MemoryFault(msg("{path} is not a regular file", path=path))
            content = opened.read().decode()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise MemoryFault(msg("{path} cannot be read ({reason})", path=path, reason=error)) from error
    try:
        values = from_json(content)
        if values["format"] != FORMAT:
            raise MemoryFault(msg("{path} is of another version of coopcal", path=path))
        return dict(_CODEC.read(_File, values).events)
    except (ValueError, KeyError, TypeError) as error:
        raise MemoryFault(msg("{path} is damaged; take the version before from git", path=path)) from error


def written(known: Mapping[str, Known]) -> str:
    """Return the file, an event a line, in order."""
    lines = [f"  {_json(key)}: {_json(_CODEC.write(Known, event))}" for key, event in sorted(known.items())]
    head = f'{{\n"about": {_json(_ABOUT)},\n"format": {FORMAT},\n"events": {{'
    return head + ("\n" + ",\n".join(lines) + "\n" if lines else "") + "}\n}\n"


def digests(values: Mapping[str, Value]) -> dict[str, str]:
    """Return the digest of each key of an event, but of its id."""
    return {key: digest(value) for key, value in values.items() if key != "id"}


def digest(value: Value) -> str:
    """Return the digest of a value as it is read from YAML."""
    return hashlib.sha256(_json(_plain(value)).encode()).hexdigest()[:16]


def _plain(value: Value) -> object:
    if isinstance(value, str):
        return plain_lines(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
