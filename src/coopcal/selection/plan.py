"""Which feeds there are, and how each is shown."""

from dataclasses import dataclass, replace
from datetime import timedelta

from coopcal.model.feed import PUBLIC, Audience, Feed, Select, Show, ShowOrganisation, Window
from coopcal.model.ids import ALL
from coopcal.model.organisation import Closed, Organisation, Reference
from coopcal.model.site import Catalogue
from coopcal.model.text import Text

YEAR_AFTER = timedelta(days=365)
"""How long a closed feed still says where to go."""


@dataclass(frozen=True, slots=True)
class FeedPlan:
    """A feed with everything resolved: what it selects, how it shows it, and the words about it.

    ``organisation`` is set for an organisation's own feed; ``languages`` has one entry, or several that stand
    side by side; ``timezone`` is what an empty feed declares; ``reminders`` are those that it is offered with,
    None where neither it nor the site says. ``included`` are the names of copies of feeds of others that are merged in.
    ``audience`` is whom a private one is for.
    """

    id: str
    title: Text
    languages: tuple[str, ...]
    select: Select
    show: Show
    window: Window
    timezone: str
    description: Text | None = None
    organisation: str | None = None
    colour: str | None = None
    former: tuple[str, ...] = ()
    closed: Closed | None = None
    reminders: tuple[str, ...] | None = None
    included: frozenset[str] = frozenset()
    audience: Audience = PUBLIC

    @property
    def is_private(self) -> bool:
        """Whether it stands at a secret address alone."""
        return self.audience != PUBLIC


def plan(catalogue: Catalogue) -> tuple[FeedPlan, ...]:
    """Return every public feed: ``all``, each organisation's own, and the combined ones, by id."""
    files = {feed.id: feed for feed in catalogue.feeds}
    own = {one.id: one for one in catalogue.organisations}
    plans = [_own_feed(catalogue, one, files.get(one.id)) for one in catalogue.organisations]
    plans += [_combined(catalogue, feed) for feed in catalogue.feeds if feed.id not in own]
    if ALL not in files:
        plans.append(_combined(catalogue, Feed(ALL, catalogue.settings.position)))
    return tuple(sorted(plans, key=lambda feed: feed.id))


def private_plans(catalogue: Catalogue) -> tuple[FeedPlan, ...]:
    """Return every private feed by id, but those for nobody."""
    plans = (
        replace(_combined(catalogue, feed), audience=feed.audience)
        for feed in catalogue.private_feeds
        if feed.audience
    )
    return tuple(sorted((one for one in plans if one.is_private), key=lambda feed: feed.id))


def _own_feed(catalogue: Catalogue, organisation: Organisation, feed: Feed | None) -> FeedPlan:
    settings = catalogue.settings
    show = _shown(feed.show if feed else None, ShowOrganisation.NONE)
    former = [*organisation.formerly, *(feed.formerly if feed else ())]
    return FeedPlan(
        id=organisation.id,
        title=(feed.title if feed else None) or organisation.name,
        description=feed.description if feed else None,
        languages=show.languages or organisation.languages[:1] or (settings.language,),
        select=Select(organisations=(Reference(organisation.id, organisation.position),)),
        show=show,
        window=feed.window if feed else Feed(organisation.id, organisation.position).window,
        timezone=organisation.timezone or settings.timezone,
        organisation=organisation.id,
        colour=organisation.colour,
        former=tuple(dict.fromkeys(reference.id for reference in former)),
        closed=(feed.closed if feed else None) or organisation.closed,
        reminders=_reminders(catalogue, feed),
        included=_included(feed) if feed else frozenset(),
    )


def _combined(catalogue: Catalogue, feed: Feed) -> FeedPlan:
    settings = catalogue.settings
    show = _shown(feed.show, ShowOrganisation.PREFIX)
    return FeedPlan(
        id=feed.id,
        title=feed.title or (settings.title if feed.id == ALL else Text.of(settings.language, feed.id)),
        description=feed.description,
        languages=show.languages or (settings.language,),
        select=feed.select or Select(),
        show=show,
        window=feed.window,
        timezone=settings.timezone,
        former=tuple(reference.id for reference in feed.formerly),
        closed=feed.closed,
        reminders=_reminders(catalogue, feed),
        included=_included(feed),
    )


def _included(feed: Feed) -> frozenset[str]:
    return frozenset(one.copy for one in feed.include)


def _reminders(catalogue: Catalogue, feed: Feed | None) -> tuple[str, ...] | None:
    of_site = catalogue.settings.reminders
    return of_site if feed is None or feed.reminders is None else feed.reminders


def _shown(show: Show | None, usual: ShowOrganisation) -> Show:
    """Return how a feed shows its events, with whose they are as usual in feeds of its kind unless told otherwise."""
    show = show or Show()
    return replace(show, organisation=show.organisation or usual)
