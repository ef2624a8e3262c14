"""A catalogue → the content of a site: select, render once a rendering, stamp, assemble."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from coopcal import zones
from coopcal.checks.rules.feed_trimmed import trimmed
from coopcal.compile import stamp as revisions
from coopcal.compile.closing import notice
from coopcal.compile.diff import atom, log
from coopcal.compile.diff.compare import compare
from coopcal.compile.diff.facts import facts
from coopcal.compile.records import date_record, documents_of, event_record, organisation_record
from coopcal.compile.render.rendering import Rendering, Surroundings
from coopcal.compile.render.vcalendar import Entry, Heading, assemble, empty_timezone, fitting
from coopcal.compile.render.vevent import Rendered, render
from coopcal.definitions.schema import written
from coopcal.model.change import Facts, LogEntry
from coopcal.model.event import Event
from coopcal.model.feed import Auto
from coopcal.model.identity import address
from coopcal.model.problem import Place, Problem
from coopcal.model.published import Published, PublishedEvent, Stamp
from coopcal.model.site import Catalogue
from coopcal.model.text import Languages, Text
from coopcal.selection import select as selection
from coopcal.selection.select import FeedPlan, Selection
from coopcal.selection.turns import Turns, horizon
from coopcal.site.component import Component
from coopcal.site.content import CompiledFeed, Content
from coopcal.site.record import EventRecord

Progress = Callable[[str], None]


def compile_content(
    catalogue: Catalogue,
    plans: tuple[FeedPlan, ...],
    before: Published | None,
    now: datetime,
    root_of: Callable[[str], Path],
    progress: Progress,
) -> tuple[Content, tuple[Problem, ...]]:
    """Compile a sound catalogue and the plans of its feeds at an instant (UTC, whole seconds), given what was published before.

    ``root_of`` gives the folder that an organisation's files lie in.
    """
    compiler, turns = _Compiler(catalogue, before, now), Turns(now)
    progress("Choosing events")
    events = selection.public_events(catalogue, turns)
    feeds: list[CompiledFeed] = []
    for number, feed in enumerate(plans, 1):
        progress(f"Feed {number} of {len(plans)}: {feed.id}")
        feeds += compiler.feed(feed, events, turns)
    progress("Telling what changed")
    published = compiler.memory(events)
    feeds += compiler.changes(plans, published)
    progress("Writing records for pages")
    settings = catalogue.settings
    for instant in log.ages(published.log):
        turns.at(instant)
    content = Content(
        title=dict(settings.title.by_language),
        base_url=settings.base_url,
        languages=settings.languages,
        legal=tuple((dict(label.by_language), url) for label, url in settings.legal),
        compiled_at=now,
        good_until=turns.good_until,
        told_until=turns.told_until,
        compress=settings.compress_feeds,
        published=replace(published, changes=compiler.change_stamps),
        feeds=tuple(feeds),
        timezones={feed.timezone: empty_timezone(feed.timezone) for feed in plans},
        events=tuple(_records(events, compiler, settings.languages, now)),
        organisations=tuple(organisation_record(one) for one in catalogue.organisations),
        schema=_schema(),
        documents={
            address: root_of(event.organisation) / file
            for event in events
            for address, file in documents_of(event)
        },
    )
    return content, tuple(compiler.notes)


@lru_cache(maxsize=1)
def _schema() -> bytes:
    """Return the schema of sources, 0.2 MB that no site changes: compiles after the first one need not make it again."""
    return written().encode()


def _records(
    events: Iterable[Event], compiler: "_Compiler", languages: tuple[str, ...], now: datetime
) -> Iterator[EventRecord]:
    """Return the record of each event and of each date of a series that differs."""
    until, around = horizon(now), compiler.around
    for event in events:
        if not event.path:
            continue  # a time that is taken has no page
        modified = compiler.modified(around.uid(event))
        yield event_record(event, around, languages, until, modified)
        for change in event.recurrence.changes if event.recurrence else ():
            yield date_record(event, change, around, languages, until, modified)


class _Compiler:
    """Renders each event once a rendering, and assembles feeds from what is rendered."""

    def __init__(self, catalogue: Catalogue, before: Published | None, now: datetime) -> None:
        self.around = Surroundings(catalogue)
        self.change_stamps = dict(before.changes) if before else {}
        self.notes: list[Problem] = []
        self._entries: dict[tuple[str, str], Entry] = {}
        self._stamps: dict[str, dict[str, Stamp]] = {}
        self._members: dict[str, list[str]] = {}
        self._days: dict[str, tuple[date, date]] = {}
        self._feed_stamps: dict[str, Stamp] = {}
        self._archive_stamps: dict[tuple[str, int], Stamp] = {}
        self._translation_stamps: dict[tuple[str, str], Stamp] = {}
        self._catalogue = catalogue
        self._before = before
        self._now = now

    def feed(self, feed: FeedPlan, events: tuple[Event, ...], turns: Turns) -> list[CompiledFeed]:
        """Assemble one feed from the public events, which are in order, its translations and its archives."""
        chosen = selection.select(feed, self._catalogue, events, turns)
        if feed.closed is not None:
            turns.on(feed.closed.on, feed.timezone)
            turns.on(feed.closed.on + selection.YEAR_AFTER, feed.timezone)
        for event in chosen.whole:
            self._members.setdefault(self.around.uid(event), []).append(feed.id)
        rendering = Rendering.of(feed.show, Languages(feed.languages))
        years = self._archived(feed, chosen)
        return [
            self._current(feed, chosen),
            *(self._current(feed, chosen, language) for language in self._translated(feed)),
            *(self._archive(feed, year, found, rendering) for year, found in years.items()),
        ]

    def _translated(self, feed: FeedPlan) -> list[str]:
        """Return the languages that a feed has addresses for, and had: all of the site's but its own one."""
        known = (
            [language for name, language in self._before.translations if name == feed.id]
            if self._before
            else []
        )
        languages = dict.fromkeys((*self._catalogue.settings.languages, *feed.languages, *known))
        return [language for language in languages if feed.languages != (language,)]

    def _current(self, feed: FeedPlan, chosen: Selection, translation: str | None = None) -> CompiledFeed:
        languages = Languages((translation,), feed.languages) if translation else Languages(feed.languages)
        if translation is not None:
            feed = replace(feed, languages=(translation,))
        rendering = Rendering.of(feed.show, languages)
        entries = [self._entry(event, rendering) for event in chosen.events]
        heading = self._heading(feed, languages, translation=translation)
        kept = frozenset(range(len(entries)))
        if isinstance(feed.window, Auto):
            kept = fitting(heading, entries, _ended_first(chosen.events))
        closed, gone = self._closed(feed)
        standing = [entries[number] for number in sorted(kept)]
        if closed and feed.closed:
            standing.append(notice(feed, self._catalogue.settings, self._known_feed(feed.closed.see)))
        calendar = assemble(heading, standing)
        content = calendar.content
        left_out = len(entries) - len(kept)
        if left_out and translation is None:
            self._note_left_out(feed, left_out)
        stamp = self._feed_stamp(feed, translation, _digest(content))
        return CompiledFeed(
            id=feed.id,
            year=None,
            translation=translation,
            title=heading.languages.say(heading.title),
            language=feed.languages[0],
            timezone=feed.timezone,
            organisation=feed.organisation,
            stamp=stamp,
            content=content,
            calendar=calendar,
            count=len(kept),
            left_out=left_out,
            former=feed.former,
            closed_see=feed.closed.see if feed.closed else None,
            gone=gone,
            events=tuple(address(event) for event in chosen.whole if event.path)
            if translation is None
            else (),
        )

    def _feed_stamp(self, feed: FeedPlan, translation: str | None, digest: str) -> Stamp:
        """Return the stamp of a feed or translation, and remember that its address has been given out."""
        before = self._before
        if translation is not None:
            known = before.translations.get((feed.id, translation)) if before else None
            stamp = revisions.restamp(digest, known, self._now)
            self._translation_stamps[feed.id, translation] = stamp
            return stamp
        stamp = revisions.restamp(digest, before.feeds.get(feed.id) if before else None, self._now)
        self._feed_stamps[feed.id] = stamp
        if len(feed.languages) == 1:
            self._translation_stamps[feed.id, feed.languages[0]] = stamp
        return stamp

    def _archived(self, feed: FeedPlan, chosen: Selection) -> dict[int, tuple[Event, ...]]:
        """Return the events of each year; a year that has had an address keeps it when its events are gone."""
        years = chosen.years(self._now.year)
        for known, year in self._before.archives if self._before else ():
            if known == feed.id:
                years.setdefault(year, ())
        return dict(sorted(years.items()))

    def _archive(
        self, feed: FeedPlan, year: int, events: tuple[Event, ...], rendering: Rendering
    ) -> CompiledFeed:
        heading = self._heading(feed, rendering.languages, year)
        calendar = assemble(heading, [self._entry(event, rendering) for event in events])
        content = calendar.content
        before = self._before.archives.get((feed.id, year)) if self._before else None
        stamp = revisions.restamp(_digest(content), before, self._now)
        self._archive_stamps[feed.id, year] = stamp
        return CompiledFeed(
            id=feed.id,
            year=year,
            translation=None,
            title=heading.languages.say(heading.title),
            language=feed.languages[0],
            timezone=feed.timezone,
            organisation=feed.organisation,
            stamp=stamp,
            content=content,
            calendar=calendar,
            count=len(events),
            left_out=0,
            former=feed.former,
            closed_see=None,
            gone=False,
        )

    def modified(self, uid: str) -> datetime:
        """Return when the bytes of an event last changed in any feed; the epoch of sequences for one in none."""
        stamps = self._stamps.get(uid, {}).values()
        return max((stamp.modified for stamp in stamps), default=revisions.SEQUENCE_EPOCH)

    def memory(self, events: tuple[Event, ...]) -> Published:
        """Return what is published now, with all that was before: what stood once is never forgotten."""
        settings, before = self._catalogue.settings, self._before
        known = dict(before.events) if before else {}
        shown = {self.around.uid(event): event for event in events}
        for uid in shown.keys() | self._stamps.keys():
            event = shown.get(uid)
            first, last = event.days if event else self._days[uid]
            stored = known[uid].stamps if uid in known else {}
            key = event.key if event and event.path else ""
            known[uid] = PublishedEvent(key, first, last, {**stored, **self._stamps.get(uid, {})})
        feeds = {**(before.feeds if before else {}), **self._feed_stamps}
        removed = {
            f"{one.id}/{reference.id}" for one in self._catalogue.organisations for reference in one.removed
        }
        seen = facts(self._catalogue, events, self._members, self.around, self._now)
        return Published(
            uid_domain=settings.uid_domain,
            compiled_at=self._now,
            events=known,
            feeds=feeds,
            archives={**(before.archives if before else {}), **self._archive_stamps},
            translations={**(before.translations if before else {}), **self._translation_stamps},
            organisations=frozenset(one.id for one in self._catalogue.organisations)
            | (before.organisations if before else frozenset()),
            removed=frozenset(removed) | (before.removed if before else frozenset()),
            facts=seen,
            log=self._log(seen),
        )

    def _log(self, seen: Facts) -> tuple[LogEntry, ...]:
        """Return the log with what this compile changes; of what is hidden by now nothing stays in it."""
        before = self._before
        if before is None or before.facts is None:
            return before.log if before else ()
        hidden = {self.around.uid(event) for event in self._catalogue.events()} - seen.events.keys()
        found = [change for change in compare(before.facts, seen).events if change.uid not in hidden]
        return log.continued(before.log, found, self._now, hidden)

    def changes(self, plans: tuple[FeedPlan, ...], published: Published) -> Iterator[CompiledFeed]:
        """Return what changed in each feed as Atom, in each language that it has an address for."""
        owners = {one.id: one.name for one in self._catalogue.organisations}
        for feed in plans:
            entries = log.of_feed(published.log, (feed.id, *feed.former))
            _, gone = self._closed(feed)
            for translation in (None, *self._translated(feed)):
                yield self._changes(feed, translation, entries, owners, gone=gone)

    def _changes(
        self,
        feed: FeedPlan,
        translation: str | None,
        entries: list[LogEntry],
        owners: dict[str, Text],
        *,
        gone: bool,
    ) -> CompiledFeed:
        language = translation or feed.languages[0]
        settings = self._catalogue.settings
        channel = atom.Channel(
            id=feed.id,
            names=(feed.id, *feed.former),
            oldest=(*feed.former, feed.id)[0],
            title=feed.title.say(language, *feed.languages),
            language=language,
            fallback=feed.languages[0],
            timezone=feed.timezone,
            base_url=settings.base_url,
            address=f"/feeds/{feed.id}/changes{f'.{translation}' if translation else ''}.atom",
            authority=settings.uid_domain,
        )
        told = atom.body(channel, entries, owners)
        digest = _digest(atom.document(channel, told, datetime(2020, 1, 1, tzinfo=UTC)))
        known = (self.change_stamps.get((name, translation or "")) for name in channel.names)
        newest = max([self._now, *(entry.at for entry in entries[:1])])
        stamp = revisions.restamp(digest, next((each for each in known if each), None), newest)
        self.change_stamps[feed.id, translation or ""] = stamp
        return CompiledFeed(
            id=feed.id,
            year=None,
            translation=translation,
            title=channel.title,
            language=language,
            timezone=feed.timezone,
            organisation=feed.organisation,
            stamp=stamp,
            content=atom.document(channel, told, stamp.modified),
            count=len(entries),
            left_out=0,
            former=feed.former,
            closed_see=feed.closed.see if feed.closed else None,
            gone=gone,
            changes=True,
        )

    def _entry(self, event: Event, rendering: Rendering) -> Entry:
        uid = self.around.uid(event)
        key = (uid, rendering.key)
        if key not in self._entries:
            rendered = render(event, rendering, self.around)
            stamp = self._stamp(uid, rendering, rendered)
            components = (
                Component(uid, self._goes_with(event), part.day, part.zones) for part in rendered.parts
            )
            contents = rendered.stamped(stamp)
            self._entries[key] = Entry(tuple(zip(components, contents, strict=True)), rendered.zones)
            self._stamps.setdefault(uid, {})[rendering.key] = stamp
            self._days[uid] = event.days
        return self._entries[key]

    def _goes_with(self, event: Event) -> str:
        """Return the UID of the event that a word at an old date, or the end of registration, goes with; "" for others."""
        if event.moved_to is None and event.closing is None:
            return ""
        return self.around.uid(replace(event, moved_to=None, closing=None))

    def _stamp(self, uid: str, rendering: Rendering, rendered: Rendered) -> Stamp:
        known = self._before.events.get(uid) if self._before else None
        return revisions.stamp(rendered.digest, rendering.key, known, self._now)

    def _heading(
        self, feed: FeedPlan, languages: Languages, year: int | None = None, translation: str | None = None
    ) -> Heading:
        title, path = feed.title, f"/feeds/{feed.id}"
        if year is not None:
            title = Text(tuple((language, f"{said} {year}") for language, said in title.by_language))
            path += f"/archive/{year}"
        if translation is not None:
            path += f".{translation}"
        return Heading(
            title=title,
            languages=languages,
            source=self.around.url(f"{path}.ics"),
            page=self.around.url(f"/feeds/{feed.id}/"),
            timezone=feed.timezone,
            description=feed.description,
            colour=feed.colour,
        )

    def _closed(self, feed: FeedPlan) -> tuple[bool, bool]:
        """Return whether the feed is closed by now, and whether it has been for more than a year."""
        if feed.closed is None:
            return False, False
        closes = zones.first_moment(feed.closed.on, feed.timezone).astimezone(UTC)
        ends = zones.first_moment(feed.closed.on + selection.YEAR_AFTER, feed.timezone).astimezone(UTC)
        return closes <= self._now < ends, self._now >= ends

    def _known_feed(self, see: str | None) -> str | None:
        """Return the address that a closed feed points to."""
        if see is None or "://" in see:
            return see
        return self.around.url(f"/feeds/{see}/")

    def _note_left_out(self, feed: FeedPlan, count: int) -> None:
        file = next((each for each in self._catalogue.feeds if each.id == feed.id), None)
        own = self._catalogue.organisation(feed.id)
        place = file.place if file else own.place if own else Place(self._catalogue.settings.place.path)
        self.notes.append(trimmed(feed.id, count, place))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _ended_first(events: tuple[Event, ...]) -> list[int]:
    """Return the numbers of events, what ended longest ago first."""
    return sorted(range(len(events)), key=lambda number: (events[number].days[1], number))
