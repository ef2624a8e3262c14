"""Headers of answers: what all of them carry, how long they may be kept, and where redirects lead."""

import re

from flask import Response, redirect

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)

ASKING_POLICY = f"{CONTENT_SECURITY_POLICY}; connect-src 'self'"
"""Of pages whose script asks this server, or the host of the files that they are."""

EMBEDDED_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors *"
)
"""Of pages that are made for the frames of others; no other page may be framed."""

DOCUMENT_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""Of documents that are published with events: whatever a browser makes of them, nothing in them runs."""

SECURITY = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)

FEED_CACHING = "public, max-age=900, stale-while-revalidate=3600, stale-if-error=604800"
"""A quarter of an hour: clients ask far more rarely (clients.md 3), and shared caches stay fresh."""

PAGE_CACHING = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"

SCHEMA_CACHING = "public, max-age=3600, stale-while-revalidate=86400, stale-if-error=604800"
"""An hour: what may be written changes with coopcal alone."""

DOCUMENT_CACHING = 3600
"""Seconds for which a document may be kept."""

_ORIGIN = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#\\]*")


def by_path(address: str) -> str:
    """Return the path and query of an address on this server: no host and no scheme that a request named.

    Browsers read more slashes at its beginning as a host.
    """
    origin = _ORIGIN.match(address)
    return "/" + address[origin.end() if origin else 0 :].lstrip("/\\")


def stay_here(response: Response, base: str) -> Response:
    """Let a redirect lead to a path of this server, below the one that the site is at, and its words name no more than that."""
    asked = response.headers.get("Location")
    if asked is not None and (leads := f"{base}{by_path(asked)}") != asked:
        response.headers["Location"] = leads
        response.set_data(redirect(leads, response.status_code).get_data())
    return response
