"""What clocks show: the offsets of zones over a year, zones by their offset, and how offsets are written."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from coopcal.zones.database import canonical, names, zone
from coopcal.zones.windows_names import windows

PRESENT = 2026
"""A year of the present rules."""

BEST_KNOWN = (
    "Europe/London", "Europe/Berlin", "Europe/Athens", "Europe/Istanbul", "Europe/Moscow", "America/New_York", "America/Chicago",
    "America/Denver", "America/Los_Angeles", "America/Toronto", "America/Phoenix", "America/Anchorage", "Pacific/Honolulu", "America/Halifax",
    "America/St_Johns", "America/Mexico_City", "America/Bogota", "America/Caracas", "America/Santiago", "America/Sao_Paulo", "Africa/Lagos",
    "Africa/Johannesburg", "Africa/Cairo", "Africa/Nairobi", "Africa/Casablanca", "Asia/Jerusalem", "Asia/Dubai", "Asia/Tehran", "Asia/Kabul",
    "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon", "Asia/Bangkok", "Asia/Jakarta", "Asia/Almaty", "Asia/Shanghai",
    "Asia/Tokyo", "Australia/Sydney", "Australia/Brisbane", "Australia/Adelaide", "Australia/Darwin", "Pacific/Noumea", "Pacific/Auckland",
    "Pacific/Tongatapu",
)  # fmt: skip
"""Zones in which most people live, one or a few of each kind of clocks: of several that fit, the first of these is likeliest."""

_SIGNED = re.compile(
    r"[(\[]?\s*(?:UTC|GMT|Z)?\s*([+\N{MINUS SIGN}\N{EN DASH}-])\s*(\d{1,2})(?:[:.]?([0-5]\d))?(?:[:.]?00)?(?:\s*(?:h|Uhr)\b)?\s*[)\]]?",
    re.IGNORECASE,
)
_MOST_HOURS = 14


def signed(text: str) -> tuple[timedelta, str] | None:
    """Return the offset that a text begins with (``UTC+2``, ``(GMT-05:00) …``), and what follows; None where it tells none."""
    match = _SIGNED.match(text)
    if match is None or int(match[2]) > _MOST_HOURS or text[match.end() : match.end() + 1].isalnum():
        return None
    ahead = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return (ahead if match[1] == "+" else -ahead), text[match.end() :]


def fixed(ahead: timedelta) -> str | None:
    """Return the zone whose clocks are always so far ahead of UTC; None where there is none."""
    if not ahead:
        return "UTC"
    hours, rest = divmod(ahead, timedelta(hours=1))
    if not rest:
        name = f"Etc/GMT{-hours:+d}"  # the signs of these names are those of POSIX
        return name if name in names() else None
    return next(
        (candidate for candidate in candidates(()) if set(clocks(candidate, PRESENT)) == {ahead}), None
    )


@lru_cache(maxsize=4096)
def clocks(name: str, year: int) -> tuple[timedelta, ...]:
    """Return the offsets of a zone over a year, every ten days: zones with the same ones are alike."""
    begins = datetime(year, 1, 1, 12)  # noqa: DTZ001 - what clocks show
    moments = (begins + number * timedelta(days=10, hours=1) for number in range(36))
    return tuple(moment.replace(tzinfo=zone(name)).utcoffset() or timedelta(0) for moment in moments)


@lru_cache(maxsize=4096)
def shown_as(name: str, year: int) -> frozenset[str]:
    """Return the abbreviations of a zone in a year."""
    at = (datetime(year, month, 1, tzinfo=UTC).astimezone(zone(name)) for month in (1, 7))
    return frozenset(moment.tzname() or "" for moment in at)


@lru_cache(maxsize=16)
def candidates(preferred: Sequence[str]) -> tuple[str, ...]:
    """Return all zones in the order in which they are looked through: preferred ones, those best known, Windows' own, all others."""
    of_windows = (canonical(name) for name in windows().values() if not name.startswith("Etc/"))
    others = (name for name in sorted(names()) if "/" in name and canonical(name) == name)
    usual = [name for name in others if not name.startswith(("Etc/", "Antarctica/"))]
    always = [name for name in sorted(names()) if name.startswith("Etc/")]
    return tuple(dict.fromkeys((*preferred, *BEST_KNOWN, *of_windows, *usual, "UTC", *always)))
