"""The site that a request is answered from: one, from its beginning to its end."""

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Generic, TypeVar

from flask import abort, current_app, g

from coopcal.site.layout import SiteError
from coopcal.site.reader import Site
from coopcal.views.agenda import Agenda
from coopcal.views.former import FormerAddresses
from coopcal.views.search import Index

Made = TypeVar("Made")


class PerSite(Generic[Made]):
    """What is made of the site that is served, for all threads; while one makes it, those that need it wait.

    At most one is kept, of the site asked for last: as large as the site's records are, and let go with them.
    """

    def __init__(self, make: Callable[[Site], Made]) -> None:
        self._make = make
        self._made: tuple[Site, Made] | None = None
        self._lock = Lock()

    def of(self, served: Site) -> Made:
        """Return what is made of a site; it is made once a version."""
        made = self._made
        if made is None or made[0] is not served:
            with self._lock:
                made = self._made
                if made is None or made[0] is not served:
                    made = self._made = (served, self._make(served))
        return made[1]


class Agendas(PerSite[Agenda]):
    """The agenda of the site that is served."""

    def __init__(self) -> None:
        super().__init__(Agenda)


def site() -> Site:
    """Return the site of this request; answer 503 where there is none yet."""
    if "site" not in g:
        try:
            g.site = current_app.extensions["coopcal"].current()
        except SiteError:
            abort(503)
    current: Site = g.site
    return current


def agenda() -> Agenda:
    """Return the agenda of the site of this request."""
    made: Agenda = current_app.extensions["coopcal_agendas"].of(site())
    return made


def index() -> Index:
    """Return the words of the events of the site of this request."""
    made: Index = current_app.extensions["coopcal_index"].of(site())
    return made


def former() -> FormerAddresses:
    """Return the former addresses of the pages of the site of this request."""
    made: FormerAddresses = current_app.extensions["coopcal_former"].of(site())
    return made


def instant() -> datetime:
    """Return the instant of this request."""
    now: datetime = current_app.extensions["coopcal_clock"]()
    return now
