"""When an event of several dates is, in one sentence: all of it, or the dates of a row of a list alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from coopcal import zones
from coopcal.model.recurrence import Rhythm
from coopcal.model.when import When
from coopcal.site.record import FurtherDateRecord, OverrideRecord, Record, RecurringRecord, SeriesRecord
from coopcal.text import dates, recurring
from coopcal.text.words import word
from coopcal.views.agenda import Agenda
from coopcal.views.occurrence import Occurrence
from coopcal.views.occurrences import Row, coming
from coopcal.zones.shift import day_of


def in_words(record: Record, known: Agenda, instant: datetime | None, language: str, here: str | None) -> str:
    """Say when an event of several dates is, in one sentence without a full stop; "" of what takes place once.

    ``record`` is that of any of its dates: ``occurrence.event``. ``here`` is the zone (IANA) of the feed or page, as of
    ``Occurrence.words``. What is over at the instant is not told: neither exceptions, nor times that are otherwise by now.
    With none, all of it is told, the same at any time.
    """
    every = known.of_whole(record)
    if not known.recurs(record) or not every:
        return ""
    ahead = (coming(every, instant) if instant else every) or every
    series = next((one for one in known.entries_of(record) if isinstance(one, SeriesRecord)), None)
    told = (series.rhythm, series.details.when) if series is not None and series.rhythm is not None else None
    return _said(ahead, told, known, instant, language, here)


def row_in_words(row: Row, known: Agenda, instant: datetime, language: str, here: str | None) -> str:
    """Say when the dates of a row are, as ``in_words`` does of all dates of an event.

    What stands in a row of its own, as it is moved, off, or at another time, is neither named nor counted: a list tells
    of each date once. A rule is told with the last day that is in the row.
    """
    listed = sorted(row.dates, key=lambda one: one.key)
    return _said(listed, _rhythm_of(listed, known), known, instant, language, here)


def _said(
    listed: Sequence[Occurrence],
    told: tuple[Rhythm, When] | None,
    known: Agenda,
    instant: datetime | None,
    language: str,
    here: str | None,
) -> str:
    """Say when some dates of an event are, in order: by a rhythm, and when it is at first; else one by one, those that are on."""
    first = next((one for one in listed if not one.off), listed[0])
    zone = first.event.timezone if first.zone(language, here) else None
    if told is not None:
        rhythm, when = told
        since = instant.astimezone(zones.zone(first.event.timezone)).date() if instant else None
        if words := recurring.told(rhythm, when, language, zone=zone, since=since):
            return words
    on = [one for one in listed if not one.off] or listed
    whens = [one.when for one in on if one.when is not None]
    has_rule = any(isinstance(one.event, RecurringRecord | OverrideRecord) for one in listed)
    if len(whens) == len(on) and not has_rule:
        return recurring.listed(whens, language, zone=zone) if len(whens) > 1 else first.words(language, here)
    return _vaguely(listed, known, language, here)


def _rhythm_of(listed: Sequence[Occurrence], known: Agenda) -> tuple[Rhythm, When] | None:
    """Return how the dates of a row recur, and when the first of them is; None where no rule gives them."""
    entries = known.entries_of(listed[0].event)
    series = next((one for one in entries if isinstance(one, SeriesRecord)), None)
    uids = {one.event.uid for one in listed}
    parts = [one for one in entries if isinstance(one, RecurringRecord) and one.uid in uids]
    if series is None or series.rhythm is None or not parts:
        return None
    whole = series.rhythm
    parts.sort(key=lambda one: one.first)
    begins = [day_of(one.details.when) for one in parts]
    days = [day for one in parts for day in one.dates]
    days += [one.event.day for one in listed if isinstance(one.event, OverrideRecord)]
    further = [one.when for one in listed if isinstance(one.event, FurtherDateRecord)]
    is_endless = any(one.last == date.max for one in parts)
    first, last = min(days), max(days)
    when = parts[0].details.when
    return (
        replace(
            whole,
            first=first,
            last=None if is_endless else last,
            count=0 if is_endless else len(listed),
            times=whole.times and len(listed) == whole.count,
            pauses=tuple(one for one in whole.pauses if one.first <= last and first <= one.last),
            days=tuple(day for day in whole.days if first <= day <= last),
            turns=tuple(turn for turn in whole.turns if turn.day in begins[1:]),
            also=tuple(one for one in whole.also if one in further),
        ),
        when,
    )


def _vaguely(listed: Sequence[Occurrence], known: Agenda, language: str, here: str | None) -> str:
    """Say of what is not known by the day, or is in a site that does not tell how it recurs, from when to when it is."""
    uids = {one.event.uid for one in listed}
    entries = [one for one in known.entries_of(listed[0].event) if one.uid in uids]
    has_rule = any(isinstance(one, RecurringRecord) and one.dates for one in entries)
    when, key = listed[0].words(language, here), "repeated" if has_rule else "further"
    if any(one.last == date.max for one in entries) or listed[-1].when is None:
        return word(key, language, when=when)
    return word(f"{key}_until", language, when=when, last=dates.day(listed[-1].first, language))
