"""Documents that are published with their events."""

import mimetypes

from flask import Response, abort, request, send_file

from coopcal.web.current import site


def document(address: str) -> Response:
    """Give a document of an event, or 404; its kind follows from its name, which cannot be one that runs.

    Servers that send files by themselves are given the file; others the whole of it at once, as a document given bit by
    bit holds a thread for as long as its reader likes.
    """
    path = site().documents.get(address)
    if path is None:
        abort(404)
    name = address.rsplit("/", 1)[-1]
    try:
        answer = send_file(
            path,
            mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
            download_name=name,
            etag=path.name,
            max_age=3600,
        )
    except FileNotFoundError:  # swept away with its version since the request began
        abort(404)
    if "wsgi.file_wrapper" not in request.environ:
        answer.direct_passthrough = False
        answer.set_data(answer.get_data())
    answer.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return answer
