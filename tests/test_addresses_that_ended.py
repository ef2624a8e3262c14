"""Every kind of address in every state: what a server answers, and what stands among published files.

The table is the specification. A cell says what an answer is, and what is shown:

* ``here``: 200, with what belongs there; ``=x``: 200, with the very bytes that stand at the address x now;
* ``told``: 200, and one entry that says where to go; ``to x``: 308 to the address x;
* ``gone``: 410, and where to go; ``none``: 404, and nothing of what was there.

What is published says the same in files: ``file`` is one with the bytes that the server sends, ``leads`` a page that leads on
by itself, ``-`` no file, so that the host answers 404.
"""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support.openings import put_openings
from tests.support.trees import compiled, lay
from werkzeug.test import Client, TestResponse

from coopcal.publish.aside import Aside
from coopcal.publish.rendering import render_all
from coopcal.site.reader import LiveSite
from coopcal.site.tokens import Opening
from coopcal.web import create_app

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
SITE = """\
title: Example
uid_domain: example.coop
base_url: https://calendars.example.coop
languages: [en, fr]
timezone: Europe/Brussels
groups: [board]
"""
EVENT = "title: {title}, when: 2026-09-12, tags: [market], documents: [{{label: Plan, file: files/{file}/plan.txt}}]"
BEFORE = {
    "coopcal.yaml": SITE,
    "calendars/bakery.yaml": "name: Bakery\ncountry: BE\nevents:\n"
    + "".join(
        f"  - {{id: {name}, {EVENT.format(title=name.title(), file=name)}}}\n"
        for name in ("living", "renamed", "merged", "removed")
    )
    + "  - {id: council, title: Council, when: 2026-09-13, visibility: board}\n",
    "calendars/oven.yaml": "name: Oven\ncountry: BE\n",
    "calendars/dairy.yaml": "name: Dairy\ncountry: BE\n",
    **{
        f"calendars/files/{name}/plan.txt": f"plan of {name}\n"
        for name in ("living", "renamed", "merged", "removed")
    },
    **{
        f"feeds/{name}.yaml": f"title: {name.title()}\nselect: {{organisations: [bakery]}}\n"
        for name in ("living", "renamed", "merged", "closed", "ended")
    },
    **{
        f"feeds/p-{name}.yaml": f"title: {name.title()}\nfor: {{groups: [board]}}\n"
        for name in ("living", "renamed", "merged", "closed", "ended")
    },
}
NOW_FILES = {
    "coopcal.yaml": SITE,
    "calendars/bakery.yaml": "name: Bakery\ncountry: BE\nremoved: [removed, merged]\nevents:\n"
    f"  - {{id: living, {EVENT.format(title='Living', file='living')}}}\n"
    f"  - {{id: fresh, formerly: [renamed], {EVENT.format(title='Renamed', file='renamed')}}}\n"
    "  - {id: council, title: Council, when: 2026-09-13, visibility: board}\n",
    "calendars/hearth.yaml": "name: Oven\ncountry: BE\nformerly: [oven]\n",
    "calendars/dairy.yaml": "name: Dairy\ncountry: BE\nclosed: {on: 2026-06-01, see: living}\n",
    "feeds/living.yaml": "title: Living\nselect: {organisations: [bakery]}\nformerly: [merged]\n",
    "feeds/fresh.yaml": "title: Renamed\nselect: {organisations: [bakery]}\nformerly: [renamed]\n",
    "feeds/p-living.yaml": "title: Living\nfor: {groups: [board]}\nformerly: [p-merged]\n",
    "feeds/p-fresh.yaml": "title: Renamed\nfor: {groups: [board]}\nformerly: [p-renamed]\n",
    **{
        f"feeds/{where}{name}.yaml": f"title: {name.title()}\n{more}closed: {{on: {day}, see: living}}\n"
        for where, more in (("", "select: {organisations: [bakery]}\n"), ("p-", "for: {groups: [board]}\n"))
        for name, day in (("closed", "2026-06-01"), ("ended", "2025-01-01"))
    },
}
DELETED = (
    "calendars/oven.yaml",
    "feeds/renamed.yaml",
    "feeds/merged.yaml",
    "feeds/p-renamed.yaml",
    "feeds/p-merged.yaml",
)


STATES = ("living", "renamed", "merged", "closed", "ended", "never")
"""What feeds may be; of now, "renamed" is “fresh”, and "merged" is part of “living”."""

TARGETS = {"renamed": "fresh", "merged": "living"}

TABLE = """
address                    | living           | renamed             | merged               | closed           | ended         | never
/feeds/@.ics               | 200 ics here f   | 200 ics =fresh f    | 200 ics =living f    | 200 ics told f   | 410 text to - | 404 text -
/feeds/@.fr.ics            | 200 ics here f   | 200 ics =fresh f    | 200 ics =living f    | 200 ics told f   | 410 text to - | 404 text -
/feeds/@.ics?tag=market    | 200 ics here -   | 200 ics =fresh -    | 200 ics =living -    | 200 ics told -   | 410 text to - | 404 text -
/feeds/@.json              | 200 json here f  | 200 json =fresh f   | 200 json =living f   | 200 json told f  | 410 html to - | 404 html -
/feeds/@.atom              | 200 atom here f  | 200 atom =fresh f   | 200 atom =living f   | 200 atom told f  | 410 html to - | 404 html -
/feeds/@.csv               | 200 csv here f   | 200 csv =fresh f    | 200 csv =living f    | 200 csv here f   | 410 html to - | 404 html -
/feeds/@.txt               | 200 text here f  | 200 text =fresh f   | 200 text =living f   | 200 text told f  | 410 html to - | 404 html -
/feeds/@/archive/2026.ics  | 200 ics here f   | 200 ics =fresh f    | 200 ics =living f    | 200 ics here f   | 200 ics here f | 404 text -
/feeds/@/changes.atom      | 200 atom here f  | 200 atom =fresh f   | 200 atom =living f   | 200 atom here f  | 410 text to - | 404 text -
/feeds/@/                  | 200 html here f  | 308 fresh leads     | 308 living leads     | 200 html told f  | 410 html to - | 404 html -
/fr/feeds/@/               | 200 html here f  | 308 fresh leads     | 308 living leads     | 200 html told f  | 410 html to - | 404 html -
/feeds/@/subscribe/        | 200 html here f  | 308 fresh leads     | 308 living leads     | 200 html told f  | 410 html to - | 404 html -
/embed/@/list.en/          | 200 html here f  | 200 html =fresh f   | 200 html =living f   | 200 html told f  | 410 html to - | 404 html -
/embed/@/list.en.html      | 200 html here f  | 200 html =fresh f   | 200 html =living f   | 200 html told f  | 410 html to - | 404 html -
/private/@/p-@.ics         | 200 ics here -   | 200 ics =fresh -    | 200 ics =living -    | 200 ics told -   | 410 text -    | 404 text -
/private/@/p-@.fr.ics      | 200 ics here -   | 200 ics =fresh -    | 200 ics =living -    | 200 ics told -   | 410 text -    | 404 text -
/private/wrong/p-@.ics     | 404 text -       | 404 text -          | 404 text -           | 404 text -       | 404 text -    | 404 text -
/feeds/p-@.ics             | 404 text -       | 404 text -          | 404 text -           | 404 text -       | 404 text -    | 404 text -
"""

TYPES = {
    "text/calendar": "ics",
    "application/json": "json",
    "application/atom+xml": "atom",
    "text/csv": "csv",
    "text/plain": "text",
    "text/html": "html",
}
ORIGIN = "https://calendars.example.coop"
CLOSES = ("This calendar closes; use instead:", "Ce calendrier ferme")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Client, Path]:
    """Return a client of a site in which much ended after it was published, and the folder that it is published into."""
    root, folder = lay(tmp_path_factory.mktemp("ended"), BEFORE), tmp_path_factory.mktemp("files")
    compiled(root, datetime(2026, 1, 1, tzinfo=UTC))
    for path in DELETED:
        (root / path).unlink()
    compiled(lay(root, NOW_FILES), NOW)
    names = (*STATES, "fresh")
    put_openings(
        root / "_site",
        tuple(Opening(f"p-{name}", hashlib.sha256(name.encode()).hexdigest()) for name in names),
    )
    render_all(root / "_site", NOW, Aside(folder))
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW)), folder


def cell(client: Client, folder: Path, kind: str, name: str, now: str) -> str:
    """Return what is found at an address of some kind: of something by its name, that is called otherwise ``now``."""

    def ask(called: str) -> TestResponse:
        return client.get(kind.replace("@", called), base_url=ORIGIN, buffered=True)

    answer = ask(name)
    media_type = answer.mimetype or ""
    path = kind.replace("@", name).removeprefix("/")
    file = folder / f"{path}index.html" if path.endswith("/") else folder / path
    published = file.read_bytes() if file.is_file() else None
    kept = "-" if published is None else "leads" if b'http-equiv="refresh"' in published else "f"
    if answer.status_code == 308:
        leads = answer.headers["Location"]
        assert leads == kind.replace("@", now), leads
        assert published is None or leads.encode() in published
        return f"308 {now} {kept}"
    if kept == "f" and not path.endswith((".html", "/")):
        assert published == answer.data
    text = answer.get_data(as_text=True)
    told = "to" if "feeds/living/" in text else ""
    if answer.status_code == 200:
        told = "here"
        if now != name:
            assert answer.data == ask(now).data
            told = f"={now}"
        elif name == "closed" and _says_where_to_go(text, media_type):
            told = "told"
    elif answer.status_code == 404:
        told = ""
    words = (str(answer.status_code), TYPES[media_type], told, kept)
    return " ".join(word for word in words if word)


def _says_where_to_go(text: str, media_type: str) -> bool:
    """Return whether it is told that something closes: on pages in their words, elsewhere by the address of what to use instead."""
    return any(notice in text for notice in CLOSES) if media_type == "text/html" else "feeds/living/" in text


def rows(table: str) -> list[list[str]]:
    """Return the cells of a table, row by row, without its heading."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()][1:]


@pytest.mark.parametrize("row", rows(TABLE), ids=lambda row: row[0])
def test_each_address_of_a_feed_answers_as_its_state_asks(site: tuple[Client, Path], row: list[str]) -> None:
    """On a server and among files."""
    kind, *wanted = row

    assert [cell(*site, kind, state, TARGETS.get(state, state)) for state in STATES] == wanted


EVENT_STATES = ("living", "renamed", "removed", "council", "never")
"""What events may be; of now, "renamed" is “fresh”, and “council” is hidden."""

OF_EVENTS = """
address                          | living          | renamed         | removed    | hidden     | never
/events/bakery/@/                | 200 html here f | 308 fresh leads | 410 html - | 404 html - | 404 html -
/fr/events/bakery/@/             | 200 html here f | 308 fresh leads | 410 html - | 404 html - | 404 html -
/events/bakery/@/event.ics       | 200 ics here f  | 308 fresh -     | 410 html - | 404 html - | 404 html -
/events/bakery/@/plan.txt        | 200 text here f | 308 fresh -     | 410 html - | 404 html - | 404 html -
"""


@pytest.mark.parametrize("row", rows(OF_EVENTS), ids=lambda row: row[0])
def test_each_address_of_an_event_answers_as_its_state_asks(
    site: tuple[Client, Path], row: list[str]
) -> None:
    """Of a removed one that it is gone, of a hidden one what is said of one that never was."""
    kind, *wanted = row

    assert [
        cell(*site, kind, state, TARGETS.get(state, state)).replace(" to ", " ") for state in EVENT_STATES
    ] == wanted


ORGANISATION_STATES = {"bakery": "bakery", "oven": "hearth", "dairy": "dairy", "never": "never"}

OF_ORGANISATIONS = """
address            | living          | renamed           | closed          | never
/organisations/@/  | 200 html here f | 308 hearth leads  | 200 html here f | 404 html -
/feeds/@.ics       | 200 ics here f  | 200 ics =hearth f | 200 ics here f  | 404 text -
/feeds/@/          | 200 html here f | 308 hearth leads  | 200 html here f | 404 html -
"""


@pytest.mark.parametrize("row", rows(OF_ORGANISATIONS), ids=lambda row: row[0])
def test_each_address_of_an_organisation_answers_as_its_state_asks(
    site: tuple[Client, Path], row: list[str]
) -> None:
    """Its page, and its feed with that of it."""
    kind, *wanted = row

    assert [cell(*site, kind, name, now) for name, now in ORGANISATION_STATES.items()] == wanted
