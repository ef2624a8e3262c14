"""Facts and changes as JSON values, and back; what is usual is left out."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from coopcal import zones
from coopcal.model.change import (
    Difference,
    EventChange,
    EventFacts,
    Facts,
    LogEntry,
    NamedFacts,
    Shown,
    Value,
)
from coopcal.model.event import Status
from coopcal.model.recurrence import Frequency, Rule, Weekday
from coopcal.model.text import Text
from coopcal.model.when import (
    Approximately,
    DayOnly,
    Deadline,
    Imprecise,
    Precision,
    Season,
    Timed,
    When,
    WholeDays,
)

Json = dict[str, Any]


def facts_as_json(facts: Facts) -> Json:
    """Return facts as JSON."""
    return {
        "until": facts.until.isoformat(),
        "organisations": {key: _named(one) for key, one in sorted(facts.organisations.items())},
        "feeds": {key: _named(one) for key, one in sorted(facts.feeds.items())},
        "events": {uid: _event(one) for uid, one in sorted(facts.events.items())},
    }


def facts_of_json(values: Json) -> Facts:
    """Read facts."""
    return Facts(
        until=date.fromisoformat(values["until"]),
        organisations={key: _of_named(one) for key, one in values["organisations"].items()},
        feeds={key: _of_named(one) for key, one in values["feeds"].items()},
        events={uid: _of_event(one) for uid, one in values["events"].items()},
    )


def entry_as_json(entry: LogEntry) -> Json:
    """Return an entry of the log as JSON."""
    return {
        "at": entry.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        **change_as_json(entry.change),
    }


def change_as_json(change: EventChange) -> Json:
    """Return the change of an event as JSON."""
    return _without_empty(
        {
            "uid": change.uid,
            "key": change.key,
            "organisation": change.organisation,
            "page": change.page,
            "title": _text(change.title),
            "when": when_as_json(change.when),
            "differences": [difference_as_json(each) for each in change.differences],
            "before": change.before,
            "after": change.after,
            "groups": change.groups,
        }
    )


def entry_of_json(values: Json) -> LogEntry:
    """Read an entry of the log."""
    change = EventChange(
        uid=values["uid"],
        key=values.get("key", ""),
        organisation=values["organisation"],
        page=values.get("page", ""),
        title=_of_text(values["title"]),
        when=when_of_json(values["when"]),
        differences=tuple(_of_difference(each) for each in values["differences"]),
        before=tuple(values.get("before", ())),
        after=tuple(values.get("after", ())),
        groups=tuple(values.get("groups", ())),
    )
    return LogEntry(datetime.fromisoformat(values["at"]), change)


def difference_as_json(difference: Difference) -> Json:
    """Return a difference as JSON."""
    return _without_empty(
        {
            "kind": difference.kind,
            "old": _value(difference.old),
            "new": _value(difference.new),
            "day": difference.day.isoformat() if difference.day else None,
            "onward": difference.onward,
            "reason": _text(difference.reason) if difference.reason else None,
            "past": difference.past,
        }
    )


def _of_difference(values: Json) -> Difference:
    day, reason = values.get("day"), values.get("reason")
    return Difference(
        values["kind"],
        _of_value(values.get("old")),
        _of_value(values.get("new")),
        date.fromisoformat(day) if day else None,
        values.get("onward", False),
        _of_text(reason) if reason else None,
        values.get("past", False),
    )


def _value(value: Value) -> Json | str | None:
    match value:
        case None | str():
            return value
        case Text():
            return {"text": _text(value)}
        case date():
            return {"day": value.isoformat()}
        case tuple():
            if value and isinstance(value[0], date):
                return {"days": [str(each) for each in value]}
            return {"names": list(value)}
        case _:
            return {"when": when_as_json(value)}


def _of_value(value: Json | str | None) -> Value:
    if value is None or isinstance(value, str):
        return value
    ((kind, content),) = value.items()
    match kind:
        case "text":
            return _of_text(content)
        case "day":
            return date.fromisoformat(content)
        case "days":
            return tuple(date.fromisoformat(each) for each in content)
        case "names":
            return tuple(content)
        case _:
            return when_of_json(content)


def when_as_json(when: When) -> list[Any]:
    """Return a ``when`` as a list that begins with its kind; times as clocks show them, and their zone."""
    match when:
        case WholeDays(first, last):
            return ["days", str(first), str(last)]
        case DayOnly(day):
            return ["day", str(day)]
        case Timed(start, end, _, timezone):
            return ["timed", _clock(start), _clock(end) if end else None, timezone]
        case Deadline(at, timezone):
            return ["until", _clock(at), timezone]
        case Imprecise(begin, end, first, last):
            return ["imprecise", _approximately(begin), _approximately(end), str(first), str(last)]


def when_of_json(values: list[Any]) -> When:
    """Read a ``when``."""
    match values:
        case ["days", first, last]:
            return WholeDays(date.fromisoformat(first), date.fromisoformat(last))
        case ["day", day]:
            return DayOnly(date.fromisoformat(day))
        case ["timed", start, end, timezone]:
            begins = _of_clock(start, timezone)
            ends = _of_clock(end, timezone) if end else None
            return Timed(begins, ends, ends or begins, timezone)
        case ["until", at, timezone]:
            return Deadline(_of_clock(at, timezone), timezone)
        case ["imprecise", begin, end, first, last]:
            return Imprecise(
                _of_approximately(begin),
                _of_approximately(end),
                date.fromisoformat(first),
                date.fromisoformat(last),
            )
        case _:
            raise ValueError(f"no date: {values}")


def _clock(moment: datetime) -> str:
    """Write what clocks show; the second of two equal times has a mark behind it."""
    said = moment.replace(tzinfo=None, fold=0).isoformat(timespec="minutes")
    return f"{said}*" if moment.fold else said


def _of_clock(said: str, timezone: str) -> datetime:
    local = datetime.fromisoformat(said.removesuffix("*"))
    return local.replace(tzinfo=zones.zone(timezone), fold=int(said.endswith("*")))


def _approximately(value: Approximately) -> list[Any]:
    return [
        value.precision.value,
        value.year,
        value.month,
        value.day,
        value.season.value if value.season else None,
        value.uncertain,
        value.approximate,
    ]


def _of_approximately(values: list[Any]) -> Approximately:
    precision, year, month, day, season, uncertain, approximate = values
    return Approximately(
        Precision(precision), year, month, day, Season(season) if season else None, uncertain, approximate
    )


def _named(one: NamedFacts) -> Json:
    return _without_empty(
        {"title": _text(one.title), "former": one.former, "closes": one.closes and one.closes.isoformat()}
    )


def _of_named(values: Json) -> NamedFacts:
    closes = values.get("closes")
    return NamedFacts(
        _of_text(values["title"]),
        tuple(values.get("former", ())),
        date.fromisoformat(closes) if closes else None,
    )


def _event(event: EventFacts) -> Json:
    return _without_empty(
        {
            "key": event.key,
            "organisation": event.organisation,
            "page": event.page,
            **_shown(event.shown),
            "of": event.of,
            "continues": event.continues,
            "rule": _rule(event.rule) if event.rule else None,
            "ends": event.last and event.last.isoformat(),
            "excluded": [day.isoformat() for day in event.excluded],
            "changes": {day.isoformat(): _without_empty(_shown(each)) for day, each in event.changes},
            "feeds": event.feeds,
            "groups": event.groups,
        }
    )


def _of_event(values: Json) -> EventFacts:
    rule, ends = values.get("rule"), values.get("ends")
    return EventFacts(
        key=values.get("key", ""),
        organisation=values["organisation"],
        page=values.get("page", ""),
        shown=_of_shown(values),
        of=values.get("of", ""),
        continues=values.get("continues", False),
        rule=_of_rule(rule) if rule else None,
        last=date.fromisoformat(ends) if ends else None,
        excluded=tuple(date.fromisoformat(day) for day in values.get("excluded", ())),
        changes=tuple(
            (date.fromisoformat(day), _of_shown(each)) for day, each in values.get("changes", {}).items()
        ),
        feeds=tuple(values.get("feeds", ())),
        groups=tuple(values.get("groups", ())),
    )


def _shown(shown: Shown) -> Json:
    return {
        "title": _text(shown.title),
        "when": when_as_json(shown.when),
        "places": _text(shown.places) if shown.places else None,
        "place_mark": shown.place_mark,
        "status": None if shown.status is Status.CONFIRMED else shown.status.value,
        "reason": _text(shown.reason) if shown.reason else None,
        "details": dict(shown.details),
    }


def _of_shown(values: Json) -> Shown:
    places, reason = values.get("places"), values.get("reason")
    return Shown(
        title=_of_text(values["title"]),
        when=when_of_json(values["when"]),
        places=_of_text(places) if places else None,
        place_mark=values.get("place_mark", ""),
        status=Status(values.get("status", Status.CONFIRMED)),
        reason=_of_text(reason) if reason else None,
        details=tuple(values.get("details", {}).items()),
    )


def _rule(rule: Rule) -> list[Any]:
    return [
        rule.frequency.value,
        rule.interval,
        [[each.weekday, each.nth] for each in rule.weekdays],
        list(rule.month_days),
        list(rule.months),
        list(rule.positions),
        rule.week_start,
    ]


def _of_rule(values: list[Any]) -> Rule:
    frequency, interval, weekdays, month_days, months, positions, week_start = values
    return Rule(
        Frequency(frequency),
        interval,
        tuple(Weekday(*each) for each in weekdays),
        tuple(month_days),
        tuple(months),
        tuple(positions),
        week_start,
    )


def _text(text: Text) -> dict[str, str]:
    return dict(text.by_language)


def _of_text(values: Mapping[str, str]) -> Text:
    return Text(tuple(values.items()))


def _without_empty(values: Json) -> Json:
    return {key: value for key, value in values.items() if value not in (None, "", [], (), {}, False)}
