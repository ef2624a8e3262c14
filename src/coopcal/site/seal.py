"""The seal of a version: its name is a digest of what it holds, so that damage is noticed where it is read."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from coopcal.model.message import msg
from coopcal.site import layout
from coopcal.site.layout import SiteError
from coopcal.site.manifest import Manifest
from coopcal.site.stored import STORED

SEALED = (layout.RECORDS, layout.INDEX, layout.SITE, layout.MANIFEST)
"""The files that a name is made of. The index holds the digests of feeds and documents, the manifest that of what is kept."""

DIGITS = 40
"""Digits of a name. Versions that were written before there were seals have fewer, and are read as they are."""


def digest(content: bytes) -> str:
    """Return the digest of a document."""
    return hashlib.sha256(content).hexdigest()


def short_digest(content: bytes) -> str:
    """Return the digest of a feed or an event: half of it, as it stands in headers."""
    return digest(content)[:32]


def name_of(bodies: Mapping[str, bytes]) -> str:
    """Return the name of a version with these files."""
    sealed = hashlib.sha256()
    for name in SEALED:
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
    bodies = {name: (version / name).read_bytes() for name in SEALED}
    if len(version.name) == DIGITS and name_of(bodies) != version.name:
        raise ValueError("its files are not what was written")
    return bodies


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
