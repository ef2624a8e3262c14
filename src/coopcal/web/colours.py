"""The colours of organisations, as a style sheet; pages name them by classes, as their policy allows no other way."""

import hashlib

from flask import Blueprint, Response, abort

from coopcal.site.reader import Site
from coopcal.web.assets import FOR_EVER
from coopcal.web.current import site

blueprint = Blueprint("colours", __name__)


def colours(found: Site) -> str:
    """Return a rule for each organisation that has a colour."""
    return "".join(
        f".o-{one.id} {{ --organisation: {one.colour}; }}\n" for one in found.organisations if one.colour
    )


def address(found: Site) -> str | None:
    """Return where the style sheet is, which changes with it; None where there is no colour."""
    css = colours(found)
    return f"/colours.{hashlib.sha256(css.encode()).hexdigest()[:12]}.css" if css else None


@blueprint.get("/colours.<digest>.css")
def style_sheet(digest: str) -> Response:
    """Return the style sheet, for as long as anybody likes."""
    if address(site()) != f"/colours.{digest}.css":
        abort(404)
    answer = Response(colours(site()), mimetype="text/css")
    answer.headers["Cache-Control"] = FOR_EVER
    return answer
