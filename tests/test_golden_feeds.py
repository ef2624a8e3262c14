"""``tests/golden/feeds/<case>/``: sources beside the feeds expected of them, whichever way they are read.

A case holds ``source/`` and ``expected/<feed>.ics``. ``COOPCAL_GOLDEN=write`` writes what came out; look at it
before it is committed.
"""

import os
import shutil
from pathlib import Path

import pytest
from tests.support import lint
from tests.support.trees import NOW

from coopcal.compile.pipeline import compile_site
from coopcal.site.reader import open_site

CASES = sorted(path for path in (Path(__file__).parent / "golden/feeds").iterdir() if path.is_dir())


def feeds_of(root: Path, out: Path) -> dict[str, bytes]:
    outcome = compile_site(root, out, NOW)

    assert outcome.published, [problem.message for problem in outcome.problems]
    return {name: feed.bodies["identity"].content for name, feed in open_site(out).feeds.items()}


def reversed_events(text: str) -> str:
    """Return an organisation's file with its events the other way round."""
    head, mark, events = text.partition("\nevents:\n")
    items: list[str] = []
    for line in events.splitlines(keepends=True):
        if line.startswith("  - "):
            items.append("")
        items[-1] += line
    return head + mark + "".join(reversed(items))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_case_compiles_to_its_feeds(case: Path, tmp_path: Path) -> None:
    """Each feed is what stands in ``expected``, byte by byte, and free of faults."""
    feeds = feeds_of(case / "source", tmp_path / "site")
    if os.environ.get("COOPCAL_GOLDEN") == "write":
        (case / "expected").mkdir(exist_ok=True)
        for name, content in feeds.items():
            (case / f"expected/{name}.ics").write_bytes(content)
    expected = {path.stem: path.read_bytes() for path in (case / "expected").glob("*.ics")}

    assert set(expected) == set(feeds)
    for name, content in feeds.items():
        assert expected[name] == content, name
        assert lint.faults(content) == [], name


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_the_order_of_events_and_a_second_run_change_no_byte(case: Path, tmp_path: Path) -> None:
    """The order within files decides nothing, and neither does a compile before."""
    source = tmp_path / "source"
    shutil.copytree(case / "source", source)
    first = feeds_of(source, tmp_path / "one")

    assert first == feeds_of(source, tmp_path / "one")
    for path in source.glob("calendars/**/*.yaml"):
        path.write_text(reversed_events(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert first == feeds_of(source, tmp_path / "two")
