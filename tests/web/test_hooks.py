"""Calls of forges: whoever knows the secret leaves one empty file, and nobody else anything."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.trees import NOW, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app, hooks

SECRET = "whsec_" + base64.b64encode(b"nobody guesses these bytes").decode()
BODY = b'{"ref": "refs/heads/main", "pusher": "R\xc3\xa9my"}'


def digest(key: bytes, body: bytes) -> bytes:
    return hmac.new(key, body, hashlib.sha256).digest()


def standard(secret: str, body: bytes) -> dict[str, str]:
    """Return the headers of Standard Webhooks, which GitLab sends with a signing token."""
    key = base64.b64decode(secret.removeprefix("whsec_") + "==")
    signed = base64.b64encode(digest(key, b"msg_1.1700000000." + body)).decode()
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": "1700000000",
        "webhook-signature": f"v1,AAAA v1,{signed}",
    }


FORGES: dict[str, Callable[[str, bytes], dict[str, str]]] = {
    "GitHub": lambda secret, body: {"X-Hub-Signature-256": f"sha256={digest(secret.encode(), body).hex()}"},
    "Forgejo": lambda secret, body: {"X-Forgejo-Signature": digest(secret.encode(), body).hex()},
    "Gitea": lambda secret, body: {"X-Gitea-Signature": digest(secret.encode(), body).hex()},
    "GitLab": lambda secret, _: {"X-Gitlab-Token": secret},
    "GitLab, signed": standard,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = lay(tmp_path_factory.mktemp("site"))
    compiled(root)
    return root / "_site"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    folder = tmp_path / "state"
    folder.mkdir()
    return folder


@pytest.fixture
def client(site: Path, state: Path) -> Client:
    return Client(create_app(LiveSite(site), lambda: NOW, [hooks.pages(SECRET, state / "wanted")]))


def files(state: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in state.rglob("*")}


@pytest.mark.parametrize("forge", FORGES)
def test_a_call_of_a_forge_leaves_one_empty_file(client: Client, state: Path, forge: str) -> None:
    """Also when it is sent again."""
    for _ in range(3):
        answer = client.post("/hooks/rebuild", data=BODY, headers=FORGES[forge](SECRET, BODY))

        assert (answer.status_code, answer.data) == (202, b"")
        assert files(state) == {"wanted": b""}


@pytest.mark.parametrize("forge", FORGES)
@pytest.mark.parametrize("wrong", ["secret", "body", "cut", "longer", "empty", "letters"])
def test_whoever_does_not_know_the_secret_leaves_nothing(
    client: Client, state: Path, forge: str, wrong: str
) -> None:
    """The body of another call, another secret, a part of what is right, nothing, no ASCII."""
    secret = "whsec_" + base64.b64encode(b"other bytes than those").decode() if wrong == "secret" else SECRET
    headers = FORGES[forge](secret, BODY + b" " if wrong == "body" else BODY)
    if forge == "GitLab" and wrong == "body":
        headers = {}
    name = list(headers)[-1] if headers else ""
    changes: dict[str, Callable[[str], str]] = {
        "cut": lambda text: text[:-1],
        "longer": lambda text: text + "0",
        "empty": lambda _: "",
        "letters": lambda text: text[:-1] + "\xe9",
    }
    if name and wrong in changes:
        headers[name] = changes[wrong](headers[name])
    answer = client.post("/hooks/rebuild", data=BODY, headers=headers)

    assert answer.status_code == 403
    assert files(state) == {}


@pytest.mark.parametrize("size", [64_000, 64_001, 300_000])
def test_a_call_that_is_too_large_is_refused(client: Client, state: Path, size: int) -> None:
    body = b"x" * size
    answer = client.post("/hooks/rebuild", data=body, headers=FORGES["GitHub"](SECRET, body))

    assert answer.status_code == (202 if size == 64_000 else 413)
    assert files(state) == ({"wanted": b""} if size == 64_000 else {})


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(client: Client, state: Path, method: str) -> None:
    answer = client.open("/hooks/rebuild", method=method, headers=FORGES["GitLab"](SECRET, b""))

    assert answer.status_code == 405
    assert files(state) == {}


def test_without_a_secret_there_is_no_such_address(site: Path) -> None:
    client = Client(create_app(LiveSite(site), lambda: NOW))

    assert client.post("/hooks/rebuild", data=BODY).status_code == 404


def test_no_answer_tells_the_secret_or_the_folder(client: Client, state: Path) -> None:
    for answer in (client.post("/hooks/rebuild"), client.get("/hooks/rebuild")):
        assert SECRET not in answer.text
        assert str(state) not in answer.text


def test_a_disk_that_takes_nothing_is_told_by_503(site: Path, tmp_path: Path) -> None:
    client = Client(create_app(LiveSite(site), lambda: NOW, [hooks.pages(SECRET, tmp_path / "gone/wanted")]))

    answer = client.post("/hooks/rebuild", data=BODY, headers=FORGES["GitLab"](SECRET, BODY))
    assert (answer.status_code, answer.mimetype) == (503, "text/plain")
    assert answer.text.startswith("The rebuild could not be noted")


@pytest.mark.parametrize(
    ("method", "signed", "size", "status", "said"),
    [
        ("POST", False, 1, 403, "The signature is wrong: is the secret here the same as at the forge?\n"),
        ("POST", False, 0, 403, "The signature is wrong: is the secret here the same as at the forge?\n"),
        ("POST", True, 64_001, 413, "A call has at most 64000 bytes.\n"),
        ("GET", True, 0, 405, "This address takes calls of a forge (POST).\n"),
        ("HEAD", True, 0, 405, ""),
        ("PUT", True, 1, 405, "This address takes calls of a forge (POST).\n"),
        ("PATCH", True, 1, 405, "This address takes calls of a forge (POST).\n"),
        ("DELETE", True, 0, 405, "This address takes calls of a forge (POST).\n"),
    ],
)
def test_whoever_sets_the_forge_up_reads_why_in_plain_text(
    client: Client, method: str, size: int, status: int, said: str, *, signed: bool
) -> None:
    """Forges show it beside the call: one line, no page for visitors."""
    body = b"x" * size
    headers = FORGES["GitHub"](SECRET, body) if signed else {}
    answer = client.open("/hooks/rebuild", method=method, data=body, headers=headers)

    assert (answer.status_code, answer.text) == (status, said)
    assert answer.mimetype == "text/plain"
    assert answer.headers["Cache-Control"] == "no-store"
    if status == 405:
        assert answer.headers["Allow"] == "POST"
