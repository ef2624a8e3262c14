"""A slip of the hand, and how it is put into a file."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """A file after a slip; the first problem must be in one of the ``lines``, and say one of ``wanted``."""

    text: str
    lines: tuple[int, ...]
    wanted: tuple[str, ...]


Maker = Callable[[list[str], random.Random], Iterator[Slip]]


def with_lines(lines: list[str], at: int, *instead: str) -> str:
    return "\n".join([*lines[:at], *instead, *lines[at + 1 :]]) + "\n"


def replaced(pattern: str, instead: Callable[[re.Match[str]], tuple[str, str] | None]) -> Maker:
    """Make slips of a stretch of a line: ``instead`` gives what stands there then, and what the mend must say."""
    compiled = re.compile(pattern)

    def make(lines: list[str], rng: random.Random) -> Iterator[Slip]:
        del rng
        for at, line in enumerate(lines):
            match = compiled.search(line)
            made = instead(match) if match else None
            if match and made:
                changed = line[: match.start()] + made[0] + line[match.end() :]
                yield Slip(with_lines(lines, at, changed), (at + 1,), (made[1],))

    return make
