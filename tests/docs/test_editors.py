"""``docs/editors.md``: the line at the top that it tells is the one that the repository's own files have."""

import re
from pathlib import PurePosixPath

from tests.support.typed import file_of
from tests.support.valid import REPOSITORY, own

PAGE = (REPOSITORY / "docs/editors.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (.+?) \| `(\S+)` \| `(\S+)` \|$", re.MULTILINE)
LINE = re.compile(r"# yaml-language-server: \$schema=(\S+?)(#\S+)\n")


def told(path: str) -> tuple[str, str]:
    """Return the path and the part that the page tells for a file."""
    rows = {PurePosixPath(name.strip("`")).name: (where, part) for name, where, part in ROW.findall(PAGE)}
    if path in rows:
        return rows[path]
    match file_of(path):
        case "organisation":
            return rows["organisation.yaml" if path.count("/") > 1 else "<organisation>.yaml"]
        case "events":
            return rows["other files in that folder"]
        case _:
            return rows["<feed>.yaml"]


def test_every_file_has_the_line_that_the_page_tells() -> None:
    written = {path: LINE.match(text) for path, (_, text) in own().items()}

    assert len(ROW.findall(PAGE)) == 5
    assert {path: found.groups() for path, found in written.items() if found} == {
        path: told(path) for path in own()
    }
