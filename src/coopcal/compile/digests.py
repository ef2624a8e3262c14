"""Digests of what things are made of: they differ where anything of it does."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

SIZE = 16
"""Bytes of a digest: half a SHA-256, which most processors have instructions for."""


def digest_of_digests(digests: Sequence[bytes]) -> bytes:
    """Return the digest of digests in order: of one that itself."""
    return digests[0] if len(digests) == 1 else digest_of_parts(digests)


def digest_of_parts(parts: Iterable[bytes]) -> bytes:
    """Return the digest of parts in order, each with its length, so that none runs into the next."""
    digest = sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.digest()[:SIZE]
