"""What a format is made of: a feed of a site, in a language, narrowed, at an instant."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from coopcal.formats.filtered import narrowed
from coopcal.site.index import FeedEntry
from coopcal.site.reader import Site
from coopcal.text.words import word
from coopcal.views.agenda import Agenda
from coopcal.views.filters import Filters
from coopcal.views.occurrence import Occurrence
from coopcal.views.sentence import in_words

MOST = 500
"""Dates that a format holds at most; further ones stand in its next part."""

PART = "page"
"""The name by which an address asks for a part."""

NEXT = 20
"""Dates that a format of what comes next holds, where nobody asks for more or fewer."""


OFF = ("cancelled", "postponed")
"""What begins the title of a date that does not take place."""

Where = Callable[[str], str]
"""Tells for an address of the application (a path, perhaps with a query) where what it gives stands; "" where it does not."""


def as_asked(address: str) -> str:
    """Return an address as it is: where a server answers, everything stands where it is asked for."""
    return address


@dataclass(frozen=True, slots=True)
class Speaker:
    """A site and the language to say things in; ``fallback`` is tried before the first that a text is written in.

    ``where`` tells where its pages stand.
    """

    site: Site
    language: str
    fallback: str
    where: Where = as_asked

    def url(self, path: str) -> str:
        """Return the whole address of a path of the site; addresses of elsewhere are whole already."""
        return path if "://" in path or path.startswith("mailto:") else self.site.manifest.base_url + path

    def localised(self, path: str) -> str:
        """Return the whole address of a page in this language, where the site has it."""
        first, *others = self.site.manifest.languages
        prefix = f"/{self.language}" if self.language != first and self.language in others else ""
        return self.url(self.where(f"{prefix}{path}"))

    def logo(self, organisation: str) -> str | None:
        """Return the whole address of the logo of an organisation; None where it has none."""
        logos = (one.logo for one in self.site.organisations if one.id == organisation)
        logo = next(logos, None)
        return self.url(logo.url) if logo else None

    def say(self, text: Mapping[str, str]) -> str:
        """Say a text in this language, else in the fallback, else in the first that it is written in."""
        for language in (self.language, self.fallback):
            if language in text:
                return text[language]
        return next(iter(text.values()), "")


@dataclass(frozen=True)
class Asked:
    """A feed, the language to say it in, and what of it is wanted: the first ``part``, or a further one, of at most ``most`` dates.

    ``where`` tells where pages of the site stand.
    """

    agenda: Agenda
    feed: FeedEntry
    language: str
    filters: Filters
    instant: datetime
    part: int = 1
    most: int = MOST
    where: Where = as_asked

    @property
    def site(self) -> Site:
        """The site."""
        return self.agenda.site

    @cached_property
    def all_occurrences(self) -> tuple[Occurrence, ...]:
        """All that is asked for, in order."""
        return self.filters.among(self.agenda, self.agenda.of_feed(self.feed.id), self.instant)

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """A part of what is asked for, in order: the first one holds the last dates, where nobody asks from when on."""
        if self.filters.past is not None or self.filters.limit is not None:
            return self.all_occurrences[(self.part - 1) * self.most : self.part * self.most]
        end = max(len(self.all_occurrences) - (self.part - 1) * self.most, 0)
        return self.all_occurrences[max(end - self.most, 0) : end]

    @property
    def coming(self) -> tuple[Occurrence, ...]:
        """A part of what has not ended yet, the next ones first."""
        return self._all_coming[(self.part - 1) * self.most : self.part * self.most]

    @cached_property
    def _all_coming(self) -> tuple[Occurrence, ...]:
        ahead = tuple(occurrence for occurrence in self.all_occurrences if occurrence.ends > self.instant)
        named = self.filters.limit is not None or self.filters.future is not None
        return ahead if named else ahead[:NEXT]

    def has_next(self, *, upcoming: bool) -> bool:
        """Return whether there is a further part: of what is coming, or of all."""
        return len(self._all_coming if upcoming else self.all_occurrences) > self.part * self.most

    def part_query(self, part: int) -> str:
        """Return the query that asks for a part of the same."""
        return "&".join(asked for asked in (self.filters.query(), f"{PART}={part}") if asked)

    @property
    def ics(self) -> bytes:
        """The feed itself, in the language asked for."""
        entry = self.site.translations.get((self.feed.id, self.language)) or self.feed
        if not self.filters.selects:
            return entry.bodies["identity"].content
        uids = self.filters.uids(self.agenda, self.feed.id, self.instant)
        source = self.url(f"/feeds/{self.feed.id}.{self.language}.ics?{self.filters.query()}")
        return narrowed(self.site, entry, uids, source)

    @property
    def successor(self) -> str | None:
        """The whole address of what a feed that closes, or is closed, says to see instead; None where it does not."""
        see = self.feed.closed_see
        return self.localised(f"/feeds/{see}/") if see in self.site.feeds else see

    @property
    def closing(self) -> str:
        """What a feed that closes says, in words; "" where it does not, or knows of nothing else."""
        return word("closes_see", self.language, see=self.successor) if self.successor else ""

    @property
    def title(self) -> str:
        """The name of the feed."""
        translated = self.site.translations.get((self.feed.id, self.language))
        return translated.title if translated else self.feed.title

    @property
    def here(self) -> str:
        """The time zone in which the feed is at home: what is elsewhere says whose time it is."""
        return self.feed.timezone

    @property
    def page(self) -> str:
        """The address of the feed's page."""
        return self.url(f"/feeds/{self.feed.id}/")

    @cached_property
    def speaker(self) -> Speaker:
        """Who says things in the language asked for, else in that of the feed."""
        return Speaker(self.site, self.language, self.feed.language, self.where)

    def url(self, path: str) -> str:
        """Return the whole address of a path of the site."""
        return self.speaker.url(path)

    def localised(self, path: str) -> str:
        """Return the whole address of a page in the language asked for."""
        return self.speaker.localised(path)

    def recurrence(self, occurrence: Occurrence) -> str:
        """Say how an event recurs, the same at any time; "" of what takes place once."""
        if occurrence.event.whole not in self._recurrences:
            told = in_words(occurrence.event, self.agenda, None, self.language, self.here)
            self._recurrences[occurrence.event.whole] = told
        return self._recurrences[occurrence.event.whole]

    def set_apart(self, occurrence: Occurrence) -> tuple[str, ...]:
        """Say below its title what sets a date apart, and why it is off or moved; that it is off stands in the title."""
        states = [state for state in occurrence.states(self.language) if state.kind not in OFF]
        reason = self.say(occurrence.details.reason) if occurrence.is_unusual else ""
        return (*(state.words for state in states), *([reason] if reason else []))

    @cached_property
    def _recurrences(self) -> dict[str, str]:
        return {}

    def say(self, text: Mapping[str, str]) -> str:
        """Say a text in the language asked for."""
        return self.speaker.say(text)
