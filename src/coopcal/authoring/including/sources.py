"""Which feeds of others the sources merge in, and whose events they hold."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from coopcal.authoring.including.fetch import Wanted
from coopcal.definitions.catalogue import decode
from coopcal.definitions.source.origin import Folder
from coopcal.definitions.source.reader import read_frame, read_organisations
from coopcal.definitions.source.unused_copies import UnusedCopy
from coopcal.model.included import Include
from coopcal.model.problem import has_errors
from coopcal.model.site import Catalogue, SiteSettings


class Merged(NamedTuple):
    """The settings of a site, the feeds of others that it merges in, each once, and copies of those that it did once."""

    settings: SiteSettings
    wanted: tuple[Wanted, ...]
    unused: tuple[UnusedCopy, ...]


def merged_in(root: Path) -> Merged | None:
    """Return what the sources in a folder merge in; None where they have no settings.

    Of the organisations those alone are read whose events they hold; one that is not there is nobody's.
    """
    origin = Folder(root)
    frame = read_frame(origin)
    around, problems = decode(frame.tree)
    if around is None:
        return None
    includes = {(one.organisation.id, one.copy): one for one in reversed(tuple(_includes(around)))}
    owners = {organisation for organisation, _ in includes}
    named = [one for one in frame.organisations if one.id in owners]
    part, _ = read_organisations(origin, [replace(one, copies=()) for one in named])
    others = tuple(one.id for one in frame.organisations if one.id not in owners)
    tree = replace(frame.tree, organisations=part.organisations, feeds=(), elsewhere=others)
    catalogue, _ = decode(tree)
    known = (
        {one.id: replace(one, events=(), named=()) for one in catalogue.organisations} if catalogue else {}
    )
    found = (
        Wanted(include, known[organisation])
        for (organisation, _), include in reversed(includes.items())
        if organisation in known
    )
    unused = () if has_errors(problems) else frame.unused
    return Merged(around.settings, tuple(found), unused)


def _includes(catalogue: Catalogue) -> Iterator[Include]:
    for feed in (*catalogue.feeds, *catalogue.private_feeds):
        yield from feed.include
