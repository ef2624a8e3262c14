"""Private feeds: assembled of their own portions, each with a memory of its own, so that nothing public is made of them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from coopcal.checks.rules.feed_trimmed import private_trimmed
from coopcal.compile.feeds import feeds_of
from coopcal.compile.inputs import Inputs
from coopcal.compile.join import JoinedFeed, joined_feeds
from coopcal.compile.portion import Portion
from coopcal.model.identity import rotated_uid
from coopcal.model.problem import Problem
from coopcal.model.published import Published, PublishedEntry, Stamp
from coopcal.model.text import Languages
from coopcal.selection.plan import FeedPlan
from coopcal.site.content import Address, CompiledFeed
from coopcal.site.memory import read_published_row
from coopcal.site.private import PrivateCalendar, PrivateFeed, Rotated, files_of
from coopcal.site.seal import short_digest
from coopcal.text.side_by_side import labels
from coopcal.text.words import joined, word

NO_INSTANT = datetime(1970, 1, 1, tzinfo=UTC)
"""What is kept of a private feed says no instant of a compile, so that it is the same where nothing else differs."""


class PrivateMade(NamedTuple):
    """The files of all private feeds by name, with what the next compile has to know of them, and what is noted of them."""

    files: Mapping[str, bytes]
    notes: tuple[Problem, ...]


def private_made(portions: Sequence[Portion], inputs: Inputs) -> PrivateMade:
    """Return what is made of all private feeds."""
    notes: list[Problem] = []
    feeds: list[PrivateFeed] = []
    bodies: dict[str, bytes] = {}
    memory: dict[str, Published] = {}
    for name, own in inputs.private.items():
        held = [portion.private[name] for portion in portions if name in portion.private]
        (feed,) = joined_feeds([portion for portion in held if name in portion.feeds], own)
        assembled = dict(_assembled(feed, own))
        feeds.append(_feed(feed.plan, assembled, own))
        bodies |= {short_digest(one.content): one.content for one in assembled.values()}
        memory[name] = _remembered(feed.plan, held, assembled, own)
        notes += _notes_on(feed.plan, assembled, own)
    return PrivateMade(files_of(feeds, bodies, memory), tuple(notes))


def _notes_on(plan: FeedPlan, assembled: Mapping[Address, CompiledFeed], inputs: Inputs) -> Iterator[Problem]:
    """Return a note where events were left out of the feed: no archive holds them."""
    for one in assembled.values():
        if one.left_out and one.translation is None:
            file = next(feed for feed in inputs.catalogue.private_feeds if feed.id == plan.id)
            yield private_trimmed(plan.id, one.left_out, file.position)


def _assembled(feed: JoinedFeed, inputs: Inputs) -> Iterator[tuple[Address, CompiledFeed]]:
    """Return the feed and its translations; a private one has no archives."""
    for draft in feeds_of(feed, inputs, None):
        _, year, *_ = draft.address
        if year is None:
            yield draft.address, draft.assemble()


def _feed(plan: FeedPlan, assembled: Mapping[Address, CompiledFeed], inputs: Inputs) -> PrivateFeed:
    calendars = tuple(
        PrivateCalendar(
            one.translation,
            short_digest(one.content),
            one.stamp.modified,
            _rotated(plan, (one.translation,) if one.translation else plan.languages, inputs),
        )
        for one in assembled.values()
    )
    return PrivateFeed(
        plan.id,
        plan.former,
        Languages(plan.languages).beside(plan.title),
        calendars,
        rotated_uid(plan.id, inputs.catalogue.settings.uid_domain),
        gone=any(one.gone for one in assembled.values()),
        compressed=inputs.catalogue.settings.compress_feeds and not plan.included,
    )


def _rotated(plan: FeedPlan, languages: tuple[str, ...], inputs: Inputs) -> Rotated:
    """Return what stands at an address of the feed that was replaced: whom to ask for the new one."""
    shown = Languages(languages, plan.languages)
    title = labels(
        shown, lambda language: word("rotated", language, title=plan.title.say(language, *plan.languages))
    )
    return Rotated(
        title, labels(shown, lambda language: word("rotated_ask", language, who=_who(plan, language, inputs)))
    )


def _who(plan: FeedPlan, language: str, inputs: Inputs) -> str:
    """Return whom to ask: the organisations that the feed is for, with their addresses for mail, else the site."""
    known = inputs.catalogue.by_id
    named = [known[one.id] for one in plan.audience.organisations if one.id in known]
    names = [
        f"{one.name.say(language, *one.languages)} ({one.email})" if one.email else one.name.say(language)
        for one in named
    ]
    return joined(names, language) if names else inputs.catalogue.settings.title.say(language)


def _remembered(
    plan: FeedPlan, portions: Sequence[Portion], assembled: Mapping[Address, CompiledFeed], inputs: Inputs
) -> Published:
    """Return what the feed shows now, with all that it showed before."""
    before = inputs.shown_before
    events: dict[str, PublishedEntry] = dict(before.events)
    for portion in portions:
        rows = portion.written().published
        events |= {uid: read_published_row(row) for uid, row in rows.items()}
    feeds: dict[str, Stamp] = dict(before.feeds)
    translations: dict[tuple[str, str], Stamp] = dict(before.translations)
    for one in assembled.values():
        if one.translation is None:
            feeds[plan.id] = one.stamp
        else:
            translations[plan.id, one.translation] = one.stamp
    return Published(
        uid_domain=before.uid_domain,
        compiled_at=NO_INSTANT,
        events=dict(sorted(events.items())),
        feeds=feeds,
        translations=dict(sorted(translations.items())),
    )
