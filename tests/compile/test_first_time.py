"""The first time that a site is published: told by its own address, and by nothing that only may be empty."""

from pathlib import Path

import pytest
from tests.support.trees import NOW, SITE, lay
from tests.support.web import serving

from coopcal.compile.outcome import Outcome
from coopcal.compile.pipeline import compile_site
from coopcal.model.problem import Severity


def first_compile(root: Path, address: str, seen_at: str) -> Outcome:
    """Compile a site that says where it is published, and at which address members see it."""
    settings = SITE.replace("https://calendars.example.coop", seen_at)
    lay(root, {"coopcal.yaml": f"{settings}published: {address}\n"})
    return compile_site(root, root / "_site", NOW)


@pytest.mark.parametrize("ending", ["", "/"])
def test_where_nothing_is_at_the_address_that_members_see_it_is_the_first_time(
    tmp_path: Path, ending: str
) -> None:
    with serving({}) as web:
        made = first_compile(tmp_path, f"{web.root}/calendar{ending}", f"{web.root}/calendar")

    assert made.published
    assert [(each.code, each.severity) for each in made.problems if each.code == "no-previous-site"] == [
        ("no-previous-site", Severity.NOTE)
    ]
    assert web.asked == [("GET", "/calendar/site.json"), ("GET", "/calendar/")]


def test_what_was_published_is_not_read_from_a_cache(tmp_path: Path) -> None:
    """Which may still have the site before the last one, so that stamps would be taken back."""
    with serving({}) as web:
        first_compile(tmp_path, web.root, web.root)

    assert web.caching == {"no-cache"}


@pytest.mark.parametrize(
    "answers",
    [
        {"/calendar/site.json": (500, ""), "/calendar/": (404, "")},
        {"/calendar/site.json": (503, ""), "/calendar/": (503, "")},
        {"/calendar/site.json": (403, ""), "/calendar/": (404, "")},
        {"/calendar/site.json": (0, ""), "/calendar/": (404, "")},
        {"/calendar/site.json": (404, ""), "/calendar/": (200, "")},
        {"/calendar/site.json": (404, ""), "/calendar/": (500, "")},
        {"/calendar/site.json": (404, ""), "/calendar/": (0, "")},
    ],
)
def test_what_cannot_be_read_or_has_lost_its_memory_is_never_begun_anew(
    tmp_path: Path, answers: dict[str, tuple[int, str]]
) -> None:
    with serving(answers) as web:
        made = first_compile(tmp_path, f"{web.root}/calendar", f"{web.root}/calendar")

    assert not made.published


def test_another_address_that_is_empty_may_be_mistyped(tmp_path: Path) -> None:
    with serving({}) as web:
        made = first_compile(tmp_path, f"{web.root}/calender", f"{web.root}/calendar")

    assert not made.published
    assert web.asked == [("GET", "/calender/site.json")]


def test_a_site_before_that_is_named_in_the_call_is_there_or_it_stops(tmp_path: Path) -> None:
    with serving({}) as web:
        lay(tmp_path, {"coopcal.yaml": SITE.replace("https://calendars.example.coop", web.root)})
        made = compile_site(tmp_path, tmp_path / "_site", NOW, previous=web.root)

    assert not made.published
