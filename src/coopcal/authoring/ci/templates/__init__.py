"""Files that a new repository gets on a forge; each stands here under the path that it has there."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

Host = Literal["github", "gitlab"]


def templates(host: Host) -> dict[str, str]:
    """Return the files by path, such as ``.github/workflows/calendar.yml``."""
    return dict(_below(files(__name__) / host, ""))


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from _below(entry, f"{path}{entry.name}/")
        else:
            yield f"{path}{entry.name}", entry.read_text(encoding="utf-8")
