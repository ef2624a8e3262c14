"""Writing a site: aside, made durable, then swapped in by one rename."""

import fcntl
import filecmp
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC
from pathlib import Path

from coopcal.model.message import msg
from coopcal.model.refusal import refusal
from coopcal.site import layout, packing, seal, versions
from coopcal.site.content import Content
from coopcal.site.durable import put, sync
from coopcal.site.index import Index
from coopcal.site.layout import SiteError
from coopcal.site.manifest import Manifest
from coopcal.site.memory import to_json
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


def write(content: Content, out: Path, compress: packing.Compress = packing.compressed) -> str:
    """Write a version and make it the one that is served; return its name. ``compress`` gives the encodings of a body.

    Call it while holding the folder ``exclusively``. Readers see the site before or this one; when anything
    fails (a full disk, say), the site before stands and nothing of this one is left.
    """
    folder = out / layout.VERSIONS
    folder.mkdir(exist_ok=True)
    versions.sweep(out)
    aside = Path(tempfile.mkdtemp(prefix=versions.ASIDE, dir=folder))
    try:
        version = _fill(aside, content, compress)
        final = folder / version
        if final.exists():
            shutil.rmtree(aside if _is_same(final, aside) else final)
        if aside.exists():
            aside.chmod(0o755)
            aside.rename(final)
        sync(folder)
        versions.point(out, version)
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
        filecmp.cmp(files[0][name], files[1][name], shallow=False) for name in files[0]
    )


def _fill(folder: Path, content: Content, compress: packing.Compress) -> str:
    (folder / layout.DOCUMENTS).mkdir(parents=True)
    packed = packing.packed(content, compress)
    put(folder / layout.FEEDS, packed.pack)
    index = Index(
        documents=_documents(folder, content.documents),
        feeds=packed.entries,
        removed=tuple(sorted(content.published.removed)),
        organisations=content.organisations,
        timezones={zone: body.decode() for zone, body in sorted(content.timezones.items())},
    )
    records = b"".join(line for recorded in content.records for line in recorded.lines)
    kept = _keep(folder, content.kept)
    memory = to_json(content.published, content.rows, content.told_until)
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
        layout.RECORDS: records,
        layout.INDEX: STORED.dumps(Index, index),
        layout.SITE: memory,
        layout.MANIFEST: STORED.dumps(Manifest, without_hidden),
    }
    manifest = replace(manifest, kept=kept, public=seal.name_of(bodies))
    bodies[layout.MANIFEST] = STORED.dumps(Manifest, manifest)
    for name, body in (*bodies.items(), (layout.SCHEMA, content.schema)):
        put(folder / name, body)
    for directory in (folder / layout.DOCUMENTS, folder / "public", folder):
        sync(directory)
    return seal.name_of(bodies)


def _documents(folder: Path, documents: Mapping[str, Path]) -> dict[str, str]:
    names = {}
    for address, source in sorted(documents.items()):
        body = source.read_bytes()
        digest = seal.digest(body)
        if not (folder / layout.DOCUMENTS / digest).exists():
            put(folder / layout.DOCUMENTS / digest, body)
        names[address] = digest
    return names


def _keep(folder: Path, kept: Mapping[str, Mapping[str, bytes | Path]]) -> str:
    """Write the sources that are kept where nobody but the owner reads; return their digest."""
    written: list[tuple[str, str, bytes]] = []
    for organisation, files in sorted(kept.items()):
        for path, source in sorted(files.items()):
            body = source if isinstance(source, bytes) else source.read_bytes()
            file = folder / layout.PRIVATE / organisation / path
            file.parent.mkdir(parents=True, exist_ok=True)
            put(file, body)
            written.append((organisation, path, body))
    if kept:
        private = folder / layout.PRIVATE
        private.chmod(0o700)
        for directory in (private, *private.rglob("*")):
            if directory.is_dir():
                sync(directory)
    return seal.kept_digest(written)
