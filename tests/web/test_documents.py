"""Documents, under servers that send files by themselves and under those that do not."""

import io
import json
import re
import shutil
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar
from tests.support.pictures import content
from tests.support.trees import BAKERY, NOW, compiled, lay
from werkzeug.test import Client, create_environ, run_wsgi_app

from coopcal.site.reader import LiveSite
from coopcal.web import Application, create_app

BODY = bytes(range(256)) * 1000
WITH_PLAN = BAKERY.replace("tags: [open-doors]", "documents: [{label: Plan, file: files/plan.pdf}]")
PLAN = "/events/bakery/open-day/plan.pdf"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return the root of a compiled tree with a document."""
    (tmp_path / "calendars/files").mkdir(parents=True)
    (tmp_path / "calendars/files/plan.pdf").write_bytes(BODY)
    compiled(lay(tmp_path, {"calendars/bakery.yaml": WITH_PLAN}))
    return tmp_path


@pytest.fixture
def app(root: Path) -> Application:
    """Return the application of the tree."""
    return create_app(LiveSite(root / "_site"), lambda: NOW)


@pytest.mark.parametrize(
    ("lines", "expected"), [({}, BODY), ({"Range": "bytes=300-70000"}, BODY[300:70_001])]
)
def test_a_server_that_sends_no_files_is_given_all_at_once(
    app: Application, lines: dict[str, str], expected: bytes
) -> None:
    """Bit by bit, it would hold a thread for as long as the reader likes."""
    chunks, _, headers = run_wsgi_app(app, create_environ(PLAN, headers=lines), buffered=True)

    assert list(chunks) == [expected]
    assert headers["Content-Length"] == str(len(expected))


def test_a_server_that_sends_files_is_given_the_file(app: Application) -> None:
    given = []

    def wrap(file: io.BufferedReader, _: int) -> list[bytes]:
        given.append(file.name)
        file.close()
        return [b"by the server"]

    chunks, _, _ = run_wsgi_app(app, {**create_environ(PLAN), "wsgi.file_wrapper": wrap})

    assert b"".join(chunks) == b"by the server"
    assert Path(given[0]).read_bytes() == BODY


def test_a_document_that_is_missing_is_not_found(app: Application, root: Path) -> None:
    """It may be swept away with its version while somebody still asks the version for it."""
    with Client(app).get(PLAN) as whole:
        assert whole.status_code == 200

    for folder in (root / "_site/versions").glob("*/public/documents"):
        shutil.rmtree(folder)

    assert [Client(app).open(PLAN, method=each).status_code for each in ("GET", "HEAD")] == [404, 404]


NAMES = ("Plan #1", "What?", "100% sure", "Ordre du jour été", "a+b&c;d", "%23")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_any_signs_leads_to_its_document(name: str, tmp_path: Path) -> None:
    """From its page, from every format, and from the calendar."""
    (tmp_path / "calendars/files").mkdir(parents=True)
    for ending in ("pdf", "png"):
        (tmp_path / f"calendars/files/{name}.{ending}").write_bytes(content(f"{name}.{ending}", name))
    keys = (
        f'image: {{file: "files/{name}.png", alt: A}}, documents: [{{label: Plan, file: "files/{name}.pdf"}}]'
    )
    body = f"name: A\ncountry: BE\nevents:\n  - {{id: fair, title: Fair, when: 2026-09-12, {keys}}}\n"
    compiled(lay(tmp_path, {"calendars/a.yaml": body}))
    client = Client(create_app(LiveSite(tmp_path / "_site"), lambda: NOW))
    page = client.get("/events/a/fair/").text
    links = {unescape(each) for each in re.findall(r'(?:href|src|content)="([^"]*\.(?:pdf|png))"', page)}
    event = json.loads(client.get("/feeds/a.json").data)["occurrences"][0]
    (attached,) = (
        str(each["ATTACH"]) for each in Calendar.from_ical(client.get("/feeds/a.ics").data).walk("VEVENT")
    )
    links |= {attached, event["documents"][0]["url"], event["image"]["url"]}

    assert len({urlsplit(each).path for each in links}) == 2
    for each in links:
        assert each.isascii()
        with client.get(each.removeprefix("https://calendars.example.coop")) as answer:
            assert answer.data == content(each, name)
