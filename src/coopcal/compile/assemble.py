"""Assemble: the content of a site of what was compiled of its organisations."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache, partial
from itertools import chain
from pathlib import Path

from coopcal.compile.changes import Changes
from coopcal.compile.draft_feed import Assembly, DraftFeed
from coopcal.compile.faces import face_of, organisation_record, pictures_of
from coopcal.compile.feeds import feeds_of
from coopcal.compile.inputs import Inputs
from coopcal.compile.join import Joined
from coopcal.compile.prepared import Standing
from coopcal.compile.published import remembered
from coopcal.compile.render.vcalendar import empty_timezone
from coopcal.compile.store.rosters import Rosters
from coopcal.site.content import Content, Recorded
from coopcal.site.layout import Shards
from coopcal.site.lines import Rows
from coopcal.text.late import late


def assembly(joined: Joined, inputs: Inputs, standing: Standing) -> Assembly:
    """Return all feeds of a site, to be assembled one after another, where they do not stand."""
    return Assembly(drafts_of(joined, inputs, standing.rosters), standing.feeds, standing.stamps)


def assemble(
    joined: Joined,
    inputs: Inputs,
    root_of: Callable[[str], Path],
    feeds: Assembly,
    standing: Standing,
) -> Content:
    """Put a site together; ``root_of`` gives the folder that an organisation's files lie in, of "" that of the site's."""
    settings, catalogue = inputs.catalogue.settings, inputs.catalogue
    shards = by_shard(inputs)
    known = standing.organisations
    made = [None if known and known.issuperset(shard) else shard for shard in shards]
    return Content(
        title=dict(settings.title.by_language),
        base_url=settings.base_url,
        also_at=settings.former,
        languages=settings.languages,
        legal=tuple((dict(label.by_language), url) for label, url in settings.legal),
        face=face_of(settings),
        compiled_at=inputs.now,
        good_until=joined.turns.good_until,
        told_until=joined.turns.told_until,
        compress=settings.compress_feeds,
        published=cache(lambda: remembered(joined, feeds.stamps, inputs)),
        rows=tuple(None if shard is None else partial(joined.rows, shard) for shard in made),
        former_rows=Rows(joined.former.get("", {}), {}),
        feeds=feeds,
        timezones={plan.timezone: empty_timezone(plan.timezone) for plan in inputs.plans},
        records=tuple(None if shard is None else partial(records_of, joined, shard) for shard in made),
        organisations=tuple(organisation_record(one) for one in catalogue.organisations),
        schema=standing.site.schema if standing.site else _schema(),
        tags={tag: dict(title.by_language) for tag, title in settings.tags or ()},
        documents={
            address: root_of(organisation) / file
            for address, (organisation, file) in (*joined.documents.items(), *pictures_of(catalogue))
        },
    )


def drafts_of(joined: Joined, inputs: Inputs, rosters: Rosters | None) -> Iterator[DraftFeed]:
    """Return the drafts of all feeds of a site, in order; of what stands in large ones rosters are kept."""
    owners = {one.id: one.name for one in inputs.catalogue.organisations}
    changes = Changes(joined.log, owners, inputs)
    yield from chain.from_iterable(feeds_of(feed, inputs, rosters) for feed in joined.feeds)
    yield from chain.from_iterable(map(changes.of, joined.feeds))


def by_shard(inputs: Inputs) -> tuple[frozenset[str], ...]:
    """Return the ids of the organisations of each shard."""
    organisations = inputs.catalogue.organisations
    shards = Shards.among(len(organisations))
    ids: list[list[str]] = [[] for _ in range(shards.count)]
    for one in organisations:
        ids[shards.of(one.id)].append(one.id)
    return tuple(map(frozenset, ids))


def records_of(joined: Joined, organisations: frozenset[str]) -> Sequence[Recorded]:
    """Return the records of the events of some organisations, in order."""
    return [Recorded(address, lines) for *_, address, lines in joined.records(organisations)]


@lru_cache(maxsize=1)
def _schema() -> bytes:
    """Return the schema of sources, 0.2 MB that no site changes: compiles after the first one need not make it again."""
    schema: str = late("definitions.schema", "written")()
    return schema.encode()
