"""Whether, and by which means, those who are to know are told of what a publish changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from coopcal.cli import module
from coopcal.cli.settings import secret, setting
from coopcal.definitions.source.tree import SITE_FILE

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Notifying:
    """Whether it is ``wanted``, the ``secret`` that signs, the ``addresses`` that the operator keeps, and the networks and ports beside the public internet that may be asked."""

    wanted: bool
    secret: str | None
    addresses: str | None
    networks: str | None
    ports: str | None

    def begin(self, root: Path, out: Path, language: str) -> None:
        """Note before a compile what those who are new need not be told of."""
        if self.is_asked(root):
            module("telling").begin(self, root, out, language)

    def tell(
        self,
        root: Path,
        out: Path,
        language: str,
        since: datetime | None,
        *,
        quiet: bool,
        is_last: bool = False,
    ) -> datetime | None:
        """Tell of what stands now, those who are new of what came after an instant; return when to come again.

        Where nothing is tried again, as the command ends with it (``is_last``), say for whom something waits.
        """
        if not self.is_asked(root):
            return None
        again: datetime | None = module("telling").tell(
            self, root, out, language, since, quiet=quiet, is_last=is_last
        )
        return again

    def ready(self, root: Path) -> None:
        """Import all that telling takes: a module that a thread imports while a process is forked stays locked in that."""
        if self.is_asked(root):
            module("telling").ready()

    def is_asked(self, root: Path) -> bool:
        """Return whether the sources may name somebody to tell; the word alone decides, so that nobody else waits."""
        try:
            return self.wanted and b"notify" in (root / SITE_FILE).read_bytes()
        except OSError:
            return False


def options(command: Decorated) -> Decorated:
    """Give a command the options that say whom it tells, which it is handed as one value."""

    @wraps(command)
    def with_notifying(
        *args: Any,
        no_notify: bool,
        allow_network: str | None,
        allow_port: str | None,
        **others: Any,
    ) -> Any:
        context = click.get_current_context()
        notifying = Notifying(
            not no_notify,
            secret(context, "notify_secret"),
            secret(context, "notify_addresses"),
            allow_network,
            allow_port,
        )
        return command(*args, notifying=notifying, **others)

    decorated: Any = with_notifying
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return cast(Decorated, decorated)


_OPTIONS = (
    click.option("--no-notify", is_flag=True, help="Tell nobody (notify in coopcal.yaml) of what changes."),
    *map(setting, ("allow_network", "allow_port")),
)
