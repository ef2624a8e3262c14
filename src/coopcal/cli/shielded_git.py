"""git, as it is run on what others wrote: with no settings but ours, no hooks, no filters, no submodules, no question."""

import os
import re
import resource
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from coopcal.model.message import Message, msg
from coopcal.model.refusal import refusal

LARGEST_FETCH = 1_000_000_000
"""Bytes that git may write into one file: a pack is one."""

LONGEST = 600
"""Seconds that git may take for one thing."""

SETTINGS: Mapping[str, str] = {
    "core.hooksPath": os.devnull,
    "core.symlinks": "false",
    "core.fsmonitor": "false",
    "core.bigFileThreshold": "16m",
    "credential.helper": "",
    "fetch.recurseSubmodules": "false",
    "gc.autoDetach": "false",
    "http.followRedirects": "initial",
    "http.lowSpeedLimit": "1000",
    "http.lowSpeedTime": "60",
    "protocol.ext.allow": "never",
    "protocol.file.allow": "never",
    "submodule.recurse": "false",
    "transfer.bundleURI": "false",
}

KEPT = frozenset(
    {"PATH", "HOME", "SSH_AUTH_SOCK", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "TMPDIR"}
)
"""Variables of the environment that git is given."""

AUTHORITY = "SSL_CERT_FILE"
"""The variable that names whom to believe instead of the usual authorities; git has its own name for it."""


class RepositoryError(Exception):
    """A repository cannot be fetched or read: why, in words that anybody may read; ``detail`` is for operators alone."""

    def __init__(self, reason: Message, detail: str = "") -> None:
        super().__init__(reason)
        self.detail = detail


def unreadable(detail: str = "") -> RepositoryError:
    """Return the error of what was fetched and is not as git has it."""
    return RepositoryError(msg("the fetched sources cannot be read"), detail)


@dataclass(frozen=True, slots=True)
class Git:
    """git on a repository in a folder, which is a copy of one elsewhere; ``local`` lets that be a folder of this machine."""

    folder: Path
    remote: str
    environment: Mapping[str, str]
    local: bool = False

    def run(self, *arguments: str) -> bytes:
        """Return what git prints; raise RepositoryError where it fails, or takes too long."""
        try:
            with self.start(*arguments, errors=subprocess.PIPE) as started:
                if hasattr(resource, "prlimit"):
                    resource.prlimit(started.pid, resource.RLIMIT_FSIZE, (LARGEST_FETCH, LARGEST_FETCH))
                try:
                    output, errors = started.communicate(timeout=LONGEST)
                except subprocess.TimeoutExpired:
                    started.kill()
                    raise unreadable(f"git {arguments[0]}: more than {LONGEST} s") from None
        except OSError as error:
            raise RepositoryError(msg("git cannot be started ({reason})", reason=refusal(error))) from error
        if started.returncode:
            raise unreadable(_in_one_line(errors))
        return output

    def start(self, *arguments: str, errors: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        """Start git, to be spoken with."""
        return subprocess.Popen(  # noqa: S603 - no shell, and no argument that others wrote
            ["git", f"--git-dir={self.folder}", *arguments],  # noqa: S607 - git as it is installed
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=self._environment(),
        )

    def _environment(self) -> dict[str, str]:
        """Return the environment of git: the address stands there, too, as arguments are seen by all on a machine."""
        settings = {**SETTINGS, "remote.origin.url": self.remote}
        if self.local:
            settings["protocol.file.allow"] = "always"
        counted = {
            f"GIT_CONFIG_{part}_{number}": text
            for number, pair in enumerate(settings.items())
            for part, text in zip(("KEY", "VALUE"), pair, strict=True)
        }
        kept = {name: value for name, value in self.environment.items() if name in KEPT}
        if authority := self.environment.get(AUTHORITY):
            kept["GIT_SSL_CAINFO"] = authority
        return {
            **kept,
            **counted,
            "GIT_CONFIG_COUNT": str(len(settings)),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_ALLOW_PROTOCOL": ":".join(self._protocols()),
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_LFS_SKIP_SMUDGE": "1",
            "GIT_SSH_COMMAND": "ssh -o BatchMode=yes -o StrictHostKeyChecking=yes",
            "LC_ALL": "C",
        }

    def _protocols(self) -> Iterator[str]:
        """Return the protocols that may be spoken; plain http with this machine alone."""
        yield from ("https", "ssh")
        if urlsplit(self.remote).hostname in ("localhost", "127.0.0.1", "::1"):
            yield "http"
        if self.local:
            yield "file"


def _in_one_line(said: bytes) -> str:
    """Return what git says without what a terminal would obey, and without passwords."""
    text = re.sub(r"//[^/\s@]*@", "//***@", said.decode("utf-8", "replace"))
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:500]
