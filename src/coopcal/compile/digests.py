"""Digests of what things are made of: they differ where anything of it does."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b

SIZE = 16
"""Bytes of a digest."""


def digest_of_digests(digests: Sequence[bytes]) -> bytes:
    """Return the digest of digests in order: of one that itself."""
    return digests[0] if len(digests) == 1 else digest_of_parts(digests)


def digest_of_parts(parts: Iterable[bytes]) -> bytes:
    """Return the digest of parts in order, each with its length, so that none runs into the next."""
    digest = blake2b(digest_size=SIZE)
    for part in parts:
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.digest()
