"""The names by which the world knows an event: its UID and its address; they never change."""

import re
from datetime import date
from urllib.parse import quote

from coopcal.model.entry import BusyTime, ClosingEntry, Entry, MovedNotice
from coopcal.model.event import FurtherDate, Stretch
from coopcal.model.happening import Happening
from coopcal.model.organisation import Organisation


def uid(entry: Entry, organisation: Organisation, domain: str) -> str:
    """Return the UID (RFC 5545, 3.8.4.7): innermost id first, then the organisation, at the site's domain.

    An event or organisation that was renamed keeps the UID made of its oldest id; the oldest stands first in
    ``formerly``. A pinned ``uid`` wins. That of a further date has its sign behind the event's id
    (``course+20260818.cicopa@…``), that of a notice at a date from which something was moved ``moved`` and that date,
    that of an entry for the end of registration what can be no id, as these have single hyphens.
    """
    match entry:
        case BusyTime():
            return entry.uid
        case MovedNotice(of=of) | ClosingEntry(of=of):
            return _made(of, _signs(entry), organisation, domain)
        case _:
            return _made(entry, _signs(entry), organisation, domain)


def uid_before(stretch: Stretch, organisation: Organisation, domain: str) -> str:
    """Return the UID of what a stretch of a series goes on with."""
    return _made(stretch, (stretch.continues,) if stretch.continues else (), organisation, domain)


def _made(of: Happening, signs: tuple[str, ...], organisation: Organisation, domain: str) -> str:
    sign = f"+{'-'.join(signs)}" if signs else ""
    if of.uid is not None:
        return of.uid + sign
    oldest = organisation.formerly[0].id if organisation.formerly else organisation.id
    outer, *inner = of.oldest_path
    return ".".join((*reversed(inner), outer + sign, oldest)) + "@" + domain


CLOSES = "registration--closes"
"""What tells the end of registration from its event in UIDs."""


def _signs(entry: Entry) -> tuple[str, ...]:
    """Return what stands behind the id, the sign of a further date first."""
    match entry:
        case FurtherDate():
            return (entry.sign,)
        case MovedNotice():
            return (*_signs(entry.of), f"moved{sign_of(entry.days[0])}")
        case ClosingEntry():
            return (*_signs(entry.of), CLOSES + (sign_of(entry.day) if entry.day else ""))
        case _:
            return ()


def sign_of(day: date) -> str:
    """Return what tells a date of an event from its others in UIDs."""
    return f"{day.year:04}{day:%m%d}"


def address(happening: Happening) -> str:
    """Return the path that is its alone, with a slash at both ends; that of a further date ends with the date."""
    path = whole_address(happening)
    return f"{path}{_DAY.sub(_as_date, happening.sign)}/" if isinstance(happening, FurtherDate) else path


_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{4}))?")


def _as_date(sign: re.Match[str]) -> str:
    day = "-".join(sign.group(1, 2, 3))
    return f"{day}-{sign[4]}" if sign[4] else day


def file_address(page: str, file: str) -> str:
    """Return the path at which a file is published beside a page, as a URI has it (RFC 3986): ``Plan%20%231.pdf``."""
    return page + quote(file.rsplit("/", 1)[-1], safe=_IN_A_SEGMENT)


_IN_A_SEGMENT = "!$&'()*+,;=:@~"
"""What a segment of a path may hold as it is, beside letters, digits and ``-._``."""


def page_address(happening: Happening) -> str:
    """Return the path of the page on which it is shown: a stretch of a series is on the page of the series."""
    return whole_address(happening) if isinstance(happening, Stretch) else address(happening)


def whole_address(happening: Happening) -> str:
    """Return the path of the page of an event with all its dates."""
    return f"/events/{happening.key_of_whole}/"


def date_address(series: Happening, day: date) -> str:
    """Return the path of the page of one date of a series, by its original date."""
    return f"{whole_address(series)}{day}/"


def moved_uid(feed_id: str, domain: str) -> str:
    """Return the UID of the notice that a feed has another address; no id has two hyphens, so it is no event's."""
    return f"moved--{feed_id}@{domain}"


def closed_uid(feed_id: str, domain: str) -> str:
    """Return the UID of the notice that a feed is closed."""
    return f"closed.{feed_id}@{domain}"


def rotated_uid(feed_id: str, domain: str) -> str:
    """Return the UID of the notice that an address of a private feed was replaced."""
    return f"replaced--{feed_id}@{domain}"
