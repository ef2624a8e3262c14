"""The time of an event as clocks show it in other zones (``also_in``)."""

from collections.abc import Iterable
from datetime import datetime

from coopcal import zones
from coopcal.model.when import Deadline, Timed, When
from coopcal.text import dates
from coopcal.text.words import labelled, word
from coopcal.zones.shift import day_of


def there(when: When | None, zone: str) -> Timed | Deadline | None:
    """Return the same as clocks of a zone show it; None of what has no time."""
    match when:
        case Timed(start=start, end=end, usual_end=usual_end):
            return Timed(
                _at(start, zone), _at(end, zone) if end is not None else None, _at(usual_end, zone), zone
            )
        case Deadline(at=at):
            return Deadline(_at(at, zone), zone)
        case _:
            return None


def told(when: When | None, zone: str, language: str) -> str:
    """Return when it is in a zone, in words: ``Argentina Time: Saturday 14 March 2026, 10:00–12:00``."""
    local = there(when, zone)
    return labelled(_named(zone, language), dates.when(local, language), language) if local else ""


def told_of_all(whens: Iterable[When], zone: str, language: str) -> str:
    """Return at what time all of a series is in a zone: ``Argentina Time: 10:00–12:00``.

    Where clocks change apart, both times are told; "" where there are more, as each date tells its own.
    """
    match list(dict.fromkeys(clock for when in whens if (clock := _clocks(when, zone, language)))):
        case [one]:
            clock = one
        case [first, second]:
            clock = word("by_date", language, first=first, second=second)
        case _:
            return ""
    return labelled(_named(zone, language), clock, language)


def _named(zone: str, language: str) -> str:
    """Return a zone's name as it stands at the beginning of a line."""
    name = dates.timezone_name(zone, language)
    return name[:1].upper() + name[1:]


def _at(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(zones.zone(zone))


def _clocks(when: When, zone: str, language: str) -> str:
    local = there(when, zone)
    if local is None:
        return ""
    words = dates.clock(local.at, language) if isinstance(local, Deadline) else dates.clocks(local, language)
    match (day_of(local) - day_of(when)).days:
        case 0:
            return words
        case days:
            return word("next_day" if days > 0 else "day_before", language, when=words)
