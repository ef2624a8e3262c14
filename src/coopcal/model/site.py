"""The site's settings, and everything that the sources say, together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from coopcal.model.event import Event
from coopcal.model.feed import Feed
from coopcal.model.happening import Happening
from coopcal.model.media import Image
from coopcal.model.organisation import Break, Organisation
from coopcal.model.problem import Position, Switch
from coopcal.model.receiver import Receiver
from coopcal.model.text import Text
from coopcal.model.token import Token
from coopcal.model.when import Length

UNKNOWN_BASE_URL = "http://127.0.0.1:8000"
"""Where a site is served that does not say where: by ``coopcal serve``, on the machine itself."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What ``coopcal.yaml`` says.

    ``breaks`` are the named ranges of days of the whole site. ``base_url`` has no slash at its end, nor have the former addresses of the site, ``also_at``. ``tags`` is None where any tag may be used, else the known tags with
    their titles. ``reminders`` are those that
    feeds are offered with, unless they say otherwise (``coopcal.model.reminder``), None where it does not say. ``contacts_kept`` is how long contacts of
    what is over are shown, None: for good. ``hold``: organisations with errors stay as they were, and
    stop no other. ``colour`` is ``#rrggbb``. ``notify`` are the receivers that are told what a publish changes. ``checks`` say how much problems matter here, where that is not as usual. ``uid_domain_position``,
    ``base_url_position`` and ``published_position`` are where these are written.
    """

    position: Position
    uid_domain: str
    title: Text
    base_url: str = UNKNOWN_BASE_URL
    languages: tuple[str, ...] = ("en",)
    timezone: str = "UTC"
    usual_length: timedelta = timedelta(hours=2)
    groups: tuple[str, ...] = ("members",)
    tags: tuple[tuple[str, Text], ...] | None = None
    published: str | None = None
    hold: bool = False
    compress_feeds: bool = True
    also_at: tuple[str, ...] = ()
    legal: tuple[tuple[Text, str], ...] = ()
    description: Text | None = None
    logo: Image | None = None
    colour: str | None = None
    image: Image | None = None
    breaks: tuple[Break, ...] = ()
    reminders: tuple[str, ...] | None = None
    contacts_kept: Length | None = None
    notify: tuple[Receiver, ...] = ()
    checks: tuple[Switch, ...] = ()
    uid_domain_position: Position | None = field(default=None, compare=False)
    base_url_position: Position | None = field(default=None, compare=False)
    published_position: Position | None = field(default=None, compare=False)

    @property
    def former(self) -> tuple[str, ...]:
        """The addresses that the site had before, without the one that it has."""
        return tuple(old for old in dict.fromkeys(self.also_at) if old != self.base_url)

    @property
    def pictures(self) -> tuple[tuple[str, Image], ...]:
        """Its logo and its image, as far as it has them, by their keys."""
        return tuple((key, one) for key, one in (("logo", self.logo), ("image", self.image)) if one)

    @property
    def language(self) -> str:
        """The default language."""
        return self.languages[0]


@dataclass(frozen=True)
class Catalogue:
    """Everything that the sources say, decoded: organisations and feeds by id, in the order of their ids."""

    settings: SiteSettings
    organisations: tuple[Organisation, ...] = ()
    feeds: tuple[Feed, ...] = ()
    unread: frozenset[str] = field(default_factory=frozenset)
    """Ids of organisations and feeds whose files could not be read: their absence proves nothing."""
    strays: tuple[str, ...] = ()
    """Paths of tables and calendars beside the sources, which are not read."""
    private_feeds: tuple[Feed, ...] = ()
    """The feeds that are not public, apart from all others, so that nothing that is public is made of them unasked."""
    tokens: tuple[Token, ...] = ()
    """What opens these."""

    def organisation(self, identifier: str) -> Organisation | None:
        """Return the organisation of that id."""
        return self.by_id.get(identifier)

    @cached_property
    def by_id(self) -> Mapping[str, Organisation]:
        """The organisations by id; of two that share one, the first."""
        return {one.id: one for one in reversed(self.organisations)}

    @cached_property
    def events_by_path(self) -> Mapping[tuple[str, tuple[str, ...]], Event]:
        """The events by the id of their organisation and their path."""
        return {(one.id, event.path): event for one in self.organisations for event in one.events}

    def events(self) -> tuple[Happening, ...]:
        """Return every event and, after each, its further dates and its sessions."""
        return tuple(
            happening
            for organisation in self.organisations
            for event in organisation.events
            for happening in (event, *event.dates, *event.details.sessions)
        )

    def addressed(self) -> tuple[Organisation | Feed, ...]:
        """Return all that has an id and a public address: organisations and feeds."""
        return (*self.organisations, *self.feeds)
