"""Private feeds and their tokens."""

from collections.abc import Mapping

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.definitions.declared.spelling import nearest
from coopcal.model.addresses import is_open
from coopcal.model.ids import ALL
from coopcal.model.message import Message, msg
from coopcal.model.problem import Code, Problems, Severity

OWN_FEED_PRIVATE = Code(
    "own-feed-private",
    "The feed of an organisation, and `all`, are public; a private feed has an id of its own.",
)
UNKNOWN_PRIVATE_FEED = Code("unknown-private-feed", "A token opens a private feed that is there.")
SECRETS_BY_HTTP = Code(
    "secrets-by-http",
    "Private feeds open by https alone, as their addresses are secret.",
    Severity.WARNING,
    switchable=True,
)
TOKEN_EXPIRED = Code("token-expired", "A token opens nothing any more.", Severity.NOTE, switchable=True)


def conclude(_gathered: Mapping[str, None], overview: Overview, problems: Problems) -> None:
    """A private feed is none that is public by itself, and opens by https; each token is of one that is there."""
    private = {feed.id: feed for feed in overview.catalogue.private_feeds}
    for feed in private.values():
        if feed.id in overview.organisations or feed.id == ALL:
            message = msg("The feed “{id}” is there for everybody, and cannot be private", id=feed.id)
            problems.tell(feed.position, OWN_FEED_PRIVATE, message, msg("give the file another name"))
    settings = overview.catalogue.settings
    if private and is_open(settings.base_url):
        problems.tell(
            settings.base_url_position or settings.position,
            SECRETS_BY_HTTP,
            msg(
                "Private feeds are answered over https alone: an address that begins with http:// opens none"
            ),
            f"base_url: https{settings.base_url.removeprefix('http')}",
        )
    former = {reference.id for feed in private.values() for reference in feed.formerly}
    _tell_unknown(overview, private.keys() | former, problems)
    for token in overview.catalogue.tokens:
        if token.expires and token.expires < overview.today and token.position:
            problems.tell(
                token.position,
                TOKEN_EXPIRED,
                msg("This token has expired on {day}, and opens nothing any more", day=f"{token.expires}"),
                msg("take it out; a new one is made with “coopcal token issue {feed}”", feed=token.feed.id),
            )


def _tell_unknown(overview: Overview, known: frozenset[str] | set[str], problems: Problems) -> None:
    for feed in {token.feed.id: token.feed for token in overview.catalogue.tokens}.values():
        if feed.id in known or feed.id in overview.private_before or overview.may_be_unread(feed.id):
            continue  # of one that was there before, it is told how it goes on, and its tokens with it
        if feed.id in overview.feeds:
            message = msg("The feed “{id}” is public, so that no token opens it", id=feed.id)
            mend = msg("take its tokens out, or make it private by “for: …”")
        else:
            near = nearest(feed.id, known)
            message = msg("There is no private feed “{id}”", id=feed.id)
            mend = msg("did you mean “{near}”?", near=near) if near else _renamed_or_ended(feed.id)
        problems.tell(feed.position, UNKNOWN_PRIVATE_FEED, message, mend)


def _renamed_or_ended(identifier: str) -> Message:
    return msg(
        "if it was renamed, write “formerly: [{id}]” into its new file; only if it has ended for good, take its tokens out",
        id=identifier,
    )


RULE = WideRule((OWN_FEED_PRIVATE, UNKNOWN_PRIVATE_FEED, SECRETS_BY_HTTP, TOKEN_EXPIRED), conclude)
