"""The site that a request is answered from: one, from its beginning to its end."""

from datetime import datetime

from flask import abort, current_app, g

from coopcal.agenda import Agenda
from coopcal.site.layout import SiteError
from coopcal.site.reader import Site


class Agendas:
    """The agenda of the site that is served; it is made once a version."""

    def __init__(self) -> None:
        self._made: Agenda | None = None

    def of(self, found: Site) -> Agenda:
        """Give the agenda of a site."""
        made = self._made
        if made is None or made.site is not found:
            made = self._made = Agenda(found)
        return made


def site() -> Site:
    """Give the site of this request; answer 503 where there is none yet."""
    if "site" not in g:
        try:
            g.site = current_app.extensions["coopcal"].current()
        except SiteError:
            abort(503)
    found: Site = g.site
    return found


def agenda() -> Agenda:
    """Give the agenda of the site of this request."""
    made: Agenda = current_app.extensions["coopcal_agendas"].of(site())
    return made


def instant() -> datetime:
    """Give the instant of this request."""
    found: datetime = current_app.extensions["coopcal_clock"]()
    return found
