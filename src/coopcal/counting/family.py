"""Families of programs that ask for calendars, told by the name that a program gives itself (User-Agent)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

DOCTOR = "Coopcal-Doctor"
"""The header by which a visit of the doctor says that it is no program's, whose name it gives; it is counted for none."""


class Family(StrEnum):
    """A family of programs; CDN is whatever asks through one, which answers most requests by itself."""

    GOOGLE = "google"
    MICROSOFT = "microsoft"
    OUTLOOK = "outlook"
    APPLE = "apple"
    THUNDERBIRD = "thunderbird"
    NEXTCLOUD = "nextcloud"
    ICSX5 = "icsx5"
    EVOLUTION = "evolution"
    BROWSER = "browser"
    CDN = "cdn"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Habit:
    """How a family asks: each reader by itself, at the shortest interval that its settings offer; None: once for many, or not known."""

    soonest: timedelta | None = None


HABITS: Mapping[Family, Habit] = {
    Family.GOOGLE: Habit(),
    Family.MICROSOFT: Habit(),
    Family.OUTLOOK: Habit(timedelta(minutes=1)),
    Family.APPLE: Habit(timedelta(minutes=5)),
    Family.THUNDERBIRD: Habit(timedelta(minutes=1)),
    Family.NEXTCLOUD: Habit(timedelta(minutes=5)),
    Family.ICSX5: Habit(timedelta(minutes=15)),
    Family.EVOLUTION: Habit(timedelta(minutes=1)),
    Family.BROWSER: Habit(),
    Family.CDN: Habit(),
    Family.OTHER: Habit(),
}

_NAMES = (
    (r"Google-Calendar-Importer", Family.GOOGLE),
    (r"Nextcloud", Family.NEXTCLOUD),
    (r"ICSx5/", Family.ICSX5),
    (r"Evolution[/-]|evolution-data-server", Family.EVOLUTION),
    (r"Thunderbird/|Betterbird/", Family.THUNDERBIRD),
    (r"dataaccessd/|CalendarAgent/|remindd/|^iCal/", Family.APPLE),
    (r"Microsoft\.Exchange|Exchange/|OutlookCalendar|Microsoft Office Calendar", Family.MICROSOFT),
    (r"Microsoft Outlook|Microsoft Office/|MSOffice", Family.OUTLOOK),
    (r"Amazon CloudFront|Cloudflare|Fastly", Family.CDN),
    (r"^Mozilla/5\.0 \((?!compatible)|^Opera/", Family.BROWSER),
)
_FAMILY = re.compile("|".join(f"(?P<{family}>{pattern})" for pattern, family in _NAMES))
"""Names in the order in which they are looked for: several programs say that they are a browser, too."""


def family_of(agent: str) -> Family:
    """Return the family of a program by the name that it gives itself."""
    found = {match.lastgroup for match in _FAMILY.finditer(agent)}
    return next((family for _, family in _NAMES if family in found), Family.OTHER)
