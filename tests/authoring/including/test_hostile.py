"""Calendars that mean harm: none takes much time or memory, and nothing of one reaches a feed or a page as it was written."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar
from tests.support.fetching import Feed, calendar, event, feed_of_others
from tests.support.trees import NOW, compiled
from werkzeug.test import Client

from coopcal.authoring.including.fetch import Kind, Step
from coopcal.site.reader import LiveSite
from coopcal.web import create_app

SECONDS = 120
"""How long anything may take, on a machine with much else to do."""

GOOD = event("good@x", title="Good")


@pytest.fixture
def feed(tmp_path: Path) -> Iterator[Feed]:
    with feed_of_others(tmp_path / "tree") as made:
        yield made


def series(rule: str, start: str = "20260901T100000Z") -> str:
    return event("series@x", rule, start=f":{start}", title="Series")


def folded(text: str) -> str:
    """Return a line folded after every character."""
    return "\r\n ".join(text)


HARMFUL = {
    "every second for a thousand years": series("RRULE:FREQ=SECONDLY;UNTIL=30260101T000000Z"),
    "every second without end": series("RRULE:FREQ=SECONDLY"),
    "every minute, billions of times": series("RRULE:FREQ=MINUTELY;COUNT=99999999999"),
    "every second from the year 1": series("RRULE:FREQ=SECONDLY", "00010101T000000Z"),
    "huge lists": series(
        "RRULE:FREQ=YEARLY;BYYEARDAY=" + ",".join(map(str, range(1, 367))) + ";BYHOUR=" + ",".join(map(str, range(24)))
        + ";BYMINUTE=" + ",".join(map(str, range(60))) + ";BYSECOND=" + ",".join(map(str, range(60)))
    ),
    "a rule of a million characters": series("RRULE:FREQ=DAILY;BYDAY=" + ",".join(["MO"] * 300_000)),
    "never": series("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    "an interval without end": series("RRULE:FREQ=DAILY;INTERVAL=999999999999999999999"),
    "dates without end": series("RDATE:" + ",".join(f"2027{month:02}{day:02}T{hour:02}0000Z" for month in range(1, 13) for day in range(1, 29) for hour in range(24))),
    "exceptions without end": series("RRULE:FREQ=DAILY\r\nEXDATE:" + ",".join(["20270101T100000Z"] * 50_000)),
    "a day in the year 9999": event("far@x", "DTEND:99991231T235959Z", start=":99991231T000000Z"),
    "a length of ages": event("long@x", "DURATION:P99999999999W", start=":20260901T100000Z"),
    "a number that is none": event("x@x", "SEQUENCE:" + "9" * 100_000, "PRIORITY:1e999", "GEO:nan;inf"),
    "a zone that is nowhere": event("zone@x", start=";TZID=Mordor/Barad-dûr:20260901T100000"),
    "a zone of scripts": event("zone@x", start=';TZID="<script>alert(1)</script>":20260901T100000'),
    "a zone that leads out": event("zone@x", start=";TZID=../../../etc/passwd:20260901T100000"),
    "a zone with rules without end": "BEGIN:VTIMEZONE\r\nTZID:Z\r\n" + "BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nRRULE:FREQ=SECONDLY\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\n" * 200 + "END:VTIMEZONE\r\n" + event("zone@x", start=";TZID=Z:20260901T100000"),
    "deep nesting": "BEGIN:VEVENT\r\n" * 5_000 + "END:VEVENT\r\n" * 5_000,
    "alarms in alarms": event("alarm@x", "BEGIN:VALARM\r\n" * 3_000 + "END:VALARM\r\n" * 3_000),
    "folded after each character": event("fold@x", folded("DESCRIPTION:" + "laugh " * 100_000)),
    "parameters without end": event("param@x", "LOCATION" + ";X=1" * 200_000 + ":here"),
    "a line of megabytes": event("line@x", "DESCRIPTION:" + "x" * 5_000_000),
    "commas without end": event("tags@x", "CATEGORIES:" + ",".join(map(str, range(200_000)))),
    "attendees without end": event("all@x", *(f"ATTENDEE:mailto:{number}@x" for number in range(20_000))),
    "brackets without end": event("html@x", "DESCRIPTION:" + "<b>" * 100_000),
    "quotes without end": event("html@x", "DESCRIPTION:" + "[" * 50_000 + "](" * 50_000 + "*_" * 50_000),
    "the same UID without end": "".join(event("same@x", title=f"T{number}") for number in range(1_000)),
    "dates of no series": "".join(event("dates@x", f"RECURRENCE-ID:2027{1 + number % 12:02}{1 + number % 28:02}T{number % 24:02}0000Z", start=":20270101T100000Z") for number in range(2_000)),
    "control characters": event("ctl@x", "DESCRIPTION:a\x00b\x07c\x1b[31md\x85e\u2028f\u202eg", title="T\x00\x1b]0;x\x07"),
    "bytes that are no text": event("bytes@x", title="\udcff\udcfe").encode("utf-8", "surrogateescape").decode("latin-1"),
}  # fmt: skip


def taken(feed: Feed, body: bytes) -> Step:
    """Fetch and compile within bounds of time."""
    began = time.monotonic()
    (step,) = feed.gives(body).fetch()
    assert time.monotonic() - began < SECONDS
    compiled(feed.root, first=True)
    assert time.monotonic() - began < 2 * SECONDS
    return step


def visitor(feed: Feed) -> Client:
    return Client(create_app(LiveSite(feed.root / "_site"), lambda: NOW))


@pytest.mark.parametrize("name", HARMFUL)
def test_what_means_harm_harms_nobody(feed: Feed, name: str) -> None:
    """What is good beside it comes over, or the whole calendar is told to be too much."""
    step = taken(feed, calendar(HARMFUL[name], GOOD))

    ours = visitor(feed).get("/feeds/valley.ics").data
    events = Calendar.from_ical(ours).walk("VEVENT")
    assert len(ours) < 2_000_000
    assert visitor(feed).get("/events/bakery/open-day/").status_code == 200
    if step.kind is Kind.FAILED:
        assert step.why
    else:
        assert "good@x" in {str(each["UID"]) for each in events}


INJECTED = (
    "x\\nATTACH:https://evil.example/", "x\x0bATTACH:https://evil.example/", "x\x85ATTACH:https://evil.example/", "x\u2028ATTACH:https://evil.example/", "x\\nEND:VEVENT\\nBEGIN:VEVENT\\nUID:evil@x\\nEND:VEVENT", "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "[x](javascript:alert(1))", "![x](https://evil.example/x.png)",
    "{{ 7*7 }}{% raw %}", "&lt;script&gt;alert(1)&lt;/script&gt;", "</title><script>alert(1)</script>", "data:text/html,<script>1</script>",
    "x\\r\\nSet-Cookie: a=b", "${jndi:ldap://x}", "--- \\n- !!python/object/apply:os.system [id]", "&a [*a,*a]",
)  # fmt: skip
PROPERTIES = ("SUMMARY", "DESCRIPTION", "LOCATION", "URL", "CATEGORIES", "ORGANIZER;CN=x", "CONTACT", "COMMENT", "X-ALT-DESC;FMTTYPE=text/html", "GEO", "STATUS", "ATTACH")  # fmt: skip


def test_nothing_reaches_pages_or_feeds_as_it_was_written(feed: Feed) -> None:
    """In each property each text, on each page of each event, in each format."""
    events = [
        event(f"{one}-{other}@x", f"{name}:{text}", title="" if name != "SUMMARY" else text)
        for one, name in enumerate(PROPERTIES)
        for other, text in enumerate(INJECTED)
    ]
    step = taken(
        feed,
        calendar(*events, event("<script>alert(1)</script>@x"), event("a b\tc@x"), event("../../x"), GOOD),
    )
    assert step.kind is Kind.NEW

    client = visitor(feed)
    body = client.get("/feeds/valley.ics").data
    for line in body.split(b"\r\n"):
        assert len(line) <= 75
        assert not line.startswith((b"ATTACH:https://evil", b"Set-Cookie"))
    uids = [str(each["UID"]) for each in Calendar.from_ical(body).walk("VEVENT")]
    assert "evil@x" not in uids
    assert len(uids) == len(set(uids))
    ids = re.findall(
        r"^  - id: (\S+)-([0-9a-f]{12})$", feed.files.events.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(ids) == step.count
    pages = ["/", "/feeds/valley/", "/search/?q=alert", "/feeds/valley.atom", "/feeds/valley.rss"]
    pages += [f"/events/bakery/{stem}--{sign}/" for stem, sign in ids]
    for address in pages:
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = answer.data.decode()
        assert not re.search(r"<script>alert|<img src=x|onerror=alert\(1\)>", page), address
        assert not re.search(r"(?:href|src)=[\"']?(?:javascript|data:text/html)", page), address
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (calendar("BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 12_000), "it has more than 10,000 events"),
        (b"BEGIN:VCALENDAR\r\n" + b"X:y\r\n" * 2_100_000 + b"END:VCALENDAR\r\n", "it has more than 10,000,000 bytes"),
    ],
    ids=["a million events", "100 MB"],
)  # fmt: skip
def test_what_is_too_much_is_left(feed: Feed, body: bytes, why: str) -> None:
    step = taken(feed, body)

    assert (step.kind, step.why) == (Kind.FAILED, why)


def test_as_many_events_as_may_be_are_taken_in_time(feed: Feed) -> None:
    """A calendar of years, with times, zones and texts."""
    many = (
        event(f"{number}@x", "DESCRIPTION:Come and see", start=f";TZID=Europe/Paris:20{26 + number % 9}{1 + number % 12:02}{1 + number % 28:02}T100000")
        for number in range(3_000)
    )  # fmt: skip
    step = taken(feed, calendar(*many))

    assert (step.kind, step.count) == (Kind.NEW, 3_000)
