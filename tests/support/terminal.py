"""Programs at a pseudo-terminal, as people sit before them."""

import codecs
import contextlib
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path


class Terminal:
    """A command at a pseudo-terminal: reads what it says, and types."""

    def __init__(
        self, *command: str | Path, folder: Path | None = None, environment: Mapping[str, str] | None = None
    ) -> None:
        own, other = pty.openpty()
        self.process = subprocess.Popen(
            ["setsid", "--ctty", *command],
            stdin=other,
            stdout=other,
            stderr=other,
            cwd=folder,
            env=environment,
        )
        os.close(other)
        self._own = own
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._seen = 0
        self.said = ""

    def until(self, words: str, seconds: float = 60) -> str:
        """Read on until the words come behind those that were waited for before; return what was said up to them."""
        deadline = time.monotonic() + seconds
        while words not in self.said[self._seen :]:
            ready, _, _ = select.select([self._own], [], [], max(deadline - time.monotonic(), 0))
            read = self._read() if ready else ""
            if not read:
                self.process.kill()
                self.process.wait()

            assert read, f"“{words}” was not said: {self.said[self._seen :]}"
            self.said += read
        start, self._seen = self._seen, self.said.index(words, self._seen) + len(words)
        return self.said[start : self._seen]

    def _read(self) -> str:
        """Return what was said next; nothing at the end."""
        with contextlib.suppress(OSError):
            while data := os.read(self._own, 65536):
                if text := self._decoder.decode(data):
                    return text
        return ""

    def type(self, text: str) -> None:
        """Type."""
        os.write(self._own, text.encode())

    def leave(self, key: str) -> int:
        """Press a key that leaves, and return the exit code; readline misses a signal that comes just before it waits."""
        for _ in range(5):
            self.type(key)
            if self.has_ended(4):
                break
        return self.end()

    def has_ended(self, seconds: float) -> bool:
        """Return whether the command ends within that time."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        return self.process.returncode is not None

    def end(self) -> int:
        """Wait for the end, and return the exit code."""
        while select.select([self._own], [], [], 10)[0]:
            read = self._read()
            if not read:
                break
            self.said += read
        os.close(self._own)
        if not self.has_ended(20):
            self.process.kill()
        return self.process.wait()


def coopcal(root: Path, *arguments: str) -> Terminal:
    """Start coopcal at a terminal, for the tree in a folder."""
    return Terminal(sys.executable, "-m", "coopcal", "--root", root, *arguments)
