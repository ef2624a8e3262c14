"""The schema of source files, for editors that complete and mark."""

from flask import Blueprint, Response

from coopcal.web.current import site
from coopcal.web.headers import SCHEMA_CACHING

blueprint = Blueprint("schema", __name__)


@blueprint.get("/schema.json")
def schema_json() -> Response:
    """Return the whole document; editors in browsers read it from other sites."""
    answer = Response(site().schema, mimetype="application/schema+json")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = SCHEMA_CACHING
    return answer
