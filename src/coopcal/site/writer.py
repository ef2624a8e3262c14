"""Writing a site: aside, made durable, then swapped in by one rename."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC
from itertools import chain
from pathlib import Path

from coopcal.site import layout, seal
from coopcal.site.content import Content
from coopcal.site.files import Files
from coopcal.site.index import Index
from coopcal.site.layout import (
    FORMER_ROWS,
    ShardList,
    Shards,
    records_file,
    rows_file,
)
from coopcal.site.lines import rows_json
from coopcal.site.manifest import Manifest
from coopcal.site.memory import frame_json
from coopcal.site.packing import put_feeds
from coopcal.site.sealing import put_sealed
from coopcal.site.standing import Standing
from coopcal.site.stored import STORED
from coopcal.site.swap import swap_in


def write(content: Content, out: Path, *, lasts: bool = True) -> str:
    """Write a version and make it the one that is served; return its name. What ``lasts`` is on the disk by then.

    Call it while holding the folder ``exclusively``. Readers see the site before or this one; when anything
    fails (a full disk, say), the site before stands and nothing of this one is left. What is to stand as it was is taken
    from the version that is served.
    """
    standing = Standing(out, content.stood)
    return swap_in(
        out, lambda aside: _fill(Files(aside, standing.folder, lasts=lasts), standing, content), lasts=lasts
    )


def _fill(files: Files, standing: Standing, content: Content) -> str:
    shards = Shards.among(len(content.organisations))
    files.folder(layout.DOCUMENTS)
    digests = {}
    feeds = put_feeds(content.feeds, shards, files, standing, compress=content.compress)
    for name, body in chain(feeds, _records_and_rows(content)):
        if body is None:
            digests[name] = standing.put(files, name, shards)
        else:
            files.put(name, body)
            digests[name] = seal.digest(body)
    published = content.published()
    index = Index(
        documents=_documents(files, content.documents),
        removed=tuple(sorted(published.removed)),
        organisations=content.organisations,
        timezones={zone: body.decode() for zone, body in sorted(content.timezones.items())},
    )
    kept = _keep(files, content.kept)
    manifest = Manifest(
        format=layout.FORMAT,
        title=content.title,
        base_url=content.base_url,
        languages=content.languages,
        compiled_at=content.compiled_at.astimezone(UTC),
        good_until=content.good_until and content.good_until.astimezone(UTC),
        told_until=content.told_until and content.told_until.astimezone(UTC),
        legal=content.legal,
        held=content.held,
        schema=seal.digest(content.schema),
    )
    frame = frame_json(published, content.told_until)
    listed = STORED.dumps(ShardList, ShardList(shards.count, digests))
    name = put_sealed(files, replace(manifest, kept=kept), listed, STORED.dumps(Index, index), frame)
    files.put(layout.SCHEMA, content.schema)
    files.settle()
    return name


def _records_and_rows(content: Content) -> Iterator[tuple[str, bytes | None]]:
    """Return the names and contents of the files of records and rows; None where they are as they stand."""
    for number, records in enumerate(content.records):
        lines = None if records is None else (line for recorded in records() for line in recorded.lines)
        yield records_file(number), None if lines is None else b"".join(lines)
    for number, rows in enumerate(content.rows):
        yield rows_file(number), None if rows is None else rows_json(rows())
    yield FORMER_ROWS, None if content.former_rows is None else rows_json(content.former_rows)


def _documents(files: Files, documents: Mapping[str, Path]) -> dict[str, str]:
    names: dict[str, str] = {}
    put: set[str] = set()
    for address, source in sorted(documents.items()):
        body = source.read_bytes()
        digest = seal.digest(body)
        if digest not in put:
            files.put(f"{layout.DOCUMENTS}/{digest}", body)
            put.add(digest)
        names[address] = digest
    return names


def _keep(files: Files, kept: Mapping[str, Mapping[str, bytes | Path]]) -> str:
    """Put the sources that are kept where nobody but the owner reads; return their digest."""
    written: list[tuple[str, str, bytes]] = []
    if kept:
        files.folder(layout.PRIVATE).chmod(0o700)
    for organisation, sources in sorted(kept.items()):
        for path, source in sorted(sources.items()):
            body = source if isinstance(source, bytes) else source.read_bytes()
            files.put(f"{layout.PRIVATE}/{organisation}/{path}", body)
            written.append((organisation, path, body))
    return seal.kept_digest(written)
