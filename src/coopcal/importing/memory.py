"""What was imported into an organisation, so that importing again tells what changed where: ``imports/<organisation>.json``."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coopcal.authoring.text import Value, plain_lines

FORMAT = 1
FOLDER = "imports"
_ABOUT = "What coopcal import brought in, by UID: keep it in git beside calendars/, and do not edit it."


@dataclass(frozen=True, slots=True)
class Known:
    """An event that was imported: its id, what it came from, and the digest of each of its keys as it came."""

    id: str
    source: str
    keys: Mapping[str, str]


class MemoryFault(Exception):  # noqa: N818 - said as people would
    """The file cannot be read; the text says why."""


def path_of(organisation: str) -> str:
    """Give the path of the file, from the root."""
    return f"{FOLDER}/{organisation}.json"


def read(root: Path, organisation: str) -> dict[str, Known]:
    """Give what was imported, by key; nothing where nothing was. Raise MemoryFault for a file that is damaged."""
    try:
        content = (root / path_of(organisation)).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise MemoryFault(f"{path_of(organisation)} cannot be read ({error})") from error
    try:
        said = json.loads(content)
        if said["format"] != FORMAT:
            raise MemoryFault(f"{path_of(organisation)} is of another version of coopcal")
        return {
            str(key): Known(
                str(each["event"]),
                str(each["source"]),
                {str(name): str(digest) for name, digest in each["keys"].items()},
            )
            for key, each in said["events"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MemoryFault(f"{path_of(organisation)} is damaged; take the version before from git") from error


def written(known: Mapping[str, Known]) -> str:
    """Give the file, an event a line, in order."""
    lines = [
        f"  {_json(key)}: {_json({'event': each.id, 'source': each.source, 'keys': dict(sorted(each.keys.items()))})}"
        for key, each in sorted(known.items())
    ]
    head = f'{{\n"about": {_json(_ABOUT)},\n"format": {FORMAT},\n"events": {{'
    return head + ("\n" + ",\n".join(lines) + "\n" if lines else "") + "}\n}\n"


def digests(values: Mapping[str, Value]) -> dict[str, str]:
    """Give the digest of each key of an event, but of its id."""
    return {key: digest(value) for key, value in values.items() if key != "id"}


def digest(value: Value) -> str:
    """Give the digest of a value as it is read from YAML."""
    return hashlib.sha256(_json(_plain(value)).encode()).hexdigest()[:16]


def _plain(value: Value) -> object:
    if isinstance(value, str):
        return plain_lines(value)
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
