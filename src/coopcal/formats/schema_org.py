"""Events as schema.org's ``Event``, for search engines (JSON-LD)."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from coopcal.formats.request import Speaker
from coopcal.model.recurrence import WEEKDAYS, Frequency, Weekday
from coopcal.model.when import Timed
from coopcal.site.details import PartyRecord, PlaceRecord, PriceRecord
from coopcal.site.record import Record, SeriesRecord
from coopcal.text.markdown import plain
from coopcal.text.words import labelled
from coopcal.views.occurrence import Occurrence

_STATUS = {
    "cancelled": "https://schema.org/EventCancelled",
    "postponed": "https://schema.org/EventPostponed",
}
_MODES = {
    (True, True): "https://schema.org/MixedEventAttendanceMode",
    (True, False): "https://schema.org/OfflineEventAttendanceMode",
    (False, True): "https://schema.org/OnlineEventAttendanceMode",
}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UNITS = {Frequency.DAILY: "D", Frequency.WEEKLY: "W", Frequency.MONTHLY: "M", Frequency.YEARLY: "Y"}

_LONGEST = 5000
"""Characters of a description; search engines read no more."""


def event_data(
    occurrence: Occurrence,
    speaker: Speaker,
    inside: Iterable[Occurrence] = (),
    dates: Sequence[Occurrence] = (),
    above: Occurrence | None = None,
) -> str:
    """Return an event as JSON-LD that is safe in HTML.

    ``inside`` are its sessions; ``dates`` those that are shown of a series, which is an ``EventSeries`` then; ``above``
    the event or series that it is in.
    """
    data = {"@context": "https://schema.org", **_event(occurrence, speaker)}
    if dates:
        data |= {"@type": "EventSeries", "startDate": dates[0].iso, "endDate": _end(dates[-1])}
        data["eventSchedule"] = _schedule(occurrence.event)
    parts = [_known(_event(part, speaker)) for part in (*inside, *dates)]
    if parts:
        data["subEvent"] = parts
    if above is not None:
        kind = "EventSeries" if occurrence.recurs else "Event"
        data["superEvent"] = {"@type": kind, **_named(above, speaker)}
    written = json.dumps(_known(data), ensure_ascii=False, separators=(",", ":"))
    return written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _schedule(record: Record) -> dict[str, Any] | None:
    """Return how a series recurs, as a ``Schedule``; None where that type could not tell all of it."""
    rhythm = record.rhythm if isinstance(record, SeriesRecord) else None
    if rhythm is None or rhythm.rule is None or rhythm.pauses or rhythm.turns or rhythm.also:
        return None
    rule, when = rhythm.rule, record.details.when
    if rule.positions or rule.is_odd is not None:
        return None
    start, end = (when.start, when.end) if isinstance(when, Timed) else (None, None)
    return _known(
        {
            "@type": "Schedule",
            "repeatFrequency": f"P{rule.interval}{_UNITS[rule.frequency]}",
            "byDay": [_weekday(day) for day in rule.weekdays],
            "byMonthDay": list(rule.month_days),
            "byMonth": list(rule.months),
            "exceptDate": [day.isoformat() for day in rhythm.days],
            "startDate": rhythm.first.isoformat(),
            "endDate": rhythm.last and rhythm.last.isoformat(),
            "startTime": start and f"{start:%H:%M:%S}",
            "endTime": end and f"{end:%H:%M:%S}",
            "scheduleTimezone": record.timezone if start else None,
        }
    )


def _weekday(day: Weekday) -> str:
    """Return a weekday as schema.org calls it; one with its place in the month as RFC 5545 writes it."""
    return f"{day.nth}{WEEKDAYS[day.weekday]}" if day.nth else f"https://schema.org/{_DAYS[day.weekday]}"


def _event(occurrence: Occurrence, speaker: Speaker) -> dict[str, Any]:
    details = occurrence.details
    moved = details.moved_from is not None and not occurrence.off
    locations: list[dict[str, Any]] = [_place(place, speaker) for place in details.places]
    online = details.online and details.online.url
    if online:
        locations.append({"@type": "VirtualLocation", "url": online})
    return {
        "@type": "Event",
        **_named(occurrence, speaker),
        "startDate": occurrence.iso,
        "endDate": _end(occurrence),
        "eventStatus": _STATUS.get(details.status)
        or f"https://schema.org/{'EventRescheduled' if moved else 'EventScheduled'}",
        "previousStartDate": details.moved_from and details.moved_from.at,
        "eventAttendanceMode": _MODES.get((bool(details.places), bool(online))),
        "location": locations[0] if len(locations) == 1 else locations,
        "organizer": [_party(party, speaker) for party in details.parties if party.role == "organiser"],
        "contributor": [_party(party, speaker) for party in details.parties if party.role != "organiser"],
        "description": plain(speaker.say(details.description))[:_LONGEST],
        "image": speaker.url(details.image.url) if details.image else None,
        "keywords": ", ".join(details.tags),
        "inLanguage": list(details.spoken) or speaker.language,
        "maximumAttendeeCapacity": details.registration.places if details.registration else None,
        "remainingAttendeeCapacity": details.registration.free if details.registration else None,
        "offers": _offer(occurrence, speaker),
    }


def _named(occurrence: Occurrence, speaker: Speaker) -> dict[str, Any]:
    return {"name": speaker.say(occurrence.details.title), "url": speaker.localised(occurrence.address)}


def _end(occurrence: Occurrence) -> str | None:
    match occurrence.when:
        case Timed(end=end):
            return end.isoformat() if end else None
        case None:
            return None
        case _:
            return occurrence.last.isoformat()


def _place(position: PlaceRecord, speaker: Speaker) -> dict[str, Any]:
    return _known(
        {
            "@type": "Place",
            "name": speaker.say(position.name) or speaker.say(position.city),
            "url": position.url,
            "address": {
                "@type": "PostalAddress",
                **_known(
                    {
                        "streetAddress": speaker.say(position.address),
                        "addressLocality": speaker.say(position.city),
                        "addressCountry": position.country,
                    }
                ),
            },
            "geo": {
                "@type": "GeoCoordinates",
                "latitude": float(position.lat),
                "longitude": float(position.lon),
            }
            if position.lat and position.lon
            else None,
        }
    )


def _party(party: PartyRecord, speaker: Speaker) -> dict[str, Any]:
    own = speaker.localised(f"/organisations/{party.organisation}/") if party.organisation else None
    return _known(
        {
            "@type": "Organization",
            "name": speaker.say(party.name),
            "url": party.url or own,
            "logo": speaker.logo(party.organisation) if party.organisation else None,
        }
    )


def _offer(occurrence: Occurrence, speaker: Speaker) -> dict[str, Any] | None:
    registration = occurrence.details.registration
    if registration is None or not registration.url:
        return None
    full = "https://schema.org/SoldOut" if registration.full else "https://schema.org/InStock"
    return _known(
        {
            "@type": "Offer",
            "url": registration.url,
            "availability": full,
            "validFrom": registration.opens and registration.opens.at,
            "validThrough": registration.closes and registration.closes.at,
            "description": "; ".join(_price(price, speaker) for price in registration.prices),
        }
    )


def _price(price: PriceRecord, speaker: Speaker) -> str:
    price_words, applies = speaker.say(price.said), speaker.say(price.applies)
    return labelled(applies, price_words, speaker.language) if applies else price_words


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
