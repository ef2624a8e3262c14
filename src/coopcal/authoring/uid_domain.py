"""A domain for those who have none: a name that nobody else has, and that nobody can ever buy."""

import hashlib
from datetime import datetime

from coopcal.model.ids import proposed_id

RESERVED = "calendar.invalid"
"""Below ``.invalid`` no name is ever given away (RFC 2606)."""

_LONGEST = 32
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_SIGNS = 6


def made_up(title: str, now: datetime) -> str:
    """Return a domain made of a site's title and of the instant at which it is begun, which keeps it apart from others."""
    digest = hashlib.sha256(f"{title}\n{now.isoformat()}".encode()).digest()
    sign = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:_SIGNS])
    name = proposed_id(title)[:_LONGEST].strip("-") or "events"
    return f"{name}-{sign}.{RESERVED}"
