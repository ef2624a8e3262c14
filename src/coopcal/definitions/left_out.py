"""What of a feed of others did not come over: gathered by reasons, and told at the line that merges it in."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from coopcal.definitions.codes.site import LEFT_OUT_OF_INCLUDE
from coopcal.model.included import LeftOut
from coopcal.model.message import Message, Number, listed, msg, plural
from coopcal.model.problem import Position, Problem

MOST_NAMED = 3
"""Things that are named for a reason; more are counted."""

MOST_REASONS = 5
"""Reasons that are told of one feed; what is left out for others is counted."""

_LONGEST_TITLE = 60


class Gone(NamedTuple):
    """One thing that did not come over: its title, the line that it stood in, and why."""

    title: str
    line: int
    why: Message


def gathered(gone: Iterable[Gone]) -> tuple[LeftOut, ...]:
    """Return what did not come over by reasons, the most frequent first, a few of them with the first few named.

    What is left out again and again of one line, as dates of a rule are, counts once.
    """
    by_reason: dict[Hashable, dict[tuple[str, int], Gone]] = defaultdict(dict)
    for one in gone:
        by_reason[_shape(one.why)].setdefault((one.title, one.line), one)
    often = sorted(
        (list(those.values()) for those in by_reason.values()), key=lambda those: (-len(those), those[0].line)
    )
    told = [
        LeftOut(len(those), tuple((_shown(one.title), one.line) for one in those[:MOST_NAMED]), those[0].why)
        for those in often[:MOST_REASONS]
    ]
    others = sum(len(those) for those in often[MOST_REASONS:])
    return (*told, *([LeftOut(others)] if others else []))


def left_out_of(position: Position, left_out: Iterable[LeftOut], path: str) -> list[Problem]:
    """Return what is told of a feed of which something did not come over; ``path`` is that of the copy in which lines are counted."""
    mend = msg("nothing need be done here, and those whose feed it is can mend it; see {path}", path=path)
    return [Problem.of(position, LEFT_OUT_OF_INCLUDE, _said(one), mend) for one in left_out]


def _said(one: LeftOut) -> Message:
    if one.why is None or not one.named:
        return plural(
            "Not all of this feed of others is here: {count} thing is left out for another reason",
            "Not all of this feed of others is here: {count} things are left out for other reasons",
            Number(one.count),
        )
    first, *others = (_what(title, line) for title, line in one.named)
    if one.count == 1:
        return msg("Not all of this feed of others is here: {what}: {why}", what=first, why=one.why)
    return plural(
        "Not all of this feed of others is here: {what}: {why}; so it is with {count} other: {others}",
        "Not all of this feed of others is here: {what}: {why}; so it is with {count} others: {others}",
        Number(one.count - 1),
        what=first,
        why=one.why,
        others=_some(others, one.count - 1),
    )


def _what(title: str, line: int) -> Message:
    return msg("“{title}” (line {line})", title=title, line=line)


def _some(named: Sequence[Message], count: int) -> str:
    return listed([*named, "…"] if count > len(named) else named)


def _shape(why: object) -> Hashable:
    """Return what two sentences have in common that say the same of other things."""
    if isinstance(why, Message):
        return why.template, tuple((name, _shape(value)) for name, value in sorted(why.values.items()))
    return None


def _shown(title: str) -> str:
    plain = "".join(one if one.isprintable() else " " for one in title[:1000])
    plain = " ".join(plain.split())
    return plain if len(plain) <= _LONGEST_TITLE else plain[: _LONGEST_TITLE - 1] + "…"
