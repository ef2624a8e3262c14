"""What happens to events, step by step, as clients that follow a feed see it (clients.md 2.1 to 2.11)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.support import lint, occurrences
from tests.support.clients import Client, Evolution, ICSx5, events_by_uid, value
from tests.support.libical import Row
from tests.support.trees import compiled, lay

from coopcal.compile.pipeline import check
from coopcal.selection.plan import plan
from coopcal.selection.until import Turns
from coopcal.selection.visible import public_events
from coopcal.site.reader import open_site

START = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
HEAD = "name: The Bakery\ncountry: BE\ntimezone: Europe/Brussels\n"
SERIES = """\
events:
  - id: baking
    title: {title}
    when: {when}
    {more}
    repeats:
      every: week
      until: 2026-12-31
      {repeats}
  - id: market
    title: Market
    when: {market}
"""


def story(
    title: str = "Baking",
    when: str = "2026-09-08 19:00/21:00",
    repeats: str = "",
    more: str = "",
    market: str = "2026-09-12",
) -> str:
    return HEAD + SERIES.format(title=title, when=when, repeats=repeats, more=more, market=market)


CANCELLED = "changes: {2026-09-15: {status: cancelled, reason: Flood}}"
STEPS = [
    ("added", story()),
    ("edited", story(title="Baking together")),
    ("edited back", story()),
    ("moved", story(market="2026-09-13 10:00/12:00")),
    ("a date is cancelled", story(repeats=CANCELLED)),
    ("the cancelled date stands again", story()),
    ("a date is moved", story(repeats="changes: {2026-09-15: {when: 2026-09-16 18:00/20:00}}")),
    ("a moved date is moved again", story(repeats="changes: {2026-09-15: {when: 2026-09-17 18:00/20:00}}")),
    ("an override is removed", story()),
    ("dates are excepted and added", story(repeats="except: [2026-09-22]\n      also: [2026-09-24]")),
    ("an added date is edited", story(repeats="also: [{when: 2026-09-24, title: Extra}]")),
    ("two overrides", story(repeats="changes: {2026-09-15: {title: A}, 2026-09-22: {title: B}}")),
    ("one of two is removed", story(repeats="changes: {2026-09-22: {title: B}}")),
    ("the master changes below an override", story(title="New", repeats="changes: {2026-09-22: {title: B}}")),
    ("the time changes from a date on", story(repeats="changes: {from 2026-10-01: {when: 17:00/18:00}}")),
    ("another time of day for all", story(when="2026-09-08 20:00/22:00")),
    ("all of it is cancelled", story(more="status: cancelled")),
    ("and takes place again", story()),
    ("it is postponed", story(more="status: postponed")),
    ("it is no series any more", HEAD + "events:\n  - {id: baking, title: Baking, when: 2026-09-08}\n  - {id: market, title: Market, when: 2026-09-12}\n"),
    ("one is gone", HEAD + "removed: [market]\nevents:\n  - {id: baking, title: Baking, when: 2026-09-08}\n"),
]  # fmt: skip


@pytest.mark.sweep(cases=1)
@pytest.mark.parametrize("step", [timedelta(days=1), timedelta(0)], ids=["a day apart", "at one instant"])
@pytest.mark.parametrize("policy", ["tell", "mark", "hide"])
def test_clients_that_follow_a_feed_show_what_the_sources_say(
    policy: str, step: timedelta, tmp_path: Path
) -> None:
    """After each step both clients hold what a new subscriber gets, and it is what the model says."""
    root, now = tmp_path, START
    clients: list[Client] = [Evolution(), ICSx5()]
    before: dict[str, list[bytes]] = {}
    for name, source in STEPS:
        files = {"calendars/bakery.yaml": source, "feeds/bakery.yaml": f"show: {{cancelled: {policy}}}\n"}
        compiled(lay(root, files), now)
        feed = open_site(root / "_site").feeds["bakery"].bodies["identity"].content
        assert lint.faults(feed) == [], name
        assert_stamps_go_on(before, events_by_uid(feed), name)
        before |= events_by_uid(feed)
        model = by_model(root, now)
        for client in clients:
            client.refresh(feed)
            assert client.shown() == feed, (name, type(client).__name__)
            read = occurrences.by_recurring_ical_events([client.shown()])[0]
            assert occurrences.disagreements(model, read) == [], (name, type(client).__name__)
        now += step


def by_model(root: Path, now: datetime) -> list[Row]:
    catalogue = check(root, now).catalogue
    assert catalogue is not None
    feed = next(feed for feed in plan(catalogue) if feed.id == "bakery")
    return occurrences.by_model(feed, catalogue, public_events(catalogue, Turns(now)), now)


def assert_stamps_go_on(before: dict[str, list[bytes]], after: dict[str, list[bytes]], name: str) -> None:
    """What changed of a UID, at whatever date of it, has a later stamp on its first VEVENT; what did not has the same."""
    for uid, events in after.items():
        if uid not in before:
            continue
        old, new = value(before[uid][0], "LAST-MODIFIED"), value(events[0], "LAST-MODIFIED")
        assert (new > old) if events != before[uid] else new == old, (name, uid)
        assert int(value(events[0], "SEQUENCE")) >= int(value(before[uid][0], "SEQUENCE")), (name, uid)
        assert "RECURRENCE-ID" not in events[0].decode(), (name, uid)
