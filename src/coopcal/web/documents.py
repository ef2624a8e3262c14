"""Documents that are published with their events."""

import mimetypes

from flask import Response, abort, send_file

from coopcal.web.current import site


def document(address: str) -> Response:
    """Give a document of an event, or 404; its kind follows from its name, which cannot be one that runs."""
    path = site().documents.get(address)
    if path is None:
        abort(404)
    name = address.rsplit("/", 1)[-1]
    answer = send_file(
        path,
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
        download_name=name,
        etag=path.name,
        max_age=3600,
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return answer
