"""Documents that are published with their events."""

import mimetypes
from functools import lru_cache
from pathlib import Path

from flask import Response, abort, request, send_file

from coopcal.site.seal import is_document
from coopcal.web.current import site
from coopcal.web.headers import DOCUMENT_CACHING, DOCUMENT_POLICY


@lru_cache(maxsize=4096)
def _once_whole(path: Path) -> bool:
    if not is_document(path):
        raise ValueError(path)
    return True


def _is_whole(path: Path) -> bool:
    """Return whether a document is what was written; of one that is, this is seen once."""
    try:
        return _once_whole(path)
    except ValueError:
        return False


def document(address: str) -> Response:
    """Return a document of an event, or 404; its kind follows from its name, which cannot be one that runs.

    Servers that send files by themselves are given the file; others the whole of it at once, as a document given bit by
    bit holds a thread for as long as its reader likes.
    """
    path = site().documents.get(address)
    if path is None or not _is_whole(path):
        abort(404)
    name = address.rsplit("/", 1)[-1]
    try:
        answer = send_file(
            path,
            mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
            download_name=name,
            etag=path.name,
            max_age=DOCUMENT_CACHING,
        )
    except FileNotFoundError:  # swept away with its version since the request began
        abort(404)
    if "wsgi.file_wrapper" not in request.environ:
        answer.direct_passthrough = False
        answer.set_data(answer.get_data())
    answer.headers["Content-Security-Policy"] = DOCUMENT_POLICY
    return answer
