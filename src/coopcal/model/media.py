"""Links, documents and pictures."""

from dataclasses import dataclass, field

from coopcal.model.problem import Position
from coopcal.model.text import Text


@dataclass(frozen=True, slots=True)
class Link:
    """A labelled link; ``rel`` is a link relation such as ``registration``, ``video`` or ``press-release``."""

    label: Text
    url: str
    rel: str | None = None
    position: Position | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A document: a ``url``, or a ``file`` (path relative to the root) that is published with the event, by language."""

    label: Text
    url: Text | None = None
    file: Text | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """The files of all languages."""
        return tuple(file for _, file in self.file.by_language) if self.file else ()


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: a ``url`` or a ``file`` (path relative to the root), what it shows in words, and its pixels where they are known."""

    alt: Text | None
    url: str | None = None
    file: str | None = None
    width: int | None = None
    height: int | None = None
    position: Position | None = field(default=None, compare=False)
