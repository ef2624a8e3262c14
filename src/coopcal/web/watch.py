"""Pages of a site whose sources are watched: they show problems, and load themselves again.

Every page asks for the state a few times a second while it is seen, and no connection is held: a held one would take
a thread of the server for each open page, and of a browser one of the six that it has for a server. A server that
starts again is found again by itself.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, current_app, g, jsonify, make_response, render_template

from coopcal.model.message import msg, plural
from coopcal.model.problem import SAID
from coopcal.site.codec import Codec, objects
from coopcal.site.layout import SiteError
from coopcal.text.messages import say
from coopcal.web.headers import CONTENT_SECURITY_POLICY

blueprint = Blueprint("watch", __name__, url_prefix="/watch", template_folder="templates")

_ADDED = "connect-src 'self'"


@dataclass(frozen=True, slots=True)
class Told:
    """A problem as it is shown: its place, what is wrong, the line it stands in and the mark under it."""

    path: str
    line: int
    column: int
    severity: str
    code: str
    message: str
    mend: str | None
    source: str
    caret: str


@dataclass(frozen=True, slots=True)
class State:
    """What came of the last compile: its problems, what else is ``said`` of it, and whether all of it was ``published``.

    ``language`` is the one that it is told in.
    """

    problems: tuple[Told, ...] = ()
    said: tuple[str, ...] = ()
    published: bool = True
    language: str = "en"

    @property
    def role(self) -> str:
        """How urgent it is to those who hear pages (WAI-ARIA)."""
        return "status" if self.published else "alert"

    @property
    def digest(self) -> str:
        """A name for what is shown, "" where there is nothing to show."""
        if not self.problems and not self.said:
            return ""
        return hashlib.sha256(STATE.dumps(State, self)).hexdigest()[:16]


STATE = Codec(objects(State, Told))
"""What stands in the file that the application follows."""


def pages(file: Path) -> Callable[[Flask], None]:
    """Return what lets an application's pages follow the state that a file holds; it is replaced as a whole."""

    def add(app: Flask) -> None:
        app.extensions["coopcal_watch"] = file
        app.register_blueprint(blueprint)
        app.after_request(_follow)

    return add


@cache
def _static(name: str) -> tuple[str, str]:
    """Return a file of ours and the name that it is asked for by, which changes with it."""
    text = (Path(__file__).parent / "static" / name).read_text(encoding="utf-8")
    stem, ending = name.split(".")
    return text, f"{stem}.{hashlib.sha256(text.encode()).hexdigest()[:12]}.{ending}"


def _state() -> State:
    try:
        return STATE.loads(State, current_app.extensions["coopcal_watch"].read_bytes())
    except FileNotFoundError:
        return State()


def _shown_version() -> str:
    """Return the version that the page was made of, which may be the one before by now."""
    return g.site.version if "site" in g else _version()


def _version() -> str:
    try:
        version: str = current_app.extensions["coopcal"].current().version
    except SiteError:
        return ""
    return version


@blueprint.get("/state")
def state() -> Response:
    """Say which version is served, and by a digest which problems there are."""
    current = _state()
    return _fresh(jsonify({"version": _version(), "problems": current.digest, "role": current.role}))


@blueprint.get("/problems")
def problems() -> Response:
    """Return what every page shows of problems: a piece of HTML, empty where there are none."""
    return _fresh(make_response(_panel(_state())))


@blueprint.get("/<name>")
def static(name: str) -> Response | tuple[str, int]:
    """Return the script and the style sheet."""
    for file, kind in (("watch.js", "text/javascript"), ("watch.css", "text/css")):
        text, known = _static(file)
        if name == known:
            return _fresh(Response(text, mimetype=kind))
    return "", 404


def _panel(current: State) -> str:
    return render_template("problems.html", state=current, words=_words(current)) if current.digest else ""


def _words(current: State) -> dict[str, str]:
    """Return what stands around the problems, in the language that they are told in."""
    number = len(current.problems)
    words = {
        "summary": plural("{count} problem in the sources", "{count} problems in the sources", number),
        "title": msg("Problems in the sources"),
        "heading": msg("This page is up to date, with these remarks")
        if current.published
        else msg("This page is as it was before these errors"),
        "mend": msg("Mend:"),
    } | {severity.value: word for severity, word in SAID.items()}
    return {name: say(word, current.language) for name, word in words.items()}


def _follow(response: Response) -> Response:
    """Add to each page the problems there are, and the script that follows them."""
    if response.mimetype != "text/html" or response.direct_passthrough:
        return response
    current = _state()
    added: dict[str, Any] = {"script": _static("watch.js")[1], "style": _static("watch.css")[1]}
    version = "" if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE else _shown_version()
    extra = render_template("watch.html", panel=_panel(current), state=current, version=version, **added)
    page, end, rest = response.get_data(as_text=True).rpartition("</body>")
    if end:
        response.set_data(f"{page}{extra}{end}{rest}")
        policy = response.headers.get("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        allowed = policy if _ADDED in policy else f"{policy}; {_ADDED}"
        response.headers["Content-Security-Policy"] = allowed
        response.headers["Cache-Control"] = "no-store"
    return response


def _fresh(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
