"""What is wrong with a date or time, and where in the text."""

from coopcal.model.problem import Place, Problems
from coopcal.source.node import Scalar


class Wrong(Exception):  # noqa: N818 - said as people would: this is wrong
    """A part of a text is wrong; ``start`` and ``end`` bound it, ``mend`` is the whole corrected text or an advice."""

    def __init__(
        self, code: str, message: str, mend: str | None, start: int = 0, end: int | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.mend = mend
        self.start = start
        self.end = end

    def report(self, node: Scalar, problems: Problems) -> None:
        """Note the problem, with the caret under the exact part where the text stands as written."""
        place = node.place
        end = len(node.text) if self.end is None else self.end
        if place.end_column - place.column == len(node.text) and 0 <= self.start < end <= len(node.text):
            place = Place(place.path, place.line, place.column + self.start, place.column + end)
        problems.error(place, self.code, self.message, self.mend)


def line(text: str, start: int, end: int, instead: str) -> str:
    """Give the corrected line: the text with a part of it replaced."""
    return f"when: {text[:start]}{instead}{text[end:]}"
