"""Style sheets, those of organisations' colours too, scripts and the icon: small, at addresses that change with them."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, abort

from coopcal.site.reader import Site
from coopcal.web.current import site

STATIC = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"

blueprint = Blueprint("assets", __name__)

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


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
    """Put into a script the expressions that several have in them, where it names them: ``"NARROW"``, ``"CHOSEN"``."""
    for name in ("narrow", "chosen"):
        shared = (STATIC / f"embed/{name}.js").read_text(encoding="utf-8").rstrip()
        script = script.replace(f'"{name.upper()}"', shared)
    return script


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


def _colours(compiled: Site) -> str:
    """Return a rule for each organisation that has a colour: pages name them by classes, as their policy allows no other way."""
    return "".join(
        f".o-{one.id} {{ --organisation: {one.colour}; }}\n" for one in compiled.organisations if one.colour
    )


def colour_sheet(compiled: Site) -> str | None:
    """Return where the style sheet of the organisations' colours is, which changes with it; None where there is no colour."""
    css = _colours(compiled)
    return f"/colours.{hashlib.sha256(css.encode()).hexdigest()[:12]}.css" if css else None


@blueprint.get("/colours.<digest>.css")
def colours(digest: str) -> Response:
    """Return the style sheet of colours, for as long as anybody likes."""
    if colour_sheet(site()) != f"/colours.{digest}.css":
        abort(404)
    answer = Response(_colours(site()), mimetype="text/css")
    answer.headers["Cache-Control"] = FOR_EVER
    return answer
