"""``/search/index.json``: the events of a site, compact, for pages that are files and find in the browser."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, Flask, Response

from coopcal.model.ids import ALL
from coopcal.site.details import Words
from coopcal.site.record import OverrideRecord, Record, SessionRecord
from coopcal.text.words import labelled
from coopcal.views.agenda import Agenda
from coopcal.views.occurrence import Occurrence, occurrence, organisers
from coopcal.views.occurrences import Chapter, Row, gathered, in_lists, roughly, row_of
from coopcal.views.search import city_key, names_of, said, texts, words_once
from coopcal.views.sentence import row_in_words
from coopcal.views.whose_time import whose_time
from coopcal.web import language
from coopcal.web.brand import brand
from coopcal.web.current import agenda, instant
from coopcal.web.headers import PAGE_CACHING
from coopcal.web.index_rows import Fields, Numbered, bounded, full
from coopcal.web.language import gettext as _
from coopcal.web.language import ngettext
from coopcal.web.links import base_path, link

LARGEST = 2_000_000
"""Bytes of an index; a larger one leaves out descriptions, then what was over first."""

PAGES_BEFORE, PAGES_AFTER = timedelta(days=150), timedelta(days=430)
"""How long ago, and how far ahead, dates lie that stand on pages of months."""

NAMED = 3
"""Organisers of an event that are named; of further ones it is told how many there are."""

NEXT = 10
"""Dates to come of a record that are said in words; further ones are there to be counted."""

blueprint = Blueprint("search-index", __name__)
blueprint.url_value_preprocessor(language.take)
blueprint.before_request(language.settle)


def add(app: Flask) -> None:
    """Add the index, in each language, to an application."""
    app.register_blueprint(blueprint)
    app.register_blueprint(blueprint, name="search-index-by-language", url_prefix="/<language:language>")


@blueprint.get("/search/index.json")
def search_index() -> Response:
    """Return the index in the language of its address."""
    index = Index(agenda(), instant(), language.current())
    events = [*index.events()]
    frame = _frame(language.current(), index.months) | {
        "shared": index.shared.listed,
        "feeds": index.feeds,
        "faces": index.faces,
    }
    answer = Response(bounded(events, frame, LARGEST), mimetype="application/json")
    answer.headers["Cache-Control"] = PAGE_CACHING
    return answer


class Index:
    """The events of a site in a language: of each record its last date, and those to come at an instant.

    ``feeds`` are ids, by whose numbers records say which feeds, beside that of everything, they are in; ``others`` are the numbers of
    the records of dates that are not as the first one, by what their addresses have behind that of the event.
    An event has its ``page``, ``records``, ``dates``, further dates (``later``), how it ``recurs`` in words, and, if it is a session, the page of the event
    ``of`` which it is one. Its ``turns`` are the days from which on it is called otherwise, or elsewhere: the records before and behind
    each, from when on, and how and where, with the language of each text. Lists tell it in ``rows``, which have the same, and to which records
    belong by their number, from 1 on. What is known no better than by its season or year says under which words lists have it (``roughly``). A record says what some of the dates show and are chosen by, and what they are found by: the words of
    its title, others, and those of its description, folded; what many records have alike stands once, in ``shared``, by its number
    in them. A date is the number of its record, what its address has behind that
    of the event, its ``datetime``, its first day, the seconds (Unix) of its beginning and end, when it is in words, and its day in short if there are others; a further
    one is its record, its first day and its end.
    """

    def __init__(self, known: Agenda, instant: datetime, tongue: str) -> None:
        self._known = known
        self._instant = instant
        self._today = instant.date()
        self._tongue = tongue
        self._here = whose_time(known.once, tongue, known.site.feeds[ALL].timezone).here
        self._names = names_of(known.site)
        self._owner = known.owner(ALL)
        self.shared = Numbered()
        self._in_all = frozenset(id(one.event) for one in known.of_feed(ALL))
        self.months: set[date] = set()
        self.feeds = [name for name, entry in known.site.feeds.items() if name not in (ALL, *entry.former)]
        self.faces: dict[str, Fields] = {}
        self._in_feeds: dict[int, list[int]] = {}
        for number, name in enumerate(self.feeds):
            for identity in dict.fromkeys(id(one.event) for one in known.of_feed(name)):
                self._in_feeds.setdefault(identity, []).append(number)

    def events(self) -> Iterator[Fields]:
        """Return the events, in the order of their addresses."""
        wholes: dict[str, list[Record]] = {}
        for record in self._known.site.events:
            wholes.setdefault(record.whole, []).append(record)
        for whole, records in sorted(wholes.items()):
            yield self._event(whole, records)

    def _event(self, whole: str, records: Sequence[Record]) -> Fields:
        page, known = self._to(whole), {id(record) for record in records}
        occurrences = [one for one in self._known.of(records) if id(one.event) in known]
        ahead = [one for one in occurrences if one.ends > self._instant]
        rows = [one for one in gathered(in_lists(ahead)) if one.others]
        row_of_record = {id(record): at for at, one in enumerate(rows, 1) for record in one.records}
        distinct = Numbered()
        numbers = {
            id(record): distinct.add(self._record(record, records[0], row_of_record.get(id(record), 0)))
            for record in records
        }
        behind = {id(one.event): one for one in occurrences if one.ends <= self._instant}
        self.months |= {one.first.replace(day=1) for one in ahead}
        met: Counter[int] = Counter()
        is_said = []
        for one in ahead:
            met[id(one.event)] += 1
            is_said.append(met[id(one.event)] <= NEXT)
        said_dates = [
            *sorted(behind.values(), key=lambda one: one.key),
            *(one for one, is_one in zip(ahead, is_said, strict=True) if is_one),
        ]
        row: Fields = {
            "page": page,
            "records": distinct.listed,
            "dates": [self._date(one, numbers[id(one.event)], page) for one in said_dates],
            "later": [
                [numbers[id(one.event)], one.first.isoformat(), int(one.ends.timestamp())]
                for one, is_one in zip(ahead, is_said, strict=True)
                if not is_one
            ],
        }
        earliest, latest = self._today - PAGES_BEFORE, self._today + PAGES_AFTER
        row["others"] = {
            self._to(one.address).removeprefix(page): numbers[id(one.event)]
            for one in occurrences
            if numbers[id(one.event)] and earliest <= one.first <= latest
        }
        if len(ahead) > 1:
            row |= self._recurring(row_of(ahead), numbers)
            row["rows"] = [self._recurring(one, numbers) for one in rows]
        match records[0]:
            case SessionRecord(organisation=organisation, path=path):
                row["of"] = self._to(f"/events/{organisation}/{path[0]}/")
        return full(row)

    def _record(self, record: Record, first: Record, row: int) -> Fields:
        details = record.details
        where, whose = self._say("where", details.where_words), list(self._whose(record))
        shared = {
            **(where or ({"where": _("Online")} if details.online else {})),
            "organisation": record.organisation,
            "whose": whose[:NAMED],
            "beyond": _beyond(len(whose) - NAMED),
            "face": self._face(record),
            "zone": record.timezone if details.kind in ("timed", "deadline") else "",
            "lasts": bool(occurrence(record).iso_end),
            "parties": [[party.role, party.organisation or ""] for party in details.parties],
            "tags": details.tags,
            "countries": sorted({place.country for place in details.places if place.country}),
            "cities": sorted({city_key(name) for place in details.places for name in place.city.values()}),
            "spoken": [tongue.lower() for tongue in details.spoken],
            "online": details.attended,
            "feeds": self._in_feeds.get(id(record), []),
            "words": words_once(said(texts(record, self._names))),
        }
        own = {
            "row": row,
            **self._say("title", details.title),
            **(self._say("reason", details.reason) if details.is_off or details.moved_from else {}),
            "status": details.status if details.status in ("cancelled", "postponed", "tentative") else "",
            "states": [(state.kind, state.words) for state in occurrence(record).states(self._tongue)],
            "elsewhere": id(record) not in self._in_all,
            "roughly": self._roughly(occurrence(record)),
            "apart": isinstance(record, OverrideRecord) or details.is_off,
        }
        found_by = _found_by(record)
        whole = _found_by(first)
        others = {name: words for name, words in found_by.items() if words != whole[name]}
        others = full(found_by) if record is first else others
        return {**full(own), **others, "shared": self.shared.add(full(shared))}

    def _date(self, one: Occurrence, record: int, page: str) -> list[Any]:
        return [
            record,
            self._to(one.address).removeprefix(page),
            one.iso,
            one.first.isoformat(),
            int(one.begins.timestamp()),
            int(one.ends.timestamp()),
            one.words(self._tongue, self._here),
            *((language.short_day(one.first, self._tongue),) if one.recurs else ()),
        ]

    def _recurring(self, row: Row, numbers: Mapping[int, int]) -> Fields:
        """Return how the dates of a row recur, and from when on they are otherwise."""
        words = row_in_words(row, self._known, self._instant, self._tongue, self._here)
        turns = [
            [numbers[id(before.event)], numbers[id(after.event)], *self._turn(before, after)]
            for before, after in row.turns
        ]
        return full({"recurs": words, "turns": turns})

    def _turn(self, before: Occurrence, after: Occurrence) -> tuple[str, list[tuple[str, str]]]:
        """Return from when on a series is called otherwise, or takes place elsewhere, and how and where, with the language of each."""
        was, now = before.details, after.details
        said = [self._said(now.title)] if now.title != was.title else []
        if now.where_words and now.where_words != was.where_words:
            said.append(self._said(now.where_words))
        if now.online and not was.online:
            said.append((_("Online"), ""))
        label = labelled(language.since(after.first, self._tongue), "", self._tongue)
        return label, said or [self._said(now.title)]

    def _roughly(self, one: Occurrence) -> str:
        """Return the heading of what is known no better than by its season or year."""
        rough = roughly(one)
        if rough is None:
            return ""
        words = language.roughly(rough, self._tongue)
        return (
            _("%(when)s, date to be announced") % {"when": words}
            if Chapter((), roughly=rough).is_year
            else words
        )

    def _whose(self, record: Record) -> Iterator[tuple[str, str]]:
        """Return the names of those whose event it is, and the organisations that they are, none where all are of one."""
        found = organisers(record)
        if any(party.organisation != self._owner for party in found):
            for party in found:
                yield (
                    party.name.get(self._tongue) or next(iter(party.name.values())),
                    party.organisation or "",
                )

    def _face(self, record: Record) -> str:
        """Return the organisation whose logo or letters stand before those whose event it is, and note these in ``faces``."""
        name = next((party.organisation or "" for party in organisers(record)), "")
        face = brand(name) if name and name not in self.faces else None
        if face is not None:
            self.faces[name] = (
                full({"logo": _at(face.logo.url), "width": face.logo.width, "height": face.logo.height})
                if face.logo
                else full({"letters": face.monogram(self._tongue), "tint": face.tint})
            )
        return name if name in self.faces else ""

    def _say(self, name: str, text: Words) -> Fields:
        """Return a text in the language, else in the first that it is written in, with that language."""
        words, other = self._said(text)
        return {name: words, f"{name}_in": other} if words else {}

    def _said(self, text: Words) -> tuple[str, str]:
        """Return a text in the language; in another one, if it is not in it, with that."""
        if not text:
            return "", ""
        other = self._tongue if self._tongue in text else next(iter(text))
        return text[other], other if other != self._tongue else ""

    def _to(self, address: str) -> str:
        return link(language.localised(address, self._tongue))


def _found_by(record: Record) -> dict[str, str]:
    details = record.details
    return {
        "heading": words_once(said((details.title,))),
        "described": words_once(said((details.description,))),
    }


def _frame(tongue: str, listed: Iterable[date]) -> Fields:
    """Return what leaves of the calendar say: weekdays from Monday on, and months; and what addresses of pages of organisations begin with.

    The ``listed`` months, by their first days, are what headings of lists are called.
    """
    days = [date(2024, 1, number) for number in range(1, 8)]
    months = [date(2024, number, 1) for number in range(1, 13)]
    return {
        "now": _("On now"),
        "weekdays": [language.weekday(day, tongue) for day in days],
        "months": [language.month(day, tongue) for day in months],
        "chapters": {f"{day:%Y-%m}": language.month_in_words(day, tongue) for day in sorted(listed)},
        "organisations": f"{base_path()}{language.localised('/organisations/', tongue)}",
    }


def _beyond(count: int) -> str:
    """Say how many there are beyond those that are named."""
    return ngettext("and %(num)s more", "and %(num)s more", count) if count > 0 else ""


def _at(address: str) -> str:
    return link(address) if address.startswith("/") else address
