"""A year of daily edits: every feed stays right, and no stamp ever goes back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.conformance.test_stories import assert_stamps_go_on
from tests.support import lint, occurrences
from tests.support.clients import Client, Evolution, ICSx5, events_by_uid
from tests.support.editor import Editor
from tests.support.sweep import sized

from coopcal.compile.pipeline import check, compile_site
from coopcal.selection.plan import plan
from coopcal.selection.until import Turns
from coopcal.selection.visible import public_events
from coopcal.site.reader import open_site

EDITS, SEED = sized(300, sample=16), 20261124
START = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
DEEP = sized(25, sample=8)
"""Every so many edits, what clients show is compared with the model, date by date."""

SITE = "title: A year\nuid_domain: year.example\nlanguages: [en, fr]\ntimezone: Europe/Brussels\n"


@pytest.mark.sweep
def test_three_hundred_edits(tmp_path: Path) -> None:
    """Each is published, or refused as a whole and taken back; clients that follow show what a new one would."""
    editor, now, published, refused = Editor(SEED), START, 0, 0
    (tmp_path / "calendars").mkdir()
    (tmp_path / "coopcal.yaml").write_text(SITE, encoding="utf-8")
    clients: dict[str, list[Client]] = {}
    before: dict[str, dict[str, list[bytes]]] = {}
    stamps: dict[str, tuple[datetime, bytes]] = {}
    while published < EDITS:
        edit = editor.edit(now.date())
        for path, text in editor.texts():
            (tmp_path / path).write_text(text, encoding="utf-8")
        outcome = compile_site(tmp_path, tmp_path / "_site", now)
        if not outcome.published:
            editor.undo()
            refused += 1
            continue
        published += 1
        for name, feed in open_site(tmp_path / "_site").feeds.items():
            content = feed.bodies["identity"].content
            assert lint.faults(content) == [], (edit, name)
            assert_stamps_go_on(before.get(name, {}), events_by_uid(content), f"{edit} in {name}")
            before[name] = before.get(name, {}) | events_by_uid(content)
            modified, bytes_before = stamps.get(name, (feed.modified, content))
            assert (feed.modified > modified) == (content != bytes_before), (edit, name)
            stamps[name] = feed.modified, content
            for client in clients.setdefault(name, [Evolution(), ICSx5()]):
                client.refresh(content)
                assert client.shown() == content, (edit, name, type(client).__name__)
        if published % DEEP == 0:
            assert_shown_is_what_the_sources_say(tmp_path, clients, now)
        now += timedelta(days=365 / EDITS)
    assert refused < EDITS


def assert_shown_is_what_the_sources_say(root: Path, clients: dict[str, list[Client]], now: datetime) -> None:
    catalogue = check(root, now, out=root / "_site").catalogue
    assert catalogue is not None
    events = public_events(catalogue, Turns(now))
    for feed in plan(catalogue):
        model = occurrences.by_model(feed, catalogue, events, now)
        for client in clients[feed.id]:
            read = occurrences.by_recurring_ical_events([client.shown()])[0]
            assert occurrences.disagreements(model, read) == [], (feed.id, type(client).__name__)
