"""Feeds that were published and are gone: an address never dies in silence."""

from collections.abc import Mapping

from coopcal.checks.gone_addresses import lines_to_write, renamed
from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.definitions.declared.spelling import nearest
from coopcal.model.feed import Feed
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems

FEED_GONE = Code(
    "feed-gone", "A published feed keeps its address: it is renamed with `formerly`, or ended with `closed`."
)


def conclude(_gathered: Mapping[str, None], overview: Overview, problems: Problems) -> None:
    """Every feed that was published is there, or another was it formerly."""
    if overview.previous is None:
        return
    former = {reference.id for holder in overview.catalogue.addressed() for reference in holder.formerly}
    missing = overview.previous.feeds.keys() - overview.feeds - former - overview.previous.organisations
    new = [feed for feed in overview.catalogue.feeds if feed.id not in overview.previous.feeds]
    titles = overview.previous.facts.feeds if overview.previous.facts else {}
    private = {feed.id: feed for feed in overview.catalogue.private_feeds}
    for identifier in sorted(missing):
        if overview.may_be_unread(identifier):
            continue
        if identifier in private:
            _tell_private(private[identifier], problems)
            continue
        likely = [
            feed
            for feed in new
            if feed.title and identifier in titles and feed.title == titles[identifier].title
        ]
        if len(likely) == 1:
            message = msg(
                "The feed “{old}” was published and is gone, and “{new}” has its title: it was renamed, as it seems",
                old=identifier,
                new=likely[0].id,
            )
            problems.found.append(renamed(identifier, likely[0], FEED_GONE, message, is_certain=True))
            continue
        message = msg(
            "The feed “{identifier}” was published, and feeds/{identifier}.yaml is gone",
            identifier=identifier,
        )
        near = nearest(identifier, (feed.id for feed in new))
        mend = lines_to_write(f"feeds/{identifier}.yaml", "“title: …”", identifier, near, overview)
        problems.tell(overview.catalogue.settings.position, FEED_GONE, message, mend)


def _tell_private(feed: Feed, problems: Problems) -> None:
    """Tell that a public feed was made private: whoever has subscribed to it would lose it, and its title is known."""
    problems.tell(
        feed.position,
        FEED_GONE,
        msg(
            "The feed “{identifier}” was published, and cannot become private under the same id",
            identifier=feed.id,
        ),
        msg(
            "put feeds/{identifier}.yaml back, perhaps with “closed: …”, and give the private feed another name",
            identifier=feed.id,
        ),
    )


RULE = WideRule((FEED_GONE,), conclude, looks_back=True)
