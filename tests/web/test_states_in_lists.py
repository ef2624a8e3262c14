"""Every list that people read tells what sets a date apart in words, and, where several organisations' events stand, whose it is."""

from collections.abc import Mapping
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from lxml import html
from tests.support.trees import NOW, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite, open_site
from coopcal.views.agenda import Agenda
from coopcal.web import create_app

STATES = {
    "cancelled": "status: cancelled, reason: The hall is flooded",
    "postponed": "status: postponed",
    "tentative": "status: tentative",
    "moved": "moved_from: 2026-06-02 10:00",
    "full": "registration: {full: true}",
    "waiting": "registration: {full: true, waiting_list: true}",
    "free": "registration: {price: {en: Free, fr: entrée libre}}",
    "hours": "hours: 10:00/18:00",
    "time": "",
}
CLOCKS = {"hours": "", "time": " ??:??"}
"""What stands behind the day of each, where it is no time of the day."""
SAID = {
    "en": {
        "cancelled": "Cancelled", "postponed": "Postponed", "tentative": "To be confirmed",
        "moved": "Moved from Tuesday 2 June 2026", "full": "Fully booked", "waiting": "Fully booked; there is a waiting list",
        "free": "Free of charge", "hours": "Opening hours: 10:00–18:00", "time": "The time is not known yet",
    },
    "fr": {
        "cancelled": "Annulé", "postponed": "Reporté", "tentative": "À confirmer", "moved": "Déplacé ; initialement prévu : mardi 2 juin 2026",
        "full": "Complet", "waiting": "Complet ; il y a une liste d’attente", "free": "Gratuit", "hours": "10:00–18:00", "time": "L’heure n’est pas encore connue",
    },
}  # fmt: skip
SHORT = {
    "en": {"moved": "Moved", "waiting": "Fully booked", "time": "Time to follow"},
    "fr": {"moved": "Déplacé", "waiting": "Complet", "time": "Heure à préciser"},
}
"""What stands where there is little room."""

EVENT = "//li[contains(concat(' ', @class, ' '), ' event ')]"

LISTS = {
    "/": EVENT, "/feeds/all/": EVENT, "/organisations/bakery/": EVENT, "/feeds/bakery/": EVENT, "/search/?q=thing&when=all": EVENT,
    "/feeds/all/2026-06/": "//td//li", "/feeds/all/2026-W25/": "//ol[@class='week']//li//li", "/feeds/all/2026-06/sheet/": "//ul[@class='sheet-list']/li", "/feeds/all/poster/": "//ul[@class='poster-dates']/li",
}  # fmt: skip
BRIEF = ("/feeds/all/2026-06/",)
BOUNDED = ("/", "/feeds/all/poster/")
"""What shows the next dates alone."""


def files(first: date) -> dict[str, str]:
    """Return a tree in which something is on, in each of the states, and plainly, on four days from one on; of two organisations."""
    days = [first + timedelta(days=number % 4) for number in range(len(STATES))]
    events = "".join(
        f'  - {{id: {name}, title: Thing {name}, when: "{day}{CLOCKS.get(name, " 14:00/15:00")}", {written}}}\n'
        for (name, written), day in zip(STATES.items(), days, strict=True)
    )
    plain = f"  - {{id: plain, title: Thing plain, when: {first} 16:00/17:00}}\n"
    both = f"  - {{id: both, title: Thing both, when: {first} 18:00/19:00, organisers: [bakery, mill]}}\n"
    mill = f"name: The Mill\nevents:\n  - {{id: grain, title: Grain, when: {first} 20:00}}\n"
    return {
        "calendars/bakery.yaml": f"name: The Bakery\ncountry: BE\nevents:\n{events}{plain}{both}",
        "calendars/mill.yaml": mill,
    }


def reader(root: Path, day: date) -> Client:
    compiled(lay(root, files(day)))
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW))


@pytest.fixture(scope="module")
def coming(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """Return a reader of a site in which all that is coming."""
    return reader(tmp_path_factory.mktemp("coming"), date(2026, 6, 16))


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """Return a reader of a site in which all that is over."""
    return reader(tmp_path_factory.mktemp("over"), date(2026, 5, 19))


def listed(client: Client, address: str, items: str) -> Mapping[str, str]:
    """Return what each item of a list says of what stands in its title behind ``Thing``."""
    tree = html.fromstring(client.get(address).text)
    texts = [" ".join(each.text_content().split()) for each in tree.xpath(items)]
    return {name: text for text in texts for name in (*STATES, "plain", "both") if f"Thing {name}" in text}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("address", LISTS)
def test_each_state_is_told_in_words_in_each_list(coming: Client, address: str, language: str) -> None:
    prefix = "" if language == "en" else f"/{language}"
    found = listed(coming, prefix + address, LISTS[address])
    shown = [*found] if address in BOUNDED else [*STATES, "plain", "both"]
    said = SAID[language] | (SHORT[language] if address in BRIEF else {})

    assert len(shown) >= 5
    for name in shown:
        others = (
            set(said.values()) - {said.get(name, "")} - {SHORT[language]["waiting"], SHORT[language]["moved"]}
        )
        if address in BRIEF and name == "hours":
            assert said[name] not in found[name]
        else:
            assert said.get(name, "") in found[name]
        assert not [words for words in others if words in found[name]], name


@pytest.mark.parametrize(
    "address", ["/feeds/all/archive/", "/feeds/all/archive/2026/", "/search/?q=thing&when=past"]
)
def test_what_is_over_keeps_its_state(over: Client, address: str) -> None:
    """But for its time, which will not be known any more."""
    found = listed(over, address, EVENT)

    assert found.keys() == {*STATES, "plain", "both"}
    assert all((words in found[name]) == (name != "time") for name, words in SAID["en"].items())


@pytest.mark.parametrize("address", ["/feeds/all/", "/organisations/bakery/"])
def test_a_list_gives_the_reason(coming: Client, address: str) -> None:
    assert "The hall is flooded" in listed(coming, address, EVENT)["cancelled"]


@pytest.mark.parametrize("address", LISTS)
def test_lists_of_several_organisations_tell_whose_each_is(coming: Client, address: str) -> None:
    """That of one tells what is of others, too."""
    found = listed(coming, address, LISTS[address])
    of_one = "bakery" in address

    assert all(("The Bakery" in found[name]) != of_one for name in ("plain", "cancelled") if name in found)
    assert "both" not in found or "The Bakery, The Mill" in found["both"]


def test_the_owner_of_a_list_goes_without_saying(tmp_path: Path) -> None:
    """Also that of everything, where there is but one."""
    alone = "name: The Bakery\nevents:\n  - {id: one, title: One, when: 2026-07-01}\n"
    outsider = "  - {id: two, title: Two, when: 2026-07-02, organisers: [{name: Friends}]}\n"
    owners = []
    for number, text in enumerate((alone, alone + outsider)):
        root = lay(tmp_path / str(number), {"calendars/bakery.yaml": text})
        compiled(root)
        known = Agenda(open_site(root / "_site"))
        owners.append((known.owner("all"), known.owner("bakery")))

    assert owners == [("bakery", "bakery"), ("", "bakery")]


ITEMS = {
    "txt": "\n\n", "md": "\n- ", "atom": "<entry", "rss": "<item>", "upcoming.rss": "<item>", "json": '{"uid"', "csv": "\r\n", "jcal": '["vevent"',
}  # fmt: skip
"""What stands before each date, by format."""
WRITTEN = {
    "json": {
        "cancelled": '"status":"cancelled"', "postponed": '"status":"postponed"', "tentative": '"status":"tentative"', "moved": "Tuesday 2 June 2026",
        "full": '"full":true', "waiting": '"waiting_list":true', "free": '"price":"Free"', "hours": '"hours":"10:00–18:00"', "time": '"kind":"day"',
    },
    "csv": {"cancelled": ",cancelled,", "postponed": ",postponed,", "tentative": ",tentative,", "moved": "Tuesday 2 June 2026", "hours": "10:00–18:00", "time": ",day,"},
    "jcal": {name: said for name, said in SAID["en"].items() if name != "moved"} | {"free": "Price: Free"},
}  # fmt: skip
"""How formats for programs write it: tables have no place for bookings and prices; calendars tell at the old date what was moved."""


@pytest.mark.parametrize("ending", ITEMS)
def test_each_state_is_told_in_each_format(coming: Client, ending: str) -> None:
    """With the reason why a date is off."""
    text = unescape(coming.get(f"/feeds/bakery.en.{ending}").text)
    items = text.split(ITEMS[ending])
    found = {
        name: next(each for each in reversed(items) if f"Thing {name}" in each) for name in (*STATES, "plain")
    }

    for name, said in WRITTEN.get(ending, SAID["en"]).items():
        assert said in found[name]
        assert said not in found["plain"]
    assert "The hall is flooded" in found["cancelled"]


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_how_a_series_recurs_stands_at_no_date_that_is_otherwise(tmp_path: Path, ending: str) -> None:
    """What is moved says from when and why, and what is off why."""
    changes = "{2026-06-16: {when: 20:00/21:00, moved_from: 2026-06-16 10:00, reason: Heat}, 2026-06-23: {status: cancelled, reason: Strike}}"
    events = f"  - {{id: baking, title: Baking, when: 2026-06-16 10:00/12:00, repeats: {{every: week, count: 4, changes: {changes}}}}}\n"
    compiled(lay(tmp_path, {"calendars/bakery.yaml": f"name: The Bakery\nevents:\n{events}"}))
    client = Client(create_app(LiveSite(tmp_path / "_site"), lambda: NOW))
    items = client.get(f"/feeds/bakery.en.{ending}").text.split(ITEMS[ending])
    moved, off, usual, last = (each for each in items if "Baking" in each)

    assert "Moved from Tuesday 16 June 2026, 10:00" in moved
    assert "Heat" in moved
    assert "Strike" in off
    assert ["Every Tuesday" in each for each in (moved, off, usual, last)] == [False, False, True, False]


@pytest.mark.parametrize("path", ["/", "/search/?q=evening"])
@pytest.mark.parametrize("name", ["cancelled", "postponed", "tentative", "full", "waiting"])
def test_folded_dates_tell_what_sets_them_apart(tmp_path: Path, path: str, name: str) -> None:
    """Behind the next date of a series, where one of them is not as the others are."""
    series = (
        "  - {id: evening, title: Evening, when: 2026-07-06 19:00/21:00, registration: {price: Free}, "
        f"repeats: {{every: week, count: 4, changes: {{2026-07-20: {{{STATES[name]}}}}}}}}}\n"
    )
    root = lay(tmp_path, {"calendars/bakery.yaml": f"name: The Bakery\ncountry: BE\nevents:\n{series}"})
    compiled(root)
    page = html.fromstring(Client(create_app(LiveSite(root / "_site"), lambda: NOW)).get(path).text)
    told = [" ".join(each.text_content().split()) for each in page.xpath("//details[@class='dates']//li")]

    assert told == ["Mon, 13 Jul 2026", f"Mon, 20 Jul 2026 {SAID['en'][name]}", "Mon, 27 Jul 2026"]


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("moved", "{when: 2026-07-07 19:00/21:00}", "Moved"),
        ("full", "{registration: {full: true}}", "Fully booked"),
        ("tentative", "{status: tentative}", "To be confirmed"),
        ("time", '{when: "2026-07-06 ??:??"}', "Time to follow"),
    ],
)
def test_what_comes_next_says_what_sets_it_apart(tmp_path: Path, name: str, change: str, words: str) -> None:
    """On the first page, on that of the event, and on that of the date behind it."""
    series = f"  - {{id: evening, title: Evening, when: 2026-07-06 19:00/21:00, repeats: {{every: week, count: 4, changes: {{2026-07-06: {change}}}}}}}\n"
    compiled(lay(tmp_path, {"calendars/bakery.yaml": f"name: The Bakery\ncountry: BE\nevents:\n{series}"}))
    client = Client(create_app(LiveSite(tmp_path / "_site"), lambda: NOW))
    where = {
        "/": "//section[@aria-labelledby='organisations']//p[@class='small']",
        "/events/bakery/evening/": "//p[@class='event-next']",
        "/events/bakery/evening/2026-07-13/": "//nav[@class='turning']//li[@class='prev']",
    }

    for address, place in where.items():
        tree = html.fromstring(client.get(address).text)
        states = tree.xpath(f"{place}/span[contains(@class, 'state')][contains(@class, '{name}')]")
        assert len(states) == 1, address
        said = states[0].text_content()
        assert said.startswith(words) or (address.endswith("/evening/") and said == SAID["en"][name])
    assert len(tree.xpath("//nav[@class='turning']//span[contains(@class, 'state')]")) == 1
