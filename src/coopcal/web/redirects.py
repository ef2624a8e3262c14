"""Where redirects lead: by path alone, never to a host or a scheme that a request named."""

import re

from flask import Response, redirect

_ORIGIN = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#\\]*")


def by_path(address: str) -> str:
    """Return the path and query of an address on this server; browsers read more slashes at its beginning as a host."""
    origin = _ORIGIN.match(address)
    return "/" + address[origin.end() if origin else 0 :].lstrip("/\\")


def stay_here(response: Response) -> Response:
    """Let a redirect lead to a path of this server, and its words name no more than that."""
    asked = response.headers.get("Location")
    if asked is not None and (leads := by_path(asked)) != asked:
        response.headers["Location"] = leads
        response.set_data(redirect(leads, response.status_code).get_data())
    return response
