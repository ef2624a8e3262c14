"""What newcomers meet: a year mistyped before anything is published, reasons that nobody sees, breaks of last year."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.checking import lay, problems_of

from coopcal.cli import main
from coopcal.compile.pipeline import compile_site
from coopcal.site.reader import open_site

FILE = "calendars/bakery.yaml"
HEAD = "name: The Bakery\ncountry: BE\n"
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
FAIR = "{id: fair, title: Fair, when: %s%s}"


def written(*events: str, head: str = "") -> dict[str, str]:
    return {FILE: HEAD + head + "events:\n" + "".join(f"  - {each}\n" for each in events)}


def told(folder: Path, code: str, now: dict[str, str], before: dict[str, str] | None = None) -> list[str]:
    found = problems_of(folder, now, before, NOW)
    return [f"{each.message} | {each.mend}" for each in found if each.code == code]


def ahead(count: int) -> list[str]:
    return [f"{{id: e{number}, title: T{number}, when: 2026-08-{number + 1:02}}}" for number in range(count)]


@pytest.mark.parametrize(
    ("coming", "past", "notes"), [(3, 1, 1), (2, 1, 0), (6, 2, 2), (5, 2, 0), (0, 1, 0), (6, 0, 0)]
)
def test_the_few_that_are_over_are_asked_about_before_the_first_publication(
    coming: int, past: int, notes: int, tmp_path: Path
) -> None:
    """Among many that are to come; an archive is not."""
    over = [f"{{id: p{number}, title: P{number}, when: 2025-09-0{number + 1}}}" for number in range(past)]

    found = told(tmp_path, "new-yet-past", written(*ahead(coming), *over))

    assert len(found) == notes
    if notes:
        assert found[0] == (
            "“p0” lies in the past, on 2025-09-01, while nearly all others are still to come"
            " | is the year right? Did you mean 2026-09-01?"
        )


@pytest.mark.parametrize(
    ("when", "line"),
    [
        ("2026-09-12", "moved_from: 2026-09-12"), ("2026-09-12/2026-09-13", "moved_from: 2026-09-12/2026-09-13"),
        ("2026-09-12 14:00/17:30", "moved_from: 2026-09-12 14:00/17:30"), ("2026-09-12 22:00", "moved_from: 2026-09-12 22:00"),
        ("2026-09-12 22:00/2026-09-13 02:00", "moved_from: 2026-09-12 22:00/2026-09-13 02:00"),
    ],
)  # fmt: skip
def test_the_reason_of_a_move_gets_the_line_that_shows_it(when: str, line: str, tmp_path: Path) -> None:
    """Written as it is told, it takes the note away, and calendars and pages show the reason."""
    moved = ", reason: Flooded"
    before = written(FAIR % (when, ""))

    (found,) = told(tmp_path / "1", "idle-reason", written(FAIR % ("2026-10-20", moved)), before)
    said, _, mend = found.partition(" | ")
    mended = written(FAIR % ("2026-10-20", f"{moved}, {mend}"))

    assert said.startswith("“fair” was published for 2026-09-12, and its reason is shown in no calendar")
    assert mend == line
    assert told(tmp_path / "2", "idle-reason", mended, before) == []
    root = lay(tmp_path / "site", mended)
    assert compile_site(root, root / "_site", NOW).published
    site = open_site(root / "_site")
    assert b"Flooded" in site.feeds["bakery"].bodies["identity"].content


@pytest.mark.parametrize(
    ("keys", "is_told"),
    [
        ("", True), (", status: tentative", True), (", status: cancelled", False), (", status: postponed", False), (", moved_from: 2026-08-01", False),
        (", repeats: {every: week, count: 4, changes: {2026-09-19: {status: cancelled}}}", True),
    ],
)  # fmt: skip
def test_a_reason_of_nothing_is_told(*, keys: str, is_told: bool, tmp_path: Path) -> None:
    """Of what is neither off nor moved."""
    found = told(tmp_path, "idle-reason", written(FAIR % ("2026-09-12", f", reason: Flooded{keys}")))

    assert bool(found) is is_told


@pytest.mark.parametrize(
    ("change", "is_told"),
    [("title: Other, reason: Flooded", True), ("when: 2026-09-20, reason: Flooded", False), ("status: cancelled, reason: Flooded", False)],
)  # fmt: skip
def test_a_reason_of_a_date_of_a_series(*, change: str, is_told: bool, tmp_path: Path) -> None:
    """One that is moved says so by itself."""
    event = FAIR % (
        "2026-09-12",
        f", repeats: {{every: week, count: 4, changes: {{2026-09-19: {{{change}}}}}}}",
    )

    assert bool(told(tmp_path, "idle-reason", written(event))) is is_told


@pytest.mark.parametrize(
    ("breaks", "is_told"),
    [
        ("2025-07-01/2025-08-31", True), ("2026-07-01/2026-08-31", False), ("[2025-07-01/2025-08-31, 2026-07-01/2026-08-31]", False),
        ("[2024-07-01/2024-08-31, 2025-07-01/2025-08-31]", True), ("2027-07-01/2027-08-31", True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["summer", "{date: summer, reason: Rest}"])
def test_a_break_that_meets_no_date_is_told(*, form: str, breaks: str, is_told: bool, tmp_path: Path) -> None:
    """Unless another of its ranges does."""
    event = FAIR % ("2026-06-09", f", repeats: {{every: week, until: 2026-12-15, except: [{form}]}}")

    assert (
        bool(told(tmp_path, "empty-break", written(event, head=f"breaks: {{summer: {breaks}}}\n"))) is is_told
    )


@pytest.mark.parametrize(
    ("other", "is_told"),
    [
        ("{id: yoga-2027, title: More yoga, when: 2026-09-01, repeats: {every: week, count: 9}}", False),
        ("{id: stretching, title: Yoga, when: 2026-09-01, repeats: {every: week, count: 9}}", False),
        ("{id: stretching, title: More, series: yoga, when: 2026-09-01}", False), ("{id: ball, title: Ball, when: 2026-09-01}", True),
        ("{id: yoga-2025, title: More yoga, when: 2026-05-01}", True),
    ],
)  # fmt: skip
def test_a_series_whose_next_edition_is_there_does_not_end(
    *, other: str, is_told: bool, tmp_path: Path
) -> None:
    """One of its series, title or id but for the year."""
    ends = "{id: yoga-2026, title: Yoga, series: yoga, when: 2026-05-05 19:00/20:00, repeats: {every: week, until: 2026-06-16}}"

    assert bool(told(tmp_path, "series-ends", written(ends, other))) is is_told


def test_what_a_renamed_organisation_removed_was_published(tmp_path: Path) -> None:
    """Until its former id is told, that alone is asked for."""
    text = HEAD + "removed: [old, typo]\nevents: []\n"
    out = tmp_path / "site"
    for day, events in enumerate(("  - {id: old, title: Old, when: 2026-09-12}\n", "  []\n")):
        head = HEAD + ("removed: [old]\n" if day else "") + "events:\n"
        root = lay(tmp_path / f"{day}", {FILE: head + events})
        assert compile_site(root, out, NOW).published
    root = lay(tmp_path / "now", {"calendars/oven.yaml": text})
    (root / FILE).unlink()

    from_check = [
        each.message for each in compile_site(root, out, NOW).problems if each.code == "never-published"
    ]

    assert from_check == ["No event “typo” was ever published"]


@pytest.mark.parametrize(
    ("new", "title", "is_slip"),
    [("assembyl", "Assembly", True), ("asembly", "Assembly", True), ("assembly-2", "Assembly", False), ("assembyl", "Other", False)],
)  # fmt: skip
def test_an_id_that_was_mistyped_is_to_be_written_again(
    *, new: str, title: str, is_slip: bool, tmp_path: Path
) -> None:
    """Where title and days are the same and the id is one slip away."""
    event = "{id: %s, title: %s, when: 2026-09-12}"

    (found,) = told(
        tmp_path, "event-gone", written(event % (new, title)), written(event % ("assembly", "Assembly"))
    )

    assert found.partition(" | ")[2].startswith("write the id again: id: assembly   (") is is_slip


def test_check_and_compile_count_alike(tmp_path: Path) -> None:
    """Events as they are written, without their dates and sessions; all feeds."""
    changes = ", repeats: {every: week, count: 4, changes: {2026-09-19: {title: Other}}}"
    root = lay(
        tmp_path,
        written(FAIR % ("2026-09-12", changes), "{id: two, title: Two, when: [2026-07-01, 2026-07-02]}"),
    )
    said = [
        CliRunner().invoke(main, ["--root", str(root), command]).stdout for command in ("check", "compile")
    ]

    assert "2 events, 2 feeds" in said[0]
    assert "Published 2 events in 2 feeds" in said[1]
