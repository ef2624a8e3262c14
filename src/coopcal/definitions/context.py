"""What is known around an event while it is decoded."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from coopcal.definitions.when import WhenContext
from coopcal.model.organisation import Break, Reference
from coopcal.model.party import Contact
from coopcal.model.problem import Problems
from coopcal.model.site import SiteSettings
from coopcal.model.venue import Location
from coopcal.zones.by_any_name import Around
from coopcal.zones.countries import is_southern
from coopcal.zones.hints import ZoneHints


@dataclass(frozen=True, slots=True)
class Context:
    """The site, the organisation and the file that an event stands in, and where problems go.

    ``folder`` is that of the YAML file, relative to the ``root``, which is None where files beside it cannot be
    known. ``known`` are the ids of all organisations, ``named`` gathers those that events name. ``country`` is that of the
    organisation. ``nearby`` are the places in which a zone is asked for, ``around_when`` is what surrounds the dates and
    times that are read next, where that is not what surrounds those of the organisation. ``included`` is the name of the
    copy of a feed of others that is read; ``seen_by`` are the groups that may see events which do not say so, where not
    everybody may.
    """

    root: Path | None
    folder: str
    settings: SiteSettings
    organisation: str
    language: str
    timezone: str | None
    usual_length: timedelta
    places: Mapping[str, Location]
    contacts: Mapping[str, Contact]
    problems: Problems
    known: frozenset[str] = frozenset()
    breaks: tuple[Break, ...] = ()
    named: list[Reference] = field(default_factory=list)
    country: str | None = None
    nearby: tuple[Location, ...] = ()
    around_when: WhenContext | None = None
    included: str | None = None
    seen_by: frozenset[str] = frozenset()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the organisation and of the site, in which words are read."""
        return tuple(dict.fromkeys((self.language, *self.settings.languages)))

    @property
    def surroundings(self) -> WhenContext:
        """What surrounds a date or a time."""
        return self.around_when or self.when()

    @property
    def unheard(self) -> "Context":
        """The same, in which nobody hears of problems or of what is named."""
        return replace(self, problems=Problems(), named=[])

    @staticmethod
    def bare(settings: SiteSettings, problems: Problems) -> "Context":
        """Return what is known where no organisation is."""
        return Context(
            root=None,
            folder="",
            settings=settings,
            organisation="",
            language=settings.language,
            timezone=None,
            usual_length=settings.usual_length,
            places={},
            contacts={},
            problems=problems,
        )

    def beside(self, path: str) -> "Context":
        """Return the same around another file."""
        return replace(self, folder=path.rsplit("/", 1)[0])

    def near(self, *locations: Location) -> "Context":
        """Return the same at places."""
        return replace(self, nearby=locations)

    def around(self, locations: tuple[Location, ...] = ()) -> Around:
        """Return where a zone is asked for."""
        countries = [place.country for place in locations if place.country]
        usual = [name for name in (self.timezone, self.settings.timezone) if name]
        return Around((*countries, self.country)[0], _cities(locations), tuple(usual))

    def when(
        self,
        timezone: str | None = None,
        locations: tuple[Location, ...] = (),
        day: date | None = None,
        usual: WhenContext | None = None,
    ) -> WhenContext:
        """Return what surrounds a ``when`` with that zone of its own and those places.

        ``usual`` is what surrounds that of its event, where it is a date or a session of one.
        """
        place = locations[0] if locations else _NOWHERE
        country = place.country
        nearest = timezone or place.timezone
        hints = ZoneHints(
            event=timezone,
            location=place.timezone,
            country=country,
            organisation=self.timezone,
            site=self.settings.timezone,
            usual=usual.hints if usual else None,
            beside=tuple([(other.timezone, other.country) for other in locations[1:]]),
        )
        if usual and not (nearest or country):
            return WhenContext(hints, usual.usual_length, usual.languages, day, usual.southern, usual.cities)
        return WhenContext(
            hints=hints,
            usual_length=self.usual_length,
            languages=self.languages,
            day=day,
            southern=is_southern(country, nearest or self.timezone),
            cities=_cities(locations),
        )


_NOWHERE = Location()


def _cities(locations: tuple[Location, ...]) -> tuple[str, ...]:
    """Return the cities of places, each in the language that it is written in first."""
    return tuple([place.city.by_language[0][1] for place in locations if place.city])
