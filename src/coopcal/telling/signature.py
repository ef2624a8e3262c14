"""Signatures of what is sent, as Standard Webhooks has them (https://www.standardwebhooks.com)."""

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from coopcal.model.message import Message, msg

_PREFIX = "whsec_"
_SHORTEST, _LONGEST = 24, 64
"""Bytes of a secret."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs by one secret, or by several while one takes the place of another."""

    keys: tuple[bytes, ...]

    def headers(self, identifier: str, at: datetime, body: bytes) -> Mapping[str, str]:
        """Return the headers that tell what is sent apart from what others send."""
        seconds = str(int(at.timestamp()))
        content = f"{identifier}.{seconds}.".encode() + body
        signatures = (b64encode(hmac.digest(key, content, hashlib.sha256)).decode() for key in self.keys)
        return {
            "webhook-id": identifier,
            "webhook-timestamp": seconds,
            "webhook-signature": " ".join(f"v1,{one}" for one in signatures),
        }


def signer_of(text: str) -> Signer | Message:
    """Return what signs by the secrets in a text, with blanks between them; else why that is none, without a word of it."""
    keys = []
    for word in text.split():
        try:
            key = b64decode(word.removeprefix(_PREFIX), validate=True)
        except ValueError:
            key = b""
        if not _SHORTEST <= len(key) <= _LONGEST:
            return msg(
                "a secret is of {least} to {most} bytes, written in base64: openssl rand -base64 32",
                least=_SHORTEST,
                most=_LONGEST,
            )
        keys.append(key)
    return Signer(tuple(keys)) if keys else msg("there is no secret in it")
