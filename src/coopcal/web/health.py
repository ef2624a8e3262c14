"""Addresses for machines: is it alive, is it ready, what may robots read, what is published, what sources may say."""

from flask import Blueprint, Response, abort, current_app, jsonify
from werkzeug.exceptions import HTTPException

from coopcal.site.layout import SiteError
from coopcal.web.current import instant, site
from coopcal.web.headers import SCHEMA_CACHING

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that the process answers."""
    return _fresh(Response("ok\n", mimetype="text/plain"))


@blueprint.get("/readyz")
def readyz() -> Response:
    """Say which site is served, what of it is held, and whether it is past its ``good_until``; 503 while there is none.

    That of an event that waits for its day is not told before.
    """
    try:
        live = current_app.extensions["coopcal"]
        current = live.current()
    except SiteError as error:
        answer = jsonify({"ready": False, "reason": str(error)})
        answer.status_code = 503
        return _fresh(answer)
    good_until, told_until = current.manifest.good_until, current.manifest.told_until
    return _fresh(
        jsonify(
            {
                "ready": True,
                "version": current.manifest.public,
                "compiled_at": current.manifest.compiled_at.isoformat(),
                "good_until": told_until.isoformat() if told_until else None,
                "held": [
                    {
                        "organisation": held.organisation,
                        "since": held.since.isoformat(),
                        "shown": held.shown,
                        "errors": held.errors,
                        "place": f"{held.position.path}:{held.position.line}:{held.position.column}",
                        "code": held.code,
                    }
                    for held in current.manifest.held
                ],
                "trouble": live.trouble or None,
                "past_good_until": good_until is not None and instant() >= good_until,
            }
        )
    )


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Let everything be read: Google refuses feeds that robots.txt does not allow (clients.md 4.16)."""
    try:
        pages = f"Sitemap: {site().manifest.base_url}/sitemap.xml\n"
    except HTTPException:
        pages = ""
    return Response(f"User-agent: *\nAllow: /\n{pages}", mimetype="text/plain")


@blueprint.get("/site.json")
def site_json() -> Response:
    """Return what is published, for the next compile elsewhere; 503 where it is damaged."""
    try:
        content = site().site_json
    except SiteError:
        abort(503)
    answer = Response(content, mimetype="application/json")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@blueprint.get("/schema.json")
def schema_json() -> Response:
    """Return the schema of source files, for editors that complete and mark: those in browsers read it from other sites."""
    answer = Response(site().schema, mimetype="application/schema+json")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = SCHEMA_CACHING
    return answer


def _fresh(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
