"""Which feeds of others the sources merge in, and whose events they hold."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from coopcal.authoring.including.fetch import Wanted
from coopcal.definitions.catalogue import decode
from coopcal.definitions.source.origin import Folder
from coopcal.definitions.source.reader import read_frame, read_organisations
from coopcal.model.included import Include
from coopcal.model.site import Catalogue, SiteSettings


def wanted_in(root: Path) -> tuple[SiteSettings, tuple[Wanted, ...]] | None:
    """Return the settings of a site and the feeds of others that it merges in, each once; None where it has no settings.

    Of the organisations those alone are read whose events they hold; one that is not there is nobody's.
    """
    origin = Folder(root)
    frame = read_frame(origin)
    around, _ = decode(frame.tree)
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
    return around.settings, tuple(found)


def _includes(catalogue: Catalogue) -> Iterator[Include]:
    for feed in (*catalogue.feeds, *catalogue.private_feeds):
        yield from feed.include
