"""A pasted file has the problems that it would have in the sources, but for what cannot be known of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.sweep import sized
from tests.support.trees import BAKERY, SITE

from coopcal.authoring.sandbox.pasted import LONGEST, MOST, look_through
from coopcal.authoring.sandbox.wire import WIRE, Task
from coopcal.compile.pipeline import check
from coopcal.model.paste import Finding, Findings, Kind, Pasted

REPOSITORY = Path(__file__).parents[3]
TODAY = date(2026, 6, 1)


def pasted(text: str, kind: Kind = Kind.ORGANISATION) -> Pasted:
    return Pasted(
        kind, text.encode(), ("en", "fr"), "en", ("cicopa", "ica"), ("all", "cicopa", "ica", "assemblies")
    )


def found(text: str, kind: Kind = Kind.ORGANISATION) -> list[tuple[str, int, int]]:
    return [(one.code, one.line, one.column) for one in look_through(pasted(text, kind), TODAY).shown]


def event(lines: str, head: str = "name: The Bakery\ncountry: BE\n") -> str:
    return f"{head}events:\n  - id: open-day\n    title: Open day\n    when: 2026-09-12 10:00/17:00\n    {lines}\n"


def test_a_finding_shows_its_line_its_caret_and_its_mend() -> None:
    finding, *notes = look_through(pasted(BAKERY.replace("2026-09-12", "12.9.2026")), TODAY).shown

    assert finding == Finding(
        8,
        11,
        "error",
        "bad-date",
        "“12.9.2026” is a date, which is written year-month-day here, each with its zeros",
        "when: 2026-09-12",
        "    when: 12.9.2026",
        "          ^^^^^^^^^",
    )
    assert [(one.severity, one.code) for one in notes] == [("note", "files-are-not-hidden")]


def test_an_organisation_of_the_site_that_has_the_name_of_the_pasted_one_hides_nothing() -> None:
    """The pasted one stands in its place."""
    text = event("title: Again", head="name: The Bakery\nremoved: [open-day]\n").replace(
        "    title: Again\n", ""
    )
    alone = look_through(replace(pasted(text), organisations=()), TODAY)

    assert [one.code for one in alone.shown] == ["removed-yet-there"]
    assert look_through(replace(pasted(text), organisations=("your-organisation",)), TODAY) == alone


def test_organisations_and_feeds_of_the_site_are_known_and_others_are_not() -> None:
    assert found(event("organisers: [cicopa, {name: Friends}]")) == []
    assert found(event("organisers: [cicopa, cikopa]")) == [("unknown-organisation", 7, 26)]
    assert found("title: Two\nselect: {organisations: [ica, cicopa]}\n", Kind.FEED) == []
    assert found("title: Two\nselect: {organisations: [icaa]}\n", Kind.FEED) == [
        ("unknown-organisation", 2, 26)
    ]
    assert found("title: Old\nclosed: {on: 2026-01-01, see: assemblies}\n", Kind.FEED) == []


@pytest.mark.parametrize(
    "lines",
    [
        "documents: [{label: Agenda, file: files/agenda.pdf}]",
        "image: {file: files/market.jpg, alt: A stall}",
        "visibility: board",
        "tags: [anything]",
        "series: fairs",
    ],
)
def test_what_only_other_files_tell_is_not_held_against_it(lines: str) -> None:
    assert [code for code, _, _ in found(event(lines)) if code != "files-are-not-hidden"] == []


def test_a_named_file_is_still_held_to_what_its_name_tells() -> None:
    assert found(event("documents: [{label: A, file: ../a.pdf}]")) == [("file-outside", 7, 34)]
    assert found(event("documents: [{label: A, file: a.exe}]")) == [("file-kind", 7, 34)]


def test_a_further_file_may_name_what_its_organisation_has() -> None:
    lines = "contact: office\n    where: {city: New York, country: US}"

    assert found(event(lines, head=""), Kind.EVENTS) == []
    assert found("name: The Bakery\n" + event(lines, head=""), Kind.EVENTS) == [("unknown-key", 1, 1)]
    assert [code for code, _, _ in found(event("contact: office"))] == ["unknown-contact"]


def test_clocks_are_held_where_the_file_tells_its_zone() -> None:
    zone = "name: The Bakery\ntimezone: Europe/Brussels\n"
    lost = "name: The Bakery\nevents: [{id: a, title: A, when: 2027-03-28 02:30/04:00}]\n"

    assert found(lost) == []
    assert found(zone + lost.removeprefix("name: The Bakery\n")) == [("no-such-time", 3, 45)]


def test_the_settings_of_a_site_stand_alone() -> None:
    assert found(SITE, Kind.SITE) == []
    assert found(SITE.replace("uid_domain", "uid_domian"), Kind.SITE)[0] == ("unknown-key", 2, 1)


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / "calendars").glob("*.yaml")), ids=lambda path: path.stem
)
def test_files_of_the_repository_are_well_where_the_site_knows_their_neighbours(path: Path) -> None:
    names = tuple(each.name.removesuffix(".yaml") for each in (REPOSITORY / "calendars").iterdir())
    here = Pasted(Kind.ORGANISATION, path.read_bytes(), ("en", "fr", "es"), "en", names)

    assert [one for one in look_through(here, TODAY).shown if one.severity == "error"] == []


SIXTY = REPOSITORY / "tests/golden/check/sixty/source"


@pytest.fixture(scope="module")
def told() -> set[tuple[str, str, int, int]]:
    """Return what ``check`` says of the folder of mistakes."""
    problems = check(SIXTY, datetime.combine(TODAY, time(0), UTC)).problems
    return {(each.position.path, each.code, each.position.line, each.position.column) for each in problems}


def test_each_mistake_of_the_folder_is_found_as_check_finds_it(told: set[tuple[str, str, int, int]]) -> None:
    """But for files that cannot be seen here, and for what depends on settings that are not public."""
    names = tuple(each.stem for each in (SIXTY / "calendars").glob("*.yaml"))
    kinds = {"calendars": Kind.ORGANISATION, "feeds": Kind.FEED}
    missed, added = set(), set()
    for path in sorted(SIXTY.glob("*/*.yaml")):
        where = path.relative_to(SIXTY).as_posix()
        here = Pasted(kinds[path.parent.name], path.read_bytes(), ("en", "fr"), "en", names)
        shown = {(one.code, one.line, one.column) for one in look_through(here, TODAY).shown}
        wanted = {(code, line, column) for at, code, line, column in told if at == where}
        missed |= {code for code, _, _ in wanted - shown}
        added |= {(where, *each) for each in shown - wanted}

    # An event that only the site's time zone makes wrong is looked at further here.
    assert added == {("calendars/57-repeats.yaml", "public-holiday", 28, 9)}
    assert len({code for _, code, _, _ in told} - missed) > 45
    assert missed <= {
        *(
            "no-such-file",
            "unknown-break",
            "unknown-group",
            "unknown-tag",
            "which-zone",
            "no-such-time",
            "twice-that-day",
        ),
        *("wrong-offset", "clocks-change", "bad-id", "reserved-id", "wrong-ending"),
    }


def test_of_many_problems_the_first_are_shown_and_long_words_are_cut() -> None:
    many = look_through(pasted("name: B\n" + "".join(f"key-{number}: x\n" for number in range(500))), TODAY)
    long = look_through(pasted(f"name: B\nemail: {'a' * 9000}\n"), TODAY)

    assert (len(many.shown), many.more) == (MOST, 500 - MOST)
    assert max(len(one.message) for one in long.shown) <= LONGEST
    assert max(len(one.source) for one in long.shown) < 110


@settings(deadline=None, max_examples=sized(150, sample=18))
@given(st.binary(max_size=200) | st.text(max_size=80).map(str.encode), st.sampled_from(Kind))
def test_any_bytes_have_findings_that_go_over_the_wire(content: bytes, kind: Kind) -> None:
    task = Task(Pasted(kind, content, ("en",), "en", ("cicopa",), ("all",)), TODAY)
    findings = look_through(task.pasted, TODAY)

    assert WIRE.loads(Task, WIRE.dumps(Task, task)) == task
    assert WIRE.loads(Findings, WIRE.dumps(Findings, findings)) == findings
    assert all(one.line >= 1 and one.message for one in findings.shown)
