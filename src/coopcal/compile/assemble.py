"""Assemble: the content of a site of what was compiled of its organisations."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from coopcal.compile.changes import changes_of
from coopcal.compile.feeds import feeds_of
from coopcal.compile.inputs import Inputs
from coopcal.compile.join import Joined
from coopcal.compile.published import remembered
from coopcal.compile.records import organisation_record
from coopcal.compile.render.vcalendar import empty_timezone
from coopcal.definitions.schema import written
from coopcal.site.content import CompiledFeed, Content, Recorded
from coopcal.site.layout import Shards
from coopcal.site.lines import Rows


def assemble(joined: Joined, inputs: Inputs, root_of: Callable[[str], Path]) -> Content:
    """Put a site together; ``root_of`` gives the folder that an organisation's files lie in."""
    settings, catalogue = inputs.catalogue.settings, inputs.catalogue
    feeds = tuple(_feeds(joined, inputs))
    shards, rows = Shards.among(len(catalogue.organisations)), joined.rows(inputs)
    return Content(
        title=dict(settings.title.by_language),
        base_url=settings.base_url,
        languages=settings.languages,
        legal=tuple((dict(label.by_language), url) for label, url in settings.legal),
        compiled_at=inputs.now,
        good_until=joined.turns.good_until,
        told_until=joined.turns.told_until,
        compress=settings.compress_feeds,
        published=remembered(joined, feeds, inputs),
        rows=_rows_by_shard(rows, shards),
        former_rows=rows.get("", Rows({}, {})),
        feeds=feeds,
        timezones={plan.timezone: empty_timezone(plan.timezone) for plan in inputs.plans},
        records=_records_by_shard(joined, shards),
        organisations=tuple(organisation_record(one) for one in catalogue.organisations),
        schema=_schema(),
        documents={
            address: root_of(organisation) / file
            for address, (organisation, file) in joined.documents.items()
        },
    )


def _feeds(joined: Joined, inputs: Inputs) -> Iterator[CompiledFeed]:
    owners = {one.id: one.name for one in inputs.catalogue.organisations}
    for feed in joined.feeds:
        yield from feeds_of(feed, inputs)
    for feed in joined.feeds:
        yield from changes_of(feed, joined.log, owners, inputs)


def _records_by_shard(joined: Joined, shards: Shards) -> tuple[list[Recorded], ...]:
    records: tuple[list[Recorded], ...] = tuple([] for _ in range(shards.count))
    for *_, address, lines in joined.records():
        recorded = Recorded(address, lines)
        records[shards.of(recorded.organisation)].append(recorded)
    return records


def _rows_by_shard(rows: Mapping[str, Rows], shards: Shards) -> tuple[Rows, ...]:
    published: list[dict[str, bytes]] = [{} for _ in range(shards.count)]
    facts: list[dict[str, bytes]] = [{} for _ in range(shards.count)]
    for owner, own in rows.items():
        if owner:
            published[shards.of(owner)] |= own.published
            facts[shards.of(owner)] |= own.facts
    return tuple(map(Rows, published, facts))


@lru_cache(maxsize=1)
def _schema() -> bytes:
    """Return the schema of sources, 0.2 MB that no site changes: compiles after the first one need not make it again."""
    return written().encode()
