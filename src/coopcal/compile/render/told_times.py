"""When something of an event is, in words, and whose time that is where it could be doubted."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from coopcal import zones
from coopcal.compile.render import other_zones
from coopcal.model.happening import Details
from coopcal.model.when import Deadline, Hours, Imprecise, Timed, When, WholeDays
from coopcal.text import dates
from coopcal.text.words import word


def is_doubted(details: Details, moment: datetime, home: str) -> bool:
    """Return whether it could be doubted whose time it is.

    It could of what is online or told in other zones, too, and where clocks show another than at its organisation's,
    in the zone ``home``.
    """
    shared = details.online is not None or bool(other_zones.also_in(details))
    return shared or dates.is_local_elsewhere(moment, home)


def told_when(details: Details, when: When, home: str, language: str) -> str:
    """Say when something of an event is, was or will be, and whose time that is where it could be doubted."""
    return told_words(dates.when(when, language), details, moment_of(when), home, language)


def told_date(details: Details, when: When, home: str, language: str) -> str:
    """Say within a sentence when something of an event was or will be, and whose time that is, as above."""
    return told_words(dates.as_date(when, language), details, moment_of(when), home, language)


def told_move(details: Details, to: When, home: str, language: str) -> str:
    """Say to which date an event was moved: ``Moved to Saturday 14 March 2026``, ``Moved; new date: autumn 2027``."""
    key = "moved_vaguely" if isinstance(to, Imprecise) else "moved"
    return word(key, language, when=told_date(details, to, home, language))


def moment_of(when: When) -> datetime | None:
    """Return the moment that something with a time begins at, or ends at if it is a deadline."""
    match when:
        case Timed(start=moment) | Deadline(at=moment):
            return moment
        case _:
            return None


def told_moment(details: Details, moment: date | datetime, home: str, language: str) -> str:
    """Say a day or a moment of an event, and whose time that is where it could be doubted."""
    return told_words(dates.moment(moment, language), details, moment, home, language)


def told_hours(details: Details, hours: Hours, when: WholeDays, home: str, language: str) -> str:
    """Say opening hours of an event, and whose time that is where it could be doubted."""
    words = dates.hours(hours, language)
    if hours.timezone is None:
        return words
    opens = datetime.combine(hours.day or when.first, hours.opens, zones.zone(hours.timezone))
    return told_words(words, details, opens, home, language)


def told_words(words: str, details: Details, moment: date | datetime | None, home: str, language: str) -> str:
    """Say behind words that tell a moment of an event whose time that is, where it could be doubted."""
    if not isinstance(moment, datetime) or not is_doubted(details, moment, home):
        return words
    return dates.zoned(words, moment.tzinfo.key, language) if isinstance(moment.tzinfo, ZoneInfo) else words
