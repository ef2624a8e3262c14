"""What is published to a bucket, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coopcal.publish.listing import Listing


@dataclass(frozen=True, slots=True)
class Publication:
    """What is to be published at an instant.

    ``version`` is the folder of a compiled version, ``listing`` tells its static files, and ``content`` gives the bytes of each by
    its path, whenever it is asked.
    """

    version: Path
    listing: Listing
    content: Callable[[str], bytes]
    instant: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the number of the generation, and how many files were sent, and deleted.

    ``newer`` says that another publisher goes on from this generation, and puts the rest in place.
    """

    number: int
    sent: int = 0
    deleted: int = 0
    newer: bool = False


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds that publishers wait for each other.

    After ``settled`` a generation that was created is the only one of its number: some stores let two be created at once, and keep
    one. For ``ended`` at the most, the publisher of the generation before is waited for.
    """

    settled: float = 1.0
    ended: float = 60.0
