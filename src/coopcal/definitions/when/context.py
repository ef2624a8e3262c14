"""What surrounds a ``when``, and the moment that a local time means in it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from coopcal import zones
from coopcal.definitions.codes.dates import NO_SUCH_TIME, TWICE_THAT_DAY, WHICH_ZONE, WRONG_OFFSET
from coopcal.definitions.when.diagnostics import Wrong, put
from coopcal.model.message import Message, Name, msg
from coopcal.zones.by_any_name import likelier_first
from coopcal.zones.countries import countries
from coopcal.zones.hints import ZoneHints, asked, resolve

_OFFSET = re.compile(r"Z|[+-]\d{2}:?\d{2}")


def _country(code: str | None) -> str:
    name = countries().get(code or "")
    return Name(name, "country", code or "") if name else msg("the country of the place")


@dataclass(frozen=True, slots=True)
class WhenContext:
    """The zones around, the length of events whose end is not known, and the languages of weekdays.

    ``day`` is the one day of the event that a session is in: then times alone will do. ``southern`` tells the
    hemisphere of seasons, ``cities`` those of the place.
    """

    hints: ZoneHints
    usual_length: timedelta
    languages: tuple[str, ...]
    day: date | None = None
    southern: bool = False
    cities: tuple[str, ...] = ()

    def zone_told(self, local: datetime) -> str | None:
        """Return the zone that a local time stands in; None where that is not told."""
        zone = resolve(self.hints, local)
        return zone if isinstance(zone, str) else None

    def zone(self, local: datetime) -> str:
        """Return the zone that a local time stands in; raise Wrong where that is not told."""
        zone_names = resolve(self.hints, local)
        if isinstance(zone_names, str):
            return zone_names
        place = asked(self.hints, local)
        if place is None:
            raise Wrong(
                WHICH_ZONE,
                msg(
                    "The places lie in zones whose clocks differ, and it is not told which is meant: {some}",
                    some=", ".join(zone_names),
                ),
                msg(
                    "add the line “timezone: {zone}”, or another of these, to the event; the line “also_in: [{other}]” "
                    "tells the time there, too",
                    zone=zone_names[0],
                    other=zone_names[1],
                ),
            )
        country = _country(place.country)
        if not zone_names:
            raise Wrong(
                WHICH_ZONE,
                msg("It is not told which time zone is meant: none is known for {country}", country=country),
                msg("add a line such as “timezone: Europe/Brussels” to the event"),
            )
        zone_names = likelier_first(zone_names, self.cities)
        some = ", ".join(zone_names[:8]) + (" …" if len(zone_names) > 8 else "")  # noqa: PLR2004 - enough to choose from
        raise Wrong(
            WHICH_ZONE,
            msg(
                "{country} has several time zones, and it is not told which is meant: {some}",
                country=country,
                some=some,
            ),
            msg("add the line “timezone: {zone}”, or another of these, to the event", zone=zone_names[0]),
        )

    def moment(
        self, day: date, clock: time, offset: timedelta | None, span: tuple[int, int], value: str
    ) -> tuple[datetime, str]:
        """Return the moment of a local time, and its zone; raise Wrong for one that does not exist or is not unique.

        ``span`` bounds the time, without its offset, in ``value``, the text as it is written.
        """
        local = datetime.combine(day, clock)
        zone = self.zone(local)
        readings = zones.localise(local, zone)
        start, end = span
        if not readings:
            after = self._after_gap(local, zone)
            message = msg(
                "There is no {clock:%H:%M} on {day} in {zone}: the clocks are put forward over it",
                clock=clock,
                day=day,
                zone=zone,
            )
            instead = [put(value, start, end, f"{after:%H:%M}")]
            raise Wrong(NO_SUCH_TIME, message, start=start, end=end, instead=instead)
        if offset is not None:
            for reading in readings:
                if reading.utcoffset() == offset:
                    return reading, zone
            raise self._other_offset(readings, zone, offset, span, value)
        if len(readings) > 1:
            message = msg(
                "{clock:%H:%M} comes twice on {day} in {zone}: the clocks are put back over it",
                clock=clock,
                day=day,
                zone=zone,
            )
            instead = [put(value, end, end, _offset(reading)) for reading in readings]
            raise Wrong(
                TWICE_THAT_DAY, message, start=start, end=end, instead=instead, choose=_first_or_second
            )
        return readings[0], zone

    def is_offset(self, day: date, clock: time, offset: timedelta) -> bool:
        """Return whether clocks of the zone are so far from UTC at a local time."""
        local = datetime.combine(day, clock)
        zone = resolve(self.hints, local)
        return isinstance(zone, str) and offset in {
            reading.utcoffset() for reading in zones.localise(local, zone)
        }

    @staticmethod
    def _other_offset(
        readings: tuple[datetime, ...], zone: str, offset: timedelta, span: tuple[int, int], value: str
    ) -> Wrong:
        """Tell an offset that the zone has not then; where it never has it, the moment is meant before the clock."""
        local, (start, end) = readings[0].replace(tzinfo=None), span
        offsets = tuple(_offset(reading) for reading in readings)
        message = msg(
            "In {zone} the time {clock:%H:%M} on {day} is {right} from UTC, not {offset}",
            zone=zone,
            clock=local,
            day=local.date(),
            right=offsets[0]
            if len(offsets) == 1
            else msg("{first} or {second}", first=offsets[0], second=offsets[1]),
            offset=_signed(offset),
        )
        written = _OFFSET.match(value, end)
        behind = written.end() if written else end
        same_clock = put(value, end, behind, offsets[0])
        there = (local - offset).replace(tzinfo=zones.zone("UTC")).astimezone(zones.zone(zone))
        again = _offset(there) if len(zones.localise(there.replace(tzinfo=None), zone)) > 1 else ""
        dated = value[max(start - 11, 0) : start - 1] == local.date().isoformat()
        text = f"{there:%Y-%m-%d %H:%M}" if dated or there.date() != local.date() else f"{there:%H:%M}"
        same_moment = put(value, start - 11 if dated else start, behind, text + again)
        starts = (datetime(local.year, month, 1, tzinfo=zones.zone(zone)) for month in range(1, 13))
        usual = offset in {moment.utcoffset() for moment in starts}
        instead = [same_clock] if usual else [same_moment, same_clock]
        return Wrong(WRONG_OFFSET, message, start=start, end=end, instead=instead)

    @staticmethod
    def _after_gap(local: datetime, zone: str) -> datetime:
        """Return the local time that clocks show where they would have shown one that does not exist."""
        aware = local.replace(tzinfo=zones.zone(zone), fold=0)
        return aware.astimezone(zones.zone("UTC")).astimezone(zones.zone(zone))


def _first_or_second(first: str, second: str) -> Message:
    return msg("{first}   (the first), or {second}   (the second)", first=first, second=second)


def _offset(moment: datetime) -> str:
    return _signed(moment.utcoffset() or timedelta(0))


def _signed(offset: timedelta) -> str:
    sign, minutes = ("-", -offset) if offset < timedelta(0) else ("+", offset)
    total = int(minutes.total_seconds()) // 60
    return f"{sign}{total // 60:02}:{total % 60:02}"
