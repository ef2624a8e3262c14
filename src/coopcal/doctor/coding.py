"""Bodies as they were before they were compressed on the way."""

import zlib

import brotli

from coopcal.doctor.answer import Answer

_GZIP = 31
_ROOM = 65_536


class CodingError(Exception):
    """A body is not coded as its header says, or is larger than is read."""


def decoded(answer: Answer, largest: int) -> bytes:
    """Return the body of an answer without its Content-Encoding; raise CodingError where that is broken."""
    body = answer.body
    for coding in reversed([name.strip().lower() for name in answer.header("Content-Encoding").split(",")]):
        match coding:
            case "" | "identity":
                continue
            case "gzip" | "x-gzip":
                body = _inflated(body, _GZIP, largest)
            case "deflate":
                body = _inflated(body, zlib.MAX_WBITS, largest)
            case "br":
                body = _unbrotlied(body, largest)
            case _:
                raise CodingError(coding)
    return body


def _inflated(body: bytes, bits: int, largest: int) -> bytes:
    machine = zlib.decompressobj(bits)
    try:
        whole = machine.decompress(body, largest + 1)
    except zlib.error as error:
        raise CodingError(str(error)) from error
    if not machine.eof or len(whole) > largest:
        raise CodingError("cut off, or too large")
    return whole


def _unbrotlied(body: bytes, largest: int) -> bytes:
    machine, whole = brotli.Decompressor(), bytearray()
    try:
        piece = machine.process(body, output_buffer_limit=_ROOM)
        while piece and len(whole) <= largest:
            whole += piece
            piece = b"" if machine.is_finished() else machine.process(b"", output_buffer_limit=_ROOM)
    except brotli.error as error:
        raise CodingError(str(error)) from error
    if not machine.is_finished() or len(whole) > largest:
        raise CodingError("cut off, or too large")
    return bytes(whole)
