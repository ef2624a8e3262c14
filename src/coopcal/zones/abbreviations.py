"""Abbreviations of zones, in several languages, and names of POSIX, which are made of two of them."""

import re
from collections.abc import Sequence
from datetime import timedelta
from types import MappingProxyType

from coopcal.zones.offsets import candidates, clocks, shown_as

ENGLISH = MappingProxyType(
    {
        "mez": "CET", "mesz": "CEST", "oez": "EET", "oesz": "EEST", "wez": "WET", "wesz": "WEST", "hnec": "CET", "heec": "CEST",
        "hec": "CET", "met": "CET", "mest": "CEST", "hne": "EST", "hae": "EDT", "hnp": "PST", "hap": "PDT", "et": "EST", "pt": "PST",
        "ct": "CST", "mt": "MST",
    }
)  # fmt: skip
"""Abbreviations of other languages, and short ones, by those that clocks are shown with."""

USUAL = MappingProxyType(
    {
        "CET": "Europe/Berlin", "CEST": "Europe/Berlin", "EET": "Europe/Athens", "EEST": "Europe/Athens", "WET": "Europe/Lisbon",
        "WEST": "Europe/Lisbon", "GMT": "Europe/London", "BST": "Europe/London", "EST": "America/New_York", "EDT": "America/New_York",
        "CST": "America/Chicago", "CDT": "America/Chicago", "MST": "America/Denver", "MDT": "America/Denver", "PST": "America/Los_Angeles",
        "PDT": "America/Los_Angeles", "JST": "Asia/Tokyo", "KST": "Asia/Seoul", "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney",
        "NZST": "Pacific/Auckland", "SAST": "Africa/Johannesburg", "MSK": "Europe/Moscow",
    }
)  # fmt: skip
"""What abbreviations mean that are not those of a zone around."""

_POSIX = re.compile(r"(?!UTC|GMT)([A-Z]{3,4})([+-]?\d{1,2})([A-Z]{3,4})?(?:[\d,./M:+-]*)")


def is_posix(text: str) -> bool:
    """Return whether a text has the form of a name of POSIX: ``EST5EDT``."""
    return _POSIX.fullmatch(text) is not None


def of_posix(text: str, year: int, preferred: Sequence[str]) -> str | None:
    """Return the zone of a name of POSIX, in which hours are counted the other way; of several alike a preferred one."""
    match = _POSIX.fullmatch(text)
    if match is None:
        return None
    ahead = -timedelta(hours=int(match[2]))
    for name in candidates(tuple(preferred)):
        offsets = set(clocks(name, year))
        if (
            min(offsets) == ahead
            and (len(offsets) > 1) == bool(match[3])
            and match[1] in shown_as(name, year)
        ):
            return name
    return None
