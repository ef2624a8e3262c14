"""What takes place in a feed in a span of time: by the model, and by three readers that we did not write."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import recurring_ical_events
from tests.support import libical, node
from tests.support.libical import Row

from coopcal import recurrence
from coopcal.compile.render.rendering import Surroundings
from coopcal.model.entry import MovedNotice, Visible
from coopcal.model.feed import ShowCancelled, ShowImprecise
from coopcal.model.happening import Details, Status
from coopcal.model.site import Catalogue
from coopcal.model.when import Deadline, Imprecise, Timed, When, days_of
from coopcal.selection.choice import select
from coopcal.selection.plan import FeedPlan
from coopcal.selection.until import Turns
from coopcal.text.words import labelled, word

FIRST, LAST = date(2024, 1, 1), date(2044, 1, 1)
"""Twenty years; what begins from ``FIRST`` on and before ``LAST`` (UTC) is compared."""

_BEGIN, _END = (int(datetime.combine(day, time(0), UTC).timestamp()) for day in (FIRST, LAST))


def by_model(feed: FeedPlan, catalogue: Catalogue, events: tuple[Visible, ...], now: datetime) -> list[Row]:
    """Return what the sources say takes place, as calendars are to show it."""
    around = Surroundings(catalogue)
    rows = []
    for entry in select(feed, catalogue, events, Turns(now)).events:
        moved = isinstance(entry, MovedNotice)
        for occurrence in recurrence.occurrences(entry, FIRST - timedelta(days=40), LAST):
            details = occurrence.details
            if details.status is Status.CANCELLED and feed.show.cancelled is ShowCancelled.HIDE:
                continue
            rows.append(
                (
                    around.uid(entry),
                    *_span(details.when, feed),
                    _status(details, feed, moved=moved),
                    _title(details, feed, moved=moved),
                )
            )
    return _within(rows)


def _span(when: When, feed: FeedPlan) -> tuple[int | str, int | str]:
    match when:
        case Timed(start=start, usual_end=end):
            return int(start.timestamp()), int(end.timestamp())
        case Deadline(at):
            return int(at.timestamp()) - 900, int(at.timestamp())
        case _:
            first, last = days_of(when)
            long = feed.show.imprecise is ShowImprecise.AUTO and (last - first).days > 30
            if isinstance(when, Imprecise) and (long or feed.show.imprecise is ShowImprecise.FIRST_DAY):
                last = first
            return first.isoformat(), (last + timedelta(days=1)).isoformat()


def _status(details: Details, feed: FeedPlan, *, moved: bool) -> str:
    if moved or details.status is Status.POSTPONED:
        return "-"
    if details.status is Status.CANCELLED:
        return "CANCELLED" if feed.show.cancelled is ShowCancelled.MARK else "-"
    return details.status.value.upper()


def _title(details: Details, feed: FeedPlan, *, moved: bool) -> str:
    """Return how the title begins or goes on: what stands before a colon, and the title in the feed's language."""
    title = details.title.say(*feed.languages)
    if details.is_off:
        status = " / ".join(
            dict.fromkeys(word(details.status.value, language) for language in feed.languages)
        )
        return labelled(status, f"…{title}", feed.languages[0])
    return f"moved…{title}" if moved else title


def by_ical_js(feeds: Sequence[bytes]) -> list[list[Row]]:
    """Read feeds with ical.js (Thunderbird's, Nextcloud's)."""
    requests = [{"ask": "occurrences", "ics": feed.decode(), "first": _BEGIN, "last": _END} for feed in feeds]
    answers = node.ask(requests)
    assert not [answer for answer in answers if isinstance(answer, dict)], "ical.js refuses a feed"
    return [_within([(row[0], row[1], row[2], row[3], row[4]) for row in answer]) for answer in answers]


def by_libical(feeds: Sequence[bytes]) -> list[list[Row]]:
    """Read feeds with libical (Evolution's)."""
    return [_within(rows) for rows in libical.ask(feeds, _BEGIN - 40 * 86400, _END)]


def by_recurring_ical_events(feeds: Sequence[bytes]) -> list[list[Row]]:
    """Read feeds with recurring-ical-events."""
    return [_within([_row(event) for event in _query(feed)]) for feed in feeds]


def _query(feed: bytes) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(feed)
    events: list[icalendar.Event] = recurring_ical_events.of(calendar).between(
        FIRST - timedelta(days=2), LAST + timedelta(days=2)
    )
    return events


def _row(event: icalendar.Event) -> Row:
    return (
        str(event["UID"]),
        _moment(event["DTSTART"].dt),
        _moment(event["DTEND"].dt),
        str(event.get("STATUS", "-")),
        str(event["SUMMARY"]),
    )


def _moment(value: date | datetime) -> int | str:
    return int(value.timestamp()) if isinstance(value, datetime) else value.isoformat()


def _within(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that begin in the twenty years, in order."""
    inside = [
        row
        for row in rows
        if (
            FIRST.isoformat() <= row[1] < LAST.isoformat()
            if isinstance(row[1], str)
            else _BEGIN <= row[1] < _END
        )
    ]
    return sorted(inside, key=str)


def disagreements(model: list[Row], read: list[Row]) -> list[str]:
    """Return where a reader and the model differ: [] where they agree on every date."""
    expected = {row[:4]: row[4] for row in model}
    actual = {row[:4]: row[4] for row in read}
    wrong = [f"missing: {key}" for key in sorted(expected.keys() - actual.keys(), key=str)]
    wrong += [f"too many: {key}" for key in sorted(actual.keys() - expected.keys(), key=str)]
    if len(read) != len(actual) or len(model) != len(expected):
        wrong.append(
            f"{len(read)} rows for {len(actual)} dates; the model has {len(model)} for {len(expected)}"
        )
    wrong += [
        f"title: {actual[key]!r} for {title!r}"
        for key, title in expected.items()
        if key in actual and not _fits(title, actual[key])
    ]
    return wrong


def _fits(title: str, summary: str) -> bool:
    before, mark, rest = title.rpartition("…")
    rest = " ".join(rest.split())
    if mark and before != "moved" and not summary.startswith(before):
        return False
    return rest in summary
