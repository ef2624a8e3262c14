"""Names of zones of Windows → names of the zone database: CLDR's table (windowsZones), as Babel has it."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from babel.core import get_global

_ENDING = re.compile(r"\s*(?:[-_#(]?\s*\d+\)?|\(.*\))$")
"""What programs put behind a name, as Outlook does behind one that it has changed."""

_SIGN = re.compile(r"[+\N{MINUS SIGN}\N{EN DASH}-]\s*\d")


def of_windows(name: str) -> str | None:
    """Return the zone of a name of Windows, also with a number or brackets behind it; None where it is none."""
    known = windows()
    plain = name.strip().casefold()
    return known.get(plain) or (None if _SIGN.search(plain) else known.get(_ENDING.sub("", plain)))


@cache
def windows() -> Mapping[str, str]:
    """Return the zones by their names of Windows, in small letters."""
    table = get_global("windows_zone_mapping")
    return MappingProxyType({str(name).casefold(): str(zone) for name, zone in table.items()})
