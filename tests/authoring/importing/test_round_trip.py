"""Calendars that other projects test with: imported, compiled and read again, they say the same, or what is lost was told."""

import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from tests.foreign.fetch import PACKAGES, folder
from tests.support.node import READERS
from tests.support.roundtrip import Compared, compared
from tests.support.sweep import sized, some

TOLD = (
    "no-end", "seconds", "not-public", "no-title", "bounded", "ends-before-start", "bad-value", "whole-days", "bad-rule", "bad-uid",
    "first-date", "no-dates", "rule", "too-many", "same-time", "until-day", "exrule", "too-far", "second-event", "no-start", "odd-year",
    "left-out", "refused", "too-long", "floating", "unknown-zone", "zone-name", "broken-line", "encoding",
    "same-uid", "second-change", "like-zone", "own-clocks", "begins-later", "second-value",
)  # fmt: skip
"""What may make dates differ; all else that is told changes no date, status or title."""

OF_ALL = frozenset(
    ("zone-name", "unknown-zone", "like-zone", "own-clocks", "floating", "broken-line", "encoding")
)
"""What is told once, where it is met first, and holds for the whole calendar."""


def calendars() -> list[Path]:
    missing = [package for package in PACKAGES if not folder(package).is_dir()]
    if missing:
        reason = f"foreign calendars were NOT imported: {missing} missing (python tests/foreign/fetch.py)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return [each for package in PACKAGES for each in sorted(folder(package).rglob("*.ics"))]


def explained(found: Compared) -> tuple[Counter[str], list[str]]:
    """Count the differing dates by what was told of their event; return the events of which nothing was."""
    told: dict[str, set[str]] = {}
    for loss in found.losses:
        uid = "" if (loss.uid or "").startswith("no-uid:") else loss.uid or ""
        told.setdefault(uid, set()).add(loss.code)
        if loss.code == "same-uid":  # it has a UID of its own now
            told.setdefault("", set()).add(loss.code)
    of_all = {loss.code for loss in found.losses} & OF_ALL
    kinds = Counter[str]()
    silent = []
    rows = [*(("-", row) for row in found.missing), *(("+", row) for row in found.extra)]
    for sign, row in rows:
        codes = told.get(row[0], set()) & set(TOLD) or of_all
        if not codes:
            silent.append(f"{found.path.name}: {sign} {row}")
        kinds.update(code for code in TOLD if code in codes and code == min(codes, key=TOLD.index))
    return kinds, silent


@pytest.mark.sweep
@pytest.mark.filterwarnings("ignore")  # the parser warns of what is odd in these calendars
def test_every_calendar_says_the_same_or_the_loss_was_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Twenty years of each; the counts are printed."""
    kinds, losses, silent = Counter[str](), Counter[str](), list[str]()
    equal = events = differing = 0
    unread = []
    paths = calendars()
    read = some(paths, sample=40)
    for number, path in enumerate(read):
        found = compared(path, tmp_path / f"{number}")
        more, untold = explained(found)
        kinds += more
        silent += untold
        losses += Counter(loss.code for loss in found.losses if loss.code != "technical")
        equal, events = equal + found.equal, events + found.events
        differing += max(len(found.missing), len(found.extra))
        if found.unread:
            unread.append(path.name)
    shipped = len(list((READERS / "node_modules/ical.js").rglob("*.ics")))
    said = (
        f"{len(read)} calendars of {len(paths)}, {events:,} events, {equal:,} dates equal, {differing:,} not",
        f"ical.js ships {shipped} calendars; the parser itself refuses {len(unread)}: {', '.join(unread)}",
        f"dates that differ, by what was told: {dict(kinds.most_common())}",
        f"all that was told: {dict(losses.most_common())}",
    )
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(said) + "\n")

    assert silent == []
    assert len(paths) >= 250
    assert equal >= sized(67_000, sample=10_000)
    assert differing <= equal * 0.012
