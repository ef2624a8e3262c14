"""Lines of text in several languages, side by side: what is the same in all of them stands once."""

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from coopcal.model.text import Languages
from coopcal.text.words import labelled, word

BETWEEN = " / "
"""What stands between two languages on a line."""


class Line(NamedTuple):
    """A line in one language: perhaps a label, and what it says; a label alone is a heading.

    ``mark`` stands before it, and ``between`` before the same in another language.
    """

    said: str
    label: str = ""
    mark: str = ""
    between: str = BETWEEN

    def text(self, language: str) -> str:
        """Return it as people read it."""
        if not self.label:
            return self.mark + self.said
        if not self.said:
            return self.mark + word("heading", language, label=self.label)
        return self.mark + labelled(self.label, self.said, language)


Block = Sequence[Line]
"""Lines that belong together; without any, there is nothing to say."""


def text(languages: Languages, say: Callable[[Languages], Sequence[Block]]) -> str:
    """Return the blocks that ``say`` gives in a language, in all of them: line for line, with an empty one between."""
    voices = [say(language) for language in languages.apart]
    if len(voices) == 1:
        blocks = ["\n".join([line.text(languages.first) for line in block]) for block in voices[0] if block]
    else:
        blocks = [_block(block, languages) for block in zip_longest(*voices, fillvalue=())]
    return "\n\n".join([block for block in blocks if block])


def labels(languages: Languages, say: Callable[[str], str]) -> str:
    """Return what ``say`` gives in each language, what is the same only once."""
    if len(languages.shown) == 1:
        return say(languages.first)
    return BETWEEN.join(dict.fromkeys(map(say, languages.shown)))


def _block(voices: Sequence[Block], languages: Languages) -> str:
    rows = zip_longest(*voices)
    return "\n".join(_line([line for line in row if line is not None], languages) for row in rows)


def _line(lines: Sequence[Line], languages: Languages) -> str:
    """Join a line in several languages: ``Price / Preis: 10 €``, ``10:00: Tea / Tee``, ``Full. / Voll.``."""
    one = lines[0]
    words, label = (
        one.between.join(dict.fromkeys(texts))
        for texts in ([line.said for line in lines], [line.label for line in lines])
    )
    if one.said == words or one.label == label:
        return Line(words, label, one.mark).text(languages.first)
    lines_apart = (
        Line(line.said, line.label).text(language)
        for line, language in zip(lines, languages.shown, strict=False)
    )
    return one.mark + one.between.join(dict.fromkeys(lines_apart))
