"""The site that a request is answered from: one, from its beginning to its end."""

from datetime import datetime

from flask import abort, current_app, g

from coopcal.site.layout import SiteError
from coopcal.site.reader import Site


def site() -> Site:
    """Give the site of this request; answer 503 where there is none yet."""
    if "site" not in g:
        try:
            g.site = current_app.extensions["coopcal"].current()
        except SiteError:
            abort(503)
    found: Site = g.site
    return found


def instant() -> datetime:
    """Give the instant of this request."""
    found: datetime = current_app.extensions["coopcal_clock"]()
    return found
