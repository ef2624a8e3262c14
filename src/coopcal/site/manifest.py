"""What a version of a site says of itself."""

from dataclasses import dataclass
from datetime import datetime

from coopcal.model.held_back import Held
from coopcal.site.record import Words


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a site says of itself; instants are aware, in UTC.

    ``good_until`` is when it is to be compiled anew; ``told_until`` what others are told of that. ``legal`` are the links
    of every page: their labels and addresses. ``public`` names what the public sees of it, and ``kept`` is the digest of
    the sources that are kept, ``schema`` that of the schema.
    """

    format: int
    title: Words
    base_url: str
    languages: tuple[str, ...]
    compiled_at: datetime
    good_until: datetime | None
    told_until: datetime | None
    legal: tuple[tuple[Words, str], ...]
    held: tuple[Held, ...] = ()
    public: str = ""
    kept: str = ""
    schema: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError where there is no language."""
        if not self.languages:
            raise ValueError("it has no language")
