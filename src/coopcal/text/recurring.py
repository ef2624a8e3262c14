"""How an event recurs, in words: ``Every Saturday, 08:00–12:00, until 18 December 2027; not at Christmas``.

Where a rule cannot be said rightly, it is told on how many dates it is.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise

from coopcal import zones
from coopcal.model.recurrence import Frequency, Pause, Rhythm, Rule, Weekday
from coopcal.model.when import Deadline, Timed, When, WholeDays, days_of, start_of, timezone_of
from coopcal.text import dates
from coopcal.text.catalogues import spoken_tag
from coopcal.text.words import joined, word

MOST = 3
"""Exceptions and further dates that are named one by one; of more it is told how many there are."""

MOST_LISTED = 5
"""Dates of what follows no rule that are named one by one."""

_FIRST = {"fr": "d'er'", "it": "d'º'", "pt-BR": "d'º'"}
_MONTHS = dict.fromkeys(("es", "pt"), " 'de' MMMM")
_YEARS = dict.fromkeys(("es", "pt"), " 'de' y")

_BETWEEN = {"fr": " ; "}

_FEMININE = {"it": (6,), "pt": range(5)}
"""Weekdays that are feminine; Monday is 0."""

_ORDINALS = {1: "1", 2: "2", 3: "3", 4: "4", -1: "last", -2: "before_last"}

_LEAP_YEAR, _HALF_A_YEAR = 2024, 182

_WORKING, _ALL = frozenset(range(5)), frozenset(range(7))

_DATE_ENDINGS = {1: "1", 21: "21", 2: "2", 22: "2", 3: "3", 23: "3"}

_ELIDED = {
    "fr": ((re.compile(r"\bde (?=[aào])"), "d’"),),
    "it": (
        (re.compile(r"\bil (?=(?:8|11) )"), "l’"),
        (re.compile(r"\b(d?al) (?=(?:8|11) )"), r"\1l’"),
    ),
}
"""What is left out before a vowel: “d’avril”, “dall’8 maggio”."""


def told(
    rhythm: Rhythm, when: When, language: str, *, zone: str | None = None, since: date | None = None
) -> str:
    """Say how an event recurs, whose first date is ``when``, in a sentence without a full stop; "" of a single date.

    ``zone`` (IANA) is told behind its times. With ``since``, what is over by that day is not told of, and when it
    begins is, where that is still to come; without, all is told but the beginning, which calendars show themselves.
    """
    if rhythm.count == 1:
        return ""
    over = rhythm.last is not None and since is not None and rhythm.last < since
    today = None if over else since
    now = _in_force(rhythm, when, today)
    head = said(rhythm.rule, language) if rhythm.rule else ""
    times = _times(rhythm, language) if head else ""
    number = word("recurs_count" if rhythm.count else "recurs_somehow", language, count=str(rhythm.count))
    parts = [
        head or number,
        _clock(now, language, zone),
        _length(now, language),
        times,
        _span(rhythm, language, since),
    ]
    sentences = [", ".join(part for part in parts if part)]
    if head:
        sentences += _left_out(rhythm, language, today)
    sentences += _turns(rhythm, now, language, today)
    sentences += _also(rhythm, now, language, today)
    return _BETWEEN.get(_primary(language), "; ").join(sentences)


def listed(whens: Sequence[When], language: str, *, zone: str | None = None) -> str:
    """Say the dates of what follows no rule: a few by their days, of more how many, and until when."""
    days = [days_of(when)[0] for when in whens]
    clocks = list(dict.fromkeys(_clock(when, language, zone) for when in whens))
    clock = clocks[0] if len(clocks) == 1 else ""
    if len(days) <= MOST_LISTED:
        return ", ".join(part for part in (_together(days, language), clock) if part)
    until = _in(language, "recurs_until", day=_date(days[-1], language))
    head = word("recurs_count", language, count=str(len(days)))
    return ", ".join(part for part in (head, clock, until) if part)


def since(day: date, language: str) -> str:
    """Say from which day on something is, as a line begins: ``From 3 April 2027``."""
    words = _in(language, "recurs_from", day=_date(day, language))
    return words[:1].upper() + words[1:]


def said(rule: Rule, language: str) -> str:
    """Say what a rule gives, without its end: ``every Saturday``, with a capital; "" where that cannot be said rightly."""
    match rule.frequency:
        case Frequency.DAILY:
            words = _every("recurs_daily", "recurs_days", rule, language)
        case Frequency.WEEKLY:
            words = _weekly(rule, language)
        case Frequency.MONTHLY:
            days = _of_month(rule, language)
            words = _every("recurs_month", "recurs_months", rule, language, days=days) if days else ""
        case Frequency.YEARLY:
            day = _of_year(rule, language)
            words = _every("recurs_year", "recurs_years", rule, language, days=day) if day else ""
    return words[:1].upper() + words[1:]


def _every(once: str, often: str, rule: Rule, language: str, **values: str) -> str:
    return _in(language, once if rule.interval == 1 else often, count=str(rule.interval), **values)


def _weekly(rule: Rule, language: str) -> str:
    days = [day.weekday for day in rule.weekdays]
    if not days or any(day.nth for day in rule.weekdays):
        return ""
    if rule.interval > 1:
        if any(day < rule.week_start for day in days) and any(day >= rule.week_start for day in days):
            return ""  # people take weeks to begin on Monday
        on = joined([word(f"recurs_on_{day}", language) for day in days], language)
        return word("recurs_weeks", language, count=str(rule.interval), days=on)
    often = _each(days, language)
    if rule.is_odd is None:
        return often
    return word("recurs_odd" if rule.is_odd else "recurs_even", language, often=often)


def _each(days: list[int], language: str) -> str:
    """Say every week on these days: all of them, several in a row, or each by its name."""
    if frozenset(days) == _ALL:
        return word("recurs_daily", language)
    names = dates.locale(language).days["format"]["wide"]
    in_row = all(after == before + 1 for before, after in pairwise(days))
    if in_row and len(days) > MOST and days[-1] < 6:  # noqa: PLR2004 - Sunday ends no row
        return word("recurs_span", language, first=names[days[0]], last=names[days[-1]])
    each = joined([word(f"recurs_each_{day}", language) for day in days], language)
    return word("recurs_weekly", language, days=each)


def _of_month(rule: Rule, language: str) -> str:
    """Say which days of a month are meant; "" where that cannot be said."""
    if rule.weekdays and rule.month_days:
        return ""
    if rule.weekdays:
        return _weekdays_of_month(rule, language)
    return joined([_day_of_month(day, language) for day in rule.month_days], language)


def _day_of_month(day: int, language: str) -> str:
    if day < 0:
        return f"{word('recurs_ordinal_last', language)} {word('recurs_any_day', language)}"
    return word(f"recurs_date_{_DATE_ENDINGS.get(day, 'other')}", language, day=str(day))


def _weekdays_of_month(rule: Rule, language: str) -> str:
    places = rule.positions or [day.nth for day in rule.weekdays]
    if not all(place in _ORDINALS for place in places):
        return ""
    if not rule.positions:
        return _placed(rule.weekdays, language)
    days = frozenset(day.weekday for day in rule.weekdays)
    noun = {_WORKING: "recurs_working_day", _ALL: "recurs_any_day"}.get(days)
    if noun is None or any(day.nth for day in rule.weekdays):
        return ""
    ordinals = [word(f"recurs_ordinal_{_ORDINALS[place]}", language) for place in rule.positions]
    return f"{joined(ordinals, language)} {word(noun, language)}"


def _placed(days: tuple[Weekday, ...], language: str) -> str:
    """Say weekdays with their places; of one weekday the places together: ``the first and the third Tuesday``."""
    names = dates.locale(language).days["format"]["wide"]
    places: dict[int, list[str]] = {}
    for day in days:
        ending = "_f" if day.weekday in _FEMININE.get(_primary(language), ()) else ""
        place = word(f"recurs_ordinal_{_ORDINALS[day.nth]}{ending}", language)
        places.setdefault(day.weekday, []).append(place)
    said = [f"{joined(ordinals, language)} {names[day]}" for day, ordinals in places.items()]
    return joined(said, language)


def _of_year(rule: Rule, language: str) -> str:
    """Say the day of a year; "" where that cannot be said."""
    if len(rule.months) != 1:
        return ""
    (month,) = rule.months
    if len(rule.month_days) == 1 and rule.month_days[0] > 0 and not rule.weekdays:
        day = date(_LEAP_YEAR, month, rule.month_days[0])
        return _in(language, "recurs_in_year", day=_date(day, language, with_year=False))
    days = _of_month(rule, language)
    name = dates.locale(language).months["format"]["wide"][month]
    return _in(language, "recurs_of_month", days=days, month=name) if days else ""


def _clock(when: When, language: str, zone: str | None) -> str:
    match when:
        case Timed():
            clock = dates.clocks(when, language)
        case Deadline(at):
            clock = word("recurs_by", language, clock=dates.clock(at, language))
        case _:
            return ""
    return dates.zoned(clock, zone, language) if zone else clock


def _beside(usual: When, when: When, language: str) -> str:
    """Say at which time something is beside what is usual; whose time that is where clocks show another one there, in summer or winter."""
    home = timezone_of(usual)
    moments = [start_of(when) + timedelta(days=days) for days in (0, _HALF_A_YEAR)]
    zone = timezone_of(when)
    is_elsewhere = zone != home and any(
        not zone or not home or dates.is_local_elsewhere(moment.astimezone(zones.zone(zone)), home)
        for moment in moments
    )
    return _clock(when, language, zone if is_elsewhere else None)


def _length(when: When, language: str) -> str:
    if not isinstance(when, WholeDays) or when.first == when.last:
        return ""
    return word(
        "recurs_length", language, length=dates.so_many_days((when.last - when.first).days + 1, language)
    )


def _in_force(rhythm: Rhythm, when: When, today: date | None) -> When:
    """Return when it is as usual: at first, or on a day."""
    turns = [turn for turn in rhythm.turns if today and turn.day <= today and not turn.off]
    return turns[-1].when if turns else when


def _times(rhythm: Rhythm, language: str) -> str:
    """Say how often it is, where that is written, and is not told otherwise by what differs."""
    if not rhythm.times or rhythm.pauses or rhythm.days or rhythm.turns:
        return ""
    return word("recurs_times", language, count=str(rhythm.count))


def _span(rhythm: Rhythm, language: str, since: date | None) -> str:
    """Say until when it is, and from when where that is still to come."""
    first, last = rhythm.first, rhythm.last
    starts = since is not None and first > since
    if last is not None:
        return (
            _range(first, last, language)
            if starts
            else _in(language, "recurs_until", day=_date(last, language))
        )
    return _in(language, "recurs_from", day=_date(first, language)) if starts else ""


def _range(first: date, last: date, language: str, *, with_year: bool = True) -> str:
    same_month = (first.year, first.month) == (last.year, last.month)
    begins = _date(
        first, language, with_year=with_year and first.year != last.year, with_month=not same_month
    )
    return _in(language, "recurs_from_to", first=begins, last=_date(last, language, with_year=with_year))


def _left_out(rhythm: Rhythm, language: str, today: date | None) -> list[str]:
    """Say when nothing takes place: in named breaks, from one day to another, on single dates."""
    pauses = [pause for pause in rhythm.pauses if today is None or pause.last >= today]
    days = [day for day in rhythm.days if today is None or day >= today]
    named = [rhythm.first, *days, *(end for pause in pauses for end in (pause.first, pause.last))]
    with_year = rhythm.last is None or any(day.year != rhythm.last.year for day in named)
    breaks: dict[str, list[Pause]] = {}
    ranges: list[str] = []
    for pause in pauses:
        if pause.name:
            breaks.setdefault(pause.name, []).append(pause)
        else:
            ranges.append(_range(pause.first, pause.last, language, with_year=with_year))
    start = max(rhythm.first, today or rhythm.first)
    said = [
        _break(season, found, language, with_years=not _are_all(found, start, rhythm.last))
        for season, found in breaks.items()
    ]
    said += ranges
    if len(days) > MOST:
        if not said:
            return [word("recurs_exceptions", language, count=str(len(days)))]
        said.append(word("recurs_on_days", language, count=str(len(days))))
    else:
        said += [_on(day, language) for day in _dates(days, language, with_year=with_year)]
    return [_in(language, "recurs_not", days=joined(said, language))] if said else []


def _break(season: str, pauses: list[Pause], language: str, *, with_years: bool) -> str:
    if not with_years:
        return word(f"recurs_break_{season}", language)
    years = list(dict.fromkeys(str(pause.first.year) for pause in pauses))
    return word(f"recurs_break_{season}_of", language, years=joined(years, language))


def _are_all(pauses: list[Pause], start: date, last: date | None) -> bool:
    """Return whether breaks of one name are all that could be from one day to another, so that no year has to be told."""
    first, final = min(pause.last for pause in pauses), max(pause.first for pause in pauses)
    years = {pause.first.year for pause in pauses}
    return (
        last is not None
        and first - _YEAR < start
        and final + _YEAR > last
        and len(years) == final.year - min(years) + 1
    )


_YEAR = timedelta(days=366)


def _turns(rhythm: Rhythm, now: When, language: str, today: date | None) -> Iterator[str]:
    """Say from when on it is at another time, or off."""
    clock = _clock(now, language, None)
    for turn in rhythm.turns:
        if today and turn.day <= today and not turn.off:
            continue
        other = word(turn.off, language).lower() if turn.off else _beside(now, turn.when, language)
        if other and other != clock:
            yield f"{_in(language, 'recurs_from', day=_date(turn.day, language))}, {other}"
        clock = other


def _also(rhythm: Rhythm, now: When, language: str, today: date | None) -> Iterator[str]:
    """Say on which further dates it is."""
    further = [when for when in rhythm.also if today is None or days_of(when)[1] >= today]
    if not further:
        return
    if len(further) > MOST:
        yield word("recurs_further", language, count=str(len(further)))
        return
    usual, said = _clock(now, language, None), []
    days = _dates([days_of(when)[0] for when in further], language)
    for when, day in zip(further, days, strict=True):
        clock = _beside(now, when, language)
        said.append(_on(day, language) + (f" ({clock})" if clock and clock != usual else ""))
    yield _in(language, "recurs_also", days=joined(said, language))


def _on(day: str, language: str) -> str:
    return _in(language, "recurs_on_day", day=day)


def _dates(days: Sequence[date], language: str, *, with_year: bool = True) -> list[str]:
    """Say days one after another; a year that several in a row share stands behind the last of them."""
    ends = [day for day, after in pairwise(days) if day.year != after.year] + [*days[-1:]]
    return [_date(day, language, with_year=with_year and day in ends) for day in days]


def _together(days: Sequence[date], language: str) -> str:
    """Say days by their months: ``17 and 24 February, 6 and 10 March 2027``; of months in a row the last alone says their year.

    Where the last month has several days itself, months stand behind commas, so that no “and” follows another.
    """
    months = [list(found) for _, found in groupby(days, lambda day: (day.year, day.month))]
    years = [month[-1] for month, after in pairwise(months) if month[-1].year != after[0].year]
    years += days[-1:]
    said = [
        joined(
            [_date(day, language, with_year=day in years, with_month=day == month[-1]) for day in month],
            language,
        )
        for month in months
    ]
    return ", ".join(said) if len(months) > 1 and len(months[-1]) > 1 else joined(said, language)


def _date(day: date, language: str, *, with_year: bool = True, with_month: bool = True) -> str:
    """Say a day without its weekday: ``18 December 2027``; French, Italian and Brazilian Portuguese count the first alone: ``1er mai``."""
    known = dates.locale(language)
    pattern = "d." if known.language == "de" else "d"
    if day.day == 1:
        pattern = _FIRST.get(spoken_tag(language), pattern)
    if with_month:
        pattern += _MONTHS.get(known.language, " MMMM")
    if with_year and with_month:
        pattern += _YEARS.get(known.language, " y")
    return dates.by_pattern(day, pattern, known)


def _in(language: str, key: str, **values: str) -> str:
    """Return a phrase with what is filled in, and what stands before a vowel as it is spoken."""
    text = word(key, language, **values)
    for pattern, spoken in _ELIDED.get(_primary(language), ()):
        text = pattern.sub(spoken, text)
    return text


def _primary(language: str) -> str:
    return language.split("-", maxsplit=1)[0]
