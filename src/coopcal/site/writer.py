"""Writing a site: aside, made durable, then swapped in by one rename."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC
from pathlib import Path

from coopcal.site import layout, seal
from coopcal.site.content import Content
from coopcal.site.files import Files
from coopcal.site.index import Index
from coopcal.site.layout import ShardList, Shards
from coopcal.site.manifest import Manifest
from coopcal.site.memory import frame_json
from coopcal.site.putting import PutShards, put_former_rows, put_here
from coopcal.site.sealing import put_sealed
from coopcal.site.standing import Standing
from coopcal.site.stored import STORED
from coopcal.site.swap import swap_in


def write(
    content: Content,
    out: Path,
    standing: Standing | None = None,
    *,
    lasts: bool = True,
    put: PutShards = put_here,
) -> str:
    """Write a version and make it the one that is served; return its name. What ``lasts`` is on the disk by then.

    ``put`` puts the files of the shards, and goes through the feeds of the content if nobody else does.
    Call it while holding the folder ``exclusively``. Readers see the site before or this one; when anything
    fails (a full disk, say), the site before stands and nothing of this one is left. What is to stand as it was is taken
    from the version that is served: ``standing``, where something of it is known.
    """
    known = standing or Standing(out)
    return swap_in(
        out,
        lambda aside: _fill(Files(aside, known.folder, lasts=lasts), known, content, put),
        lasts=lasts,
    )


def _fill(files: Files, standing: Standing, content: Content, put: PutShards) -> str:
    shards = Shards.among(len(content.organisations))
    for folder in (layout.DOCUMENTS, layout.FEEDS, layout.RECORDS, layout.ROWS):
        files.folder(folder)
    digests = {
        **put(content, shards, files, standing),
        **put_former_rows(content.former_rows, shards, files, standing),
    }
    published = content.published()
    index = Index(
        documents=_documents(files, content.documents),
        removed=tuple(sorted(published.removed)),
        organisations=content.organisations,
        timezones={zone: body.decode() for zone, body in sorted(content.timezones.items())},
    )
    kept = _keep(
        files, {**content.kept, **({layout.PRIVATE_FEEDS: content.private} if content.private else {})}
    )
    manifest = Manifest(
        format=layout.FORMAT,
        title=content.title,
        base_url=content.base_url,
        also_at=content.also_at,
        languages=content.languages,
        compiled_at=content.compiled_at.astimezone(UTC),
        good_until=content.good_until and content.good_until.astimezone(UTC),
        told_until=content.told_until and content.told_until.astimezone(UTC),
        legal=content.legal,
        held=content.held,
        schema=seal.digest(content.schema),
        tags=content.tags,
        face=content.face,
    )
    frame = frame_json(published, content.told_until)
    listed = STORED.dumps(ShardList, ShardList(shards.count, digests))
    name = put_sealed(files, replace(manifest, kept=kept), listed, STORED.dumps(Index, index), frame)
    files.put(layout.SCHEMA, content.schema)
    files.settle()
    return name


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
    """Put the sources that are kept, and private feeds, where nobody but the owner reads; return their digest."""
    written: list[tuple[str, str, bytes]] = []
    if kept:
        files.folder(layout.PRIVATE).chmod(0o700)
    for organisation, sources in sorted(kept.items()):
        for path, source in sorted(sources.items()):
            body = source if isinstance(source, bytes) else source.read_bytes()
            name = f"{layout.PRIVATE}/{organisation}/{path}"
            files.put(name, body)
            files.path(name).chmod(0o600)
            written.append((organisation, path, body))
    for folder in (path for path in (files.root / layout.PRIVATE).rglob("*") if path.is_dir()):
        folder.chmod(0o700)
    return seal.kept_digest(written)
