"""Assemble: the content of a site of what was selected, rendered, stamped and compared."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from coopcal.compile.changes import changes_of
from coopcal.compile.comparison import Compared
from coopcal.compile.entries import Entries
from coopcal.compile.feeds import feeds_of
from coopcal.compile.inputs import Inputs
from coopcal.compile.published import remembered
from coopcal.compile.records import Telling, date_record, documents_of, event_record, organisation_record
from coopcal.compile.render.vcalendar import empty_timezone
from coopcal.compile.select import Selected
from coopcal.definitions.schema import written
from coopcal.model.entry import BusyTime
from coopcal.model.event import Recurring
from coopcal.model.happening import Happening
from coopcal.selection.until import Turns, horizon
from coopcal.site.content import CompiledFeed, Content
from coopcal.site.record import EventRecord


def assemble(
    selected: Selected,
    entries: Entries,
    comparison: Compared,
    inputs: Inputs,
    turns: Turns,
    root_of: Callable[[str], Path],
) -> Content:
    """Put a site together; ``root_of`` gives the folder that an organisation's files lie in."""
    settings, catalogue = inputs.catalogue.settings, inputs.catalogue
    feeds = tuple(_feeds(selected, entries, comparison, inputs))
    return Content(
        title=dict(settings.title.by_language),
        base_url=settings.base_url,
        languages=settings.languages,
        legal=tuple((dict(label.by_language), url) for label, url in settings.legal),
        compiled_at=inputs.now,
        good_until=turns.good_until,
        told_until=turns.told_until,
        compress=settings.compress_feeds,
        published=remembered(selected, entries, comparison, feeds, inputs),
        feeds=feeds,
        timezones={plan.timezone: empty_timezone(plan.timezone) for plan in inputs.plans},
        events=tuple(_records(selected, entries, inputs)),
        organisations=tuple(organisation_record(one) for one in catalogue.organisations),
        schema=_schema(),
        documents={
            address: root_of(event.organisation) / file
            for event in selected.events
            if isinstance(event, Happening)
            for address, file in documents_of(event)
        },
    )


def _feeds(
    selected: Selected, entries: Entries, comparison: Compared, inputs: Inputs
) -> Iterator[CompiledFeed]:
    owners = {one.id: one.name for one in inputs.catalogue.organisations}
    for feed in selected.feeds:
        yield from feeds_of(feed, entries, inputs)
    for feed in selected.feeds:
        yield from changes_of(feed, comparison.log, owners, inputs)


def _records(selected: Selected, entries: Entries, inputs: Inputs) -> Iterator[EventRecord]:
    """Return the record of each event and of each override; a time that is taken has no page."""
    telling = Telling(inputs.around, inputs.catalogue.settings.languages, horizon(inputs.now))
    for event in selected.events:
        if isinstance(event, BusyTime):
            continue
        modified = entries.modified(inputs.around.uid(event))
        yield event_record(event, telling, modified)
        if isinstance(event, Recurring):
            for override in event.recurrence.overrides:
                yield date_record(event, override, telling, modified)


@lru_cache(maxsize=1)
def _schema() -> bytes:
    """Return the schema of sources, 0.2 MB that no site changes: compiles after the first one need not make it again."""
    return written().encode()
