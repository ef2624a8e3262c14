"""What decides the bytes of an event: the language, the feed's policies, and the people and addresses around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from coopcal.compile.render.rhythms import rhythm_of
from coopcal.model.by_identity import ByIdentity
from coopcal.model.entry import BusyTime, ClosingEntry, Entry, MovedNotice
from coopcal.model.event import Recurring, Stretch
from coopcal.model.feed import (
    PUBLIC,
    Audience,
    Show,
    ShowBusy,
    ShowCancelled,
    ShowImprecise,
    ShowOrganisation,
    ShowSessions,
)
from coopcal.model.happening import Happening, Session
from coopcal.model.identity import address, date_address, file_address, page_address, uid, uid_before
from coopcal.model.media import Document
from coopcal.model.organisation import Organisation
from coopcal.model.party import Party
from coopcal.model.recurrence import Rhythm
from coopcal.model.site import Catalogue
from coopcal.model.text import Languages, Text
from coopcal.model.venue import Location

MEMBERS = frozenset(["members"])
"""The group that is always there."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """One way to show events, shared by all feeds that show them so."""

    languages: Languages
    organisation: ShowOrganisation
    cancelled: ShowCancelled
    imprecise: ShowImprecise
    sessions: ShowSessions
    busy: ShowBusy

    @staticmethod
    def of(show: Show, languages: Languages) -> "Rendering":
        """Return the rendering that a feed asks for."""
        return Rendering(
            languages,
            show.organisation or ShowOrganisation.PREFIX,
            show.cancelled,
            show.imprecise,
            show.sessions,
            show.busy,
        )

    @property
    def language(self) -> str:
        """The language that stands first."""
        return self.languages.first

    @property
    def key(self) -> str:
        """The name under which stamps are kept."""
        policies = (self.organisation, self.cancelled, self.imprecise, self.sessions, self.busy)
        languages = "+".join(self.languages.shown)
        if self.languages.fallback:
            languages += f"({'+'.join(self.languages.fallback)})"
        return "|".join((languages, *policies))


class Surroundings:
    """What an event needs to know of the rest of the site: names, UIDs and addresses."""

    def __init__(
        self, catalogue: Catalogue, events: Catalogue | None = None, audience: Audience = PUBLIC
    ) -> None:
        """Take everything that the sources say; ``events`` is a catalogue with the events, where it holds none itself.

        What is not public, and an ``audience`` is shown, has no page.
        """
        self._audience = audience
        self._settings = catalogue.settings
        self._organisations = catalogue.by_id
        self._events = (events or catalogue).events_by_path
        self._tags = dict(catalogue.settings.tags or ())
        self.uid: ByIdentity[Entry, str] = ByIdentity(
            partial(_uid, self._organisations, self._settings.uid_domain)
        )
        """Returns the UID of an entry; it knows nothing of this object, which so goes as soon as nobody has it."""
        self.rhythm: ByIdentity[Recurring, Rhythm] = ByIdentity(rhythm_of)
        """Returns how a series recurs."""
        self.unexplained_rhythm: ByIdentity[Recurring, Rhythm] = ByIdentity(
            partial(rhythm_of, but_explained=True)
        )
        """Returns the same without the dates that are left out for a reason."""

    @property
    def organisations(self) -> Mapping[str, Organisation]:
        """All organisations by their ids."""
        return self._organisations

    def timezone(self, identifier: str) -> str:
        """Return the time zone that an organisation is at home in."""
        return self._organisations[identifier].timezone or self._settings.timezone

    def name(self, party: Party) -> Text:
        """Return the name of whoever has a role."""
        known = self._organisations.get(party.organisation or "")
        return known.name if known else party.name or Text.of("", party.organisation or "")

    def parent_uid(self, session: Session) -> str:
        """Return the UID of the event that a session is in."""
        return self.uid(self._events[session.organisation, session.path[:-1]])

    def uid_before(self, stretch: Stretch) -> str:
        """Return the UID of what a stretch of a series goes on with."""
        return uid_before(stretch, self._organisations[stretch.organisation], self._settings.uid_domain)

    def url(self, path: str) -> str:
        """Return the whole address of a path of the site."""
        return self._settings.base_url + path

    def joins(self, entry: Entry) -> bool:
        """Return whether whoever is shown an entry may know where its members meet online."""
        return self._audience.sees(entry.organisation, MEMBERS)

    def page(self, entry: Entry) -> str | None:
        """Return the address of the page of an entry; of a time that is taken, its organisation's. What is hidden has none."""
        if not _has_page(entry):
            return None
        match entry:
            case BusyTime():
                return self.url(f"/organisations/{entry.organisation}/")
            case MovedNotice(of=of, day=None):
                return self.url(page_address(of))
            case MovedNotice(of=of) | ClosingEntry(of=of):
                return self.url(address(of))
            case _:
                return self.url(page_address(entry))

    def date_page(self, series: Happening, day: date) -> str | None:
        """Return the address of the page of one date of a series; a hidden one has none."""
        if not _has_page(series):
            return None
        return self.url(date_address(series, day))

    def files_page(self, entry: Entry) -> str:
        """Return the address below which the files of an entry are published."""
        match entry:
            case BusyTime():
                return self.url(f"/organisations/{entry.organisation}/")
            case MovedNotice(of=of) | ClosingEntry(of=of):
                return self.url(address(of))
            case _:
                return self.url(address(entry))

    def document(self, entry: Entry, document: Document, languages: Languages) -> tuple[str, ...]:
        """Return the addresses of a document of an entry, one for each language that is shown and has its own."""
        written = document.url or (document.file if _has_page(entry) else None)
        if written is None:
            return ()
        shown = languages.beside(written, "\0").split("\0")
        page = self.files_page(entry)
        return tuple(shown) if document.url else tuple(file_address(page, file) for file in shown)

    def tag(self, tag: str, languages: Languages) -> str:
        """Return the title of a tag."""
        known = self._tags.get(tag)
        return languages.beside(known) if known else tag


def _has_page(entry: Entry) -> bool:
    """Return whether everybody sees an entry, so that it has a page, and its files are published."""
    match entry:
        case BusyTime():
            return True
        case MovedNotice(of=of) | ClosingEntry(of=of):
            return of.is_public
        case _:
            return entry.is_public


def _uid(organisations: Mapping[str, Organisation], domain: str, entry: Entry) -> str:
    return uid(entry, organisations[entry.organisation], domain)


def place_name(location: Location, languages: Languages, country: str) -> str:
    """Say a place on one line: name, address, city, country, what repeats only once."""
    parts = (
        languages.beside(location.name),
        ", ".join(languages.beside(location.address).splitlines()),
        languages.beside(location.city),
        country,
    )
    distinct: list[str] = []
    for part in parts:
        if part and part not in distinct:
            distinct.append(part)
    return ", ".join(distinct)
