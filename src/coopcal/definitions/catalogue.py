"""The whole source tree → catalogue."""

from collections.abc import Callable

from coopcal.definitions.codes.dates import NO_SUCH_TIME, TWICE_THAT_DAY, WHICH_ZONE
from coopcal.definitions.codes.events import UNKNOWN_GROUP, UNKNOWN_TAG
from coopcal.definitions.feed.feed import feed
from coopcal.definitions.organisation import organisation
from coopcal.definitions.settings import settings
from coopcal.definitions.source.tree import SITE_FILE, OrganisationFiles, SourceTree
from coopcal.definitions.tokens import tokens
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Position, Problem, Problems
from coopcal.model.site import Catalogue, SiteSettings
from coopcal.model.text import Text

HELD_BACK = frozenset({UNKNOWN_GROUP, UNKNOWN_TAG, WHICH_ZONE, TWICE_THAT_DAY, NO_SUCH_TIME})
"""Problems that the lack of the site's settings alone may cause."""


ReadOrganisation = Callable[[OrganisationFiles, SourceTree, SiteSettings, Problems], Organisation | None]
"""Gives the organisation of some files, and notes what is wrong with it."""


def decode(
    tree: SourceTree, read_organisation: ReadOrganisation = organisation
) -> tuple[Catalogue | None, tuple[Problem, ...]]:
    """Read everything that the sources say, with all problems; None where there are no usable settings."""
    problems = Problems()
    site = settings(tree.site, tree.root, problems) if tree.site else None
    around = site or SiteSettings(Position(SITE_FILE), "invalid", Text.of("en", "?"))
    others = Problems()
    organisations = [
        decoded
        for files in tree.organisations
        if (decoded := read_organisation(files, tree, around, others)) is not None
    ]
    feeds = [feed(file, around, others, tree.kept) for file in tree.feeds]
    if site is None:
        kept = (problem for problem in others.found if problem.code not in HELD_BACK)
        return None, (*problems.found, *kept)
    read_tokens = tokens(tree.tokens, around, others) if tree.tokens else ()
    catalogue = Catalogue(
        site,
        tuple(organisations),
        tuple(feed for feed in feeds if feed.audience is None),
        tree.unread,
        tree.strays,
        tuple(feed for feed in feeds if feed.audience is not None),
        read_tokens,
    )
    return catalogue, (*problems.found, *others.found)
