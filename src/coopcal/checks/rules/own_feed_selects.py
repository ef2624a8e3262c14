"""Files of an organisation's own feed, and of ``all``, that select."""

from collections.abc import Mapping

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.model.ids import ALL
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems

OWN_FEED_SELECTS = Code("own-feed-selects", "An organisation's own feed holds what it has a part in.")


def conclude(_gathered: Mapping[str, None], overview: Overview, problems: Problems) -> None:
    """The feed of an organisation, and ``all``, hold what they hold; a file of that name cannot select."""
    for feed in overview.catalogue.feeds:
        if feed.select is None:
            continue
        place = feed.select.position or feed.position
        if feed.id in overview.organisations:
            message = msg(
                "“{id}” is an organisation, and its own feed holds every event in which it has a part",
                id=feed.id,
            )
            problems.tell(
                place, OWN_FEED_SELECTS, message, msg("take “select” out, or give the file another name")
            )
        elif feed.id == ALL:
            message = msg("The feed “all” holds every public event")
            problems.tell(
                place, OWN_FEED_SELECTS, message, msg("take “select” out, or give the file another name")
            )


RULE = WideRule((OWN_FEED_SELECTS,), conclude)
