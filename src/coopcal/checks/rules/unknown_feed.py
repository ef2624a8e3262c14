"""What has ended, and points to a feed that is not there."""

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.definitions.declared.spelling import nearest
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems

UNKNOWN_FEED = Code("unknown-feed", "What has ended points to a feed that is there, or to an address.")


def check(view: View, problems: Problems) -> None:
    """What has ended points to an address, or to another feed that is there."""
    for ended in view.catalogue.addressed():
        see = ended.closed.see if ended.closed else None
        if ended.closed is None or see is None or "://" in see or view.may_be_unread(see):
            continue
        place = ended.closed.position or ended.position
        others = view.feeds - {ended.id}
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


RULE = Rule((UNKNOWN_FEED,), check)
