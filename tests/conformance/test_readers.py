"""Twenty years of every feed, by the model and by ical.js, libical and recurring-ical-events: all say the same."""

from collections.abc import Container
from pathlib import Path

import pytest
from tests.support import lint, occurrences
from tests.support.generated import organisation
from tests.support.libical import Row
from tests.support.sweep import sized
from tests.support.trees import NOW

from coopcal.compile.pipeline import check, compile_site
from coopcal.model.problem import Severity
from coopcal.selection.plan import plan
from coopcal.selection.until import Turns
from coopcal.selection.visible import public_events
from coopcal.site.reader import open_site

REPOSITORY = Path(__file__).parents[2]
TREES = [*sorted(path / "source" for path in (REPOSITORY / "tests/golden/feeds").iterdir()), REPOSITORY]
READERS = {
    "ical.js": occurrences.by_ical_js,
    "libical": occurrences.by_libical,
    "recurring-ical-events": occurrences.by_recurring_ical_events,
}
BATCHES, SIZE = sized(8, sample=1), sized(400, sample=24)
FEWEST = sized(2_000, sample=12)
"""Generated calendars that are compared at least, all batches together."""


def compared(
    root: Path, out: Path, wanted: Container[str] | None = None
) -> tuple[list[str], list[bytes], list[list[Row]]]:
    """Return the names, the bytes and the model's dates of the wanted feeds of a tree, or of all."""
    outcome = compile_site(root, out, NOW)
    assert outcome.published, [problem for problem in outcome.problems if problem.severity is Severity.ERROR]
    catalogue = check(root, NOW, out=out).catalogue
    assert catalogue is not None
    events, feeds = public_events(catalogue, Turns(NOW)), open_site(out).feeds
    plans = [
        feed for feed in plan(catalogue) if feed.closed is None and (wanted is None or feed.id in wanted)
    ]
    return (
        [plan.id for plan in plans],
        [feeds[plan.id].bodies["identity"].content for plan in plans],
        [occurrences.by_model(plan, catalogue, events, NOW) for plan in plans],
    )


def wrong(names: list[str], feeds: list[bytes], model: list[list[Row]], reader: str) -> dict[str, list[str]]:
    """Return what a reader and the model disagree on, by feed."""
    read = READERS[reader](feeds)
    found = {
        name: occurrences.disagreements(expected, rows)
        for name, expected, rows in zip(names, model, read, strict=True)
    }
    return {name: said[:5] for name, said in found.items() if said}


@pytest.mark.node
@pytest.mark.sweep(cases=5)
@pytest.mark.parametrize("root", TREES, ids=lambda path: path.parent.name)
def test_readers_agree_on_every_golden_feed(root: Path, tmp_path: Path) -> None:
    names, feeds, model = compared(root, tmp_path / "site")
    assert sum(map(len, model)) > 0
    for reader in READERS:
        assert wrong(names, feeds, model, reader) == {}, reader


def lay_generated(root: Path, batch: int) -> list[str]:
    """Write the organisations of a batch, without those that are refused, and return their ids."""
    (root / "calendars").mkdir(parents=True)
    (root / "coopcal.yaml").write_text("title: Generated\nuid_domain: generated.example\n", encoding="utf-8")
    for number in range(batch * SIZE, (batch + 1) * SIZE):
        (root / f"calendars/org-{number}.yaml").write_text(organisation(number), encoding="utf-8")
    for problem in check(root, NOW).problems:
        if problem.severity is Severity.ERROR:
            (root / problem.position.path).unlink(missing_ok=True)
    return sorted(path.stem for path in (root / "calendars").iterdir())


@pytest.mark.node
@pytest.mark.sweep
@pytest.mark.parametrize("batch", range(BATCHES))
def test_readers_agree_on_generated_calendars(batch: int, tmp_path: Path) -> None:
    """More than 2,000 in a sweep: zones with clock changes, ends of months, leap days, whole days, changes, exceptions."""
    left = lay_generated(tmp_path / "source", batch)
    assert len(left) >= FEWEST / BATCHES
    names, feeds, model = compared(tmp_path / "source", tmp_path / "site", set(left))
    assert sum(map(len, model)) > 10 * len(left)
    for reader in READERS:
        assert wrong(names, feeds, model, reader) == {}, reader
    assert {name: said for name, feed in zip(names, feeds, strict=True) if (said := lint.faults(feed))} == {}
