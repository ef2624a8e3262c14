"""Feeds that leave out what ended longest ago: told of the compiled site, so it cannot keep it from being published."""

from coopcal.model.problem import Code, Position, Problem, Severity

FEED_TRIMMED = Code(
    "feed-trimmed",
    "A feed that would pass 900,000 bytes leaves out what ended longest ago.",
    Severity.NOTE,
    switchable=True,
)


def trimmed(feed: str, count: int, position: Position) -> Problem:
    """Return what is told of a feed, by its id, that leaves out so many events."""
    message = (
        f"The feed “{feed}” would pass 900,000 bytes, more than Google reads: "
        f"{count} events that ended longest ago are left out"
    )
    mend = (
        f"nothing need be done, as /feeds/{feed}/archive/<year>.ics holds them; to choose yourself, "
        "write “window: {past: 1 year}” in the feed's file"
    )
    return Problem.of(position, FEED_TRIMMED, message, mend)
