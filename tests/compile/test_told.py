"""What staff can say of an event beside when and where: told in its feeds, on its page, in the formats, by language."""

import json
from pathlib import Path

import icalendar
import pytest
from tests.support.checking import lay, problems_of
from tests.support.trees import NOW, compiled
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.text.catalogues import LANGUAGES
from coopcal.text.words import words_of
from coopcal.web import create_app

SITE = "title: T\nuid_domain: example.coop\nlanguages: [en, fr, es, it, pt, de]\ntimezone: Europe/Rome\n"
HEAD = "name: The Bakery\ncountry: IT\nlanguages: [it, de]\nevents:\n  - id: one\n    title: One\n    when: 2026-09-14 10:00/12:00\n"
PDF = b"%PDF-1.4\n"


def client(root: Path, keys: str, files: tuple[str, ...] = (), feeds: dict[str, str] | None = None) -> Client:
    """Compile a site of one event, and open it."""
    lay(root, {"coopcal.yaml": SITE, "calendars/bakery.yaml": HEAD + keys, **(feeds or {})})
    for name in files:
        (root / "calendars" / name).write_bytes(PDF + name.encode())
    outcome = compiled(root)
    assert outcome.published, outcome.problems
    return Client(create_app(LiveSite(root / "_site"), clock=lambda: NOW))


def event(found: Client, feed: str = "bakery", language: str = "en") -> icalendar.cal.Component:
    """Return the event of a feed."""
    content = found.get(f"/feeds/{feed}.{language}.ics" if language else f"/feeds/{feed}.ics").data
    return icalendar.Calendar.from_ical(content).walk("VEVENT")[0]


def page(found: Client, language: str) -> str:
    """Return the page of the event."""
    return found.get(f"{'' if language == 'en' else f'/{language}'}/events/bakery/one/").text


def occurrence(found: Client, language: str) -> dict[str, object]:
    """Return the event in JSON."""
    read: dict[str, object] = json.loads(found.get(f"/feeds/bakery.{language}.json").data)["occurrences"][0]
    return read


BY_LANGUAGE = {
    "file": "    documents: [{label: Agenda, file: {de: de.pdf, it: it.pdf}}]\n",
    "url": '    documents: [{label: Agenda, url: {de: "https://example.org/de.pdf", it: "https://example.org/it.pdf"}}]\n',
}


@pytest.mark.parametrize("kind", BY_LANGUAGE)
@pytest.mark.parametrize(("language", "own"), [("de", "de.pdf"), ("it", "it.pdf"), ("fr", "it.pdf")])
def test_each_language_gives_its_own_document(tmp_path: Path, kind: str, language: str, own: str) -> None:
    """In its feed and on its page; another language gives that of the organisation's first."""
    found = client(tmp_path, BY_LANGUAGE[kind], ("de.pdf", "it.pdf"))
    others = {"de.pdf", "it.pdf"} - {own}
    told = event(found, language=language)

    assert str(told["ATTACH"]).endswith(f"/{own}")
    for said in (str(told["DESCRIPTION"]), page(found, language), json.dumps(occurrence(found, language))):
        assert f"/{own}" in said
        assert not any(f"/{other}" in said for other in others)
    if kind == "file":
        address = str(told["ATTACH"]).removeprefix("http://localhost:8000").split("//")[-1]
        answer = found.get("/" + address.split("/", 1)[1])
        assert answer.data.endswith(own.encode())
        answer.close()


def test_feeds_side_by_side_give_both_documents(tmp_path: Path) -> None:
    """One for each language that is shown."""
    found = client(
        tmp_path, BY_LANGUAGE["url"], feeds={"feeds/both.yaml": "title: B\nshow: {language: [de, it]}\n"}
    )

    told = event(found, "both", "")

    assert [str(each) for each in told["ATTACH"]] == [
        "https://example.org/de.pdf",
        "https://example.org/it.pdf",
    ]
    assert "https://example.org/de.pdf / https://example.org/it.pdf" in str(told["DESCRIPTION"])


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("{label: A, file: {de: de.pdf, it: none.pdf}}", "no-such-file"),
        ("{label: A, file: {german: de.pdf}}", "unknown-language"),
        ("{label: A, url: {de: example}}", "bad-url"),
        ("{label: A, file: [de.pdf]}", "not-text"),
    ],
)
def test_what_is_wrong_with_the_document_of_a_language_is_told(
    tmp_path: Path, document: str, code: str
) -> None:
    """At its place."""
    files = {"calendars/bakery.yaml": HEAD + f"    documents: [{document}]\n", "calendars/de.pdf": "x"}

    found = [each for each in problems_of(tmp_path, files) if each.severity == "error"]

    assert [(each.code, each.position.line) for each in found] == [(code, 8)]


def test_a_document_that_one_language_lacks_is_noted(tmp_path: Path) -> None:
    """As a text is that is written in some of the organisation's languages."""
    files = {"calendars/bakery.yaml": HEAD.replace("[it, de]", "[it, de, fr]") + BY_LANGUAGE["url"]}

    found = [each for each in problems_of(tmp_path, files) if each.code == "missing-translation"]

    assert len(found) == 1
    assert "documents" in found[0].message


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_places_that_are_left_are_told(tmp_path: Path, language: str) -> None:
    """Two, one, none."""
    two, one, none = (
        client(tmp_path / free, f"    registration: {{places: 40, free: {free}}}\n") for free in "210"
    )
    said = str(event(two, language=language)["DESCRIPTION"])

    assert words_of(language)["places_left"].format(count="2") in said
    assert words_of(language)["places_left"].format(count="2") in page(two, language)
    assert occurrence(two, language)["registration"] == {"places": 40, "free": 2}
    assert words_of(language)["one_left"] in str(event(one, language=language)["DESCRIPTION"])
    assert words_of(language)["one_left"] in page(one, language)
    assert words_of(language)["full"] in str(event(none, language=language)["DESCRIPTION"])
    assert occurrence(none, language)["registration"] == {"places": 40, "full": True}


@pytest.mark.parametrize(
    ("registration", "code"),
    [
        ("{places: 40, free: 41}", "more-free-than-places"),
        ("{free: 1, full: true}", "more-free-than-places"),
        ("{free: many}", "not-a-number"),
        ("{places: 40, free: 40}", None),
        ("{free: 0, full: true}", None),
        ("{free: 3}", None),
    ],
)
def test_places_that_cannot_be_left_are_told(tmp_path: Path, registration: str, code: str | None) -> None:
    """More than there are, or any where it is full."""
    files = {"calendars/bakery.yaml": HEAD + f"    registration: {registration}\n"}

    found = [each.code for each in problems_of(tmp_path, files) if each.severity == "error"]

    assert found == ([code] if code else [])


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_second_call_of_an_assembly_is_told(tmp_path: Path, language: str) -> None:
    """In the description, on the page, in JSON."""
    found = client(tmp_path, "    second_call: 2026-09-15 18:30\n")
    told = occurrence(found, language)["second_call"]
    assert isinstance(told, dict)

    assert told["begins"] == "2026-09-15T18:30:00+02:00"
    for said in (str(event(found, language=language)["DESCRIPTION"]), page(found, language)):
        assert words_of(language)["second_call"].replace("’", "’") in said
        assert told["words"] in said


@pytest.mark.parametrize(
    ("keys", "begins"),
    [
        ("second_call: 11:00", "2026-09-14T11:00:00+02:00"),
        ("second_call: 2026-09-15", "2026-09-15"),
        ("second_call: 2026-09-15 10:00/12:00", "2026-09-15T10:00:00+02:00"),
        ("second_call: 09:00", None),
        ("second_call: 2026-09-13", None),
        ("second_call: 2026-10", None),
        ("second_call: until 2026-09-15 10:00", None),
        ("second_call: 2026-09-15 10:00\n    repeats: {every: year}", None),
        ("repeats: {every: year, changes: {from 2027-01-01: {second_call: 2027-09-15 10:00}}}", None),
    ],
)
def test_a_second_call_is_later_and_of_one_date(tmp_path: Path, keys: str, begins: str | None) -> None:
    """A time alone is that of the same day."""
    files = {"coopcal.yaml": SITE, "calendars/bakery.yaml": HEAD + f"    {keys}\n"}

    found = [each.code for each in problems_of(tmp_path / "p", files) if each.severity == "error"]

    assert found == ([] if begins else ["bad-second-call"])
    if begins:
        told = occurrence(client(tmp_path / "c", f"    {keys}\n"), "en")["second_call"]
        assert isinstance(told, dict)
        assert told["begins"] == begins


def test_a_second_call_is_of_its_date_alone(tmp_path: Path) -> None:
    """The dates after the first of a list have none, unless they say so; a changed date may have one."""
    keys = "    second_call: 2026-09-15 18:30\n"
    text = HEAD.replace("when: ", "when: [").replace("12:00\n", "12:00, 2026-10-14 10:00/12:00]\n") + keys
    root = lay(tmp_path, {"coopcal.yaml": SITE, "calendars/bakery.yaml": text})
    assert compiled(root).published
    found = Client(create_app(LiveSite(root / "_site"), clock=lambda: NOW))

    told = [
        each.get("second_call") for each in json.loads(found.get("/feeds/bakery.json").data)["occurrences"]
    ]

    assert [bool(each) for each in told] == [True, False]
