"""The names by which the world knows an event: its UID and its address; they never change."""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import quote

from coopcal.model.event import Event
from coopcal.model.organisation import Organisation
from coopcal.model.when import days_of


def uid(event: Event, organisation: Organisation, domain: str) -> str:
    """Return the UID (RFC 5545, 3.8.4.7): innermost id first, then the organisation, at the site's domain.

    An event or organisation that was renamed keeps the UID made of its oldest id; the oldest stands first in
    ``formerly``. A pinned ``uid`` wins. That of a further date has its sign behind the event's id
    (``course+20260818.cicopa@…``), that of a word at a date from which something was moved ``moved`` and that date.
    """
    sign = _sign(event)
    if event.uid is not None:
        return event.uid + sign
    oldest = organisation.formerly[0].id if organisation.formerly else organisation.id
    outer, *inner = event.oldest_path
    return ".".join((*reversed(inner), outer + sign, oldest)) + "@" + domain


CLOSES = "registration--closes"
"""What tells the end of registration from its event in UIDs."""


def _sign(event: Event) -> str:
    """Return what stands behind the id: the sign of a further date; that of a word where something was moved from.

    That of the end of registration can be no id, as these have single hyphens.
    """
    moved = f"moved{sign_of(days_of(event.details.when)[0])}" if event.moved_to is not None else ""
    closes = ""
    if event.closing is not None:
        closes = CLOSES + (sign_of(event.closing.day) if event.closing.day else "")
    sign = "-".join(part for part in (event.further, moved, closes) if part)
    return f"+{sign}" if sign else ""


def sign_of(day: date) -> str:
    """Return what tells a date of an event from its others in UIDs."""
    return f"{day.year:04}{day:%m%d}"


def address(event: Event) -> str:
    """Return the path that is an event's alone, with a slash at both ends; that of a further date ends with the date."""
    own = f"{_DAY.sub(_as_date, event.further)}/" if event.further else ""
    return f"/events/{'/'.join((event.organisation, *event.path))}/{own}"


_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{4}))?")


def _as_date(sign: re.Match[str]) -> str:
    day = "-".join(sign.group(1, 2, 3))
    return f"{day}-{sign[4]}" if sign[4] else day


def file_address(page: str, file: str) -> str:
    """Return the path at which a file is published beside a page, as a URI has it (RFC 3986): ``Plan%20%231.pdf``."""
    return page + quote(file.rsplit("/", 1)[-1], safe=_IN_A_SEGMENT)


_IN_A_SEGMENT = "!$&'()*+,;=:@~"
"""What a segment of a path may hold as it is, beside letters, digits and ``-._``."""

COPY = "event.ics"
"""The name beside the page of an event, and of each of its dates, at which it is had as a file."""


def page_address(event: Event) -> str:
    """Return the path of the page on which an event is shown: what goes on with a series is on the page of the series."""
    return whole_address(event) if event.continues is not None else address(event)


def whole_address(event: Event) -> str:
    """Return the path of the page of an event with all its dates."""
    return address(replace(event, further=""))


def date_address(event: Event, day: date) -> str:
    """Return the path of the page of one date of a series, by its original date."""
    return f"{whole_address(event)}{day}/"


def notice_uid(feed_id: str, domain: str) -> str:
    """Return the UID of the notice that a feed is closed."""
    return f"closed.{feed_id}@{domain}"
