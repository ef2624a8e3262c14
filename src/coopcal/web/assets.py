"""Style sheets, scripts and the icon, small and at addresses that change with them; and the documents and pictures of a site."""

import hashlib
import json
import mimetypes
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path

from flask import Blueprint, Response, abort, request, send_file

from coopcal.site.seal import is_document
from coopcal.web.current import site
from coopcal.web.headers import DOCUMENT_CACHING, DOCUMENT_POLICY

STATIC = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"

blueprint = Blueprint("assets", __name__)

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}

_PICTURES = {"svg": "image/svg+xml", "webp": "image/webp", "avif": "image/avif"}
"""Kinds of pictures that not every machine knows by their names."""


@cache
def _assets() -> dict[str, tuple[str, str]]:
    """Return each asset by the name it is published under, with its kind and content.

    Each script is by itself, and the icon.
    """
    sheets = {"style": sheet("css"), "embed": sheet("embed")}
    files = {_named(name, css, "css"): ("css", css) for name, css in sheets.items()}
    for path in sorted((STATIC / "js").glob("*.js")):
        files[_named(path.stem, script(path.name), "js")] = ("js", script(path.name))
    icon = (STATIC / "icons" / "icon.svg").read_text(encoding="utf-8")
    files[_named("icon", icon, "svg")] = ("svg", icon)
    return files


@cache
def script(name: str) -> str:
    """Return a script of pages, with what it shares with others."""
    return with_shared((STATIC / "js" / name).read_text(encoding="utf-8"))


def with_shared(script: str) -> str:
    """Put into a script the expressions that several have in them, where it names them: ``"NARROW"``, ``"CHOSEN"``, ``"LOCAL"``."""
    for name in ("narrow", "chosen", "local"):
        shared = (STATIC / f"embed/{name}.js").read_text(encoding="utf-8").rstrip()
        script = script.replace(f'"{name.upper()}"', shared)
    return script.replace('"VALUES"', json.dumps(import_module("coopcal.web.embed.options").VALUES))


@cache
def sheet(folder: str) -> str:
    """Return the style sheets of a folder as one, in the order of their names."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((STATIC / folder).glob("*.css")))


def _named(stem: str, content: str, ending: str) -> str:
    return f"{stem}.{hashlib.sha256(content.encode()).hexdigest()[:12]}.{ending}"


@cache
def asset(name: str) -> str:
    """Return the address of an asset: ``style.css``, ``page.js``."""
    stem, ending = name.rsplit(".", 1)
    for published in _assets():
        if published.startswith(f"{stem}.") and published.endswith(f".{ending}"):
            return f"/static/{published}"
    raise KeyError(name)


@blueprint.get("/static/<name>")
def static(name: str) -> Response:
    """Return an asset, for as long as anybody likes."""
    if name not in _assets():
        abort(404)
    ending, content = _assets()[name]
    answer = Response(content, mimetype=_TYPES[ending])
    answer.headers["Cache-Control"] = FOR_EVER
    return answer


@lru_cache(maxsize=4096)
def _once_whole(path: Path) -> bool:
    if not is_document(path):
        raise ValueError(path)
    return True


def _is_whole(path: Path) -> bool:
    """Return whether a document is what was written; of one that is, this is seen once."""
    try:
        return _once_whole(path)
    except ValueError:
        return False


def document(address: str) -> Response:
    """Return a published document or picture, or 404; its kind follows from its name, and nothing in it runs.

    Servers that send files by themselves are given the file; others the whole of it at once, as a document given bit by
    bit holds a thread for as long as its reader likes.
    """
    path = site().documents.get(address)
    if path is None or not _is_whole(path):
        abort(404)
    name = address.rsplit("/", 1)[-1]
    try:
        answer = send_file(
            path,
            mimetype=_PICTURES.get(name.rsplit(".", 1)[-1])
            or mimetypes.guess_type(name)[0]
            or "application/octet-stream",
            download_name=name,
            etag=path.name,
            max_age=DOCUMENT_CACHING,
        )
    except FileNotFoundError:  # swept away with its version since the request began
        abort(404)
    if "wsgi.file_wrapper" not in request.environ:
        answer.direct_passthrough = False
        answer.set_data(answer.get_data())
    answer.headers["Content-Security-Policy"] = DOCUMENT_POLICY
    return answer
