"""Writing a site: aside, made durable, then swapped in by one rename."""

import fcntl
import filecmp
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC
from itertools import chain
from pathlib import Path

from coopcal.model.message import msg
from coopcal.model.refusal import refusal
from coopcal.site import layout, seal, versions
from coopcal.site.content import Content
from coopcal.site.durable import sync
from coopcal.site.files import Files
from coopcal.site.index import Index
from coopcal.site.layout import (
    FORMER_ROWS,
    ShardList,
    Shards,
    SiteError,
    records_file,
    rows_file,
)
from coopcal.site.lines import rows_json
from coopcal.site.manifest import Manifest
from coopcal.site.memory import frame_json
from coopcal.site.packing import put_feeds
from coopcal.site.standing import Standing
from coopcal.site.stored import STORED


@contextmanager
def exclusively(out: Path) -> Iterator[None]:
    """Hold the folder for one compile; another one waits, and the lock ends with its process."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with (out / layout.LOCK).open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise SiteError(msg("{out} cannot be written ({reason})", out=out, reason=refusal(error))) from error


def write(content: Content, out: Path, *, lasts: bool = True) -> str:
    """Write a version and make it the one that is served; return its name. What ``lasts`` is on the disk by then.

    Call it while holding the folder ``exclusively``. Readers see the site before or this one; when anything
    fails (a full disk, say), the site before stands and nothing of this one is left. What is to stand as it was is taken
    from the version that is served.
    """
    folder = out / layout.VERSIONS
    folder.mkdir(exist_ok=True)
    versions.sweep(out)
    aside = Path(tempfile.mkdtemp(prefix=versions.ASIDE, dir=folder))
    try:
        standing = Standing(out, content.stood)
        version = _fill(Files(aside, standing.folder, lasts=lasts), standing, content)
        final = folder / version
        if final.exists():
            shutil.rmtree(aside if _is_same(final, aside) else final)
        if aside.exists():
            aside.chmod(0o755)
            aside.rename(final)
        if lasts:
            sync(folder)
        versions.point(out, version, lasts=lasts)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    versions.sweep(out)
    return version


def _is_same(one: Path, other: Path) -> bool:
    """Return whether two folders hold the same files; one that was written before may be damaged since."""
    files = [
        {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
        for folder in (one, other)
    ]
    return files[0].keys() == files[1].keys() and all(
        path.samefile(files[1][name]) or filecmp.cmp(path, files[1][name], shallow=False)
        for name, path in files[0].items()
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
    without_hidden = replace(manifest, good_until=None)  # which waits for hidden events, too
    bodies = {
        layout.SHARDS: STORED.dumps(ShardList, ShardList(shards.count, digests)),
        layout.INDEX: STORED.dumps(Index, index),
        layout.SITE: frame_json(published, content.told_until),
        layout.MANIFEST: STORED.dumps(Manifest, without_hidden),
    }
    manifest = replace(manifest, kept=kept, public=seal.name_of(bodies))
    bodies[layout.MANIFEST] = STORED.dumps(Manifest, manifest)
    for name, body in bodies.items():
        files.write(name, body)
    files.put(layout.SCHEMA, content.schema)
    files.settle()
    return seal.name_of(bodies)


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
