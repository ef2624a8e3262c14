"""Slips in how a file is laid out: blanks, dashes, colons, lines twice or lost."""

import random
import re
from collections.abc import Iterator
from itertools import pairwise

from tests.support.slips.keys import keys
from tests.support.slips.slip import Maker, Slip, with_lines
from tests.support.slips.texts import BRACED


def indented_more(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    """A key begins one blank too far to the right."""
    del rng
    for at, match in keys(lines):
        if match[1].strip() == "" and match[1] and not lines[at - 1].rstrip().endswith(("|", ":")):
            yield Slip(with_lines(lines, at, f" {lines[at]}"), (at + 1,), (f"“{match[2]}”", match[2]))


def indented_less(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    """A key begins one blank too far to the left."""
    del rng
    for at, match in keys(lines):
        if match[1].strip() == "" and len(match[1]) >= 4:
            yield Slip(with_lines(lines, at, lines[at][1:]), (at + 1,), (f"“{match[2]}”", match[2]))


def tab(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    for at, match in keys(lines):
        if match[1].strip() == "" and len(match[1]) >= 4:
            yield Slip(with_lines(lines, at, "\t" + lines[at].lstrip()), (at + 1,), ("blank",))


def no_blank_after_dash(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    for at, line in enumerate(lines):
        if re.match(r"\s*- id: \S", line):
            yield Slip(with_lines(lines, at, line.replace("- id", "-id", 1)), (at + 1,), ("- id",))


def no_dash(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    seen = False
    for at, line in enumerate(lines):
        if re.match(r"\s*- id: \S", line):
            if seen:
                yield Slip(
                    with_lines(lines, at, line.replace("- id", "  id", 1)), (at + 1,), ("- id", "dash")
                )
            seen = True


def no_colon(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    for at, match in keys(lines):
        if not match[3].startswith(("|", "{", "[", '"')):
            yield Slip(
                with_lines(lines, at, f"{match[1]}{match[2]} {match[3]}"),
                (at + 1,),
                (f"{match[2]}:", "colon"),
            )


def no_blank_after_colon(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    for at, match in keys(lines):
        if not match[3].startswith(("|", "{", "[", '"')):
            yield Slip(
                with_lines(lines, at, f"{match[1]}{match[2]}:{match[3]}"), (at + 1,), (f"{match[2]}: ",)
            )


def bracket_lost(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    for at, line in enumerate(lines):
        if re.search(r"[a-z]: [\[{][^\[\]{}]*[\]}]$", line):
            yield Slip(with_lines(lines, at, line[:-1]), (at + 1,), (line[-1],))


def twice(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    for at, match in keys(lines):
        if not match[3].startswith("|") and match[1].strip() == "":
            yield Slip(with_lines(lines, at, lines[at], lines[at]), (at + 2,), ("keep one",))


def same_id(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    ids = [(at, match[1]) for at, line in enumerate(lines) if (match := re.match(r"^  - id: (\S+)$", line))]
    for (_, first), (at, _) in pairwise(ids):
        yield Slip(
            with_lines(lines, at, re.sub(r"id: \S+", f"id: {first}", lines[at])), (at + 1,), ("another",)
        )


def merge_conflict(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    for at, match in keys(lines):
        if match[2] == "when" and not match[1].lstrip().startswith("-"):
            changed = with_lines(lines, at, "<<<<<<< HEAD", lines[at], "=======", lines[at], ">>>>>>> other")
            yield Slip(changed, (at + 1,), ("one of the two", "keep"))


def cut_off(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    """A value is gone behind its colon."""
    del rng
    for at, match in keys(lines):
        if match[2] in ("title", "when", "country", "name"):
            yield Slip(with_lines(lines, at, f"{match[1]}{match[2]}:"), (at + 1,), (f"{match[2]}: ",))


def block_flat(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    """The lines of a text begin at the margin."""
    del rng
    for at, line in enumerate(lines):
        if re.match(r"    description: \|$", line):
            end = next(
                (n for n in range(at + 1, len(lines)) if not lines[n].startswith("      ")), len(lines)
            )
            flat = [row.strip() for row in lines[at + 1 : end]]
            text = "\n".join([*lines[: at + 1], *flat, *lines[end:]]) + "\n"
            yield Slip(text, (at + 2,), (flat[0],))


def text_goes_on_flat(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    """A text goes on in the column of its key."""
    del rng
    for at, match in keys(lines):
        if match[2] == "title" and match[1] == "    " and re.match(r"[A-Z][^{\"'#:]* [^{\"'#:]*$", match[3]):
            first, last = match[3].rsplit(" ", 1)
            yield Slip(with_lines(lines, at, f"    title: {first}", f"    {last}"), (at + 2,), (last,))


def dash_moved(by: int) -> Maker:
    def make(lines: list[str], rng: random.Random) -> Iterator[Slip]:
        del rng
        for at, line in enumerate(lines):
            if re.match(r"  - id: \S", line) and not lines[at - 1].rstrip().endswith(":"):
                moved = f" {line}" if by > 0 else line[1:]
                yield Slip(with_lines(lines, at, moved), (at + 1,), ("- id",))

    return make


def dash_and_blanks_lost(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    for at, line in enumerate(lines):
        if re.match(r"  - id: \S", line) and not lines[at - 1].rstrip().endswith(":"):
            yield Slip(with_lines(lines, at, line.replace("- id", "id", 1)), (at + 1,), ("- id", "dash"))


def languages_flat(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    """Languages stand below their key in its column."""
    del rng
    for at, line in enumerate(lines):
        if match := BRACED.match(line):
            flat = ("    title:", f"    de: {match[2]}", f"    it: {match[4]}")
            yield Slip(with_lines(lines, at, *flat), (at + 1,), ("indent",))
