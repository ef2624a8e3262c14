"""A small site that somebody is told of, and the commands that publish it, each in a process of its own."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.command import invoked
from tests.support.receiving import Receiver
from tests.support.trees import lay

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwfKQ9r8GK"
CANARY = "Xylophone"
BAKERY = f"""name: The Bakery
country: BE
events:
  - id: open-day
    title: Open day
    when: 2036-09-12
    where: The shop
  - id: assembly
    title: General assembly
    when: 2036-10-24 14:00/17:30
    note: {CANARY} note
  - id: board
    title: {CANARY} board
    when: 2036-10-25 09:00/10:00
    visibility: members
"""
MILL = """name: The Mill
country: FR
events:
  - id: grinding
    title: Grinding
    when: 2036-08-01
"""
SETTINGS = """title: {en: The valley, fr: La vallée}
uid_domain: example.coop
base_url: https://calendars.example.coop
timezone: Europe/Brussels
languages: [en, fr]
"""


@dataclass(slots=True)
class Site:
    """A tree, and the port of whoever is told."""

    root: Path
    port: int | str

    @staticmethod
    def of(root: Path, receiver: Receiver, more: str = "") -> "Site":
        """Lay a site that a receiver is told of."""
        lay(root, {"coopcal.yaml": "", "calendars/bakery.yaml": BAKERY, "calendars/mill.yaml": MILL})
        site = Site(root, receiver.port)
        site.notify(f"{{url: {receiver.url}{more}}}")
        return site

    def notify(self, *receivers: str) -> None:
        """Name who is told."""
        lines = "".join(("notify:\n", *(f"  - {one}\n" for one in receivers))) if receivers else ""
        (self.root / "coopcal.yaml").write_text(SETTINGS + lines, encoding="utf-8")

    def edit(self, old: str, new: str, name: str = "bakery") -> None:
        """Write something else into the file of an organisation."""
        path = self.root / f"calendars/{name}.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    @property
    def variables(self) -> Mapping[str, str]:
        """What the operator sets."""
        return {
            "COOPCAL_NOTIFY_SECRET": SECRET,
            "COOPCAL_ALLOW_NETWORK": "127.0.0.0/8",
            "COOPCAL_ALLOW_PORT": str(self.port),
        }

    def command(self, *arguments: str) -> list[str]:
        """Return the words of a command."""
        return [sys.executable, "-m", "coopcal", "--root", str(self.root), "--language", "en", *arguments]

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command; a variable that is empty is not set."""
        environment = {name: told or None for name, told in {**self.variables, **variables}.items()}
        return invoked(self.root, "--language", "en", *arguments, **environment)

    def compile(self, *arguments: str, **variables: str) -> str:
        """Compile; return what is said of telling."""
        done = self.run("compile", *arguments, **variables)
        assert done.returncode == 0, done.stderr
        return "".join(line for line in done.stderr.splitlines(keepends=True) if _tells(line))

    @property
    def state_file(self) -> Path:
        """Where it is noted who was told."""
        return self.root / "_site/notify.json"

    @property
    def state(self) -> Any:
        """What is noted there."""
        return json.loads(self.state_file.read_bytes())

    def make_due(self, when: str = "2026-01-01T00:00:00Z") -> None:
        """Let what waits be due from a moment on."""
        text = self.state_file.read_text(encoding="utf-8")
        assert '"next"' in text
        self.state_file.write_text(re.sub(r'"next":"[^"]*"', f'"next":"{when}"', text), encoding="utf-8")


def _tells(line: str) -> bool:
    return any(word in line for word in ("told", "Told", "notify"))
