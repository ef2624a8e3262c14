"""What has ended, and points to a feed that is not there."""

from collections.abc import Mapping

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.definitions.declared.spelling import nearest
from coopcal.model.message import msg
from coopcal.model.problem import Code, Position, Problems

UNKNOWN_FEED = Code(
    "unknown-feed",
    "What has ended points to a feed that is there, or to an address; a receiver is told of such feeds.",
)


def conclude(_gathered: Mapping[str, None], overview: Overview, problems: Problems) -> None:
    """What has ended points to an address, or to another public feed that is there; so are the feeds that receivers are told of."""
    for ended in (*overview.catalogue.addressed(), *overview.catalogue.private_feeds):
        see = ended.closed.see if ended.closed else None
        if ended.closed is None or see is None or "://" in see or overview.may_be_unread(see):
            continue
        place = ended.closed.position or ended.position
        others = overview.feeds - {ended.id}
        if see == ended.id:
            problems.tell(
                place,
                UNKNOWN_FEED,
                msg("“{see}” has ended, and points to itself", see=see),
                msg("write behind “see:” the id of another feed, or an address"),
            )
        elif see not in others:
            otherwise = msg("write the id of a feed, or an address with https://")
            _tell(see, place, others, otherwise, problems)
    for receiver in overview.catalogue.settings.notify:
        for feed in receiver.feeds:
            if feed.id not in overview.feeds and not overview.may_be_unread(feed.id):
                _tell(feed.id, feed.position, overview.feeds, msg("write the id of a public feed"), problems)


def _tell(
    identifier: str, place: Position, feeds: frozenset[str], otherwise: str, problems: Problems
) -> None:
    near = nearest(identifier, feeds)
    mend = msg("did you mean “{near}”?", near=near) if near else otherwise
    problems.tell(place, UNKNOWN_FEED, msg("There is no feed “{see}”", see=identifier), mend)


RULE = WideRule((UNKNOWN_FEED,), conclude)
