"""Text that runs from the right, and signs that turn the direction of text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.trees import BAKERY, NOW, SITE, compiled, lay
from tests.test_unseen_characters import left_open
from werkzeug.test import Client

from coopcal.compile.pipeline import check
from coopcal.model.text_direction import closed, runs_otherwise
from coopcal.site.reader import LiveSite
from coopcal.web import create_app

SIGNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(text=st.text(st.sampled_from(f"{SIGNS}ab \nאب")))
def test_whatever_is_written_ends_with_its_line(text: str) -> None:
    """Only signs of direction come and go; what is closed stays as it is."""
    made = closed(text)

    assert left_open(made.replace("\n", "\r\n")) == []
    assert closed(made) == made
    assert made.translate(dict.fromkeys(map(ord, SIGNS))) == text.translate(dict.fromkeys(map(ord, SIGNS)))
    assert len(made.split("\n")) == len(text.split("\n"))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a\u202eb", "a\u202eb\u202c"),
        ("a\u202eb\u202cc", "a\u202eb\u202cc"),
        ("a\u202cb\u2069c", "abc"),
        ("\u2067a\u202eb\u2069c", "\u2067a\u202eb\u202c\u2069c"),
        ("\u2067a\nb", "\u2067a\u2069\nb"),
        ("\u202ea\u2066b\u202cc", "\u202ea\u2066bc\u2069\u202c"),
    ],
)
def test_signs_are_closed_or_left_out(written: str, expected: str) -> None:
    assert closed(written) == expected


@pytest.mark.parametrize(
    ("text", "around", "expected"),
    [
        ("Bread", "ltr", False),
        ("Été 2026", "ltr", False),
        ("מאפייה", "ltr", True),
        ("Bread مخبز", "ltr", True),
        ("a\u202eb\u202c", "ltr", True),
        ("Bread", "rtl", True),
        ("مخبز", "rtl", False),
        ("مخبز 2026", "rtl", True),
    ],
)
def test_what_may_run_otherwise_is_known(text: str, around: str, expected: object) -> None:
    assert runs_otherwise(text, around) is expected


def test_names_that_run_from_the_right_stand_apart_on_pages(tmp_path: Path) -> None:
    """They turn nothing beside them, such as a date or a mark; others are written as ever."""
    title = "יריד (א)"
    compiled(
        lay(
            tmp_path,
            {
                "calendars/bakery.yaml": BAKERY.replace("fr: Portes ouvertes", f'fr: "{title}"'),
                "calendars/mill.yaml": "name: المطحنة\ncountry: BE\n",
            },
        )
    )
    client = Client(create_app(LiveSite(tmp_path / "_site"), lambda: NOW))

    for address in (
        "/fr/",
        "/fr/feeds/bakery/",
        "/fr/events/bakery/open-day/",
        "/fr/feeds/all/2026-09/",
        "/fr/search/?q=יריד",
        "/embed/bakery/list.fr/",
        "/fr/feeds/all/poster/",
    ):
        assert f"<bdi>{title}</bdi>" in client.get(address).text, address
    assert '<bdi lang="en">المطحنة</bdi>' in client.get("/fr/organisations/mill/").text
    assert "bdi" not in client.get("/feeds/bakery/").text


def test_a_sign_that_is_not_closed_is_told(tmp_path: Path) -> None:
    """It is closed for the reader; the writer sees where it stands."""
    lay(tmp_path, {"calendars/bakery.yaml": 'name: "The \\u202eBakery"\ncountry: BE\n', "coopcal.yaml": SITE})

    assert [
        (each.position.line, each.severity.value)
        for each in check(tmp_path, NOW).problems
        if each.code == "open-direction"
    ] == [(1, "warning")]
