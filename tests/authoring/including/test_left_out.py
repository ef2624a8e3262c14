"""What of a feed of others does not come over is told at its line in notes: how much, why, and the first few by name."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.copies import URL, copy, include, record
from tests.support.copies import event as kept
from tests.support.fetching import Feed, calendar, event, feed_of_others
from tests.support.trees import NOW, compiled, lay

from coopcal.compile.pipeline import check
from coopcal.definitions.left_out import MOST_REASONS
from coopcal.model.problem import Problem, Severity
from coopcal.text.messages import say

LONG = "word " * 11_000
REASONS = {
    "no start": (event("a@x", title="Market", start=":never"), "it does not say when it takes place"),
    "a year of long ago": (event("a@x", title="Market", start=":15000101T100000Z"), "dates lie between 1800 and 2200"),
    "no dates": (event("a@x", "RRULE:FREQ=DAILY;COUNT=1", "EXDATE:20260901T100000Z", title="Market", start=":20260901T100000Z"), "none of its dates is left"),
    "too many dates": (event("a@x", "RRULE:FREQ=HOURLY;COUNT=5000", title="Market", start=":20260901T100000Z"), ""),
    "a UID of ours": (event("market.bakery@EXAMPLE.coop", title="Market"), "its UID is one of this site (example.coop)"),
    "too long": (event("a@x", f"DESCRIPTION:{LONG}", *(f"COMMENT:{LONG}" for _ in range(5)), title="Market"), "it takes more than 50,000 characters"),
    "once more": (event("a@x", "SEQUENCE:1", title="Market") + event("a@x", title="Market"), ""),
}  # fmt: skip


@pytest.fixture
def feed(tmp_path: Path) -> Iterator[Feed]:
    with feed_of_others(tmp_path / "tree") as made:
        yield made


def notes(root: Path) -> list[Problem]:
    return [each for each in check(root, NOW).problems if each.code == "left-out-of-include"]


@pytest.mark.parametrize("name", REASONS)
def test_what_is_left_out_is_told_at_the_line_of_its_feed(feed: Feed, name: str) -> None:
    """By its title and the line in the copy, with the reason, in every language; nothing of it stops a compile."""
    lines, why = REASONS[name]
    body = calendar(event("good@x", title="Good"), lines)
    (step,) = feed.gives(body).fetch()

    note = notes(feed.root)[0]
    assert (note.position.path, note.position.line, note.severity) == ("feeds/valley.yaml", 3, Severity.NOTE)
    assert why in note.message
    found = re.search(r"“Market” \(line (\d+)\)", note.message)
    assert found
    number, written = int(found[1]), body.decode().splitlines()
    assert number > written.index("END:VEVENT") + 1
    assert "SUMMARY:Market" in written[number - 1 :] or "SUMMARY:Market" in written[:number]
    assert note.mend
    assert feed.files.calendar.relative_to(feed.root).as_posix() in note.mend
    assert {one.count for one in step.left_out} == {1}
    for language in ("de", "fr", "es", "it", "pt"):
        assert say(note.message, language) != note.message
    assert feed.fetch()[0].left_out == step.left_out
    assert note in compiled(feed.root, first=True).problems


def test_much_that_is_left_out_is_no_flood(feed: Feed) -> None:
    """Each reason once, the most frequent first, with a number, and the first three by name."""
    empty = [event(f"{number}@x", title=f"Market {number}", start=":") for number in range(700)]
    ours = [event(f"{number}@example.coop", title=f"Ours {number}") for number in range(3)]
    (step,) = feed.gives(calendar(event("good@x"), *empty, *ours)).fetch()

    first, second = notes(feed.root)
    assert "“Market 0” (line 8)" not in first.message
    assert re.search(r": “Market 0” \(line \d+\): it does not say when", first.message)
    assert re.search(
        r"so it is with 699 others: “Market 1” \(line \d+\), “Market 2” \(line \d+\), …$", first.message
    )
    assert re.search(r"so it is with 2 others: “Ours 1” \(line \d+\), “Ours 2” \(line \d+\)$", second.message)
    assert (step.count, [one.count for one in step.left_out]) == (1, [700, 3])
    assert len(json.dumps(dict(feed.record))) < 3_000


@pytest.mark.parametrize("frequency", ["SECONDLY", "MINUTELY", "HOURLY", "DAILY;BYHOUR=9,10;BYSECOND=0,30"])
@pytest.mark.parametrize("end", ["", ";COUNT=9", ";COUNT=99999999999", ";UNTIL=20991231T000000Z"])
def test_an_event_is_counted_once_for_a_reason(feed: Feed, frequency: str, end: str) -> None:
    """However many of its dates are left out for that."""
    rule = f"RRULE:FREQ={frequency}{end}"
    (step,) = feed.gives(
        calendar(event("s@x", rule, start=":20260901T100000Z", title="Series"), event("good@x"))
    ).fetch()

    assert step.count == 2
    assert {one.count for one in step.left_out} <= {1}
    assert not [
        note
        for note in notes(feed.root)
        if "so it is with" in note.message or note.message.count("“Series”") != 1
    ]


def test_a_title_does_no_harm_in_a_note(feed: Feed) -> None:
    title = "{count} {__class__} \x1b]0;x\x07 <b>" + "long " * 100
    feed.gives(calendar(event("a@x", title=title, start=":"))).fetch()

    (note,) = notes(feed.root)
    assert note.message.isprintable()
    assert "“{count} {__class__} ]0;x <b>" in note.message
    assert len(note.message) < 250
    assert say(note.message, "de").isprintable()


def test_a_copy_that_cannot_be_read_as_it_lies_there_is_told_likewise(tmp_path: Path) -> None:
    """Where somebody wrote it by hand, or another version made it: by reasons, at the line of the feed."""
    bad = [
        kept(f"a-{number:08}", f"{number}@x", "2026-02-30", title=f"Bad {number}") for number in range(300)
    ]
    odd = [f"x: {number}" for number in range(MOST_REASONS * 2)]
    unlike = [kept(f"b-{number:08}", f"b{number}@x", when) for number, when in enumerate(
        ("tomorrow", "2026-13-01", "18h30", "14.3.2026", "2026-03-14 24:00", "2026-03-14 6 pm", "2026-03-14/2026-03-01"))]  # fmt: skip
    ours = kept("c-00000001", "fair.bakery@example.coop", title="Fair")
    good = kept("d-00000001", "d@example.org")
    root = lay(
        tmp_path,
        {
            "feeds/valley.yaml": "title: Valley\n" + include((URL, "bakery")),
            **dict([copy(*bad, *odd, *unlike, ours, good), record(seen="2026-06-01T08:00:00Z")]),
        },
    )

    found = notes(root)
    assert 2 < len(found) <= MOST_REASONS + 1
    assert {(each.position.path, each.position.line) for each in found} == {("feeds/valley.yaml", 3)}
    assert "“Bad 0” (line 3): " in found[-1].message or any("“Bad 0”" in each.message for each in found)
    assert any("so it is with 299 others" in each.message for each in found)
    assert any("things are left out for other reasons" in each.message for each in found)
    assert compiled(root, first=True).published


@pytest.mark.parametrize(
    "said", [5, {}, [5], [[]], [{}], [{"count": "x", "named": []}], [{"count": 2, "named": [["a"]]}], None]
)
def test_a_record_that_is_none_tells_nothing(tmp_path: Path, said: object) -> None:
    files = dict([copy(), record(seen="2026-06-01T08:00:00Z", left_out_of=said)])
    root = lay(tmp_path, {"feeds/valley.yaml": "title: Valley\n" + include((URL, "bakery")), **files})
    assert notes(root) == []


def test_a_feed_in_several_is_told_of_once_and_can_be_switched_off(tmp_path: Path) -> None:
    """As nobody here can mend what others publish."""
    gone = [{"count": 1, "named": [["Fair", 4]], "why": {"said": "it is no event", "with": {}}}]
    files = dict([copy(), record(seen="2026-06-01T08:00:00Z", left_out_of=gone)])
    merged = include((URL, "bakery"))
    files |= {"feeds/valley.yaml": "title: Valley\n" + merged, "feeds/other.yaml": "title: Other\n" + merged}
    root = lay(tmp_path, files)
    (note,) = notes(root)
    assert note.message == "Not all of this feed of others is here: “Fair” (line 4): it is no event"

    site = root / "coopcal.yaml"
    site.write_text(
        site.read_text(encoding="utf-8") + "checks: {left-out-of-include: off}\n", encoding="utf-8"
    )
    assert notes(root) == []
