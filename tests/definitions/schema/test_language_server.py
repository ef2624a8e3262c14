"""What staff see in an editor: the real YAML language server completes, tells and marks, and leaves in peace what is valid."""

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support.language_server import LanguageServer
from tests.support.typed import file_of
from tests.support.valid import REPOSITORY, everything, own
from werkzeug.serving import make_server

from coopcal.compile.pipeline import compile_site
from coopcal.definitions.schema import document, written
from coopcal.site.reader import LiveSite
from coopcal.web import create_app

pytestmark = pytest.mark.node

BAKERY = """\
name: The Bakery
countri: BE
email: hello
colour: #aa3311
languages: [english]
events:
  - id: Open day
    title: [Open day]
    when: 14.3.2026
    status: canceled
    where: {naem: The shop}
    repeats: {every: month, on: second Tuesday, untill: 2026-12-31}
  - id: no-title
    when: 2026
    draft: perhaps
"""
MARKS = [
    (2, 1, "Property countri is not allowed."),
    (3, 8, "Write an e-mail address, such as name@example.org"),
    (4, 9, 'Write a colour in quotes, such as "#aa3311"'),
    (5, 13, "Write a language code, such as en, fr or pt-BR"),
    (7, 9, "An id is of lower-case letters a to z, digits and single hyphens"),
    (8, 12, "One text is expected here"),
    (9, 11, "Write 2026-03-14, 2026-03-14 09:00/17:30, 2026-03-14/2026-03-16, 2026-03 or 2026"),
    (10, 13, 'Value is not accepted. Valid values: "confirmed", "tentative", "postponed", "cancelled".'),
    (11, 13, "Property naem is not allowed."),
    (12, 49, "Property untill is not allowed."),
    (13, 5, 'Missing property "title".'),
    (15, 12, "Write true or false"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    """Return one server for all files."""
    found = LanguageServer()
    yield found
    found.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds the document."""
    found = tmp_path_factory.mktemp("editor")
    (found / "schema.json").write_text(written(), encoding="utf-8")
    return found


def headed(folder: Path, path: str, text: str) -> str:
    """Return a text whose first line names its part of the document."""
    return f"# yaml-language-server: $schema={folder / 'schema.json'}#/$defs/{file_of(path)}\n{text}"


def typing(server: LanguageServer, folder: Path, text: str) -> tuple[Path, int, int]:
    """Open an organisation's file in which the cursor stands at ``|``; return the file and the place."""
    before, _, after = text.partition("|")
    path = folder / f"calendars/{abs(hash(text))}.yaml"
    server.marks({path: headed(folder, "calendars/a.yaml", before + after)})
    return path, before.count("\n") + 1, len(before.rpartition("\n")[2])


def test_every_valid_file_is_left_in_peace(server: LanguageServer, folder: Path) -> None:
    """What YAML types as a number, as true or as null is text to staff, and has no mark."""
    files = {REPOSITORY / name: text for name, (_, text) in own().items()}
    for name, (path, text) in everything().items() - own().items():
        files[folder / name.replace(": ", "/") / path] = headed(folder, path, text)

    found = server.marks(files)

    assert len(found) == len(everything())
    assert {str(path): marks for path, marks in found.items() if marks} == {}


def test_the_repositorys_own_files_name_the_document_beside_them(
    server: LanguageServer, folder: Path
) -> None:
    """Their first line works in any checkout, without a network: what is misspelt in them has a mark."""
    found = server.marks({folder / name: text + "\nmisspelt: 1\n" for name, (_, text) in own().items()})

    assert len(found) > 15
    for path, marks in found.items():
        assert [message for _, _, message in marks] == ["Property misspelt is not allowed."], path


def test_each_mistake_has_a_mark_at_its_line(server: LanguageServer, folder: Path) -> None:
    path = folder / "calendars/bakery.yaml"
    found = server.marks({path: headed(folder, "calendars/bakery.yaml", BAKERY)})[path]

    assert sorted((line, column + 1, message) for line, column, message in found) == MARKS


def test_plain_scalars_that_yaml_types_are_text(server: LanguageServer, folder: Path) -> None:
    path = folder / "calendars/007.yaml"
    text = "name: 2026\nfull_name: {en: no, no: true}\nphone: +3225431033\ncountry: NO\nremoved: [2011, 1e3]\nevents:\n"
    text += "  - {id: 007, title: null, when: 2016, reason: ~, tags: [2026], draft: yes, hashtag: 1}\n"
    text += "  - {id: true, title: 9:30, when: [2026-03-14, 2027], hours: 9:30/10:00, contact: 1, registration: {places: 40}}\n"

    assert server.marks({path: headed(folder, "calendars/007.yaml", text)})[path] == []


def test_keys_are_completed_with_what_they_mean(server: LanguageServer, folder: Path) -> None:
    place = typing(
        server, folder, "name: The Bakery\nevents:\n  - id: one\n    title: One\n    when: 2026\n    |\n"
    )
    offered = server.completions(*place)

    assert {"status", "where", "repeats", "registration"} <= set(offered)
    assert not {"id", "title", "when", "country"} & set(offered)
    assert offered["description"]["documentation"] == "what it is about, in Markdown"
    assert "{url: https://example.org/register}" in offered["registration"]["documentation"]["value"]


def test_keys_within_a_place_are_completed(server: LanguageServer, folder: Path) -> None:
    place = typing(
        server, folder, "name: A\nevents:\n  - id: one\n    title: One\n    when: 2026\n    where:\n      |\n"
    )

    assert set(server.completions(*place)) == {
        "name",
        "address",
        "city",
        "country",
        "geo",
        "access",
        "url",
        "timezone",
    }


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("status: |", {"confirmed", "tentative", "postponed", "cancelled"}),
        ("shows_as: |", {"free", "busy"}),
        ("draft: |", {"true", "false"}),
        ("repeats: {every: |}", {"day", "week", "month", "year"}),
        ("title: |", {"General assembly"}),
        ("where: {country: |}", {"BE", "FR", '"NO"'}),
        ("timezone: |", {"Europe/Brussels", "America/Toronto"}),
    ],
)
def test_words_are_completed(server: LanguageServer, folder: Path, written: str, words: set[str]) -> None:
    """Where a text may be anything, neither true nor null is offered."""
    place = typing(server, folder, f"name: A\nevents:\n  - id: one\n    when: 2026\n    {written}\n")
    offered = set(server.completions(*place))

    assert words <= offered
    assert "null" not in offered
    assert ("true" in offered) == ("true" in words)


def test_an_event_is_offered_with_what_it_needs(server: LanguageServer, folder: Path) -> None:
    offered = server.completions(*typing(server, folder, "name: A\nevents:\n  - |\n"))

    assert re.findall(r"(\w+): ", offered["An event"]["insertText"]) == ["id", "title", "when"]


def test_hover_tells_what_a_key_means_with_an_example(server: LanguageServer, folder: Path) -> None:
    text = "name: A\nevents:\n  - id: one\n    title: One\n    when: 2026-03-10 19:00\n    rep|eats: {every: week}\n"
    path, line, column = typing(server, folder, text)
    when = server.hover(path, line - 1, 6)
    repeats = server.hover(path, line, column)

    assert "the date and time, as precise as what is known" in when
    assert "2026-03-14 09:00/17:30" in when
    assert "how it recurs" in repeats
    assert "{every: month, on: second Tuesday}" in repeats


def test_a_site_serves_the_document_to_editors(server: LanguageServer, tmp_path: Path) -> None:
    """An address does as well as a path."""
    compile_site(REPOSITORY, tmp_path / "_site", datetime(2026, 6, 1, tzinfo=UTC), first=True)
    site = make_server("127.0.0.1", 0, create_app(LiveSite(tmp_path / "_site")))
    thread = threading.Thread(target=site.serve_forever)
    thread.start()
    try:
        path = tmp_path / "feeds/mine.yaml"
        schema = f"http://127.0.0.1:{site.server_port}/schema.json#/$defs/feed"
        text = f"# yaml-language-server: $schema={schema}\ntitle: Mine\nshow: {{cancelled: hidden}}\n"
        found = server.marks({path: text})[path]
    finally:
        site.shutdown()
        thread.join()
        site.server_close()

    assert found == [(2, 18, 'Value is not accepted. Valid values: "tell", "mark", "hide".')]


def test_every_pattern_is_one_of_ecma_262(server: LanguageServer) -> None:
    """Editors read patterns with the flag ``u``, under which some escapes are errors."""
    assert server is not None
    text = json.dumps(document())
    script = (
        "const found = []; JSON.parse(require('fs').readFileSync(0), (key, value) => {"
        " if (key === 'pattern') found.push(value);"
        " if (key === 'patternProperties') found.push(...Object.keys(value)); return value; });"
        " found.forEach((each) => new RegExp(each, 'u')); console.log(found.length);"
    )
    done = subprocess.run(
        ["node", "-e", script], input=text, capture_output=True, encoding="utf-8", check=False
    )

    assert done.stderr == ""
    assert int(done.stdout) > 100
