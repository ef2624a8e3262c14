"""Dates and times in the words that people use, in the languages that coopcal speaks → how they are written here."""

from collections.abc import Iterator
from datetime import date, timedelta

from coopcal.definitions.when.names import SPOKEN
from coopcal.definitions.when.tokens import MIDNIGHT, Clock, Dash, Day, Token, tokens

LONGEST = 120
"""Characters of a text that is looked at."""


def loosely(text: str, languages: tuple[str, ...], day: date | None = None) -> tuple[str, ...]:
    """Return what a text may mean, as it is written here, the likelier first; () where that is not clear.

    ``day`` is the one that times without a day are of. Every part of the text has to make sense.
    """
    if len(text) > LONGEST:
        return ()
    pieces = tokens(text, (*languages, *SPOKEN))
    return tuple(dict.fromkeys(_meant(pieces, day))) if pieces else ()


def _meant(pieces: list[Token], day: date | None) -> Iterator[str]:
    match pieces:
        case [Day() as one]:
            yield from _written(one, None)
        case [Day() as one, Clock() as at] | [Clock() as at, Day() as one]:
            yield from _written(one, at)
        case [Day() as one, Dash(), Day() as other]:
            yield from _days(one, other)
        case [Day() as one, Clock() as at, Dash(), Clock() as to] | [
            Clock() as at,
            Dash(),
            Clock() as to,
            Day() as one,
        ]:
            yield from _hours(one, at, to)
        case [Day() as one, Clock() as at, Dash(), Day() as other, Clock() as to]:
            yield from _moments(one, at, other, to)
        case [Day() as one, Dash(), Day() as other, Clock()]:
            yield from _days(one, other)
        case [Clock() as at, Dash(), Clock() as to] if day is not None:
            at, to = _halves(at, to)
            end = _shown(to) if to.hour < MIDNIGHT else f"{day + timedelta(days=1)} 00:00"
            yield f"{_shown(at)}/{end}"
        case [Clock(bare=False) as at] if day is not None:
            yield _shown(_halves(at, at)[0])
        case _:
            return


def _written(one: Day, at: Clock | None) -> Iterator[str]:
    day = _date(one)
    if day is None:
        return
    if at is None:
        yield day.isoformat()
        return
    clock = _halves(at, at)[0]
    if clock.hour < MIDNIGHT:
        yield f"{day} {_shown(clock)}"
    else:
        yield f"{day + timedelta(days=1)} 00:00"


def _days(one: Day, other: Day) -> Iterator[str]:
    first, last = _dates(one, other)
    if first and last:
        yield f"{first}/{last}"


def _hours(one: Day, at: Clock, to: Clock) -> Iterator[str]:
    day = _date(one)
    if day is None:
        return
    at, to = _halves(at, to)
    if to.hour < MIDNIGHT and (to.hour, to.minute) > (at.hour, at.minute):
        yield f"{day} {_shown(at)}/{_shown(to)}"
    elif at.hour < MIDNIGHT:
        yield f"{day} {_shown(at)}/{day + timedelta(days=1)} {_shown(to)}"


def _moments(one: Day, at: Clock, other: Day, to: Clock) -> Iterator[str]:
    first, last = _dates(one, other)
    if first is None or last is None:
        return
    begin, end = _halves(at, at)[0], _halves(to, to)[0]
    last += timedelta(days=end.hour // 24)
    if begin.hour < MIDNIGHT:
        yield f"{first} {_shown(begin)}/{last} {_shown(end)}"


def _dates(one: Day, other: Day) -> tuple[date | None, date | None]:
    """Return two days, of which one may have its year from the other."""
    first, last = _date(one, other.year), _date(other, one.year)
    if first and last and last < first:
        if one.year is None:
            first = _date(one, last.year - 1)
        elif other.year is None:
            last = _date(other, first.year + 1)
    return first, last


def _date(one: Day, year: int | None = None) -> date | None:
    meant = one.year or year
    try:
        return date(meant, one.month, one.day) if meant else None
    except ValueError:
        return None


def _halves(at: Clock, to: Clock) -> tuple[Clock, Clock]:
    """Return two times by the 24-hour clock; “4 to 6 pm” is in the afternoon both times."""
    end = _of_half(to, to.half)
    begin = _of_half(at, at.half or to.half)
    if not at.half and to.half and begin.hour > end.hour:
        begin = at
    return begin, end


def _of_half(clock: Clock, half: str) -> Clock:
    if not half or not 1 <= clock.hour <= 12:  # noqa: PLR2004 - the clock
        return clock
    return Clock(clock.hour % 12 + (12 if half == "p" else 0), clock.minute)


def _shown(clock: Clock) -> str:
    return f"{clock.hour % 24:02}:{clock.minute:02}"
