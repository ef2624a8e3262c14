"""Feeds that leave out what ended longest ago: told of the compiled site, so it cannot keep it from being published."""

from coopcal.model.message import msg, plural
from coopcal.model.problem import Code, Position, Problem, Severity

FEED_TRIMMED = Code(
    "feed-trimmed",
    "A feed that would pass 900,000 bytes leaves out what ended longest ago.",
    Severity.NOTE,
    switchable=True,
)


def trimmed(feed: str, count: int, position: Position) -> Problem:
    """Return what is told of a feed, by its id, that leaves out so many events."""
    message = plural(
        "The feed “{feed}” would pass 900,000 bytes, more than Google reads: {count} event that ended longest ago is left out",
        "The feed “{feed}” would pass 900,000 bytes, more than Google reads: {count} events that ended longest ago are left out",
        count,
        feed=feed,
    )
    mend = msg(
        "nothing need be done, as {address} holds them; to choose yourself, write “{line}” in the feed's file",
        address=f"/feeds/{feed}/archive/<year>.ics",
        line="window: {past: 1 year}",
    )
    return Problem.of(position, FEED_TRIMMED, message, mend)


def private_trimmed(feed: str, count: int, position: Position) -> Problem:
    """Return what is told of a private feed that leaves out so many events: it has no archives, so these are seen nowhere."""
    message = plural(
        "The private feed “{feed}” would pass 900,000 bytes, more than Google reads: {count} event that ended longest ago is left out, and stands nowhere else",
        "The private feed “{feed}” would pass 900,000 bytes, more than Google reads: {count} events that ended longest ago are left out, and stand nowhere else",
        count,
        feed=feed,
    )
    mend = msg(
        "write “{line}” in {path} to choose yourself what is left out, or select less: private feeds have no archives",
        line="window: {past: 1 year}",
        path=position.path,
    )
    return Problem.of(position, FEED_TRIMMED, message, mend)
