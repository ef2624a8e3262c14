"""A round of telling: each receiver that was not told yet of what the site tells, or that failed and is due again."""

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock

from coopcal.model.message import Message
from coopcal.model.receiver import Receiver
from coopcal.model.site import SiteSettings
from coopcal.outside.guard import Guard
from coopcal.site.told import Told, read_told
from coopcal.telling import posting, state
from coopcal.telling.notification import Notification
from coopcal.telling.signature import Signer
from coopcal.telling.state import AT_FIRST, Account, State

TOGETHER = 8
"""Receivers that are told at the same time."""

BEGIN_WITHIN = 10.0
"""Seconds after which nobody else is told in this round."""

PATIENCE = 20.0
"""Seconds for which a round of another process is waited for: longer than that takes."""


class Result(StrEnum):
    """What came of telling somebody."""

    TOLD = "told"
    LATER = "later"
    """It failed, and is tried again."""
    GIVEN_UP = "given-up"
    """It failed for the last time."""
    GONE = "gone"
    """The receiver wants nothing any more."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of telling a receiver of so many changes, and why."""

    receiver: Receiver
    result: Result
    changes: int
    why: Message | None = None
    again: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """So many changes that wait for a receiver whose time has not come."""

    receiver: Receiver
    changes: int
    next: datetime


@dataclass(frozen=True, slots=True)
class Round:
    """What came of a round, for whom something waits that was not tried, and when the next one is due: None where nothing waits."""

    outcomes: tuple[Outcome, ...] = ()
    pending: tuple[Pending, ...] = ()
    next: datetime | None = None
    is_anew: bool = False
    """What was known of former rounds was damaged."""


def begin(settings: SiteSettings, out: Path) -> None:
    """Note up to where the log goes that receivers who are new have not to be told of: what is published next, they are."""
    if not out.is_dir():
        return
    with state.alone(out, PATIENCE) as held:
        known = state.read(out) if held else None
        new = state.keyed(settings.notify).keys() - known.accounts.keys() if known else ()
        told = read_told(out) if new else None
        if known and told:
            accounts = dict.fromkeys(new, Account(newest(told)))
            state.write(out, State({**known.accounts, **accounts}))


def tell(
    settings: SiteSettings,
    out: Path,
    signer: Signer,
    guard: Guard,
    clock: Callable[[], datetime],
    since: datetime | None = None,
    *,
    at_once: bool = False,
) -> Round:
    """Tell receivers of the changes of the site in a folder that they were not told of; new ones of those after ``since``, if any.

    While the address of one is not known, nothing is forgotten of what was told to whom. ``at_once``: those too that failed lately, and whose time has not come.

    Raise SiteError where the site cannot be read, OSError where it cannot be noted who is told: then nobody is.
    """
    with state.alone(out, PATIENCE) as held:
        told = read_told(out) if held else None
        if told is None:
            return Round()
        before = state.read(out)
        known = before.accounts if before else {}
        receivers = state.keyed(settings.notify)
        first = Account(newest(told) if since is None else since)
        telling = _Telling(settings, told, out, signer, guard, clock, at_once=at_once)
        kept = known if any(not one.url for one in settings.notify) else {}
        telling.accounts = {**kept, **{key: known.get(key, first) for key in receivers}}
        if telling.accounts != known or before is None:
            state.write(out, State(telling.accounts))
        with ThreadPoolExecutor(TOGETHER) as pool:
            settled = pool.map(lambda one: telling.settle(*one), receivers.items())
            outcomes = [outcome for several in settled for outcome in several]
        accounts = [telling.accounts[key] for key in receivers]
        waiting = [one.waiting.next for one in accounts if one.waiting]
        tried = {id(one.receiver) for one in outcomes}
        left = {key: one for key, one in receivers.items() if id(one) not in tried}
        return Round(
            tuple(outcomes), tuple(telling.pending(left)), min(waiting, default=None), before is None
        )


def newest(told: Told) -> datetime:
    """Return the instant of the last change that a site tells."""
    return told.log[0].at if told.log else AT_FIRST


class _Telling:
    """One round."""

    def __init__(
        self,
        settings: SiteSettings,
        told: Told,
        out: Path,
        signer: Signer,
        guard: Guard,
        clock: Callable[[], datetime],
        *,
        at_once: bool,
    ) -> None:
        self.accounts: dict[str, Account] = {}
        self._at_once = at_once
        self._settings, self._told, self._out = settings, told, out
        self._signer, self._guard, self._clock = signer, guard, clock
        self._newest = newest(told)
        self._until = time.monotonic() + BEGIN_WITHIN
        self._lock = Lock()

    def settle(self, key: str, receiver: Receiver) -> list[Outcome]:
        """Tell a receiver of what waits, and then of what came since."""
        outcomes = []
        while (account := self._due(key, receiver)) and time.monotonic() < self._until:
            outcome = self._told_to(key, receiver, account)
            outcomes.append(outcome)
            if outcome.result is not Result.TOLD:
                break
        return outcomes

    def pending(self, receivers: Mapping[str, Receiver]) -> Iterator[Pending]:
        """Return for which of receivers something waits, with all that came since."""
        for key, receiver in receivers.items():
            account = self.accounts[key]
            entries = self._notification(receiver, account, self._newest).entries if account.waiting else ()
            if account.waiting and entries:
                yield Pending(receiver, len(entries), account.waiting.next)

    def _due(self, key: str, receiver: Receiver) -> Account | None:
        """Return the account of a receiver of which something is to be sent now; it is noted before it is sent."""
        account = self.accounts[key]
        if account.gone:
            return None
        if account.waiting and not self._notification(receiver, account, account.waiting.until).entries:
            account = self._put(key, Account(account.waiting.until))
        if account.waiting is None:
            if self._newest <= account.until:
                return None
            if not self._notification(receiver, account, self._newest).entries:
                self._put(key, Account(self._newest))
                return None
            account = self._put(key, account.with_waiting(key, self._newest, self._clock()))
        is_due = account.waiting and (self._at_once or account.waiting.is_due(self._clock()))
        return account if is_due else None

    def _told_to(self, key: str, receiver: Receiver, account: Account) -> Outcome:
        waiting = account.waiting
        assert waiting is not None, "only what is due is sent"
        notification = self._notification(receiver, account, waiting.until)
        body = notification.body
        headers = self._signer.headers(waiting.id, self._clock(), body)
        answer = posting.post(receiver.url, headers, body, self._guard)
        changes = len(notification.entries)
        why = posting.refusal_of(answer)
        if why is None:
            self._put(key, Account(waiting.until))
            return Outcome(receiver, Result.TOLD, changes)
        if posting.is_gone(answer):
            self._put(key, Account(waiting.until, gone=True))
            return Outcome(receiver, Result.GONE, changes)
        again = waiting.failed_again(self._clock(), posting.wish_of(answer), why)
        self._put(key, Account(account.until, again) if again else Account(waiting.until))
        result = Result.LATER if again else Result.GIVEN_UP
        return Outcome(receiver, result, changes, why, again.next if again else None)

    def _notification(self, receiver: Receiver, account: Account, until: datetime) -> Notification:
        return Notification.of(self._settings, self._told, receiver, account.until, until)

    def _put(self, key: str, account: Account) -> Account:
        with self._lock:
            self.accounts[key] = account
            state.write(self._out, State(self.accounts))
        return account
