"""Write the bytes of a compiled site anew, and wait for the disk: the floor of whoever writes these files.

Usage: bytes_alone.py SITE OUT
"""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    site, out = map(Path, sys.argv[1:])
    for path in (path for path in site.rglob("*") if path.is_file()):
        copy = out / path.relative_to(site)
        copy.parent.mkdir(parents=True, exist_ok=True)
        with copy.open("wb") as file:
            file.write(path.read_bytes())
            file.flush()
            os.fsync(file.fileno())
