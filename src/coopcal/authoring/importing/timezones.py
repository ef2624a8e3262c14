"""TZIDs of others → names of the zone database."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import islice

from coopcal import zones
from coopcal.authoring.importing.components import Component
from coopcal.authoring.importing.expansion import expanded
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.rrules import rule_of
from coopcal.authoring.importing.values import UTC_ID, Clock, moment, offset_of, text
from coopcal.authoring.importing.zone_names import by_name, by_words, offset, stands_for_several
from coopcal.model.message import Message, msg
from coopcal.zones.offsets import candidates, fixed

_FOREVER = datetime(2060, 1, 1)  # noqa: DTZ001 - what clocks show
_NEW_YEAR = datetime(2000, 1, 1)  # noqa: DTZ001 - what clocks show
_SAMPLES = 70
_STRIDE = timedelta(days=16, hours=5)
_MOSTLY = 0.6
"""How much of the time a zone must have the clocks that a calendar describes to be taken for what it describes."""

_HARDLY_LESS = 2
"""How many days less a zone may agree on that is nearer to home or better known."""

_SEASON = timedelta(days=120)
"""How long a description is believed beyond the last change that it tells, where it tells single ones."""

Onsets = list[tuple[datetime, timedelta]]


class Timezones:
    """Finds the zones that a calendar means by its TZIDs.

    ``home`` is the zone that floating times are read in: the calendar's own (X-WR-TIMEZONE), else the organisation's.
    """

    def __init__(self, calendar: Component, organisation: str, losses: Losses) -> None:
        """Take the zones that a calendar describes; the organisation's zone is preferred among those that are alike."""
        self._losses = losses
        self._organisation = organisation
        self._described: dict[str, Component] = {}
        for described in calendar.of("VTIMEZONE"):
            for line in described.quietly().get("TZID", ()):
                self._described.setdefault(_plain(line.value), described)
        self._known: dict[str, str] = {}
        self._own: dict[str, Onsets] = {}
        written = calendar.quietly().get("X-WR-TIMEZONE", ())
        named = [name for line in written if (name := self._named(text(line.value), (organisation,)))]
        for line in written:
            if not named:
                losses.tell(
                    line.number,
                    LossCode.UNKNOWN_ZONE,
                    line.value,
                    msg("no such zone is known; {organisation} was taken", organisation=organisation),
                )
        self.stated = named[0] if named else None
        self.home = self.stated or organisation

    def of(self, tzid: str | None, line: int, local: datetime) -> str:
        """Return the zone of a TZID, of UTC, or (None) of a time that floats; ``local`` is what clocks show there.

        It is the one at home where no zone has the clocks of the TZID: see ``moment``.
        """
        if tzid is None:
            return self.home
        tzid = _plain(tzid)
        if tzid not in self._known:
            self._known[tzid] = self._found(tzid, line, local)
        return self._known[tzid]

    def moment(self, local: datetime, tzid: str | None, line: int) -> datetime:
        """Return the moment at which clocks of a TZID show a time."""
        zone = self.of(tzid, line, local)
        if onsets := self._own.get(_plain(tzid or "")):
            return (local - _offset_at(onsets, local)).replace(tzinfo=UTC)
        return at(local, zone)

    def is_own(self, tzid: str | None) -> bool:
        """Return whether no zone has the clocks of a TZID, so that its times must be read one by one."""
        return _plain(tzid or "") in self._own

    @property
    def _preferred(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.home, self._organisation)))

    def _usual(self, name: str, tzid: str, local: datetime) -> str:
        """Return the zone at home for one of Windows, which stand for several each, where both have the same clocks."""
        if not stands_for_several(tzid):
            return name
        samples = _samples(local)
        offsets = [sample.replace(tzinfo=zones.zone(name)).utcoffset() or timedelta(0) for sample in samples]
        return next((zone for zone in self._preferred if _fits(zone, samples, offsets)), name)

    @staticmethod
    def _named(tzid: str, preferred: tuple[str, ...]) -> str | None:
        words = by_words(tzid, _NEW_YEAR.year, preferred)
        ahead = offset(tzid)
        return by_name(tzid) or (words[0] if words else None) or (fixed(ahead) if ahead is not None else None)

    def _found(self, tzid: str, line: int, local: datetime) -> str:
        if tzid == UTC_ID:
            return "UTC"
        if name := by_name(tzid):
            name = self._usual(name, tzid, local)
            if name != tzid:
                self._losses.tell(line, LossCode.ZONE_NAME, tzid, msg("it was read as {name}", name=name))
            return name
        described = self._described.get(tzid)
        if described is not None:
            for location in described.quietly().get("X-LIC-LOCATION", ()):
                if name := by_name(text(location.value)):
                    return name
        onsets = sorted(_onsets(described)) if described is not None else []
        name, code, why = self._meant(tzid, onsets, local)
        self._losses.tell(line, code, tzid, why)
        return name

    def _meant(self, tzid: str, onsets: Onsets, local: datetime) -> tuple[str, LossCode, Message]:
        """Return what a name that is no zone's stands for: by its words, by what is described, by its offset; and what to tell."""
        words = by_words(tzid, _years(local)[0], self._preferred)
        ahead = offset(tzid)
        named = (words[0],) if words else ()
        samples = _covered(_samples(local), onsets)
        offsets = [_offset_at(onsets, sample) for sample in samples] if onsets else []
        alike = (
            candidate
            for candidate in candidates((*named, *self._preferred))
            if onsets and _fits(candidate, samples, offsets)
        )
        if (zone := next(alike, None)) is not None:
            why = (
                msg("it was read as {name}", name=zone)
                if zone in named
                else msg("it has the offsets of {name}, which was taken", name=zone)
            )
            return zone, LossCode.ZONE_NAME, why
        if words:
            if onsets:
                why = msg(
                    "it was read as {name}, though the calendar describes other clocks under this name",
                    name=words[0],
                )
                return words[0], LossCode.LIKE_ZONE, why
            if not words[1]:
                why = msg(
                    "it was read as {name}, though that never has the offset in this name", name=words[0]
                )
                return words[0], LossCode.LIKE_ZONE, why
            return words[0], LossCode.ZONE_NAME, msg("it was read as {name}", name=words[0])
        if onsets:
            return self._nearest(tzid, onsets, samples, offsets)
        if ahead is None:
            why = msg("no such zone is known or described; {home} was taken", home=self.home)
            return self.home, LossCode.UNKNOWN_ZONE, why
        if name := fixed(ahead):
            return name, LossCode.ZONE_NAME, msg("it was read as {name}", name=name)
        return self._apart(tzid, [(datetime.min, ahead)])  # noqa: DTZ901 - what clocks show

    def _nearest(
        self, tzid: str, onsets: Onsets, samples: Sequence[datetime], offsets: Sequence[timedelta]
    ) -> tuple[str, LossCode, Message]:
        """Return the zone with the same offsets that most often has the clocks that are described, if it mostly has them."""
        agreeing: dict[str, int] = {}
        for name in candidates(self._preferred):
            clocks = [sample.replace(tzinfo=zones.zone(name)).utcoffset() for sample in samples]
            if set(clocks) == set(offsets):
                agreeing[name] = sum(one == other for one, other in zip(clocks, offsets, strict=True))
        most = max(agreeing.values(), default=0) - _HARDLY_LESS
        nearest, count = next((agreement for agreement in agreeing.items() if agreement[1] >= most), ("", 0))
        if count < _MOSTLY * len(samples):
            return self._apart(tzid, onsets)
        why = msg(
            "no zone has the clocks that the calendar describes; {name} was taken, which has the same offsets "
            "but changes on other days: they agree on {agreeing} of {all} days, else it is an hour or so off",
            name=nearest,
            agreeing=count,
            all=len(samples),
        )
        return nearest, LossCode.LIKE_ZONE, why

    def _apart(self, tzid: str, onsets: Onsets) -> tuple[str, LossCode, Message]:
        self._own[tzid] = onsets
        why = msg(
            "no zone has its clocks, so its times are said in {home}, and what recurs became a list of dates",
            home=self.home,
        )
        return self.home, LossCode.OWN_CLOCKS, why


def _plain(tzid: str) -> str:
    """Return a TZID without quotes and the escapes of a TEXT, which it is in a VTIMEZONE and is not as a parameter."""
    return text(tzid.strip().strip('"'))


def _years(local: datetime) -> tuple[int, int]:
    first = min(max(local.year, 1971), 2057)
    return first, first + 3


def _samples(local: datetime) -> list[datetime]:
    begins = _NEW_YEAR.replace(year=_years(local)[0])
    return [local, *(begins + number * _STRIDE for number in range(_SAMPLES))]


def _covered(samples: list[datetime], onsets: Onsets) -> list[datetime]:
    """Return the times that a description is about: some tell the changes of a year or two alone."""
    if not onsets or not samples[0] - timedelta(days=400) <= onsets[-1][0] <= samples[-1] - _SEASON:
        return samples
    first = next(at for at, _ in onsets if at > datetime.min)  # noqa: DTZ901 - what clocks show
    begins = first - _SEASON if onsets[0][0] < first else first
    return [samples[0], *(sample for sample in samples[1:] if begins <= sample <= onsets[-1][0] + _SEASON)]


def _onsets(described: Component) -> Iterable[tuple[datetime, timedelta]]:
    """Return from when on clocks are how far ahead; what is before the first observance is what that changes from."""
    before = [
        (moment(lines["DTSTART"][0].value), ahead)
        for observance in described.of("STANDARD", "DAYLIGHT")
        if (lines := observance.quietly()).keys() >= {"DTSTART", "TZOFFSETFROM"}
        and (ahead := offset_of(lines["TZOFFSETFROM"][0].value)) is not None
    ]
    if earliest := min(
        ((clock.local, ahead) for clock, ahead in before if isinstance(clock, Clock)), default=None
    ):
        yield datetime.min, earliest[1]  # noqa: DTZ901 - what clocks show
    for observance in described.of("STANDARD", "DAYLIGHT"):
        lines = observance.quietly()
        start = moment(lines["DTSTART"][0].value) if "DTSTART" in lines else None
        ahead = offset_of(lines["TZOFFSETTO"][0].value) if "TZOFFSETTO" in lines else None
        if start is None or ahead is None:
            continue
        begins = start.local if isinstance(start, Clock) else datetime.combine(start, time(0))
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


def _offset_at(onsets: Onsets, local: datetime) -> timedelta:
    ahead = onsets[0][1]
    for at, after in onsets:
        if at > local:
            break
        ahead = after
    return ahead


def _fits(name: str, samples: Sequence[datetime], offsets: Sequence[timedelta]) -> bool:
    zone = zones.zone(name)
    return all(
        sample.replace(tzinfo=zone).utcoffset() == ahead
        for sample, ahead in zip(samples, offsets, strict=True)
    )


def at(local: datetime, zone: str) -> datetime:
    """Return the moment at which clocks of a zone show a time: the first of two, what follows a gap (RFC 5545, 3.3.5)."""
    return local.replace(tzinfo=zones.zone(zone)).astimezone(UTC)
