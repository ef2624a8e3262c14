"""How far machines elsewhere are asked: what the operator allows, and whether what asks them is installed."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from coopcal.cli.setting_kinds import listed
from coopcal.model.message import msg
from coopcal.outside.answer import Answer, Limits, Question, Unanswered
from coopcal.outside.guard import Guard, network_of
from coopcal.text.late import late

MISSING = msg("fetching feeds of others needs httpcore2; install it with: pip install 'coopcal[fetch]'")


def is_installed() -> bool:
    """Return whether what asks machines elsewhere is there."""
    return find_spec("httpcore2") is not None and find_spec("idna") is not None


def guard_of(networks: str | None, ports: str | None) -> Guard:
    """Return what lets the public internet through, and the networks and ports that are allowed besides."""
    allowed = (network for text in listed(networks or "") if (network := network_of(text)) is not None)
    return Guard().allowing(allowed, map(int, listed(ports or "")))


def asker(networks: str | None, ports: str | None) -> Callable[[Question, Limits], Answer | Unanswered]:
    """Return what asks machines elsewhere: those of the public internet, and those in networks, and at ports, that are allowed."""
    guard = guard_of(networks, ports)
    ask: Callable[[Question, Guard, Limits], Answer | Unanswered] = late("outside.asking", "ask")
    return lambda question, limits: ask(question, guard, limits)


@dataclass(frozen=True, slots=True)
class Reach:
    """What an operator says of machines elsewhere: hours after which they are asked again (0 for never), networks, ports."""

    every: float = 0.0
    networks: str | None = None
    ports: str | None = None

    @property
    def ask(self) -> Callable[[Question, Limits], Answer | Unanswered] | None:
        """What asks them; None where that is not installed."""
        return asker(self.networks, self.ports) if is_installed() else None
