"""The seal of a version: its name is a digest of what it holds, so that damage is noticed where it is read."""

import hashlib
import mmap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from coopcal.model.message import msg
from coopcal.site import layout
from coopcal.site.index import Body, FeedEntry
from coopcal.site.layout import FORMER_ROWS, ShardList, SiteError, rows_file
from coopcal.site.lines import with_rows
from coopcal.site.manifest import Manifest
from coopcal.site.stored import STORED

SEALED = (layout.SHARDS, layout.INDEX, layout.SITE, layout.MANIFEST)
"""The files that a name is made of. The list of shards holds the digests of their files, which hold those of feeds; the index
those of documents, and the manifest that of what is kept."""

FORMER_RECORDS = "public/records.pack"
FORMER_SEALED = (FORMER_RECORDS, layout.INDEX, layout.SITE, layout.MANIFEST)
"""The same of versions that were written before there were shards."""

DIGITS = 40
"""Digits of a name. Versions that were written before there were seals have fewer, and are read as they are."""


def digest(content: bytes | memoryview) -> str:
    """Return the digest of a document."""
    return hashlib.sha256(content).hexdigest()


def short_digest(content: bytes | memoryview) -> str:
    """Return the digest of a feed or an event: half of it, as it stands in headers."""
    return digest(content)[:32]


def is_body(body: Body) -> bool:
    """Return whether a body, or another stretch of a pack, is what was written."""
    content = memoryview(body.pack)[body.offset : body.offset + body.length]
    return len(content) == body.length and short_digest(content) == body.etag


def name_of(bodies: Mapping[str, bytes]) -> str:
    """Return the name of a version with these files, which are all that are sealed."""
    sealed = hashlib.sha256()
    for name in FORMER_SEALED if FORMER_RECORDS in bodies else SEALED:
        sealed.update(hashlib.sha256(bodies[name]).digest())
    return sealed.hexdigest()[:DIGITS]


def kept_digest(files: Iterable[tuple[str, str, bytes]]) -> str:
    """Return the digest of the kept sources of organisations: each with its organisation, path and content, in order."""
    sealed = hashlib.sha256()
    for organisation, path, content in files:
        sealed.update(hashlib.sha256(content).digest() + f"{organisation}/{path}\n".encode())
    return sealed.hexdigest()


def read_sealed(version: Path) -> Mapping[str, bytes]:
    """Read the sealed files of a version; raise OSError where one is missing, ValueError where they are not what was written."""
    names = FORMER_SEALED if (version / FORMER_RECORDS).exists() else SEALED
    bodies = {name: (version / name).read_bytes() for name in names}
    if len(version.name) == DIGITS and name_of(bodies) != version.name:
        raise ValueError("its files are not what was written")
    return bodies


def read_listed(version: Path, shards: ShardList, name: str) -> bytes:
    """Read a file of a shard; raise OSError where it is missing, ValueError or KeyError where it is not what was written."""
    content = (version / name).read_bytes()
    if digest(content) != shards.files[name]:
        raise ValueError(f"{name} is not what was written")
    return content


Shard = tuple[tuple[FeedEntry, ...], bytes | mmap.mmap]
"""The entries of the feeds of a shard, and the pack that their bodies stand in."""


def in_packs(shards: Iterable[Shard], selected: Mapping[str, Sequence[int]]) -> list[FeedEntry]:
    """Return the feeds of all shards, in order, with their bodies; ``selected`` are the events of each by its id.

    Raise ValueError where something that is named is not there, or not what was written.
    """
    entries = [placed for feeds, pack in shards for placed in _in_pack(feeds, pack, selected)]
    if not selected.keys() <= {entry.id for entry in entries if entry.is_current}:
        raise ValueError("an event is in a feed that is not there")
    return sorted(entries, key=_in_order)


def _in_order(entry: FeedEntry) -> tuple[bool, str, int, str]:
    return entry.changes, entry.id, entry.year or 0, entry.translation or ""


def _in_pack(
    entries: Iterable[FeedEntry], pack: bytes | mmap.mmap, selected: Mapping[str, Sequence[int]]
) -> Iterator[FeedEntry]:
    """Return entries whose bodies stand in a pack; raise ValueError where they are not what was written."""
    length = 0
    for entry in entries:
        placed = entry.placed(pack, tuple(selected.get(entry.id, ())) if entry.is_current else ())
        for body in placed.stretches:
            if not is_body(body):
                raise ValueError(f"{layout.FEEDS} are not what was written")
            length += body.length
        yield placed
    if length != len(pack):
        raise ValueError(f"{layout.FEEDS} are not what was written")


def mapped(path: Path) -> bytes | mmap.mmap:
    """Return the bytes of a file, which all processes that read it share; it may be swept away meanwhile."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def read_memory(version: Path) -> bytes:
    """Read what a version has published, of this layout or a former one.

    Raise OSError where a file is missing; ValueError, TypeError or KeyError where one is not what was written.
    """
    files = read_sealed(version)
    return (
        _joined(version, files[layout.SITE], files[layout.SHARDS])
        if layout.SHARDS in files
        else files[layout.SITE]
    )


def read_unsealed(folder: Path) -> bytes:
    """Read a ``site.json`` in a folder, or join it where the ``public`` files of a version are there; raise as ``read_memory``."""
    content = (folder / "site.json").read_bytes()
    shards = folder.parent / layout.SHARDS
    if folder.name == Path(layout.SHARDS).parent.name and shards.exists():
        return _joined(folder.parent, content, shards.read_bytes())
    return content


def _joined(version: Path, frame: bytes, listed: bytes) -> bytes:
    shards = STORED.loads(ShardList, listed)
    names = (*map(rows_file, range(shards.count)), FORMER_ROWS)
    return with_rows(frame, (read_listed(version, shards, name) for name in names))


def is_document(path: Path) -> bool:
    """Return whether a published document is what was written: its file is named by its digest."""
    try:
        return digest(path.read_bytes()) == path.name
    except OSError:
        return False


def check_kept(version: Path) -> None:
    """Raise SiteError where the kept sources of a version are not what was written."""
    try:
        manifest = STORED.loads(Manifest, read_sealed(version)[layout.MANIFEST])
        kept = kept_digest(_kept(version / layout.PRIVATE))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SiteError(
            msg(
                "the sources that are kept in {version} cannot be read ({error})",
                version=version,
                error=error,
            )
        ) from error
    if manifest.kept not in ("", kept):
        raise SiteError(
            msg("the sources that are kept in {version} are not what was written", version=version)
        )


def _kept(folder: Path) -> Iterable[tuple[str, str, bytes]]:
    paths = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    for organisation, path in sorted(
        (path_inside.parts[0], "/".join(path_inside.parts[1:])) for path_inside in paths
    ):
        yield organisation, path, (folder / organisation / path).read_bytes()
