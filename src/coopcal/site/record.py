"""The compact records of a site that pages and formats are made of: a type for each role that something plays."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from coopcal.model.recurrence import Rhythm
from coopcal.model.when import timezone_of
from coopcal.site.details import DetailsRecord, ImageRecord, Shades, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class HappeningRecord:
    """What the records of all that takes place have: whose it is, its names, and what is shown of it.

    ``path`` are the ids from the outermost event to this one, ``address`` that of its page. ``first`` and ``last`` are the
    local days of all its dates; ``home`` is the zone of its organisation. ``series`` is what its editions have in common;
    ``former`` are the ids that stood last in its path before. ``modified`` is when its bytes in feeds last changed.
    """

    organisation: str
    path: tuple[str, ...]
    uid: str
    address: str
    details: DetailsRecord
    first: date
    last: date
    home: str
    series: str | None
    former: tuple[str, ...]
    modified: datetime

    @property
    def timezone(self) -> str:
        """The zone of its times; of what has none, the organisation's."""
        return timezone_of(self.details.when) or self.home

    @property
    def whole(self) -> str:
        """The address of the page of the event with all its dates; of a session, its own."""
        return f"/events/{'/'.join((self.organisation, *self.path))}/"

    @property
    def page(self) -> str:
        """The address of the page on which it is shown."""
        return self.address


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRecord(HappeningRecord):
    """An event that takes place once, or the first date of several that are listed.

    ``sessions`` are the addresses of its sessions. ``whole_title`` is that of all dates together, where the first one has
    another.
    """

    sessions: tuple[str, ...]
    whole_title: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord(HappeningRecord):
    """A session; ``sessions`` are the addresses of those inside it."""

    sessions: tuple[str, ...]

    @property
    def above(self) -> str:
        """The address of the event, or session, that it is part of."""
        return f"/events/{'/'.join((self.organisation, *self.path[:-1]))}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRecord(HappeningRecord):
    """An event that recurs by a rule; its details are those of its first date.

    ``dates`` are the days on which it begins as usual, those of a series without end up to the end of the next year.
    ``whole_title`` is that of all dates together, where those of the rule have another. ``rhythm`` is how all of it
    recurs, as it is told in words; None in sites of before.
    """

    dates: tuple[date, ...]
    whole_title: Words
    rhythm: Rhythm | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchRecord(HappeningRecord):
    """The dates of a series from one on, from which it goes on otherwise; ``dates`` are as those of a series."""

    dates: tuple[date, ...]

    @property
    def page(self) -> str:
        """The address of the page of the series, which shows its dates."""
        return self.whole


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherDateRecord(HappeningRecord):
    """A date of an event beside its first one, or beside those of its rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideRecord(HappeningRecord):
    """A date of a series, or of a stretch of one, that differs; its page is named for its original ``day``."""

    day: date


WholeRecord = EventRecord | SeriesRecord | SessionRecord
"""What has an id of its own, and so is no date of something else."""

RecurringRecord = SeriesRecord | StretchRecord
"""What has several dates by a rule."""

EntryRecord = WholeRecord | StretchRecord | FurtherDateRecord
"""What has a UID of its own: all but overrides, which have that of their series."""

Record = EntryRecord | OverrideRecord
"""Whatever takes place, by its role."""


def as_whole(record: Record) -> Record:
    """Return an event with the title of all its dates; anything else, and one that has no other, as it is."""
    match record:
        case EventRecord(whole_title=title) | SeriesRecord(whole_title=title) if title:
            return replace(record, details=replace(record.details, title=title))
        case _:
            return record


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """An organisation, for pages; ``description`` is Markdown. ``shades`` are of its colour, else of one that its id chooses."""

    id: str
    name: Words
    full_name: Words
    url: str | None
    part_of: tuple[str, ...]
    email: str | None = None
    phone: str | None = None
    street: Words | None = None
    country: str | None = None
    colour: str | None = None
    shades: Shades | None = None
    logo: ImageRecord | None = None
    image: ImageRecord | None = None
    description: Words | None = None
    closed: date | None = None
    former: tuple[str, ...] = ()
