"""TZIDs of others → names of the zone database."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import islice

from babel.core import get_global

from coopcal import zones
from coopcal.importing.components import Component
from coopcal.importing.expansion import expanded
from coopcal.importing.losses import Losses
from coopcal.importing.rules import rule_of
from coopcal.importing.values import UTC_ID, Clock, moment
from coopcal.zones.database import canonical

_FOREVER = datetime(2060, 1, 1)  # noqa: DTZ001 - what clocks show
_NEW_YEAR = datetime(2000, 1, 1)  # noqa: DTZ001 - what clocks show
_OFFSET = re.compile(r"([+-])?(\d{2}):?(\d{2})(?::?(\d{2}))?")
_FORGOTTEN = {
    "UTC",
    "GMT",
    "Z",
    "ZULU",
    "UCT",
    "ETC/UTC",
    "ETC/GMT",
    "ETC/UCT",
    "ETC/ZULU",
    "GMT+0",
    "GMT-0",
    "GREENWICH",
}
_USUAL_REGIONS = ("Europe/", "America/", "Asia/", "Africa/", "Australia/", "Pacific/")
_SAMPLES = 70
_STRIDE = timedelta(days=16, hours=5)


class Timezones:
    """Finds the zones that a calendar means by its TZIDs.

    ``home`` is the zone that floating times are read in: the calendar's own (X-WR-TIMEZONE), else the organisation's.
    """

    def __init__(self, calendar: Component, organisation: str, losses: Losses) -> None:
        """Take the zones that a calendar describes; the organisation's zone is preferred among those that are alike."""
        self._losses = losses
        self._organisation = organisation
        self._described: dict[str, Component] = {}
        for each in calendar.of("VTIMEZONE"):
            for line in each.quietly().get("TZID", ()):
                self._described.setdefault(line.value.strip().strip('"'), each)
        self._known: dict[str, str] = {}
        said = calendar.quietly().get("X-WR-TIMEZONE", ())
        named = [name for line in said if (name := by_name(line.value.strip()))]
        for line in said:
            if not named:
                losses.tell(
                    line.number,
                    "unknown-zone",
                    line.value,
                    f"no such zone is known; {organisation} was taken",
                )
        self.stated = named[0] if named else None
        self.home = self.stated or organisation

    def of(self, tzid: str | None, line: int, local: datetime) -> str:
        """Give the zone of a TZID, of UTC, or (None) of a time that floats; ``local`` is what clocks show there."""
        if tzid is None:
            return self.home
        if tzid not in self._known:
            self._known[tzid] = self._found(tzid, line, local)
        return self._known[tzid]

    def _usual(self, name: str, tzid: str, local: datetime) -> str:
        """Give the zone at home for one of Windows, which stand for several each, where both have the same clocks."""
        if tzid.strip().strip('"').casefold() not in _windows():
            return name
        samples = _samples(local)
        wanted = [each.replace(tzinfo=zones.zone(name)).utcoffset() or timedelta(0) for each in samples]
        usual = (self.home, self._organisation)
        return next((each for each in usual if _fits(each, samples, wanted)), name)

    def _found(self, tzid: str, line: int, local: datetime) -> str:
        if tzid == UTC_ID:
            return "UTC"
        if name := by_name(tzid):
            name = self._usual(name, tzid, local)
            if name != tzid:
                self._losses.tell(line, "zone-name", tzid, f"it was read as {name}")
            return name
        described = self._described.get(tzid.strip().strip('"'))
        if described is None:
            why = f"no such zone is known or described; {self.home} was taken"
            self._losses.tell(line, "unknown-zone", tzid, why)
            return self.home
        for each in described.quietly().get("X-LIC-LOCATION", ()):
            if name := by_name(each.value.strip()):
                return name
        onsets = sorted(_onsets(described))
        name = _alike(onsets, local, tuple(dict.fromkeys((self.home, self._organisation))))
        code, why = "zone-name", f"it has the offsets of {name}, which was taken"
        if name is None:
            ahead = _offset_at(onsets, local) // timedelta(hours=1) if onsets else None
            fixed = f"Etc/GMT{-ahead:+d}" if ahead else "UTC"
            name = self.home if ahead is None or fixed not in zones.names() else fixed
            code, why = "unknown-zone", f"no zone has the offsets that it describes; {name} was taken"
        self._losses.tell(line, code, tzid, why)
        return name


@cache
def by_name(tzid: str) -> str | None:
    """Give the zone that a TZID names: by its own name, its end (``/example.org/Europe/Brussels``), or Windows' name."""
    name = tzid.strip().strip('"').strip()
    if name.upper() in _FORGOTTEN:
        return "UTC"
    segments = [each for each in name.split("/") if each]
    for start in range(len(segments)):
        end = "/".join(segments[start:]).replace(" ", "_").casefold()
        if found := _names().get(end):
            return _writable(found)
    found = _windows().get(name.casefold())
    return _writable(found) if found else None


@cache
def _names() -> dict[str, str]:
    return {name.casefold(): name for name in zones.names()}


@cache
def _windows() -> dict[str, str]:
    return {str(name).casefold(): str(zone) for name, zone in get_global("windows_zone_mapping").items()}


def _writable(name: str) -> str | None:
    """Give a name as staff may write it: of region and city."""
    if "/" in name or name == "UTC":
        return name
    found = canonical(name)
    if "/" in found or found == "UTC":
        return "UTC" if found in ("Etc/UTC", "Etc/GMT") else found
    return None


def _alike(onsets: list[tuple[datetime, timedelta]], local: datetime, preferred: Sequence[str]) -> str | None:
    """Give a zone with the offsets that a VTIMEZONE describes, in the years around a time."""
    if not onsets:
        return None
    samples = _samples(local)
    wanted = [_offset_at(onsets, each) for each in samples]
    return next((name for name in _candidates(preferred) if _fits(name, samples, wanted)), None)


def _samples(local: datetime) -> list[datetime]:
    begins = _NEW_YEAR.replace(year=min(max(local.year, 1971), 2057))
    return [local, *(begins + number * _STRIDE for number in range(_SAMPLES))]


def _onsets(described: Component) -> Iterable[tuple[datetime, timedelta]]:
    for each in described.of("STANDARD", "DAYLIGHT"):
        lines = each.quietly()
        start = moment(lines["DTSTART"][0].value) if "DTSTART" in lines else None
        match = _OFFSET.fullmatch(lines["TZOFFSETTO"][0].value.strip()) if "TZOFFSETTO" in lines else None
        if start is None or match is None:
            continue
        begins = start.local if isinstance(start, Clock) else datetime.combine(start, time(0))
        ahead = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
        ahead = -ahead if match[1] == "-" else ahead
        yield begins, ahead
        for line in lines.get("RDATE", ()):
            for part in line.value.split(","):
                if isinstance(at := moment(part), Clock):
                    yield at.local, ahead
        for line in lines.get("RRULE", ()):
            rule = rule_of(line.value)
            if rule is None or rule.frequency != "YEARLY":
                continue
            until = rule.until.local if isinstance(rule.until, Clock) else _FOREVER
            for at in islice(expanded(rule, begins, min(until, _FOREVER)), rule.count or 500):
                yield at, ahead


def _offset_at(onsets: list[tuple[datetime, timedelta]], local: datetime) -> timedelta:
    ahead = onsets[0][1]
    for at, after in onsets:
        if at > local:
            break
        ahead = after
    return ahead


@cache
def _candidates(preferred: Sequence[str]) -> tuple[str, ...]:
    usual = [
        name
        for region in _USUAL_REGIONS
        for name in sorted(zones.names())
        if name.startswith(region) and canonical(name) == name
    ]
    fixed = [name for name in sorted(zones.names()) if name.startswith("Etc/")]
    return tuple(dict.fromkeys((*preferred, *usual, "UTC", *fixed)))


def _fits(name: str, samples: list[datetime], wanted: list[timedelta]) -> bool:
    zone = zones.zone(name)
    return all(
        each.replace(tzinfo=zone).utcoffset() == ahead for each, ahead in zip(samples, wanted, strict=True)
    )


def at(local: datetime, zone: str) -> datetime:
    """Give the moment at which clocks of a zone show a time: the first of two, what follows a gap (RFC 5545, 3.3.5)."""
    return local.replace(tzinfo=zones.zone(zone)).astimezone(UTC)
