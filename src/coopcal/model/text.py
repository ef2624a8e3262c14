"""Text that people read, in one or more languages (BCP 47)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A text by language, in the order written; never empty.

    ``by_language`` pairs a BCP 47 tag (``en``, ``pt-BR``) with the text in it.
    """

    by_language: tuple[tuple[str, str], ...]

    @staticmethod
    def of(language: str, text: str) -> "Text":
        """Make a text in one language."""
        return Text(((language, text),))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages this text is written in."""
        return tuple(language for language, _ in self.by_language)

    def choose(self, wanted: Sequence[str]) -> tuple[str, str]:
        """Give (language, text) for the first wanted language there is, else the first written.

        A wanted ``pt-BR`` takes ``pt`` where there is no ``pt-BR``, and the other way round.
        """
        for language in wanted:
            for exact in (True, False):
                for tag, text in self.by_language:
                    if tag == language or (not exact and tag.split("-")[0] == language.split("-")[0]):
                        return tag, text
        return self.by_language[0]

    def say(self, *wanted: str) -> str:
        """Give the text in the first wanted language there is, else the first written."""
        return self.choose(wanted)[1]
