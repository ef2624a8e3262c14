"""What a folder holds, to tell whether anything in it was touched."""

import os
from pathlib import Path


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return every file and folder below a folder: when it was last written, and its bytes; empty where there is none."""
    states = {}
    for inner, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(inner) / name
            status = path.stat()
            states[str(path.relative_to(folder))] = (
                status.st_mtime_ns,
                path.read_bytes() if path.is_file() else b"",
            )
    return states
