"""Bytes of others → UTF-8, as they were most probably meant."""

import codecs

from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.model.message import msg

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def as_utf8(data: bytes) -> bytes:
    """Return bytes without a byte order mark, UTF-16 and UTF-32 as UTF-8; single lines may still be of another encoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            return rest if encoding == "utf-8" else rest.decode(encoding, "replace").encode()
    head = data[:64]
    if head[1::2].count(0) > len(head) // 4:
        return data.decode("utf-16-le", "replace").encode()
    if head[::2].count(0) > len(head) // 4:
        return data.decode("utf-16-be", "replace").encode()
    return data


def text_of(data: bytes, line: int, losses: Losses) -> str:
    """Return a line as text: UTF-8, else Windows' encoding of western Europe, which is told."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        losses.tell(line, LossCode.ENCODING, text, msg("it is not in UTF-8, and was read as Windows-1252"))
        return text
