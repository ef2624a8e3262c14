"""What an import tells: what did not come over, or not as it was, with the line of the source that it stood in."""

from dataclasses import dataclass, field

Code = str


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that is not as it was: where it stood, what it was, and why; ``uid`` is that of its event.

    ``code`` is one of those that ``docs/import.md`` lists.
    """

    path: str
    line: int
    code: Code
    what: str
    why: str
    uid: str | None = None


@dataclass(slots=True)
class Losses:
    """Collects what is told while a source named ``path`` is read; ``uid`` is that of the event at hand."""

    path: str
    found: list[Loss] = field(default_factory=list)
    uid: str | None = None

    def tell(self, line: int, code: Code, what: str, why: str) -> None:
        """Add something, once."""
        self.found.append(Loss(self.path, line, code, _shortened(what), why, self.uid))


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:79] + "…"  # noqa: PLR2004 - a line
