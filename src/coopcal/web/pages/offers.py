"""What a page offers of a feed: the addresses that calendar programs subscribe to (clients.md 4.1 to 4.4), and code for web sites."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from markupsafe import Markup, escape

from coopcal.model.reminder import Moment, Reminder
from coopcal.site.index import FeedEntry
from coopcal.site.reader import Site
from coopcal.text.dates import so_long_before
from coopcal.views.filters import Filters
from coopcal.web import language
from coopcal.web.language import gettext as _
from coopcal.web.links import link, whole
from coopcal.web.pages.blueprint import plainly, titles

GOOGLE = "https://calendar.google.com/calendar/u/0/r/settings/addbyurl"
"""Where Google takes an address that was copied; links that carry one have not worked for long at a time."""

WIDTH, HEIGHT = 600, 480
USUAL_REMINDERS = ("evening", "morning", "PT2H")
"""What feeds are offered with that do not say."""

_FRAME = Markup(
    '<iframe src="{src}" width="{width}" height="{height}" title="{title}" data-coopcal></iframe>'
)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed, perhaps narrowed or with reminders, as each program wants its address.

    ``https`` is the feed's whole address, to copy, and for Google and Outlook; ``file`` leads to it from a page of the site.
    ``page`` is the whole address of the page that offers it.
    """

    title: str
    https: str
    file: str
    page: str

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

    def _add_from_web(self, host: str) -> str:
        query = urlencode({"url": self.https, "name": self.title}, quote_via=quote)
        return f"https://{host}/calendar/0/addfromweb?{query}"


def subscription(entry: FeedEntry, site: Site, filters: Filters | None = None) -> Subscription:
    """Return a feed's subscription in the language of this page, where the feed has it."""
    tongue, query = language.current(), filters.query() if filters else ""
    other = tongue != entry.language and (entry.id, tongue) in site.translations
    asked = f"?{query}" if query else ""
    file = f"/feeds/{entry.id}{f'.{tongue}' if other else ''}.ics{asked}"
    return Subscription(
        title=plainly(titles(entry, site), tongue),
        https=whole(file),
        file=link(file),
        page=whole(language.localised(f"/feeds/{entry.id}/subscribe/{asked}")),
    )


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


def frame(
    entry: FeedEntry, tongue: str, title: str, width: int = WIDTH, height: int = HEIGHT, query: str = ""
) -> str:
    """Return a frame that shows what comes next of a feed."""
    src = whole(f"/embed/{entry.id}/list.{tongue}/{f'?{query}' if query else ''}")
    return str(_FRAME.format(src=src, width=width, height=height, title=title))


def frame_filters(filters: Filters) -> str:
    """Return the query of a frame that shows what is asked for; nothing rings in a page."""
    return replace(filters, remind="").query()


def attributes(filters: Filters) -> str:
    """Return the attributes of ``<coop-calendar>`` for what is asked for, as they are written in HTML."""
    pairs = parse_qsl(frame_filters(filters))
    return "".join(f' {"number" if name == "limit" else name}="{escape(value)}"' for name, value in pairs)
