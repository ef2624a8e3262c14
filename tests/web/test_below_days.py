"""Below the heading of a day, a date says what is left to say: its time, until when it is, or which day of it this is; never the day again."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import html
from tests.support.trees import compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite, open_site
from coopcal.text import dates
from coopcal.views.agenda import Agenda
from coopcal.web import create_app

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
LANGUAGES = ("en", "de", "fr", "es", "it", "pt")
EVENTS = {
    "camp": "2026-12-03 10:00/2026-12-05 16:00",
    "day": "2026-12-02",
    "due": "until 2026-12-02 12:00",
    "fair": "2026-11-28/2026-12-02",
    "hike": "2026-12-04/2026-12-06",
    "late": "2026-12-02 22:00/2026-12-03 01:00",
    "long": "2026-11-01/2026-12-31",
    "none": "2026-12-02 ??:??",
    "open": "2026-12-03 20:00",
    "time": "2026-12-02 10:00/11:30",
}
WEEK = {
    "2026-11-30": {"fair": "Day 3 of 5", "long": "(continues)"},
    "2026-12-01": {"fair": "Day 4 of 5", "long": "(continues)"},
    "2026-12-02": {
        "day": "", "due": "by 12:00", "fair": "Day 5 of 5", "late": "22:00–01:00", "long": "(continues)", "none": "The time is not known yet", "time": "10:00–11:30",
    },
    "2026-12-03": {"camp": "10:00 – Saturday 5 December 2026, 16:00 Day 1 of 3", "late": "until 01:00 (continues)", "long": "(continues)", "open": "20:00"},
    "2026-12-04": {"camp": "Day 2 of 3", "hike": "until Sunday 6 December 2026 Day 1 of 3", "long": "(continues)"},
    "2026-12-05": {"camp": "until 16:00 Day 3 of 3", "hike": "Day 2 of 3", "long": "(continues)"},
    "2026-12-06": {"hike": "Day 3 of 3", "long": "(continues)"},
}  # fmt: skip
BY_DAY = {
    "On now": {"fair": "Saturday 28 November 2026 – Wednesday 2 December 2026", "long": "Sunday 1 November 2026 – Thursday 31 December 2026"},
    "2026-12-02": {"day": "", "due": "by 12:00", "late": "22:00–01:00", "none": "The time is not known yet", "time": "10:00–11:30"},
    "2026-12-03": {"camp": "10:00 – Saturday 5 December 2026, 16:00", "open": "20:00"},
    "2026-12-04": {"hike": "until Sunday 6 December 2026"},
}  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a compiled tree of one of each kind."""
    events = "".join(
        f'  - {{id: {name}, title: "*{name}*", when: "{when}"}}\n' for name, when in EVENTS.items()
    )
    tree = lay(
        tmp_path_factory.mktemp("below-days"),
        {
            "coopcal.yaml": f"title: T\nuid_domain: example.coop\nlanguages: [{', '.join(LANGUAGES)}]\ntimezone: Europe/Brussels\n",
            "calendars/bakery.yaml": f"name: The Bakery\ncountry: BE\nevents:\n{events}",
        },
    )
    assert compiled(tree, NOW).published
    return tree


@pytest.fixture(scope="module")
def client(root: Path) -> Client:
    """Return a reader of the site."""
    return Client(create_app(LiveSite(root / "_site"), clock=lambda: NOW))


def said(item: html.HtmlElement) -> tuple[str, str]:
    """Return the name of an event, and what an item says beside that."""
    for quiet in item.xpath(".//*[contains(@class, 'hidden')]"):
        quiet.drop_tree()
    before, name, behind = " ".join(item.text_content().split()).split("*")
    return name, f"{before.strip()} {behind.strip()}".strip()


def test_a_week_tells_which_day_of_it_this_is(client: Client) -> None:
    """Of what lasts a night or for weeks it says that it goes on."""
    tree = html.fromstring(client.get("/feeds/bakery/2026-W49/").text)
    days = {
        day.get("data-day"): dict(map(said, day.xpath(".//ul/li")))
        for day in tree.xpath("//ol[@class='week']/li")
    }

    assert days == WEEK


def test_lists_by_day_say_no_day_twice(client: Client) -> None:
    """What began before today stands above all else, with its days."""
    tree = html.fromstring(client.get("/embed/bakery/agenda.en.html").text)
    days = {
        "".join(heading.xpath("time/@datetime")) or heading.text_content(): dict(
            map(said, heading.getnext().xpath("li"))
        )
        for heading in tree.xpath("//*[contains(@class, 'coopcal-day')]")
    }

    assert days == BY_DAY
    assert next(iter(days)) == "On now"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_below_a_day_name_it(root: Path, language: str) -> None:
    """In each language, below each day of each event."""
    every = Agenda(open_site(root / "_site")).of_feed("bakery")
    days = [
        (one, date.fromordinal(day))
        for one in every
        for day in range(one.first.toordinal(), one.last.toordinal() + 1)
    ]

    assert len(days) > 70
    for one, day in days:
        words = one.words_below_day(language, "Europe/Brussels", day)
        assert dates.day(day, language) not in words
        assert bool(words) == (
            (one.details.kind in ("timed", "deadline") and day in (one.first, one.last))
            or one.first == day != one.last
        )


@pytest.mark.parametrize(
    "address",
    [
        "/feeds/bakery/2026-12/",
        "/feeds/bakery/2026-12/sheet/",
        "/embed/bakery/month.en.html",
        "/embed/bakery/week.en.html",
    ],
)
def test_where_there_is_little_room_days_are_counted_too(client: Client, address: str) -> None:
    text = client.get(address).text

    assert "Day 3 of 3" in text
    assert "Time to follow" in text or "The time is not known yet" in text
    assert "(continues)" in text
