"""Where an event of others takes place: its place, and its position on the map."""

import re

from coopcal.authoring.importing.lines import Line
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.texts import Texts, visible
from coopcal.authoring.importing.values import text
from coopcal.authoring.text import Value
from coopcal.definitions.readers.text import LONGEST_TITLE
from coopcal.model.ids import is_id
from coopcal.model.message import msg

_GEO = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d+)?)\s*[;,]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*")
_APPLE_GEO = re.compile(r"geo:([+-]?\d{1,3}(?:\.\d+)?),([+-]?\d{1,3}(?:\.\d+)?)")


def venue(lines: dict[str, list[Line]], online: list[str], texts: Texts) -> Value | None:
    """Return what “where” says; an address that is ``online`` is no place."""
    names = texts.by_language(lines.get("LOCATION", ()), _on_one_line)
    names = {language: name for language, name in names.items() if name not in online}
    if names:
        why = msg("places have {most} characters at most; it was cut", most=LONGEST_TITLE)
        names = texts.cut(names, LONGEST_TITLE, lines["LOCATION"][0].number, why)
    geo = _geo(lines, texts.losses)
    if not names and not geo:
        return None
    name = texts.in_languages(names) if names else f"{geo['lat']}, {geo['lon']}" if geo else ""
    if isinstance(name, str) and not geo and not is_id(name):
        return name
    return {"name": name} | ({"geo": geo} if geo else {})


def _on_one_line(line: Line) -> str:
    parts = (part.strip(" ,") for part in visible(text(line.value)).split("\n"))
    return ", ".join(part for part in parts if part)


def _geo(lines: dict[str, list[Line]], losses: Losses) -> dict[str, str] | None:
    """Return the position on the map, in degrees; one that is none is told."""
    for line in (*lines.get("GEO", ()), *lines.get("X-APPLE-STRUCTURED-LOCATION", ())):
        match = (_GEO.fullmatch if line.name == "GEO" else _APPLE_GEO.match)(line.value)
        if match and abs(float(match[1])) <= 90 and abs(float(match[2])) <= 180:  # noqa: PLR2004 - degrees
            return {"lat": match[1][:14], "lon": match[2][:14]}
        losses.tell(line.number, LossCode.BAD_VALUE, line.value, msg("it is no position"))
    return None
