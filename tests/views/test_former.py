"""Addresses of pages whose ids were given up."""

from pathlib import Path

import pytest
from tests.support.trees import NOW, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite, open_site
from coopcal.views.former import FormerAddresses
from coopcal.web import create_app

CONGRESS = """\
name: The Union
formerly: [league, guild]
events:
  - id: congress
    formerly: [meeting, conference]
    title: Congress
    when: 2027-05-01/2027-05-03
    sessions:
      - {id: opening, formerly: [start], title: Opening, when: 2027-05-01 10:00}
  - {id: meeting-2, title: Another, when: 2027-06-01}
  - {id: course, formerly: [lessons], title: Course, when: 2027-01-05 19:00/21:00, repeats: {every: week, count: 3}}
"""
FEED = "title: All of it\nformerly: [everything]\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a compiled site whose ids have changed."""
    root = lay(
        tmp_path_factory.mktemp("former"), {"calendars/union.yaml": CONGRESS, "feeds/whole.yaml": FEED}
    )
    compiled(root)
    return root


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ("/organisations/guild/", "/organisations/union/"),
        ("/events/union/meeting/", "/events/union/congress/"),
        ("/events/league/conference/start/", "/events/union/congress/opening/"),
        ("/events/union/congress/start/", "/events/union/congress/opening/"),
        ("/events/guild/lessons/2027-01-12/", "/events/union/course/2027-01-12/"),
        ("/events/guild/congress/event.ics", "/events/union/congress/event.ics"),
        ("/feeds/everything/", "/feeds/whole/"),
        ("/feeds/guild/", "/feeds/union/"),
        ("/events/union/congress/", None),
        ("/events/union/never/", None),
        ("/events/", None),
        ("/", None),
    ],
)
def test_a_former_address_leads_to_the_one_of_now(root: Path, former: str, now: str | None) -> None:
    """Of organisations, feeds, events, sessions and dates, however many of them have changed."""
    assert FormerAddresses(open_site(root / "_site")).now(former) == now


def test_pages_lead_on_in_their_language_and_with_their_query(root: Path) -> None:
    """308; what is at the end of it is there."""
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))
    answer = client.get("/fr/feeds/everything/?past=no")

    assert (answer.status_code, answer.headers["Location"]) == (308, "/fr/feeds/whole/?past=no")
    assert client.get("/events/guild/lessons/2027-01-12/", follow_redirects=True).status_code == 200
    assert client.get("/events/guild/nothing/", follow_redirects=True).status_code == 404


def test_what_was_removed_is_gone(tmp_path: Path) -> None:
    """410, below it, too: search engines forget it, and people are told that it was there."""
    body = "name: The Union\nevents: [{id: fair, title: Fair, when: 2027-05-01}]\n"
    root = lay(tmp_path, {"calendars/union.yaml": body})
    compiled(root)
    lay(root, {"calendars/union.yaml": "name: The Union\nremoved: [fair]\n"})
    compiled(root)
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))

    assert [client.get(f"/events/union/fair/{below}").status_code for below in ("", "day/")] == [410, 410]
    assert client.get("/events/union/other/").status_code == 404
