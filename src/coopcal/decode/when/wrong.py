"""What is wrong with a date or time, and where in the text."""

from coopcal.model.message import Message
from coopcal.model.problem import Fix, Place, Problems
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
        self.corrected: str | None = None

    @classmethod
    def certain(cls, code: str, message: str, whole: str, bounds: tuple[int, int], instead: str) -> "Wrong":
        """Make one whose mend is certain: what is to be written in place of the part."""
        start, end = bounds
        wrong = cls(code, message, line(whole, start, end, instead), start, end)
        wrong.corrected = f"{whole[:start]}{instead}{whole[end:]}"
        return wrong

    def report(self, node: Scalar, problems: Problems) -> None:
        """Note the problem, with the caret under the exact part where the text stands as written."""
        place = node.place
        as_written = node.plain and place.end_column - place.column == len(node.text)
        fix = Fix(place, self.corrected) if self.corrected is not None and as_written else None
        end = len(node.text) if self.end is None else self.end
        if place.end_column - place.column == len(node.text) and 0 <= self.start < end <= len(node.text):
            place = Place(place.path, place.line, place.column + self.start, place.column + end)
        problems.error(place, self.code, self.message, self.mend, fix)


def line(text: str, start: int, end: int, instead: str) -> str:
    """Give the corrected line: the text with a part of it replaced."""
    return f"when: {text[:start]}{instead}{text[end:]}"


def under(key: str, mend: str | None) -> str | None:
    """Return a mend with the lines in it written under another key than “when”; "" for none."""
    if mend is None:
        return None
    if isinstance(mend, Message):
        values = {
            name: under(key, value) if isinstance(value, str) else value
            for name, value in mend.values.items()
        }
        return Message(mend.template, values, mend.plural)
    return mend.replace("when: ", f"{key}: " if key else "")
