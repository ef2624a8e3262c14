"""Text that people read, in one or more languages (BCP 47)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from coopcal.model.problem import Position


@dataclass(frozen=True, slots=True)
class Text:
    """A text by language, in the order written; never empty.

    ``by_language`` pairs a BCP 47 tag (``en``, ``pt-BR``) with the text in it. ``places`` are where these are
    written; empty for a text that is in no source.
    """

    by_language: tuple[tuple[str, str], ...]
    places: tuple[Position, ...] = field(default=(), compare=False)

    @staticmethod
    def of(language: str, text: str, position: Position | None = None) -> "Text":
        """Make a text in one language."""
        return Text(((language, text),), (position,) if position else ())

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages this text is written in."""
        return tuple(language for language, _ in self.by_language)

    def choose(self, languages: Sequence[str]) -> tuple[str, str]:
        """Return (language, text) for the first wanted language there is, else the first written.

        A wanted ``pt-BR`` takes ``pt`` where there is no ``pt-BR``, and the other way round.
        """
        written = self.by_language
        if len(written) == 1:
            return written[0]
        for language in languages:
            for pair in written:
                if pair[0] == language:
                    return pair
            primary = language.split("-")[0]
            for pair in written:
                if pair[0].split("-")[0] == primary:
                    return pair
        return written[0]

    def say(self, *languages: str) -> str:
        """Return the text in the first wanted language there is, else the first written."""
        return self.choose(languages)[1]


class Languages(NamedTuple):
    """The languages that texts are said in: ``shown``, one or several side by side, else one of ``fallback``.

    A text in none of them is said in the first language that it is written in. It is a named tuple, as much is kept by it,
    and one is hashed faster than a frozen dataclass.
    """

    shown: tuple[str, ...]
    fallback: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        """The language that stands first."""
        return self.shown[0]

    @property
    def apart(self) -> tuple["Languages", ...]:
        """Each language that is shown by itself; what it lacks is said in the others."""
        if len(self.shown) == 1:
            return (self,)
        return tuple(Languages((language,), (*self.shown, *self.fallback)) for language in self.shown)

    def say(self, text: Text) -> str:
        """Say a text once, in the first language there is."""
        written = text.by_language
        return written[0][1] if len(written) == 1 else text.say(*self.shown, *self.fallback)

    def beside(self, text: Text | None, separator: str = " / ") -> str:
        """Say a text in each language that is shown, what is the same only once; "" for no text."""
        if text is None:
            return ""
        if len(self.shown) == 1 or len(text.by_language) == 1:
            return self.say(text)
        texts = (text.say(language, *self.shown, *self.fallback) for language in self.shown)
        return separator.join(dict.fromkeys(texts))

    def fallen_back(self, *texts: Text | None) -> str | None:
        """Return the language that all texts fall back to, where one alone is shown; else None."""
        if len(self.shown) > 1:
            return None
        wanted = (*self.shown, *self.fallback)
        tags = {text.choose(wanted)[0] for text in texts if text is not None}
        if len(tags) != 1 or self.first in tags or "" in tags:
            return None
        (language,) = tags
        return None if language.split("-")[0] == self.first.split("-")[0] else language
