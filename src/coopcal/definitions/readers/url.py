"""Web addresses."""

import re
from collections.abc import Collection
from functools import partial
from ipaddress import IPv6Address
from urllib.parse import SplitResult, urlsplit

from coopcal.definitions.codes.values import BAD_URL
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema, patterns
from coopcal.definitions.declared.reader import Reader, listed, reader
from coopcal.definitions.declared.shapes import scalar, shortened
from coopcal.definitions.declared.spelling import instead_of
from coopcal.definitions.readers.email_and_phone import EMAIL
from coopcal.definitions.source.node import Node
from coopcal.model.message import msg

URL = json_schema.text(patterns.URL, "Write the whole address, beginning with https://")

_HOST = re.compile(r"(?=.{1,253}$)([\w]([\w-]{0,61}[\w])?)(\.[\w]([\w-]{0,61}[\w])?)*")
_SIX = re.compile(r"(?:^|@)\[([^\[\]@]+)\](?::[0-9]*)?$")
_LONGEST = 2000
"""Characters; what browsers take."""


def is_address(written: str, schemes: Collection[str] = ("https", "http")) -> bool:
    """Return whether a text is the whole address of something on the web (RFC 3986), as browsers take it."""
    parts, host = _split(written)
    return (
        parts.scheme.lower() in schemes
        and host is not None
        and (_is_six(parts.netloc) if "[" in parts.netloc else _HOST.fullmatch(host) is not None)
        and not re.search(r'[\s<>"{}|\\^`]', written)
        and len(written) <= _LONGEST
    )


def has_credentials(address: str) -> bool:
    """Return whether an address holds a name or a password (RFC 3986, 3.2.1)."""
    return "@" in urlsplit(address).netloc


def _is_six(authority: str) -> bool:
    """Return whether a host in brackets is an address of IPv6, and of no single network card (RFC 3986, 3.2.2)."""
    found = _SIX.search(authority)
    try:
        return found is not None and IPv6Address(found[1]).scope_id is None
    except ValueError:
        return False


def _split(written: str) -> tuple[SplitResult, str | None]:
    """Return the parts of an address and its host; None where it has none, or a port that is none."""
    try:
        parts = urlsplit(written)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return urlsplit(""), None
    return parts, parts.hostname if has_port else None


def _url(node: Node, context: Context, *, schemes: tuple[str, ...]) -> str | None:
    problems = context.problems
    text = scalar(node, problems, msg("an address"))
    if text is None:
        return None
    written = text.text.strip()
    parts, host = _split(written)
    scheme = parts.scheme.lower()
    if scheme == "mailto" and scheme in schemes and EMAIL.fullmatch(parts.path):
        return written
    if is_address(written, schemes):
        return written
    mend, fix = msg("write the whole address, beginning with https://"), None
    if re.fullmatch(r"(//)?[\w-]+(\.[\w-]+)+(/\S*)?", written):
        address = f"https://{written.removeprefix('//')}"
        mend, fix = msg("did you mean “{whole}”?", whole=address), instead_of(text, address)
    elif " " in written:
        mend = (
            msg("write %20 for a blank in it")
            if scheme in schemes and host
            else msg("write an address that begins with https://; text belongs under “description”")
        )
    problems.tell(
        text.position, BAD_URL, msg("“{written}” is no web address", written=shortened(written)), mend, fix
    )
    return None


url = Reader(partial(_url, schemes=("https", "http")), URL)
url_or_mailto = Reader(
    partial(_url, schemes=("https", "http", "mailto")),
    json_schema.text(patterns.URL_OR_MAILTO, "Write the whole address, beginning with https:// or mailto:"),
)


@reader(URL)
def base_url(node: Node, context: Context) -> str | None:
    """Read the address of a site, without a slash at its end."""
    address = url(node, context)
    return address.rstrip("/") if address else None


base_urls = listed(base_url)
