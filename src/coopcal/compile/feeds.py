"""Assemble: a feed as it is subscribed to, its translations, and its archive of each year."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from coopcal.checks.rules.feed_trimmed import trimmed
from coopcal.compile import closed_feed, moved_site
from coopcal.compile.body import Body
from coopcal.compile.digests import digest_of_digests, digest_of_parts
from coopcal.compile.draft_feed import DraftFeed, FeedMade
from coopcal.compile.inputs import Inputs
from coopcal.compile.join import JoinedFeed
from coopcal.compile.render.rendering import Surroundings
from coopcal.compile.render.stamped import StampedEntry
from coopcal.compile.render.vcalendar import Heading, assemble
from coopcal.compile.select import rendering_of, translated
from coopcal.compile.stamp import restamp
from coopcal.compile.store.rosters import Rosters
from coopcal.model.feed import Auto
from coopcal.model.problem import Position, Problem
from coopcal.model.published import Stamp
from coopcal.model.text import Languages, Text
from coopcal.selection.plan import FeedPlan
from coopcal.site.content import Address, CompiledFeed
from coopcal.site.seal import short_digest

NOTHING = digest_of_digests(())
"""The mark of an archive in which nothing stands any more."""


def feeds_of(feed: JoinedFeed, inputs: Inputs, rosters: Rosters | None) -> Iterator[DraftFeed]:
    """Return the drafts of a feed, of its translations and of its archives."""
    plan = feed.plan
    mark, marks_by_year = _marks(feed)
    if plan.closed:
        closing = " ".join(
            str(says(plan, inputs.now))
            for says in (closed_feed.tells, closed_feed.is_closed, closed_feed.is_over)
        )
        mark = digest_of_parts((closing.encode(), mark))
    if move := moved_site.told(inputs):
        mark = digest_of_parts((repr(move).encode(), mark))
    for language in (None, *feed.translations):
        yield DraftFeed(
            (plan.id, None, language, False),
            plan.organisation,
            mark,
            partial(_current, feed, language, inputs, rosters),
        )
    for year in feed.years:
        yield DraftFeed(
            (plan.id, year, None, False),
            plan.organisation,
            marks_by_year.get(year, NOTHING),
            partial(_archive, feed, year, inputs, rosters),
        )


def notes_on(made: Mapping[Address, FeedMade], inputs: Inputs) -> Iterator[Problem]:
    """Return a note where events were left out of a feed, for whoever keeps it."""
    for (identifier, _, translation, _), feed in made.items():
        if feed.left_out and translation is None:
            file = next((file for file in inputs.catalogue.feeds if file.id == identifier), None)
            place = file or inputs.catalogue.organisation(identifier)
            site = Position(inputs.catalogue.settings.position.path)
            yield trimmed(identifier, feed.left_out, place.position if place else site)


def _marks(feed: JoinedFeed) -> tuple[bytes, Mapping[int, bytes]]:
    """Return the marks of what stands in the window of a feed, and in its archive of each year."""
    marks = [portion.feeds[feed.plan.id] for portion in feed.portions]
    years: dict[int, list[bytes]] = {}
    for one in marks:
        for year, mark in one.years.items():
            years.setdefault(year, []).append(mark)
    return (
        digest_of_digests([one.standing for one in marks]),
        {year: digest_of_digests(several) for year, several in years.items()},
    )


def _current(
    feed: JoinedFeed, translation: str | None, inputs: Inputs, rosters: Rosters | None
) -> CompiledFeed:
    plan = replace(feed.plan, languages=(translation,)) if translation else feed.plan
    rendering = translated(feed.plan, translation) if translation else rendering_of(plan)
    body = Body((plan.id, None, translation, False), rendering.key, feed.standing(), rosters)
    below = "/private/…" if plan.is_private else "/feeds"
    address_of_feed = f"{below}/{plan.id}{f'.{translation}' if translation else ''}.ics"
    heading = _heading(plan, plan.title, rendering.languages, address_of_feed, inputs.around)
    shown = body.latest(heading) if isinstance(plan.window, Auto) else body.all()
    rendered = body.entries(shown)
    entries = list(rendered)
    if plan.closed and closed_feed.tells(plan, inputs.now):
        see = _page(plan.closed.see, inputs.around)
        entries.append(closed_feed.notice(plan, inputs.catalogue.settings, see, inputs.now))
    if move := moved_site.told(inputs):
        entries.append(moved_site.notice(move, plan, address_of_feed, inputs))
    before = inputs.before
    known = before.translations.get((plan.id, translation)) if translation else before.feeds.get(plan.id)
    assembled = _assembled(plan, heading, entries, known, inputs)
    body.keep(shown, rendered, assembled.stamp.digest)
    return replace(
        assembled,
        translation=translation,
        count=len(shown.standing),
        left_out=shown.left_out,
        closed_see=plan.closed.see if plan.closed else None,
        gone=closed_feed.is_over(plan, inputs.now),
        reminders=plan.reminders,
    )


def _archive(feed: JoinedFeed, year: int, inputs: Inputs, rosters: Rosters | None) -> CompiledFeed:
    plan, rendering = feed.plan, rendering_of(feed.plan)
    title = Text(tuple((language, f"{title} {year}") for language, title in plan.title.by_language))
    address_of_feed = f"/feeds/{plan.id}/archive/{year}.ics"
    heading = _heading(plan, title, rendering.languages, address_of_feed, inputs.around)
    known = inputs.before.archives.get((plan.id, year))
    body = Body((plan.id, year, None, False), rendering.key, feed.year(year), rosters)
    shown = body.all()
    entries = body.entries(shown)
    assembled = _assembled(plan, heading, entries, known, inputs)
    body.keep(shown, entries, assembled.stamp.digest)
    return replace(assembled, year=year)


def _assembled(
    plan: FeedPlan, heading: Heading, entries: Sequence[StampedEntry], known: Stamp | None, inputs: Inputs
) -> CompiledFeed:
    """Return a feed of what stands in it; it keeps the stamp that is known while its bytes are the same."""
    calendar = assemble(heading, entries)
    content = calendar.content
    return CompiledFeed(
        id=plan.id,
        year=None,
        translation=None,
        title=heading.languages.say(heading.title),
        language=plan.languages[0],
        timezone=plan.timezone,
        organisation=plan.organisation,
        stamp=restamp(short_digest(content), known, inputs.now),
        content=content,
        calendar=calendar,
        count=len(entries),
        left_out=0,
        former=plan.former,
        closed_see=None,
        gone=False,
    )


def _heading(
    plan: FeedPlan, title: Text, languages: Languages, address_of_feed: str, around: Surroundings
) -> Heading:
    return Heading(
        title=title,
        languages=languages,
        source=None if plan.is_private else around.url(address_of_feed),
        page=None if plan.is_private else around.url(f"/feeds/{plan.id}/"),
        timezone=plan.timezone,
        description=plan.description,
        colour=plan.colour,
    )


def _page(see: str | None, around: Surroundings) -> str | None:
    """Return the address that a closed feed points to."""
    return see if see is None or "://" in see else around.url(f"/feeds/{see}/")
