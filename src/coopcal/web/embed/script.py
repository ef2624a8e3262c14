"""``/embed.js``: the element ``<coop-calendar>``, and the height of frames."""

import hashlib
import json
import re
from functools import lru_cache

from flask import Response, abort

from coopcal.views.filters import NAMES as FILTERS
from coopcal.web import assets
from coopcal.web.current import site
from coopcal.web.embed.options import VALUES
from coopcal.web.embed.views import blueprint
from coopcal.web.links import are_served

CACHING = "public, max-age=3600, stale-while-revalidate=86400"


@blueprint.get("/embed.js")
def current_script() -> Response:
    """Return the script as it is now."""
    answer = _answer(script(site().manifest.languages, served=are_served()))
    answer.headers["Cache-Control"] = CACHING
    return answer


@blueprint.get("/embed.<digest>.js")
def pinned_script(digest: str) -> Response:
    """Return the script at an address that changes with it, for pages that say which bytes they expect."""
    body = script(site().manifest.languages, served=are_served())
    if digest != digest_of(body):
        abort(404)
    answer = _answer(body)
    answer.headers["Cache-Control"] = assets.FOR_EVER
    return answer


@lru_cache(maxsize=8)
def script(languages: tuple[str, ...], *, served: bool = True) -> str:
    """Return the script for a site with these languages, the usual one first, without what only people read.

    That of a site which is ``served`` has nothing in it that is for files.
    """
    text = (assets.STATIC / "embed/embed.js").read_text(encoding="utf-8")
    if served:
        text = re.sub(r" *// For files\.\n.*?// …\n", "", text, flags=re.DOTALL)
    text = assets.with_shared(text)
    text = _packed(text)
    style = _of_elements((assets.STATIC / "embed/embed.css").read_text(encoding="utf-8"))
    known = {
        "LANGUAGES": languages,
        "STYLE": _small(style),
        "NAMES": (*FILTERS, *VALUES),
        "FILES": assets.asset("files.js")[1:],
    }
    for name, value in known.items():
        text = text.replace(f'"{name}"', json.dumps(value, ensure_ascii=False))
    return text


def digest_of(text: str) -> str:
    """Return what the pinned address of a script says of it."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _packed(javascript: str) -> str:
    """Take out of a script what only people read; of what stands in quotes, nothing. All its statements end with a semicolon or a brace."""
    text = re.sub(r"^\s*(//.*\n)?", "", javascript, flags=re.MULTILINE)
    quoted = r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"
    return re.sub(rf"({quoted})|\s*([(){{}}\[\];,:?=<>&|!*])\s*", lambda found: found[1] or found[2], text)


def _of_elements(css: str) -> str:
    """Return a style sheet without what is for frames alone."""
    return re.sub(r"\.coopcal-framed[^,{]*, ", "", css)


def _small(css: str) -> str:
    """Take out of a style sheet what only people read."""
    text = re.sub(r"\s*([{}:;,])\s*", r"\1", re.sub(r"/\*.*?\*/|\n\s*", "", css, flags=re.DOTALL))
    return text.replace(";}", "}")


def _answer(text: str) -> Response:
    answer = Response(text, mimetype="text/javascript")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
