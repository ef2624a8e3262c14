"""``/check/``: what is pasted is checked, shown harmlessly, and kept nowhere."""

from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.sweep import sized
from tests.support.trees import NOW
from werkzeug.test import Client, TestResponse

from coopcal.authoring.sandbox.pasted import look_through
from coopcal.model.paste import Findings, Kind, Pasted, Refusal
from coopcal.site.reader import LiveSite
from coopcal.web import create_app
from coopcal.web.check import LARGEST, pages

WRONG = (
    "name: The Bakery\nevents:\n  - id: a\n    title: <script>alert(1)</script> & more\n    when: 12.9.2026\n"
)
TAGS = {
    *(
        "html",
        "details",
        "summary",
        "head",
        "meta",
        "title",
        "link",
        "body",
        "header",
        "a",
        "main",
        "footer",
        "script",
        "div",
        "h1",
        "h2",
        "p",
        "br",
    ),
    *("section", "nav", "ol", "ul", "li", "strong", "pre", "span", "small", "code"),
    *("form", "label", "select", "option", "textarea", "input", "button"),
}


class Page(HTMLParser):
    """A page's elements, and the texts in them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, dict[str, str | None]] = {}
        self.texts: dict[str, str] = {}
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.add(tag)
        self.attributes[tag] = dict(attrs)
        self._open = tag

    def handle_data(self, data: str) -> None:
        """Note a text under its element."""
        self.texts[self._open] = self.texts.get(self._open, "") + data


def checked(content: bytes, kind: Kind, language: str) -> Findings | Refusal:
    return look_through(Pasted(kind, content, ("en",), language, ("bakery",)), NOW.date())


@pytest.fixture(scope="module")
def client(root: Path) -> Client:
    """Return a client of the application with a checker in this process."""
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW, [pages(checked)]))


def send(client: Client, text: str, kind: str = "organisation", **more: object) -> TestResponse:
    return client.post(
        "/check/", data={"text": text, "kind": kind, **more}, content_type="multipart/form-data"
    )


def test_the_page_works_without_scripts_and_names_its_fields(client: Client) -> None:
    answer = client.get("/check/")
    page = Page(answer.text)

    assert answer.status_code == 200
    assert "check" not in (page.attributes["script"]["src"] or "")
    assert page.attributes["form"] == {
        "class": "checking",
        "method": "post",
        "action": "/check/#result",
        "enctype": "multipart/form-data",
    }
    for name in ("kind", "text", "file"):
        assert f'<label for="{name}">' in answer.text
        assert f'id="{name}"' in answer.text
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]


def test_problems_are_shown_with_line_caret_and_mend_and_are_tied_to_the_field(client: Client) -> None:
    answer = send(client, WRONG)
    page = Page(answer.text)

    assert answer.status_code == 200
    assert "<title>1 error – Check a file</title>" in answer.text
    assert "Line 5, error:" in answer.text
    assert (
        '<pre tabindex="0">    when: 12.9.2026\n<span aria-hidden="true">          ^^^^^^^^^</span></pre>'
        in answer.text
    )
    assert '<pre tabindex="0" lang="en">when: 2026-09-12</pre>' in answer.text
    assert page.attributes["textarea"]["aria-invalid"] == "true"
    assert page.attributes["textarea"]["aria-describedby"] == "limit found"
    assert '<section id="result" aria-labelledby="found" tabindex="-1" autofocus>' in answer.text
    assert "<script>" not in answer.text


def test_the_page_is_in_the_language_of_its_address(client: Client) -> None:
    """The problems themselves, too."""
    answer = client.post("/fr/check/", data={"text": WRONG, "kind": "organisation"})

    assert "<title>1 erreur – Vérifier un fichier</title>" in answer.text
    assert "Ligne 5, erreur\N{NO-BREAK SPACE}:" in answer.text
    assert '<span lang="fr">« 12.9.2026 » est une date' in answer.text
    assert 'action="/fr/check/#result"' in answer.text
    assert client.get("/de/check/").status_code == 404
    assert '<a href="/fr/check/">Vérifier un fichier d’événements</a>' in client.get("/fr/").text


def test_what_is_right_is_told_to_be_right(client: Client) -> None:
    answer = send(client, "name: The Mill\nevents: [{id: a, title: A, when: 2026-09-12, hosts: [bakery]}]\n")

    assert '<h2 id="found">All is well</h2>' in answer.text
    assert "aria-invalid" not in answer.text


def test_a_chosen_file_goes_before_the_text_and_is_shown_for_mending(client: Client) -> None:
    """As Windows writes it: with a byte order mark and CRLF."""
    file = (BytesIO(b"\xef\xbb\xbftitle: Mine\r\nselekt: {}\r\n"), "mine.yaml")
    answer = send(client, "name: no feed", "feed", file=file)

    assert "Line 2, error:" in answer.text
    assert Page(answer.text).texts["textarea"].lstrip("\n").startswith("title: Mine\nselekt: {}\n")
    assert '<option value="feed" selected>' in answer.text


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_nothing_to_check_is_told(client: Client, text: str) -> None:
    assert "There is nothing to check" in send(client, text).text


@pytest.mark.parametrize(
    ("refusal", "status", "said"), [(Refusal.BUSY, 503, "again"), (Refusal.TOO_MUCH, 200, "too long")]
)
def test_a_refusal_keeps_the_text_on_the_page(root: Path, refusal: Refusal, status: int, said: str) -> None:
    client = Client(
        create_app(LiveSite(root / "_site"), lambda: NOW, [pages(lambda _content, _kind, _language: refusal)])
    )
    answer = send(client, WRONG)

    assert (answer.status_code, said in answer.text) == (status, True)
    assert Page(answer.text).texts["textarea"].lstrip("\n").startswith(WRONG)
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_nothing_of_it_is_cached(client: Client) -> None:
    for answer in (client.get("/check/"), send(client, WRONG), send(client, "x" * (LARGEST + 1))):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers


def test_what_is_too_large_is_refused_with_words(client: Client) -> None:
    largest = send(client, "#" * LARGEST)
    text, file = send(client, "é" * (LARGEST // 2 + 1)), (BytesIO(b"x" * (LARGEST + 1)), "a.yaml")

    assert largest.status_code == 200
    assert text.status_code == send(client, "", file=file).status_code == 413
    assert "This is more than can be checked here" in text.text


def test_unknown_kinds_and_broken_forms_are_harmless(client: Client) -> None:
    assert send(client, WRONG, "everything").status_code == 400
    broken = client.post("/check/", data=b"--x\r\nnonsense", content_type="multipart/form-data; boundary=x")
    assert broken.status_code == 200
    assert client.post("/check/", data=b"\xff", content_type="text/plain").status_code == 200
    assert client.put("/check/").status_code == 405


def test_without_a_checker_there_is_no_such_page(root: Path) -> None:
    assert Client(create_app(LiveSite(root / "_site"), lambda: NOW)).get("/check/").status_code == 404


@settings(deadline=None, max_examples=sized(150, sample=18), suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=100)
    | st.lists(
        st.sampled_from(["</textarea>", "</pre>", "<b a='", '"', "&lt;", "{{ 7*7 }}", "\n", "name: x", "\0"])
    ).map("".join),
    st.sampled_from([kind.value for kind in Kind]),
)
def test_any_text_is_answered_and_shown_as_text(client: Client, text: str, kind: str) -> None:
    """Whatever stands in it, the page has the page's elements, and the text in its field as it was."""
    answer = send(client, text, kind)
    page = Page(answer.text)

    assert answer.status_code == 200
    assert page.tags <= TAGS
    assert answer.text.count("<script") == 1
    kept = page.texts["textarea"].removeprefix("\n")
    assert kept.startswith(text.replace("\r\n", "\n").removeprefix("\ufeff"))
