"""What a page offers of a feed: the addresses that calendar programs subscribe to (clients.md 4.1 to 4.4), and code for web sites."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from markupsafe import Markup, escape

from coopcal.model.reminder import Moment, Reminder
from coopcal.site.index import FeedEntry
from coopcal.site.reader import Site
from coopcal.text.dates import so_long_before
from coopcal.views.filters import Filters
from coopcal.web import language
from coopcal.web.current import agenda
from coopcal.web.language import gettext as _
from coopcal.web.links import are_served, link, whole
from coopcal.web.pages.blueprint import plainly, tag_words, titles

GOOGLE = "https://calendar.google.com/calendar/u/0/r/settings/addbyurl"
"""Where Google takes an address that was copied; links that carry one have not worked for long at a time."""

GOOGLE_AT_ONCE = "https://calendar.google.com/calendar/r?cid="
"""What takes the address with it: as https, since Google answers that with an error where it fails, and webcal with an
empty calendar (clients.md 4.1)."""

LONGEST_IN_A_CODE = 500
"""Characters of a query in a QR code; longer ones are hard to read for cameras, and some thousand do not fit."""

MOST_CHOICES = 24
"""Organisations, and tags, that a panel lets people choose among: those with the most events. The builder has all."""

_AT_HOME = ("localhost", "local", "internal", "lan", "arpa", "test", "invalid")
"""Last parts of the names of hosts that are reached from nowhere else."""

WIDTH, HEIGHT = 600, 480
USUAL_REMINDERS = ("evening", "morning", "PT2H")
"""What feeds are offered with that do not say."""

_FRAME = Markup(
    '<iframe src="{src}" title="{title}" width="100%" height="{height}" frameborder="0" loading="lazy"{more} data-coopcal></iframe>'
)
"""As wide as there is room, without a border, also where style sheets of a page's own are forbidden: so without a style, unless needed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be chosen: its words, whether it is chosen, and where it leads to, "" where that is nowhere."""

    value: str
    words: str
    is_chosen: bool
    path: str = ""


@dataclass(frozen=True, slots=True)
class Choosing:
    """What of a feed can be asked for where people subscribe: reminders; and, where a server answers, some of its events.

    ``asks`` is where a form asks for it, "" where the pages are files. ``kept`` is what the address asks for besides. ``left`` says
    how many organisations and tags there are that are not offered.
    """

    asks: str
    reminders: tuple[Choice, ...]
    organisations: tuple[Choice, ...] = ()
    tags: tuple[Choice, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    left: int = 0

    @property
    def is_any(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.reminders) > 1 or bool(self.organisations or self.tags)

    @property
    def is_chosen(self) -> bool:
        """Whether anything is chosen already."""
        chosen = (*self.reminders[1:], *self.organisations, *self.tags)
        return any(choice.is_chosen for choice in chosen) or bool(self.kept)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed, perhaps narrowed or with reminders, as each program wants its address.

    ``https`` is the feed's whole address, to copy, and for Google and Outlook; ``file`` leads to it from a page of the site.
    ``page`` is the whole address of the page that offers it, ``code`` the picture of that of the calendar's page, "" where the
    address is too long for one.
    """

    title: str
    https: str
    file: str
    page: str
    code: str = ""
    choosing: Choosing | None = None

    @property
    def webcal(self) -> str:
        """The address that Apple's programs and ICSx5 open as a subscription."""
        parts = urlsplit(self.https)
        return f"webcal://{self.https.removeprefix(f'{parts.scheme}://')}"

    @property
    def google(self) -> str:
        """Where Google takes the address."""
        return GOOGLE

    @property
    def google_at_once(self) -> str:
        """Where Google asks whether to add the calendar, as long as that works."""
        return f"{GOOGLE_AT_ONCE}{quote(self.https, safe='')}"

    @property
    def outlook(self) -> str:
        """Where Outlook.com subscribes: private accounts."""
        return self._add_from_web("outlook.live.com")

    @property
    def office(self) -> str:
        """Where Microsoft 365 subscribes: accounts of work and school."""
        return self._add_from_web("outlook.office.com")

    @property
    def mail(self) -> str:
        """A letter to oneself with the page's address, to be opened on a computer."""
        return f"mailto:?{urlencode({'subject': self.title, 'body': self.page}, quote_via=quote)}"

    @property
    def is_public(self) -> bool:
        """Whether services like Google can reach the address: it is of no host that is known to this machine or network alone."""
        return _is_public(urlsplit(self.https).hostname or "")

    def _add_from_web(self, host: str) -> str:
        query = urlencode({"url": self.https, "name": self.title}, quote_via=quote)
        return f"https://{host}/calendar/0/addfromweb?{query}"


@lru_cache(maxsize=16)
def _is_public(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and host.rsplit(".", 1)[1] not in _AT_HOME


def subscription(entry: FeedEntry, site: Site, filters: Filters | None = None) -> Subscription:
    """Return a feed's subscription in the language of this page, where the feed has it."""
    filters = filters or Filters()
    tongue, query = language.current(), filters.query()
    other = tongue != entry.language and (entry.id, tongue) in site.translations
    asked = f"?{query}" if query else ""
    file = f"/feeds/{entry.id}{f'.{tongue}' if other else ''}.ics{asked}"
    coded = f"?{shown}" if (shown := replace(filters, remind="").query()) else ""
    return Subscription(
        title=plainly(titles(entry, site), tongue),
        https=whole(file),
        file=link(file),
        page=whole(language.localised(f"/feeds/{entry.id}/subscribe/{asked}")),
        code=link(language.localised(f"/feeds/{entry.id}/qr.svg{coded}"))
        if len(coded) <= LONGEST_IN_A_CODE
        else "",
        choosing=_choosing(entry, site, filters),
    )


def _choosing(entry: FeedEntry, site: Site, filters: Filters) -> Choosing:
    path = language.localised(f"/feeds/{entry.id}/subscribe/")
    offered = []
    for value, words in reminders(entry.reminders).items():
        query = replace(filters, remind=value).query()
        leads = link(f"{path}?{query}" if query else path)
        offered.append(Choice(value, words, value == filters.remind, leads))
    if not are_served():
        return Choosing("", tuple(choice for choice in offered if choice.path))
    if not any(choice.is_chosen for choice in offered):
        offered.append(Choice(filters.remind, _reminder(filters.remind), is_chosen=True))
    organisations, tags = Counter[str](), Counter[str]()
    if entry.organisation is None:
        for key, numbers in agenda().shown_in(entry.id).having.items():
            match key:
                case ("party", None, str(organisation)):
                    organisations[organisation] = len(numbers)
                case ("tag", str(tag)):
                    tags[tag] = len(numbers)
    tongue = language.current()
    named = {*organisations, *filters.organisation}
    names = {one.id: plainly(one.name, tongue) for one in site.organisations if one.id in named}
    titled = {tag: tag_words(tag, site, tongue) for tag in (*tags, *filters.tag)}
    shown = _most(organisations, names, filters.organisation), _most(tags, titled, filters.tag)
    return Choosing(
        link(path),
        tuple(offered),
        *shown,
        kept=_kept(filters, *shown),
        left=sum(max(len(counts) - MOST_CHOICES, 0) for counts in (organisations, tags)),
    )


def _most(counts: Counter[str], names: Mapping[str, str], chosen: Sequence[str]) -> tuple[Choice, ...]:
    """Return what can be chosen: what has the most events, and what is chosen already, by their words; nothing where that is one."""
    if len(counts) <= 1 and not chosen:
        return ()
    values = {value for value, _count in counts.most_common(MOST_CHOICES)} | set(chosen)
    made = [Choice(value, names.get(value, value), value in chosen) for value in values]
    return tuple(sorted(made, key=lambda choice: (choice.words.casefold(), choice.value)))


def _kept(
    filters: Filters, organisations: Sequence[Choice], tags: Sequence[Choice]
) -> tuple[tuple[str, str], ...]:
    """Return what an address asks for that is not offered here, so that choosing loses nothing of it."""
    offered = {"remind"} | ({"organisation"} if organisations else set()) | ({"tag"} if tags else set())
    return tuple((name, value) for name, value in parse_qsl(filters.query()) if name not in offered)


def reminders(offered: Sequence[str] | None = None) -> dict[str, str]:
    """Return the reminders that are ``offered``, where nobody says the usual ones, by what addresses call them, in words."""
    names = USUAL_REMINDERS if offered is None else offered
    return {"": _("none")} | {name: _reminder(name) for name in names}


def _reminder(name: str) -> str:
    match Reminder.of(name):
        case Reminder(at=Moment.EVENING):
            return _("the evening before, at 18:00")
        case Reminder(at=Moment.MORNING):
            return _("in the morning, at 8:00")
        case Reminder(at=timedelta() as before):
            return so_long_before(before, language.current())
        case _:
            raise AssertionError(name)


def frame(embedded: str, title: str, query: str = "", height: int = HEIGHT, most: int | None = None) -> str:
    """Return a frame of what is embedded at an address, perhaps no wider than so many pixels.

    A dark one lets the page around it show through only where it is said to be dark itself.
    """
    style = [f"max-width: {most}px"] if most else []
    style += ["color-scheme: dark"] if "colours=dark" in query.split("&") else []
    more = Markup(' style="{}"').format("; ".join(style)) if style else ""
    src = whole(f"{embedded}{f'?{query}' if query else ''}")
    return str(_FRAME.format(src=src, height=height, title=title, more=more))


def embedded_list(entry: FeedEntry, tongue: str) -> str:
    """Return the address of what is embedded of a feed, unless another view is asked for."""
    return f"/embed/{entry.id}/list.{tongue}/"


def frame_filters(filters: Filters) -> str:
    """Return the query of a frame that shows what is asked for; nothing rings in a page."""
    return replace(filters, remind="").query()


def attributes(filters: Filters) -> str:
    """Return the attributes of ``<coop-calendar>`` for what is asked for, as they are written in HTML."""
    pairs = parse_qsl(frame_filters(filters))
    return "".join(f' {"number" if name == "limit" else name}="{escape(value)}"' for name, value in pairs)
