"""Times that are taken, of events that are not public: all that the public sees of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from coopcal import recurrence, zones
from coopcal.model.entry import BusyTime
from coopcal.model.event import Event
from coopcal.model.happening import Details, ShowsAs
from coopcal.model.organisation import Organisation
from coopcal.model.party import Party, Role
from coopcal.model.site import SiteSettings
from coopcal.model.text import Text
from coopcal.model.when import Deadline, Imprecise, Timed, When, WholeDays, days_of
from coopcal.selection.until import horizon

BUSY = Text(
    (
        ("en", "Busy"),
        ("fr", "Occupé"),
        ("es", "Ocupado"),
        ("it", "Occupato"),
        ("pt", "Ocupado"),
        ("de", "Belegt"),
    )
)


@dataclass(slots=True)
class _Span:
    start: datetime
    end: datetime


def busy_times(
    organisation: Organisation, settings: SiteSettings, events: Iterable[Event], now: datetime
) -> Iterator[BusyTime]:
    """Return the times that hidden ``events`` of an organisation take.

    What touches or overlaps is one. Title, UID and times are made only of these times, so that nothing else of what is
    hidden changes a public byte.
    """
    zone = organisation.timezone or settings.timezone
    spans = sorted(
        (span for event in events for span in _spans(event, zone, horizon(now))), key=lambda span: span.start
    )
    merged: list[_Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1].end = max(merged[-1].end, span.end)
        else:
            merged.append(span)
    oldest = organisation.formerly[0].id if organisation.formerly else organisation.id
    for span in merged:
        times = "-".join(f"{moment:%Y%m%dT%H%M%SZ}" for moment in (span.start, span.end))
        yield BusyTime(
            organisation=organisation.id,
            uid=f"{times}.busy.{oldest}@{settings.uid_domain}",
            details=Details(
                position=organisation.position,
                title=BUSY,
                when=_when(span, zone),
                language=organisation.languages[0],
                parties=(Party(Role.ORGANISER, organisation=organisation.id),),
                shows_as=ShowsAs.BUSY,
            ),
        )


def _spans(event: Event, zone: str, until: date) -> Iterator[_Span]:
    for happening in (event, *event.dates):
        first, last = happening.days
        for occurrence in recurrence.occurrences(happening, first, min(last, until)):
            when = occurrence.details.when
            if not occurrence.details.is_off and not isinstance(when, Imprecise | Deadline):
                yield _span(when, zone)


def _span(when: When, zone: str) -> _Span:
    if isinstance(when, Timed):
        return _Span(when.start.astimezone(UTC), when.usual_end.astimezone(UTC))
    first, last = days_of(when)
    return _Span(_midnight(first, zone), _midnight(last + timedelta(days=1), zone))


def _midnight(day: date, zone: str) -> datetime:
    """Return the moment at which a day begins."""
    return zones.first_moment(day, zone).astimezone(UTC)


def _when(span: _Span, zone: str) -> When:
    """Return whole days where it begins and ends with days, else times in the zone of the organisation."""
    start, end = (moment.astimezone(zones.zone(zone)) for moment in (span.start, span.end))
    if _midnight(start.date(), zone) == span.start and _midnight(end.date(), zone) == span.end:
        return WholeDays(start.date(), end.date() - timedelta(days=1))
    return Timed(start, end, end, zone)
