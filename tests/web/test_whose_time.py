"""Every list, page and format says whose time it is, where that could be doubted."""

import csv
import io
import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from tests.support.trees import compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.text.dates import timezone_name
from coopcal.web import create_app

NOW = datetime(2026, 6, 10, 12, 30, tzinfo=UTC)
LANGUAGES = ("en", "fr", "de", "es", "it", "pt")
SITE = f"""\
title: Sites
base_url: https://calendars.example.coop
uid_domain: calendars.example.coop
timezone: Europe/Brussels
languages: [{", ".join(LANGUAGES)}]
"""
TOKYO = "timezone: Asia/Tokyo"
MOVED = "{2026-06-16: {when: 2026-06-16 11:00/12:00}}"
DOUBTED = {
    "elsewhere": (f"when: 2026-06-16 09:00/10:00, {TOKYO}", "Asia/Tokyo"),
    "without an end": (f"when: 2026-06-16 09:00, {TOKYO}", "Asia/Tokyo"),
    "over midnight": (f"when: 2026-06-16 22:00/2026-06-17 01:00, {TOKYO}", "Asia/Tokyo"),
    "until midnight": ("when: 2026-06-16 20:00/2026-06-17 00:00, timezone: America/New_York", "America/New_York"),
    "deadline": (f"when: until 2026-06-16 12:00, {TOKYO}", "Asia/Tokyo"),
    "weekly": (f"when: 2026-06-16 09:00/10:00, repeats: {{every: week, count: 3}}, {TOKYO}", "Asia/Tokyo"),
    "a date moved": (
        f"when: 2026-06-09 09:00/10:00, {TOKYO}, repeats: {{every: week, count: 2, changes: {MOVED}}}",
        "Asia/Tokyo",
    ),
    "a list": (f"when: [2026-06-16 09:00/10:00, 2026-06-18 09:00/10:00], {TOKYO}", "Asia/Tokyo"),
    "cancelled": (f"when: 2026-06-16 09:00/10:00, status: cancelled, {TOKYO}", "Asia/Tokyo"),
    "by its country": ("when: 2026-06-16 09:00/10:00, where: {city: Kyoto, country: JP}", "Asia/Tokyo"),
    "online": ("when: 2026-06-16 09:00/10:00, online: 'https://meet.example.org/'", "Europe/Brussels"),
    "online for members": (
        "when: 2026-06-16 09:00/10:00, online: {url: 'https://meet.example.org/', for: members}",
        "Europe/Brussels",
    ),
    "deadline online": ("when: until 2026-06-16 12:00, online: 'https://meet.example.org/'", "Europe/Brussels"),
}  # fmt: skip
CLEAR = {
    "at home": ("when: 2026-06-16 09:00/10:00", "Europe/Brussels"),
    "where clocks show the same": ("when: 2026-06-16 09:00/10:00, timezone: Europe/Paris", "Europe/Paris"),
    "whole days": (f"when: 2026-06-16/2026-06-17, {TOKYO}", "Asia/Tokyo"),
    "day": ("when: '2026-06-16 ??:??', where: {city: Kyoto, country: JP}", "Asia/Tokyo"),
    "month": ("when: 2026-06, where: {city: Kyoto, country: JP}", "Asia/Tokyo"),
    "whole day online": ("when: 2026-06-16, online: 'https://meet.example.org/'", "Europe/Brussels"),
}
FORMATS = [f"/feeds/{feed}.{{0}}.{ending}" for feed in ("all", "bakery") for ending in ("txt", "md", "csv", "atom", "rss", "upcoming.rss", "json")]  # fmt: skip
EMBEDS = [
    f"/embed/bakery/{view}.{{0}}{end}" for view in ("list", "agenda", "next-event") for end in ("/", ".html")
]
PAGES = [
    "/", "/search/?q=Evening", "/builder/", "/organisations/bakery/", "/feeds/bakery/", "/feeds/all/2026-06/",
    "/feeds/bakery/2026-W25/", "/feeds/bakery/2026-06/sheet/", "/feeds/all/poster/",
]  # fmt: skip


def reader_of(root: Path, keys: str, organisation: str = "name: The Bakery\ncountry: BE") -> Client:
    """Return a client of a site with one event."""
    body = f"{organisation}\nevents:\n  - {{id: evening, title: Evening, {keys}}}\n"
    lay(root, {"coopcal.yaml": SITE, "calendars/bakery.yaml": body})
    compiled(root)
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW))


def said(reader: Client, address: str) -> str:
    answer = reader.get(address)
    assert answer.status_code == 200, address
    assert "Evening" in answer.text or "W25" in address, address
    return unescape(unescape(HIDDEN.sub("", answer.text))).replace("\\", "")


HIDDEN = re.compile(r'<p class="[^"]*" data-all-in="[^"]*" hidden>[^<]*</p>')
ABOVE = re.compile(r'<p class="(?:all-in|coopcal-zone)" data-all-in="[^"]*">([^<]*)</p>')
"""Whose time all of a list is, told above it: to those alone whose clocks are others, or to everybody."""


def tells(text: str, zone: str) -> bool:
    """Return whether a zone is told behind a time, or once above all times of a month, a week or a sheet."""
    return f" ({zone})" in text or any(above.endswith(f" {zone}") for above in ABOVE.findall(text))


def addresses(language: str) -> list[str]:
    prefix = "" if language == LANGUAGES[0] else f"/{language}"
    return [each.format(language) for each in (*FORMATS, *EMBEDS)] + [f"{prefix}{each}" for each in PAGES]


@pytest.mark.sweep(cases=3)
@pytest.mark.parametrize("kind", DOUBTED)
def test_what_could_be_doubted_is_said_everywhere(kind: str, tmp_path: Path) -> None:
    keys, zone = DOUBTED[kind]
    reader = reader_of(tmp_path, keys)
    silent = [
        address
        for language in LANGUAGES
        for address in addresses(language)
        if not tells(said(reader, address), timezone_name(zone, language))
    ]

    assert silent == []


@pytest.mark.sweep(cases=2)
@pytest.mark.parametrize("kind", CLEAR)
def test_what_is_clear_is_not_said(kind: str, tmp_path: Path) -> None:
    keys, zone = CLEAR[kind]
    reader = reader_of(tmp_path, keys)
    talkative = [
        address
        for language in LANGUAGES
        for address in addresses(language)
        if timezone_name(zone, language) in said(reader, address)
    ]

    assert talkative == []


@pytest.mark.sweep(cases=2)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_at_home_elsewhere_is_doubted_beside_others_alone(language: str, tmp_path: Path) -> None:
    """An organisation in Tokyo tells its members the time of Tokyo; in a calendar of Brussels, whose that is."""
    reader = reader_of(tmp_path, "when: 2026-06-16 09:00/10:00", f"name: The Bakery\ncountry: JP\n{TOKYO}")
    zone = timezone_name("Asia/Tokyo", language)
    shown = {address: tells(said(reader, address), zone) for address in addresses(language)}

    assert {address for address, told in shown.items() if told} == {
        address for address in shown if "bakery" not in address
    }


@pytest.mark.parametrize("kind", [*DOUBTED, *CLEAR])
def test_the_page_of_an_event_says_its_zone_once(kind: str, tmp_path: Path) -> None:
    """And so do its copies, in words."""
    keys, zone = (DOUBTED | CLEAR)[kind]
    reader = reader_of(tmp_path, keys)
    text = said(reader, "/events/bakery/evening/")
    facts = text.partition('<dl class="facts">')[2].partition("</dd>")[0]
    links = [unquote_plus(each) for each in text.split('"') if "calendar.google.com" in each]

    has_time = kind in DOUBTED or kind in ("at home", "where clocks show the same")
    assert facts.count(timezone_name(zone, "en")) == has_time
    assert all((f"({timezone_name(zone, 'en')})" in each) == (kind in DOUBTED) for each in links)


def test_a_spreadsheet_has_ends_after_starts_and_zones(tmp_path: Path) -> None:
    """An end at midnight is that of the day after; an end that is not known is none."""
    rows = {
        kind: next(csv.DictReader(io.StringIO(
            reader_of(tmp_path / str(number), keys).get("/feeds/all.csv").data.decode("utf-8-sig"))))
        for number, (kind, (keys, _)) in enumerate((DOUBTED | CLEAR).items())
    }  # fmt: skip
    times = {
        kind: [row[name] for name in ("first_day", "start", "last_day", "end", "timezone")]
        for kind, row in rows.items()
    }

    assert times["until midnight"] == ["2026-06-16", "20:00", "2026-06-17", "00:00", "America/New_York"]
    assert times["over midnight"] == ["2026-06-16", "22:00", "2026-06-17", "01:00", "Asia/Tokyo"]
    assert times["without an end"] == ["2026-06-16", "09:00", "2026-06-16", "", "Asia/Tokyo"]
    assert times["deadline"] == ["2026-06-16", "", "2026-06-16", "12:00", "Asia/Tokyo"]
    assert times["whole days"] == ["2026-06-16", "", "2026-06-17", "", ""]
    assert times["month"] == ["2026-06-01", "", "2026-06-30", "", ""]
    for first, start, last, end, zone in times.values():
        assert (first, start) < (last, end) or not (start and end)
        assert bool(zone) == bool(start or end)


def test_what_changed_says_whose_time_it_is(tmp_path: Path) -> None:
    """To readers of a calendar of Brussels; what is at home needs no zone."""
    for keys, zone in (
        (f"when: 2026-06-16 09:00/10:00, {TOKYO}", "Japan Time"),
        ("when: 2026-06-16 09:00/10:00", ""),
    ):
        root = tmp_path / (zone or "home")
        reader_of(root, keys)
        reader = reader_of(root, keys.replace("09:00/10:00", "11:00/12:00"))
        told = reader.get("/feeds/all/changes.atom").text

        for hours in ("09:00–10:00", "11:00–12:00"):
            assert f"Tuesday 16 June 2026, {hours}{f' ({zone})' if zone else ''} to" in told or (
                f"to Tuesday 16 June 2026, {hours}{f' ({zone})' if zone else ''}<" in told
            )
