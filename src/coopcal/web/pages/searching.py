"""Search: words, and what to narrow them by."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import Response, abort, request

from coopcal.formats.request import PART
from coopcal.site.record import Record
from coopcal.views.occurrence import Occurrence
from coopcal.views.search import LONGEST
from coopcal.web.current import index, instant
from coopcal.web.headers import ASKING_POLICY
from coopcal.web.pages.blueprint import blueprint, page
from coopcal.web.pages.requested import requested_part

MOST = 50
"""Events that a page of results shows; further ones stand on the next."""

PERIODS = ("coming", "past", "all")
_NAMES = {"q", "organisation", "tag", "country", "when"}
_WITH_PART = {*_NAMES, PART}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: words, and of each choice one value or "" for any."""

    words: str
    organisation: str
    tag: str
    country: str
    when: str

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was asked."""
        return not (self.words or self.organisation or self.tag or self.country)

    @property
    def query(self) -> str:
        """The query that asks the same again, with its question mark."""
        fields = {
            "q": self.words,
            "organisation": self.organisation,
            "tag": self.tag,
            "country": self.country,
            "when": self.when if self.when != PERIODS[0] else "",
        }
        query = urlencode({name: value for name, value in fields.items() if value})
        return f"?{query}" if query else ""

    def fits(self, event: Record) -> bool:
        """Return whether an event is of what is chosen."""
        details = event.details
        return (
            (
                not self.organisation
                or any(party.organisation == self.organisation for party in details.parties)
            )
            and (not self.tag or self.tag in details.tags)
            and (not self.country or any(place.country == self.country for place in details.places))
        )


@blueprint.get("/search/")
def search() -> Response:
    """Show the form, and what was found."""
    if request.args.keys() - _WITH_PART:
        abort(400)
    asked = {name: request.args.get(name, "").strip()[:LONGEST] for name in _NAMES}
    when = asked["when"] if asked["when"] in PERIODS else PERIODS[0]
    question = Question(asked["q"], asked["organisation"], asked["tag"], asked["country"], when)
    results = () if question.is_empty else _results(question)
    answer = page(
        "search.html",
        question=question,
        query=question.query,
        choices=index().choices,
        results=requested_part(results, MOST),
        count=len(results),
        periods=PERIODS,
    )
    answer.headers["Content-Security-Policy"] = ASKING_POLICY
    return answer


def _results(question: Question) -> tuple[Occurrence, ...]:
    """Return a date of each event that was found: those whose title has the words first, then by time."""
    wanted: dict[str, bool] = {}
    for event, whole, in_title in index().find(question.words):
        if question.fits(event):
            wanted[whole] = in_title or wanted.get(whole, False)
    dates = _dates(wanted, instant(), question.when)
    return (
        *(date for whole, date in dates if wanted[whole]),
        *(date for whole, date in dates if not wanted[whole]),
    )


def _dates(wanted: Collection[str], now: datetime, when: str) -> list[tuple[str, Occurrence]]:
    """Return the next date of each event that is wanted, else its last one, of the period that is asked for; in order."""
    ahead: dict[str, Occurrence] = {}
    behind: dict[str, Occurrence] = {}
    for whole, date in index().dates:
        if whole in wanted:
            if date.ends <= now:
                behind[whole] = date
            elif whole not in ahead:
                ahead[whole] = date
    chosen = {"coming": ahead, "past": behind}.get(when, behind | ahead)
    return sorted(chosen.items(), key=lambda one: one[1].key, reverse=when == "past")
