"""``/hooks/rebuild``: a forge says that something was pushed; all that comes of it is one empty file.

What it says is not read: whoever compiles fetches the branch that is configured, whatever a call names. So a call that is
sent again does no harm.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

LARGEST = 64_000
"""Bytes that a call may have."""

_SIGNED = ("X-Hub-Signature-256", "X-Forgejo-Signature", "X-Gitea-Signature")
"""Headers with the HMAC-SHA256 of the body, in hexadecimal digits: GitHub's begins with its name."""

_PREFIX = "whsec_"
"""What secrets of Standard Webhooks begin with; GitLab's signing tokens are of that kind."""

blueprint = Blueprint("hooks", __name__)


def pages(secret: str, wanted: Path) -> Callable[[Flask], None]:
    """Return what adds ``/hooks/rebuild`` to an application; a call that is signed with the secret creates the file."""

    def add(app: Flask) -> None:
        app.extensions["coopcal_hook"] = (secret, wanted)
        app.register_blueprint(blueprint)

    return add


@blueprint.route("/hooks/rebuild", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
def rebuild() -> Response:
    """Note that a rebuild is wanted; what is refused is told to whoever set the forge up, who reads plain text there."""
    secret, wanted = current_app.extensions["coopcal_hook"]
    if request.method != "POST":
        answer = _told(405, "This address takes calls of a forge (POST).")
        answer.headers["Allow"] = "POST"
        return answer
    request.max_content_length = LARGEST
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        return _told(413, f"A call has at most {LARGEST} bytes.")
    if not is_signed(secret, body, request.headers.get):
        return _told(403, "The signature is wrong: is the secret here the same as at the forge?")
    try:
        wanted.touch(mode=0o600)
    except OSError:
        return _told(503, "The rebuild could not be noted: the state folder of the server cannot be written.")
    return Response(status=202, headers={"Cache-Control": "no-store"})


def _told(status: int, sentence: str) -> Response:
    return Response(
        f"{sentence}\n",
        status,
        {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
        content_type="text/plain; charset=utf-8",
    )


def is_signed(secret: str, body: bytes, header: Callable[[str], str | None]) -> bool:
    """Return whether whoever sent a body knows the secret; how long that takes tells nothing of it."""
    shown = [
        hmac.compare_digest(given.encode(), wanted.encode())
        for given, wanted in _proofs(secret, body, header)
    ]
    return any(shown)


def _proofs(secret: str, body: bytes, header: Callable[[str], str | None]) -> Iterator[tuple[str, str]]:
    """Return what a call gives as a proof, each with what it would have to be."""
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    for name in _SIGNED:
        yield (header(name) or "").removeprefix("sha256="), signature
    yield header("X-Gitlab-Token") or "", secret
    signed = f"{header('webhook-id') or ''}.{header('webhook-timestamp') or ''}.".encode() + body
    digest = hmac.new(_key(secret), signed, hashlib.sha256).digest()
    for given in (header("webhook-signature") or "").split(" ")[:_VERSIONS]:
        yield given, f"v1,{base64.b64encode(digest).decode()}"


_VERSIONS = 8
"""Signatures of a call that are looked at: while a secret is changed, there are two."""


def _key(secret: str) -> bytes:
    """Return the key of a secret of Standard Webhooks."""
    try:
        return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        return secret.encode()
