"""A compile of sources that have not changed since the last one, while time alone changes nothing either."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from coopcal.compile.store import head
from coopcal.compile.store.head import Head
from coopcal.compile.store.sources import Looked
from coopcal.definitions.source.texts import Texts
from coopcal.definitions.source.tree import OrganisationName
from coopcal.model.problem import Problem
from coopcal.site.again import write_again
from coopcal.site.layout import SiteError
from coopcal.site.manifest import Held
from coopcal.site.swap import exclusively


@dataclass(frozen=True, slots=True)
class Unchanged:
    """What came of it: all that is told of the sources, the version that was written, and what is in that; nothing changed ``since`` anything."""

    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    version: str
    feeds: int
    events: int
    held: tuple[Held, ...] = ()
    published: bool = True
    since: datetime | None = None


def compile_again(root: Path, out: Path, now: datetime, looked: Looked | None = None) -> Unchanged | None:
    """Write the site in ``out`` once more, as of another instant; None where its sources or anything else may have changed.

    Nothing of it is read but what tells that, and no digest is taken again that was ``looked`` at: it is the same, byte for byte, but for the instant at which it was compiled.
    """
    instant = now.astimezone(UTC).replace(microsecond=0)
    store = head.folder_of(out)
    if not store.is_dir():
        return None
    with exclusively(out):
        known = head.read(store)
        if known is None or not _stands(known, root, out, instant, looked or Looked(root)):
            return None
        try:
            version = write_again(out, instant)
        except (SiteError, ValueError, KeyError):
            return None
        told = replace(known, version=version, at=instant)
        head.write(store, replace(told, seal=head.seal_of(out, version)))
    return Unchanged(known.problems, Texts(root, known.texts), version, known.feeds, known.events)


def _stands(known: Head, root: Path, out: Path, now: datetime, looked: Looked) -> bool:
    """Return whether a compile would make of the sources what the last one made, but for the instant."""
    if now >= known.good or not known.is_of(root, looked.frame, now):
        return False
    names = [OrganisationName(name, name in known.folders) for name in known.sources]
    digests = looked.at(names)
    return (
        digests.around == known.beside
        and all(digests.of(name) == known.sources[name.id] for name in names)
        and known.seal == head.seal_of(out, known.version)
    )
