"""The addresses under which calendar programs subscribe to a feed (clients.md 4.1 to 4.4)."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from coopcal.site.index import FeedEntry
from coopcal.site.reader import Site
from coopcal.views.filters import Filters
from coopcal.web import language
from coopcal.web.language import gettext as _
from coopcal.web.pages.blueprint import plainly, titles

GOOGLE = "https://calendar.google.com/calendar/u/0/r/settings/addbyurl"
"""Where Google takes an address that was copied; links that carry one have not worked for long at a time."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed, perhaps narrowed or with reminders, as each program wants its address.

    ``path`` is the feed's, ``query`` its canonical query; ``page`` is the path of the page that offers it.
    """

    title: str
    base_url: str
    path: str
    query: str
    page: str

    @property
    def https(self) -> str:
        """The address to copy, and the one for Google and Outlook."""
        return f"{self.base_url}{self.file}"

    @property
    def webcal(self) -> str:
        """The address that Apple's programs and ICSx5 open as a subscription."""
        parts = urlsplit(self.https)
        return f"webcal://{self.https.removeprefix(f'{parts.scheme}://')}"

    @property
    def file(self) -> str:
        """The path of the feed itself, with its query."""
        return f"{self.path}?{self.query}" if self.query else self.path

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
    def whole_page(self) -> str:
        """The address of the page that offers it."""
        return f"{self.base_url}{self.page}"

    @property
    def mail(self) -> str:
        """A letter to oneself with the page's address, to be opened on a computer."""
        return f"mailto:?{urlencode({'subject': self.title, 'body': self.whole_page}, quote_via=quote)}"

    def _add_from_web(self, host: str) -> str:
        query = urlencode({"url": self.https, "name": self.title}, quote_via=quote)
        return f"https://{host}/calendar/0/addfromweb?{query}"


def subscription(entry: FeedEntry, site: Site, filters: Filters | None = None) -> Subscription:
    """Return a feed's subscription in the language of this page, where the feed has it."""
    tongue, query = language.current(), filters.query() if filters else ""
    other = tongue != entry.language and (entry.id, tongue) in site.translations
    page = language.localised(f"/feeds/{entry.id}/subscribe/")
    return Subscription(
        title=plainly(titles(entry, site), tongue),
        base_url=site.manifest.base_url,
        path=f"/feeds/{entry.id}.{tongue}.ics" if other else f"/feeds/{entry.id}.ics",
        query=query,
        page=f"{page}?{query}" if query else page,
    )


def reminders() -> dict[str, str]:
    """Return the reminders that are offered, by what addresses call them, in words."""
    return {
        "": _("none"),
        "evening": _("the evening before, at 18:00"),
        "morning": _("in the morning, at 8:00"),
        "PT2H": _("two hours before"),
    }
