"""What is wrong with a date or time, and where in the text."""

from collections.abc import Callable, Sequence
from datetime import date

from coopcal.definitions.codes.dates import WHICH_ZONE, WRONG_OFFSET
from coopcal.definitions.declared.spelling import instead_of
from coopcal.definitions.source.node import Scalar
from coopcal.model.message import Message, msg
from coopcal.model.problem import Code, Offer, Position, Problems
from coopcal.text.late import late

FOLLOWING = 6
"""Slips that one text may hold."""

MOST = 2
"""Corrected texts that are proposed at most."""

ELSEWHERE = frozenset({WHICH_ZONE})
"""What is wrong with what stands around a text, and not with the text."""


def may_mean(text: str, languages: tuple[str, ...], day: date | None = None) -> tuple[str, ...]:
    """Return how a text in people's words may be written here, where something is wrong with it."""
    meant: tuple[str, ...] = late("definitions.when.loosely", "loosely")(text, languages, day)
    return meant


def either(first: str, second: str) -> Message:
    """Say that one of two lines may be meant."""
    return msg("{first}   (or {second})", first=first, second=second)


class Wrong(Exception):  # noqa: N818 - said as people would: this is wrong
    """A part of a text is wrong; ``start`` and ``end`` bound it.

    ``instead`` are whole corrected texts, the likelier first; ``sure`` where there is one that is meant without
    doubt. ``advice`` is said where there is none, and ``choose`` says two of them.
    """

    def __init__(
        self,
        code: Code,
        message: Message,
        advice: str | None = None,
        start: int = 0,
        end: int | None = None,
        *,
        instead: Sequence[str] = (),
        sure: bool = False,
        choose: Callable[[str, str], Message] = either,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.advice = advice
        self.start = start
        self.end = end
        self.instead = tuple(instead)
        self.sure = sure
        self._choose = choose

    @classmethod
    def certain(
        cls, code: Code, message: Message, value: str, bounds: tuple[int, int], instead: str
    ) -> "Wrong":
        """Make one whose mend is certain: what is to be written in place of the part."""
        start, end = bounds
        return cls(code, message, start=start, end=end, instead=[put(value, start, end, instead)], sure=True)

    def follow(self, read: Callable[[str], object], further: Callable[[], Sequence[str]] = tuple) -> None:
        """Keep of the corrected texts those that are read, corrected as far as that takes.

        ``further`` gives texts that may be meant where none of them is read.
        """
        readable: list[tuple[str, bool]] = []
        single = len(self.instead) == 1
        if single and (offset := _other_offset(self.instead[0], read)):
            self.code, self.message = offset.code, offset.message
        for number, text in enumerate(self.instead):
            readable += _followed(
                text, read, None if single else number, FOLLOWING, certain=self.sure and single
            )
        if not readable and self.code not in ELSEWHERE:
            readable = [(text, False) for text in further() if _is_read(text, read)]
        texts = dict(readable)
        self.instead = tuple(texts)[:MOST]
        self.sure = len(texts) == 1 and all(texts.values())

    def report(self, node: Scalar, problems: Problems, key: str = "when") -> None:
        """Note the problem, with the caret under the exact part where the text stands as written.

        ``key`` is what the text stands under, "" where it is one of several.
        """
        place = node.position
        lines = [f"{key}: {text}" if key else text for text in self.instead]
        mend = self._choose(*lines) if len(lines) == MOST else lines[0] if lines else self.advice
        fixes = [instead_of(node, text) for text in self.instead]
        offers = [Offer((fix,), line) for fix, line in zip(fixes, lines, strict=True) if fix]
        end = len(node.text) if self.end is None else self.end
        if place.end_column - place.column == len(node.text) and 0 <= self.start < end <= len(node.text):
            place = Position(place.path, place.line, place.column + self.start, place.column + end)
        problems.tell(
            place,
            self.code,
            self.message,
            mend if len(offers) == len(lines) else self.advice,
            fixes[0] if self.sure else None,
            offers=tuple(offers),
            advice=self.advice,
        )


def put(text: str, start: int, end: int, instead: str) -> str:
    """Return the text with a part of it replaced."""
    return f"{text[:start]}{instead}{text[end:]}"


def _followed(
    text: str, read: Callable[[str], object], number: int | None, left: int, *, certain: bool
) -> list[tuple[str, bool]]:
    """Return a corrected text that is read, and whether it is certain; what is still wrong in it is corrected too.

    Of several corrections at a step the one is taken that has the ``number`` of the one before, if there was a choice.
    """
    try:
        read(text)
    except Wrong as wrong:
        if wrong.code in ELSEWHERE:
            return [(text, certain)]
        if not left or not wrong.instead:
            return []
        single = len(wrong.instead) == 1
        return [
            corrected
            for at, instead in enumerate(wrong.instead)
            if single or number in (None, at)
            for corrected in _followed(
                instead,
                read,
                number if single else at,
                left - 1,
                certain=certain and wrong.sure and single,
            )
        ]
    return [(text, certain)]


def _other_offset(text: str, read: Callable[[str], object]) -> Wrong | None:
    """Return what is said of a corrected text with an offset that is another than the zone's: it matters more."""
    for _ in range(FOLLOWING):
        try:
            read(text)
        except Wrong as wrong:
            if wrong.code == WRONG_OFFSET:
                return wrong
            if len(wrong.instead) != 1:
                return None
            text = wrong.instead[0]
        else:
            return None
    return None


def _is_read(text: str, read: Callable[[str], object]) -> bool:
    return bool(_followed(text, read, None, 0, certain=False))
