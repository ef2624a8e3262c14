"""Time zones, by their IANA names."""

import re

from coopcal import zones
from coopcal.definitions.codes.values import UNKNOWN_TIMEZONE
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.reader import each_once, listed, reader
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.declared.spelling import instead_of, misspelt
from coopcal.definitions.source.node import Node
from coopcal.model.message import msg
from coopcal.model.problem import Offer, Problems
from coopcal.zones.by_any_name import Around, meant, near


@reader(json_schema.ref("timezone"))
def timezone(node: Node, context: Context) -> str | None:
    """Read the zone of what is here; what may be meant by a wrong one are zones nearby."""
    return read_timezone(node, context.around(context.nearby), context.problems)


@reader(json_schema.ref("timezone"))
def timezone_anywhere(node: Node, context: Context) -> str | None:
    """Read a zone that may be anywhere."""
    return read_timezone(node, Around(), context.problems)


timezones_anywhere = each_once(listed(timezone_anywhere))


def read_timezone(node: Node, around: Around, problems: Problems) -> str | None:
    """Return the name of a zone; None, with the problem noted, for anything else. ``around`` tells where it is asked for."""
    text = scalar(node, problems, msg("a time zone"))
    if text is None:
        return None
    written = text.text.strip()
    if written in zones.names() and ("/" in written or written == "UTC"):
        return written
    likely = meant(written, around)
    known = [name for name in zones.names() if "/" in name and not re.search(r"\d", name)]
    fix = misspelt(text, known) if "/" in written and not re.search(r"\d", written) else None
    if likely.offset is not None:
        message = msg(
            "“{written}” tells how far clocks are from UTC, and in most zones that changes with the season",
            written=written,
        )
    elif written in zones.names():
        message = msg("“{written}” is too short for the name of a time zone", written=written)
    else:
        message = msg("“{written}” is no time zone", written=written)
    names = [fix.text] if fix else likely.names or near(around)[:1]
    offers = tuple(
        Offer((edit,), _offered(name)) for name in names if (edit := instead_of(text, name)) is not None
    )[:2]
    advice = msg("write region and city, such as Europe/Brussels")
    mend = offers[0].said if offers else advice
    if len(offers) > 1:
        mend = msg("{first}   (or: {second})", first=offers[0].said, second=offers[1].said)
    problems.tell(text.position, UNKNOWN_TIMEZONE, message, mend, fix, offers=offers, advice=advice)
    return None


def _offered(name: str) -> str:
    """Return how a zone is offered."""
    offset = re.fullmatch(r"Etc/GMT([+-])(\d+)", name)
    if offset is None:
        return msg("did you mean “{meant}”?", meant=name)
    sign = "-" if offset[1] == "+" else "+"
    distance = f"{sign}{int(offset[2]):02}:00"
    return msg(
        "did you mean “{meant}”, whose clocks are always {distance} from UTC?", meant=name, distance=distance
    )
