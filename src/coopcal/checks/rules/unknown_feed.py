"""What has ended, and points to a feed that is not there."""

from collections.abc import Mapping

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.definitions.declared.spelling import nearest
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems

UNKNOWN_FEED = Code("unknown-feed", "What has ended points to a feed that is there, or to an address.")


def conclude(_gathered: Mapping[str, None], overview: Overview, problems: Problems) -> None:
    """What has ended points to an address, or to another public feed that is there."""
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
            near = nearest(see, others)
            mend = (
                msg("did you mean “{near}”?", near=near)
                if near
                else msg("write the id of a feed, or an address with https://")
            )
            problems.tell(place, UNKNOWN_FEED, msg("There is no feed “{see}”", see=see), mend)


RULE = WideRule((UNKNOWN_FEED,), conclude)
