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
    """Every feed that was there, public or private, is there, or another was it formerly."""
    _tell_private_gone(overview, problems)
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
            _tell_made_private(private[identifier], problems)
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


def _tell_made_private(feed: Feed, problems: Problems) -> None:
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


def _tell_private_gone(overview: Overview, problems: Problems) -> None:
    """Tell of private feeds that are there no longer: tokens would open nothing, and nobody would be told why."""
    titles, feeds = overview.private_before, overview.catalogue.private_feeds
    former = {reference.id for feed in feeds for reference in feed.formerly}
    new = [feed for feed in feeds if feed.id not in titles]
    for identifier in sorted(titles.keys() - {feed.id for feed in feeds} - former):
        if overview.may_be_unread(identifier):
            continue
        if identifier in overview.feeds:
            _tell_made_public(identifier, overview, problems)
            continue
        likely = [
            feed for feed in new if feed.title and titles[identifier] in dict(feed.title.by_language).values()
        ]
        if len(likely) == 1:
            message = msg(
                "The private feed “{old}” was there and is gone, and “{new}” has its title: it was renamed, as it seems",
                old=identifier,
                new=likely[0].id,
            )
            problems.found.append(renamed(identifier, likely[0], FEED_GONE, message, is_certain=True))
            continue
        path = f"feeds/{identifier}.yaml"
        near = nearest(identifier, (feed.id for feed in new))
        problems.tell(
            overview.catalogue.settings.position,
            FEED_GONE,
            msg(
                "The private feed “{identifier}” was there, and {path} is gone",
                identifier=identifier,
                path=path,
            ),
            lines_to_write(path, "“title: …”, “for: …”", identifier, near, overview),
        )


def _tell_made_public(identifier: str, overview: Overview, problems: Problems) -> None:
    """Tell that a private feed was made public: no secret address opens it then, and whoever knows its id sees the public one."""
    file = next((feed for feed in overview.catalogue.feeds if feed.id == identifier), None)
    holder = file or overview.organisations.get(identifier)
    problems.tell(
        holder.position if holder else overview.catalogue.settings.position,
        FEED_GONE,
        msg(
            "The feed “{identifier}” was private, and cannot become public under the same id",
            identifier=identifier,
        ),
        msg(
            "put feeds/{identifier}.yaml back with its “for: …”, perhaps with “closed: …”, and give the public feed another name",
            identifier=identifier,
        ),
    )


RULE = WideRule((FEED_GONE,), conclude, looks_back=True)
