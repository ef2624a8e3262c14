"""An organisation whose sources have errors, while all others are published."""

from dataclasses import dataclass
from datetime import datetime

from coopcal.model.problem import Position


@dataclass(frozen=True, slots=True)
class Held:
    """What is held since when (UTC, whole seconds), and why: the number of errors, and the first one's place and code.

    Its message is not kept: it tells of the sources, which may be of hidden events. ``shown`` is False where nothing of
    the organisation was ever published, so that it is left out.
    """

    organisation: str
    since: datetime
    errors: int
    position: Position
    code: str
    shown: bool
