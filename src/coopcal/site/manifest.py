"""What a version of a site says of itself, and which organisations it holds as they were."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from coopcal.model.problem import Position
from coopcal.site.details import ImageRecord, Shades, Words


@dataclass(frozen=True, slots=True)
class Held:
    """An organisation whose sources have errors, while all others are published.

    What is held since when (UTC, whole seconds), and why: the number of errors, and the first one's place and code.

    Its message is not kept: it tells of the sources, which may be of hidden events. ``shown`` is False where nothing of
    the organisation was ever published, so that it is left out.
    """

    organisation: str
    since: datetime
    errors: int
    position: Position
    code: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Face:
    """How the site shows itself: what it is about (Markdown), its logo, the shades of its colour, the picture that stands for it."""

    description: Words = field(default_factory=dict)
    logo: ImageRecord | None = None
    shades: Shades | None = None
    image: ImageRecord | None = None


NO_FACE = Face()
"""That of a site which says nothing of itself."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a site says of itself; instants are aware, in UTC.

    ``good_until`` is when it is to be compiled anew; ``told_until`` what others are told of that. ``legal`` are the links
    of every page: their labels and addresses. ``public`` names what the public sees of it, and ``kept`` is the digest of
    the sources that are kept, ``schema`` that of the schema. ``tags`` are the titles of those that have any.
    ``also_at`` are the addresses that the site had before.
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
    tags: Mapping[str, Words] = field(default_factory=dict)
    face: Face = NO_FACE
    also_at: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError where there is no language."""
        if not self.languages:
            raise ValueError("it has no language")
