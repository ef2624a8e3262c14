"""Copies of feeds of others that are missing, cannot be brought up to date, or have not been for days; and what is left out of them."""

from collections.abc import Mapping
from datetime import date

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.definitions.left_out import left_out_of
from coopcal.definitions.source.tree import INCLUDED
from coopcal.model.included import Include, Kept, LeftOut
from coopcal.model.message import Message, msg, plural
from coopcal.model.problem import Code, Problem, Problems, Severity
from coopcal.zones import zone

NOT_FETCHED = Code(
    "not-fetched",
    "A feed of others was never fetched, so none of its events are here.",
    Severity.NOTE,
    switchable=True,
)
FETCH_FAILS = Code(
    "fetch-fails",
    "A feed of others cannot be fetched; its last good copy stays.",
    Severity.NOTE,
    switchable=True,
)
COPY_IS_OLD = Code(
    "copy-is-old", "The copy of a feed of others is some days old.", Severity.NOTE, switchable=True
)

OLD = 3
"""Days after which a copy is old: feeds are looked at several times a day."""


def conclude(_gathered: Mapping[str, None], overview: Overview, problems: Problems) -> None:
    """Every feed of others that is merged in was had whole lately."""
    told = set[tuple[str, str]]()
    for feed in (*overview.catalogue.feeds, *overview.catalogue.private_feeds):
        for include in feed.include:
            _look_at(include, overview.today, overview.catalogue.settings.timezone, problems)
            if include.kept and (include.organisation.id, include.copy) not in told:
                problems.found += left_out(include, include.kept.left_out)
            told.add((include.organisation.id, include.copy))


def _look_at(include: Include, today: date, timezone: str, problems: Problems) -> None:
    kept = include.kept
    seen = _day_of(kept, timezone)
    if kept is None or (kept.seen is None and kept.why is None):
        problems.tell(
            include.position,
            NOT_FETCHED,
            msg("This feed of others was not fetched yet, so none of its events are here"),
            msg("fetch it: coopcal fetch"),
        )
    elif kept.why is not None:
        problems.found.append(failing(include, kept.why, today, timezone, refused=kept.refused))
    elif seen is not None and (today - seen).days >= OLD:
        problems.tell(
            include.position,
            COPY_IS_OLD,
            msg("This feed of others was not looked at lately; {age}", age=_age(seen, today)),
            msg("fetch it: coopcal fetch (“coopcal serve” does so by itself)"),
        )


def left_out(include: Include, what: tuple[LeftOut, ...]) -> list[Problem]:
    """Return what is told of a feed of which something did not come over."""
    return left_out_of(include.position, what, f"{INCLUDED}/{include.organisation.id}/{include.copy}.ics")


def failing(include: Include, why: Message, today: date, timezone: str, *, refused: bool = False) -> Problem:
    """Return what is told of a feed that cannot be fetched, on the day that it is in the zone of the site; ``refused`` where it leads into a network that is not allowed."""
    age = _age(_day_of(include.kept, timezone), today)
    mend = (
        msg(
            "if its server is yours, allow it with --allow-network and --allow-port; else correct the address"
        )
        if refused
        else msg("ask those whose feed it is; or correct the address, or take it out")
    )
    return Problem.of(
        include.position,
        FETCH_FAILS,
        msg("This feed of others cannot be fetched: {why}; {age}", why=why, age=age),
        mend,
    )


def _day_of(kept: Kept | None, timezone: str) -> date | None:
    """Return the day on which a copy was last had, where the site is at home."""
    return kept.seen.astimezone(zone(timezone)).date() if kept and kept.seen else None


def _age(seen: date | None, today: date) -> Message:
    if seen is None:
        return msg("there is no copy of it")
    if seen >= today:
        return msg("its last good copy is of today")
    return plural(
        "its last good copy is {count} day old", "its last good copy is {count} days old", (today - seen).days
    )


RULE = WideRule((NOT_FETCHED, FETCH_FAILS, COPY_IS_OLD), conclude)
