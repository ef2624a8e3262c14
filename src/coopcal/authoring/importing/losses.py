"""What an import tells: what did not come over, or not as it was, with the line of the source that it stood in."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from coopcal.authoring.importing.loss_code import LossCode
from coopcal.model.message import Message

MOST = 20_000
"""What is told of one kind; more is counted."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that is not as it was: where it stood, what it was, and why; ``uid`` is that of its event.

    ``code`` says of which kind it is.
    """

    path: str
    line: int
    code: LossCode
    what: str
    why: Message
    uid: str | None = None


@dataclass(slots=True)
class Losses:
    """Collects what is told while a source named ``path`` is read; ``uid`` is that of the event at hand.

    ``made``: the lines of calendars were made here, of a table or JSON, so moments in them are told as people write them.
    """

    path: str
    found: list[Loss] = field(default_factory=list)
    uid: str | None = None
    counts: Counter[LossCode] = field(default_factory=Counter)
    made: bool = False

    def tell(self, line: int, code: LossCode, what: str, why: Message) -> None:
        """Add something, once."""
        self.counts[code] += 1
        if self.counts[code] <= MOST:
            shown = _written(what) if self.made else what
            self.found.append(Loss(self.path, line, code, _shortened(shown), why, self.uid))

    def more(self) -> dict[LossCode, int]:
        """Return how many more of a kind there are than are told."""
        return {code: count - MOST for code, count in sorted(self.counts.items()) if count > MOST}


def any_left_out(losses: Iterable[Loss]) -> bool:
    """Return whether an event, or a date of one, did not come over."""
    return any(loss.code.left_out for loss in losses)


_MOMENT = re.compile(r"\b(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)\d\d(Z|[+-]\d{4})?(?!\d)")
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")


def _written(text: str) -> str:
    """Return a text with moments and days of iCalendar in it as people write them."""
    if isinstance(text, Message):
        return text
    if day := _DAY.fullmatch(text):
        return "-".join(day.groups())
    return _MOMENT.sub(r"\1-\2-\3 \4:\5\6", text)


def _shortened(text: str) -> str:
    if isinstance(text, Message):
        return text
    text = " ".join(text[:1000].split())
    return text if len(text) <= 80 else text[:79] + "…"  # noqa: PLR2004 - a line
