"""Who was told of everything, and of what somebody was not told yet, since when and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from coopcal.model.message import Message
from coopcal.model.receiver import Receiver
from coopcal.model.site import SiteSettings
from coopcal.site.told import Told, read_told
from coopcal.telling import state
from coopcal.telling.notification import Notification
from coopcal.telling.state import Account
from coopcal.telling.telling import newest


class Condition(StrEnum):
    """How far a receiver was told."""

    TOLD = "told"
    WAITS = "waits"
    GONE = "gone"
    """It wants nothing any more."""
    UNKNOWN = "unknown"
    """Its address is not known here."""
    NEW = "new"
    """It was never told of anything, and is told of what is published next."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a receiver was told: how many changes wait, since when, how often they failed and why, and when they are tried next.

    ``next`` is None where nothing was tried yet: then that is with the next publish.
    """

    receiver: Receiver
    condition: Condition
    changes: int = 0
    since: datetime | None = None
    failed: int = 0
    why: Message | None = None
    next: datetime | None = None


def standings(settings: SiteSettings, out: Path) -> tuple[Standing, ...]:
    """Return how far each receiver was told of the changes of the site in a folder; raise SiteError or OSError where that cannot be read."""
    told, known = read_told(out), state.read(out)
    accounts = known.accounts if known else {}
    keys = {id(receiver): key for key, receiver in state.keyed(settings.notify).items()}
    return tuple(
        _standing(settings, told, receiver, accounts.get(keys[id(receiver)]))
        if receiver.url
        else Standing(receiver, Condition.UNKNOWN)
        for receiver in settings.notify
    )


def _standing(
    settings: SiteSettings, told: Told | None, receiver: Receiver, account: Account | None
) -> Standing:
    if told is None or account is None:
        return Standing(receiver, Condition.NEW)
    if account.gone:
        return Standing(receiver, Condition.GONE)
    entries = Notification.of(settings, told, receiver, account.until, newest(told)).entries
    if not entries:
        return Standing(receiver, Condition.TOLD)
    waiting, since = account.waiting, entries[0].at
    if waiting is None or not waiting.failed:
        return Standing(receiver, Condition.WAITS, len(entries), since)
    return Standing(receiver, Condition.WAITS, len(entries), since, waiting.failed, waiting.why, waiting.next)
