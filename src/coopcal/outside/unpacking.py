"""A body that may be packed (gzip), unpacked as it comes and within bounds."""

import zlib
from collections.abc import Iterable

from coopcal.model.message import msg
from coopcal.outside.answer import Fault, Unanswered
from coopcal.outside.bounds import Bounds, NoAnswerError

_GZIP = frozenset({"gzip", "x-gzip"})


def unpacked(chunks: Iterable[bytes], coding: str, bounds: Bounds) -> bytes:
    """Return a whole body; raise NoAnswerError where it is too large, damaged, or packed in a way that was not asked for."""
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        return _plain(chunks, bounds)
    if coding not in _GZIP:
        raise NoAnswerError(
            Unanswered(
                Fault.BROKEN,
                msg("it is packed in a way that was not asked for ({coding})", coding=coding[:40]),
            )
        )
    return _gunzipped(chunks, bounds)


def _plain(chunks: Iterable[bytes], bounds: Bounds) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > bounds.limits.size:
            raise bounds.too_large(unpacked=False)
    return bytes(body)


def _gunzipped(chunks: Iterable[bytes], bounds: Bounds) -> bytes:
    """Unpack one member behind another; no more than the bound and a byte are ever made."""
    largest, body, packed = bounds.limits.size, bytearray(), 0
    unpacking = zlib.decompressobj(wbits=31)
    fresh = True
    for chunk in chunks:
        packed += len(chunk)
        if packed > largest:
            raise bounds.too_large(unpacked=False)
        rest = chunk
        while rest:
            if unpacking.eof:
                unpacking, fresh = zlib.decompressobj(wbits=31), True
            try:
                body += unpacking.decompress(rest, largest + 1 - len(body))
            except zlib.error as error:
                raise NoAnswerError(
                    Unanswered(
                        Fault.BROKEN,
                        msg("what is packed in it (gzip) is damaged ({reason})", reason=error),
                    )
                ) from error
            if len(body) > largest:
                raise bounds.too_large(unpacked=True)
            rest, fresh = unpacking.unused_data, False
            bounds.patience()
    if not (unpacking.eof or fresh):
        raise NoAnswerError(
            Unanswered(Fault.BROKEN, msg("it is cut off: the end of what is packed in it (gzip) is missing"))
        )
    return bytes(body)
