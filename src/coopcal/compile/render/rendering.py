"""What decides the bytes of an event: the language, the feed's policies, and the people and addresses around it."""

from dataclasses import dataclass
from datetime import date

from coopcal.model.event import Document, Event, Location, Party
from coopcal.model.feed import Show, ShowBusy, ShowCancelled, ShowImprecise, ShowOrganisation, ShowSessions
from coopcal.model.identity import address, date_address, file_address, page_address, uid
from coopcal.model.organisation import Organisation
from coopcal.model.site import Catalogue
from coopcal.model.text import Languages, Text


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

    def __init__(self, catalogue: Catalogue) -> None:
        self._settings = catalogue.settings
        self._organisations = {one.id: one for one in catalogue.organisations}
        self._events = {
            (one.id, event.path): event for one in catalogue.organisations for event in one.events
        }
        self._tags = dict(catalogue.settings.tags or ())

    def organisation(self, identifier: str) -> Organisation | None:
        """Return the organisation of that id."""
        return self._organisations.get(identifier)

    def timezone(self, identifier: str) -> str:
        """Return the time zone that an organisation is at home in."""
        return self._organisations[identifier].timezone or self._settings.timezone

    def name(self, party: Party) -> Text:
        """Return the name of whoever has a role."""
        known = self._organisations.get(party.organisation or "")
        return known.name if known else party.name or Text.of("", party.organisation or "")

    def uid(self, event: Event) -> str:
        """Return the UID of an event."""
        return uid(event, self._organisations[event.organisation], self._settings.uid_domain)

    def parent_uid(self, session: Event) -> str:
        """Return the UID of the event that a session is in."""
        return self.uid(self._events[session.organisation, session.path[:-1]])

    def url(self, path: str) -> str:
        """Return the whole address of a path of the site."""
        return self._settings.base_url + path

    def page(self, event: Event) -> str:
        """Return the address of an event's page; of a time that is taken, its organisation's."""
        if not event.path:
            return self.url(f"/organisations/{event.organisation}/")
        return self.url(page_address(event))

    def date_page(self, event: Event, day: date) -> str:
        """Return the address of the page of one date of a series."""
        return self.url(date_address(event, day))

    def file(self, event: Event, path: str) -> str:
        """Return the address at which a file of an event is published."""
        return self.url(file_address(address(event), path))

    def document(self, event: Event, document: Document, languages: Languages) -> tuple[str, ...]:
        """Return the addresses of a document of an event, one for each language that is shown and has its own."""
        found = document.url or document.file
        if found is None:
            return ()
        said = languages.beside(found, "\0").split("\0")
        return tuple(said) if document.url else tuple(self.file(event, file) for file in said)

    def tag(self, tag: str, languages: Languages) -> str:
        """Return the title of a tag."""
        known = self._tags.get(tag)
        return languages.beside(known) if known else tag


def place_name(location: Location, languages: Languages, country: str) -> str:
    """Say a place on one line: name, address, city, country, what repeats only once."""
    parts = (
        languages.beside(location.name),
        ", ".join(languages.beside(location.address).splitlines()),
        languages.beside(location.city),
        country,
    )
    said: list[str] = []
    for part in parts:
        if part and part not in said:
            said.append(part)
    return ", ".join(said)
