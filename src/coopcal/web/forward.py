"""A site whose files stand at a former address: its pages lead to the ones of now, and all that programs read is the same."""

from http import HTTPStatus

from flask import Flask, Response, make_response, render_template, request

from coopcal.web import language
from coopcal.web.current import AWAY, site
from coopcal.web.headers import PAGE_CACHING
from coopcal.web.links import path_of

_PAGES = frozenset({"pages", "pages-by-language"})


def add(app: Flask) -> None:
    """Let the pages of an application lead to those of the site of now, whose address its manifest names."""
    app.after_request(_lead_on)


def _lead_on(response: Response) -> Response:
    """Return a page that leads on by itself in the place of a page; anything else as it is.

    A frame leads on, too, where what it loads would lie below another path.
    """
    manifest = site().manifest
    leads = response.headers.get("Location")
    is_framed = request.blueprint == "embed" and path_of(manifest.also_at[0]) != path_of(manifest.base_url)
    is_page = response.mimetype == "text/html" and response.status_code == HTTPStatus.OK
    if not (request.blueprint in _PAGES and (is_page or leads)) and not (
        is_framed and is_page and request.path.endswith("/")
    ):
        return response
    address = f"{manifest.base_url}{leads or request.full_path.rstrip('?')}"
    answer = make_response(render_template("forward.html", address=address, language=language.current()))
    answer.headers["Cache-Control"] = PAGE_CACHING
    answer.headers["Location"] = address
    request.environ[AWAY] = True
    return answer
