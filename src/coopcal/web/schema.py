"""The schema of source files, for editors that complete and mark; it is the same whatever is served."""

from functools import lru_cache

from flask import Blueprint, Response

from coopcal.definitions.schema import written
from coopcal.web.headers import SCHEMA_CACHING

blueprint = Blueprint("schema", __name__)


@blueprint.get("/schema.json")
def schema_json() -> Response:
    """Return the whole document; editors in browsers read it from other sites."""
    answer = Response(_content(), mimetype="application/schema+json")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = SCHEMA_CACHING
    return answer


@lru_cache(maxsize=1)
def _content() -> bytes:
    return written().encode()
