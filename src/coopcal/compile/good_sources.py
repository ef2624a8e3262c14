"""The sources of organisations as they were when they were last good: the private part of a version."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from coopcal.definitions.source.tree import OrganisationFiles, SourceTree
from coopcal.model.event import files_of
from coopcal.model.organisation import Organisation
from coopcal.model.site import Catalogue
from coopcal.site import layout, seal
from coopcal.site.layout import NoSite, SiteError, current_version
from coopcal.site.manifest import Held
from coopcal.site.reader import open_site

Files = Mapping[str, bytes | Path]
"""Paths in the source tree, and what each file holds or where it lies."""


def folder_of(out: Path, organisation: str) -> Path | None:
    """Return the folder that holds the kept sources of an organisation, as a source tree; None where there is none.

    Raise SiteError where they are damaged.
    """
    try:
        version = current_version(out)
    except NoSite:
        return None
    folder = version / layout.PRIVATE / organisation
    if not folder.is_dir():
        return None
    seal.check_kept(version)
    return folder


def held_before(out: Path) -> Mapping[str, Held]:
    """Return what the current version of a site holds, by organisation."""
    try:
        return {held.organisation: held for held in open_site(out).manifest.held}
    except SiteError:
        return {}


def to_keep(catalogue: Catalogue, tree: SourceTree) -> Mapping[str, Files]:
    """Return the files of every organisation of sound sources: its YAML, and what stands beside it and is named there."""
    by_id = {files.id: files for files in tree.organisations}
    return {one.id: files_to_keep(one, by_id[one.id], tree) for one in catalogue.organisations}


def files_to_keep(one: Organisation, files: OrganisationFiles, tree: SourceTree) -> Files:
    """Return the files of an organisation that was read from these: its YAML, and what stands beside it and is named there."""
    root = files.root or tree.root
    assert root is not None, "what is published lies in a folder"
    named = {
        file
        for event in one.events
        for part in (event, *event.dates, *event.details.sessions)
        for file in files_of(part)
    }
    named |= {image.file for _, image in one.pictures if image.file}
    texts = {path: tree.texts[path].encode() for path in _paths(files)}
    return {**texts, **{file: root / file for file in sorted(named)}}


def _paths(files: OrganisationFiles) -> Iterator[str]:
    return (file.path for file in (files.main, *files.events) if file is not None)
