"""Writing a site once more, as of another instant: nothing else of it differs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from coopcal.site import layout, seal
from coopcal.site.files import Files
from coopcal.site.layout import current_version
from coopcal.site.manifest import Manifest
from coopcal.site.scalars import PLAIN
from coopcal.site.sealing import put_sealed
from coopcal.site.stored import STORED
from coopcal.site.swap import swap_in

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)

HEAD = 1_000
"""Bytes in which the instant stands."""


def write_again(out: Path, compiled_at: datetime) -> str:
    """Write the version that is served as one that was compiled at another instant; return its name.

    Call it while holding the folder ``exclusively``. All that is not sealed is linked. Raise SiteError where it cannot be
    written, ValueError where it is not what was written.
    """
    standing = current_version(out)
    sealed = seal.read_sealed(standing)
    return swap_in(out, lambda aside: _fill(Files(aside, standing), standing, sealed, compiled_at))


def timeless(out: Path) -> str:
    """Return a digest of all that the version that is served says, but for the instant at which it was compiled.

    Raise NoSite where there is none, SiteError or ValueError where it is not what was written.
    """
    sealed = dict(seal.read_sealed(current_version(out)))
    manifest = STORED.loads(Manifest, sealed[layout.MANIFEST])
    sealed[layout.SITE] = _at(sealed[layout.SITE], manifest.compiled_at, _BEGINNING)
    plain = replace(manifest, compiled_at=_BEGINNING, public="")
    sealed[layout.MANIFEST] = STORED.dumps(Manifest, plain)
    return seal.name_of(sealed)


def _fill(files: Files, standing: Path, sealed: Mapping[str, bytes], compiled_at: datetime) -> str:
    for folder in (path for path in sorted(standing.rglob("*")) if path.is_dir()):
        name = str(folder.relative_to(standing))
        files.folder(name).chmod(folder.stat().st_mode & 0o777)
    for path in sorted(path for path in standing.rglob("*") if path.is_file()):
        name = str(path.relative_to(standing))
        if name not in sealed:
            files.stand(name)
    manifest = STORED.loads(Manifest, sealed[layout.MANIFEST])
    frame = _at(sealed[layout.SITE], manifest.compiled_at, compiled_at)
    again = replace(manifest, compiled_at=compiled_at)
    version = put_sealed(files, again, sealed[layout.SHARDS], sealed[layout.INDEX], frame)
    files.settle()
    return version


def _at(frame: bytes, before: datetime, now: datetime) -> bytes:
    """Return what is published as of another instant; that of the last compile stands in its head."""
    write = PLAIN[datetime].write
    told, other = (f'"compiled_at":"{write(instant)}"'.encode() for instant in (before, now))
    if frame.count(told, 0, HEAD) != 1:
        raise ValueError(f"{layout.SITE} was compiled at another instant than its manifest")
    return frame.replace(told, other, 1)
