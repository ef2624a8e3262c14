"""The site that a request is answered from: one, from its beginning to its end."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from flask import abort, current_app, g, request

from coopcal.site.layout import SiteError
from coopcal.site.reader import Site
from coopcal.views.agenda import Agenda
from coopcal.views.filters import hour
from coopcal.views.former import FormerAddresses

Made = TypeVar("Made")

SITE = "coopcal.site"
"""Where a request carries the site that it is answered from (PEP 3333)."""


FORMER = "coopcal.former"
"""Where a request carries whether it is for an address that the site had before."""

AWAY = "coopcal.away"
"""What a request carries whose answer leads away from this server."""


class PerSite(Generic[Made]):
    """What is made of a site that is served, for all threads; while one makes it, those that need it wait.

    It is kept with the site, and goes with it: a version that is made ready does not drive out the one that is served.
    """

    def __init__(self, make: Callable[[Site], Made]) -> None:
        self._make = make
        self._lock = Lock()

    def of(self, served: Site) -> Made:
        """Return what is made of a site; it is made once a version."""
        made: Made | None = served.made.get(self)
        if made is None:
            with self._lock:
                made = served.made.get(self)
                if made is None:
                    made = served.made[self] = self._make(served)
        return made


class Agendas(PerSite[Agenda]):
    """The agenda of the site that is served."""

    def __init__(self) -> None:
        super().__init__(Agenda)


def site() -> Site:
    """Return the site of this request; answer 503 where there is none yet."""
    if "site" not in g:
        try:
            g.site = request.environ.get(SITE) or current_app.extensions["coopcal"].current()
        except SiteError:
            abort(503)
    current: Site = g.site
    return current


def agenda() -> Agenda:
    """Return the agenda of the site of this request."""
    made: Agenda = current_app.extensions["coopcal_agendas"].of(site())
    return made


def former() -> FormerAddresses:
    """Return the former addresses of the pages of the site of this request."""
    made: FormerAddresses = current_app.extensions["coopcal_former"].of(site())
    return made


def instant() -> datetime:
    """Return the instant of this request; its answer is true until something ends, or a day begins."""
    if "instant" not in g:
        g.instant = current_app.extensions["coopcal_clock"]()
    now: datetime = g.instant
    return now


def hour_of_request() -> datetime:
    """Return the hour that the instant of this request lies in; its answer is true until the next one."""
    begun = hour(current_app.extensions["coopcal_clock"]())
    g.until = begun + timedelta(hours=1)
    return begun


def true_only_until(moment: datetime) -> None:
    """Note an instant at which the answer to this request may be another one."""
    g.until = min(moment, g.until) if "until" in g else moment


def true_until() -> datetime | None:
    """Return the first instant at which the answer to this request may be another one; None if no time makes it so."""
    moments: list[datetime] = [g.until] if "until" in g else []
    if "instant" in g:
        moments.append(agenda().next_turn(g.instant))
    return min(moments, default=None)


def written_query() -> str:
    """Return the query of the address, in which some programs send characters as they are, in UTF-8."""
    return request.query_string.decode("utf-8", "replace")
