"""Which addresses of a site stand as static files, and where: what an address asks by its query stands at a path there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from urllib.parse import parse_qsl, unquote

from coopcal import zones
from coopcal.formats import FORMATS
from coopcal.model.identity import file_address
from coopcal.publish.bounds import (
    EMBEDDED_AFTER,
    EMBEDDED_BEFORE,
    MONTHS_AFTER,
    MONTHS_BEFORE,
    WEEKS_AFTER,
    WEEKS_BEFORE,
    Bounds,
    month_after,
    months_between,
    weeks_between,
)
from coopcal.site.index import FeedEntry
from coopcal.site.record import StretchRecord
from coopcal.views.agenda import Agenda
from coopcal.views.former import FormerAddresses
from coopcal.web.embed.options import VIEWS
from coopcal.web.embed.script import digest_of, script
from coopcal.web.language import iso_week
from coopcal.web.pages.subscribing import HELPED, SIZES

SERVED = re.compile(
    r"/(?:check|watch)/|/feeds/[a-z0-9-]+/health(?:/|\.json)$|/(?:oembed\.json|healthz|readyz|metrics)$"
)
"""What a server answers alone."""

_MONTH = re.compile(r"/feeds/([a-z0-9-]+)/(\d{4})-(\d\d)/(sheet/)?")
_WEEK = re.compile(r"/feeds/([a-z0-9-]+)/(\d{4})-W(\d\d)/")
_YEAR = re.compile(r"/feeds/([a-z0-9-]+)/(\d{4})/")
_DATE = re.compile(r"(/events/.+/)(\d{4}-\d\d-\d\d)(?:T\d{4})?/")
_FEED = re.compile(r"/feeds/([a-z0-9-]+)((?:\.[A-Za-z0-9-]+)?)\.ics")
_FRAME = re.compile(r"(/embed/[a-z0-9-]+/(?:month|week)\.[A-Za-z0-9-]+)(/|\.html)")


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands as a file: its address in the application, and the one at which it stands."""

    asked: str
    address: str

    @property
    def path(self) -> str:
        """The path of the file, below the root of the site."""
        return file_of(self.address)


def file_of(address: str) -> str:
    """Return the path of the file that stands at an address without a query: hosts decode what an address escapes."""
    path = unquote(address).removeprefix("/")
    return f"{path}index.html" if address.endswith("/") else path


class Addresses:
    """The addresses of a site at an instant."""

    def __init__(self, agenda: Agenda, instant: datetime) -> None:
        self._agenda = agenda
        self._site = agenda.site
        self._instant = instant
        self._former = FormerAddresses(self._site)
        self._others = self._site.manifest.languages[1:]
        self._found: dict[str, Bounds] = {}

    def standing(self, asked: str) -> Standing | None:
        """Return what stands for an address of the application; None where nothing does.

        For the page of a date of a series that is far away, that of the series does.
        """
        path, _, query = asked.partition("?")
        if SERVED.match(self.bare(path)):
            return None
        if query:
            address = self._asking(path, dict(parse_qsl(query)))
            return Standing(asked, address) if address else None
        if not self._is_within(self.bare(path)):
            return None
        if (far := self._far_date(path)) is not None:
            return Standing(far, far)
        return Standing(asked, asked)

    def bare(self, path: str) -> str:
        """Return a path without the language that it begins with."""
        language, slash, rest = path[1:].partition("/")
        return f"/{rest}" if slash and language in self._others else path

    def _asking(self, path: str, query: Mapping[str, str]) -> str | None:
        """Return where what a query asks for stands; None where it stands nowhere."""
        match query:
            case {"page": part, **rest} if not rest:
                return f"{path}page/{part}/" if path.endswith("/") and part.isdecimal() else None
            case {"dates": "all", **rest} if rest.keys() <= {"page"} and self._is_feed(path):
                return self._asking(f"{path}dates/", rest) if rest else f"{path}dates/"
            case {"size": size, **rest} if not rest:
                return f"{path}{size}/" if size in SIZES else None
            case {"month": at, **rest} | {"week": at, **rest} if not rest:
                return self._framed(path, at)
            case {"remind": reminder, **rest} if not rest:
                return self._reminding(path, reminder)
            case _:
                return None

    def _is_feed(self, path: str) -> bool:
        """Return whether a path is that of the page of a feed, or of an organisation."""
        return re.fullmatch(r"/(?:feeds|organisations)/[a-z0-9-]+/", self.bare(path)) is not None

    def _framed(self, path: str, at: str) -> str | None:
        """Return where a month or week that is embedded stands."""
        match = _FRAME.fullmatch(path)
        is_week = "/week." in path
        if match is None or not re.fullmatch(r"\d{4}-W\d\d" if is_week else r"\d{4}-\d\d", at):
            return None
        if is_week:
            ahead = weeks_between(self._instant.date(), date.fromisocalendar(int(at[:4]), int(at[6:]), 1))
            is_near = -WEEKS_BEFORE <= ahead <= WEEKS_AFTER
        else:
            ahead = months_between(self._instant.date(), date.fromisoformat(f"{at}-01"))
            is_near = -EMBEDDED_BEFORE <= ahead <= EMBEDDED_AFTER
        return f"{match[1]}/{at}{match[2]}" if is_near else None

    def _reminding(self, path: str, reminder: str) -> str | None:
        bare = self.bare(path)
        if (match := _FEED.fullmatch(bare)) is not None:
            is_offered = reminder in self._reminders(match[1])
            return f"/feeds/{match[1]}/remind/{reminder}{match[2]}.ics" if is_offered else None
        if bare.endswith("/subscribe/"):
            return f"{path}{reminder}/" if reminder in self._reminders(bare.split("/")[2]) else None
        return None

    def _reminders(self, identifier: str) -> tuple[str, ...]:
        entry = self._site.feeds.get(identifier)
        return (entry.reminders or ()) if entry else ()

    def _is_within(self, path: str) -> bool:
        """Return whether a page of a calendar lies within bounds; all else does."""
        if not path.startswith("/feeds/"):
            return True
        if (month := _MONTH.fullmatch(path)) is not None:
            bounds = self._bounds(month[1])
            key = (int(month[2]), int(month[3]))
            return key in bounds.months and (not month[4] or key in bounds.full_months)
        if (week := _WEEK.fullmatch(path)) is not None:
            return (int(week[2]), int(week[3])) in self._bounds(week[1]).weeks
        if (year := _YEAR.fullmatch(path)) is not None:
            return int(year[2]) in self._bounds(year[1]).years
        return True

    def _bounds(self, identifier: str) -> Bounds:
        entry = self._site.feeds.get(identifier)
        name = entry.id if entry else identifier
        if name not in self._found:
            dates = self._agenda.of_feed(name) if entry else ()
            today = self._instant.astimezone(zones.zone(entry.timezone)).date() if entry else date.min
            self._found[name] = Bounds(today, dates)
        return self._found[name]

    def _far_date(self, path: str) -> str | None:
        """Return the page of the event whose date is too far away to have one; None of all else."""
        bare = self.bare(path)
        match = _DATE.fullmatch(bare)
        if match is None or bare in self._agenda.by_address or self._former.now(bare) is not None:
            return None
        ahead = months_between(self._instant.date(), date.fromisoformat(match[2]))
        is_near = -MONTHS_BEFORE <= ahead <= MONTHS_AFTER
        return None if is_near else f"{path.removesuffix(bare)}{match[1]}"

    def first(self) -> Iterator[str]:
        """Return the addresses that lead to all others, and those that no page leads to."""
        languages = ("", *(f"/{tag}" for tag in self._others))
        yield from ("/robots.txt", "/site.json", "/schema.json", "/openapi.json", "/sitemap.xml", "/embed.js")
        yield f"/embed.{digest_of(script(self._site.manifest.languages, served=False))}.js"
        for name, entry in self._site.feeds.items():
            if not entry.gone:
                yield from self._of_feed(name, entry, languages)
        yield from self._archives()
        for prefix in languages:
            yield from (f"{prefix}{path}" for path in ("/", "/search/", "/builder/", "/help/"))
            yield from (f"{prefix}/help/{client}/" for client in HELPED)
            for one in self._site.organisations:
                yield f"{prefix}/organisations/{one.id}/"
            for event in self._site.events:
                if not isinstance(event, StretchRecord):
                    yield f"{prefix}{event.address}"
        for name in self._site.documents:
            page, _, file = name.rpartition("/")
            yield file_address(f"{page}/" if name.startswith("/") else f"/events/{page}/", file)

    def _of_feed(self, name: str, entry: FeedEntry, languages: tuple[str, ...]) -> Iterator[str]:
        """Return the addresses of a feed under one of its names: the feed, formats, frames, and its pages."""
        tongues = [tongue for id_, tongue in self._site.translations if id_ == name]
        yield f"/feeds/{name}.ics"
        yield from (f"/feeds/{name}.{tongue}.ics" for tongue in tongues)
        for reminder in entry.reminders or ():
            yield f"/feeds/{name}.ics?remind={reminder}"
            yield from (f"/feeds/{name}.{tongue}.ics?remind={reminder}" for tongue in tongues)
        for ending in FORMATS:
            yield f"/feeds/{name}.{ending}"
            yield from (f"/feeds/{name}.{tongue}.{ending}" for tongue in tongues)
        for language in self._site.manifest.languages:
            for view in VIEWS:
                yield f"/embed/{name}/{view}.{language}/"
                yield f"/embed/{name}/{view}.{language}.html"
            for ahead in range(-EMBEDDED_BEFORE, EMBEDDED_AFTER + 1):
                year, month = month_after(self._instant.date(), ahead)
                yield f"/embed/{name}/month.{language}.html?month={year:04}-{month:02}"
            for ahead in range(-WEEKS_BEFORE, WEEKS_AFTER + 1):
                monday = self._instant.date() + timedelta(weeks=ahead)
                yield f"/embed/{name}/week.{language}.html?week={iso_week(monday)}"
        for prefix in languages:
            yield from (f"{prefix}/feeds/{name}/{page}" for page in ("", "subscribe/", "archive/"))
            if name == entry.id:
                yield f"{prefix}/feeds/{name}/oembed.json"

    def _archives(self) -> Iterator[str]:
        yield from (f"/feeds/{name}/archive/{year}.ics" for name, year in self._site.archives)
        for name, language in self._site.changes:
            yield f"/feeds/{name}/changes{f'.{language}' if language else ''}.atom"

    def former(self) -> Iterator[str]:
        """Return the former addresses of pages, which lead to those of now."""
        languages = ("", *(f"/{tag}" for tag in self._others))
        for prefix in languages:
            for one in self._site.organisations:
                yield from (f"{prefix}/organisations/{name}/" for name in one.former)
            yield from (f"{prefix}{address}" for address in self._former_events())

    def _former_events(self) -> Iterator[str]:
        """Return the former addresses of events, sessions and dates: any id in them may be a former one."""
        names: dict[tuple[str, ...], set[str]] = {
            (one.id,): {one.id, *one.former} for one in self._site.organisations
        }
        events = [event for event in self._site.events if not isinstance(event, StretchRecord)]
        for event in events:
            names.setdefault((event.organisation, *event.path), {event.path[-1]}).update(event.former)
        for event in events:
            ids = (event.organisation, *event.path)
            ways = [names.get(ids[:depth], {ids[depth - 1]}) for depth in range(1, len(ids) + 1)]
            if all(len(way) == 1 for way in ways):
                continue
            now = f"/events/{'/'.join(ids)}/"
            dates = {event.address, *(one.address for one in self._agenda.of_whole(event))}
            below = sorted(day.removeprefix(now) for day in dates if self._far_date(day) is None)
            addresses = (f"/events/{'/'.join(way)}/{day}" for way in product(*ways) for day in below)
            yield from (address for address in addresses if self._former.now(address) is not None)
