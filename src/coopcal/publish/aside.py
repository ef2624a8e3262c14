"""A folder in which a publication is made before it is put in place; what is as before is linked, not written."""

import os
from dataclasses import dataclass
from pathlib import Path

from coopcal.publish.file import StaticFile
from coopcal.publish.listing import Listed, Listing
from coopcal.publish.standing import has


@dataclass(frozen=True, slots=True)
class Aside:
    """A new folder, and the one that is published with what it lists, None where nothing is.

    A file that is as it was stays the same file, so that servers that tell a version by the time of a file tell the same one.
    """

    folder: Path
    published: Path | None = None
    before: Listing | None = None

    def put(self, file: StaticFile) -> Listed:
        """Put a file into the folder, and return what is listed of it."""
        listed = Listed.of(file)
        path = self.folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self._link(file.path, listed, path):
            path.write_bytes(file.content)
        return listed

    def stand(self, name: str, of: Listed) -> Listed | None:
        """Let a file stand that was published beside one with the same bytes as now; return what is listed of it, None where none was."""
        beside = self.before.files.get(name) if self.before else None
        made_of = self.before.files.get(name.rpartition(".")[0]) if self.before else None
        if beside is None or made_of is None or made_of.digest != of.digest:
            return None
        return beside if self._link(name, beside, self.folder / name) else None

    def _link(self, name: str, listed: Listed, path: Path) -> bool:
        """Link a file that is published with the same bytes; return whether that could be done."""
        before = self.before.files.get(name) if self.before else None
        if self.published is None or before is None or before.digest != listed.digest:
            return False
        try:
            if not has(self.published, name, listed):
                return False
            os.link(self.published / name, path, follow_symlinks=False)
        except OSError:
            return False
        return True
