"""The first page: what is on next, the calendars, the organisations."""

from itertools import islice

from flask import Response

from coopcal.model.ids import ALL
from coopcal.views.occurrences import coming, once, whole
from coopcal.web.current import agenda, instant, site
from coopcal.web.pages.blueprint import blueprint, page

NEXT = 12
"""Events that the first page shows, each with its next date."""


@blueprint.get("/")
def home() -> Response:
    """Show what is on next, and every calendar and organisation."""
    compiled = site()
    ids = {one.id for one in compiled.organisations}
    feeds = [feed for name, feed in compiled.feeds.items() if name == feed.id and not feed.gone]
    return page(
        "home.html",
        feeds=[feed for feed in feeds if feed.id not in ids],
        organisations=sorted(compiled.organisations, key=lambda one: one.id),
        upcoming=list(islice(once(coming(whole(agenda().of_feed(ALL)), instant())), NEXT)),
    )
