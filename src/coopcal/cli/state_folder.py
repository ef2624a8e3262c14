"""The folder for what a server keeps beside the site."""

from pathlib import Path

WANTED = "rebuild-wanted"
"""The empty file that asks for a rebuild."""


def wanted_file(state: Path) -> Path:
    """Return the file that asks for a rebuild."""
    return state.resolve() / WANTED
