"""Countries, by their codes (ISO 3166-1 alpha-2)."""

from functools import lru_cache

from babel import Locale

from coopcal.definitions.codes.values import UNKNOWN_COUNTRY
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.reader import listed, reader
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.declared.spelling import instead_of, nearest
from coopcal.definitions.source.node import Node
from coopcal.model.message import Name, msg
from coopcal.zones import countries as tables

_GREAT_BRITAIN = (
    "großbritannien, grossbritannien, grande-bretagne, gran bretagna, gran bretaña, grã-bretanha, "
    "angleterre, inghilterra, inglaterra, schottland, écosse, scozia, escocia, escócia"
)
_HOLLAND = "hollande, olanda, holanda"


@reader(json_schema.ref("country"))
def country(node: Node, context: Context) -> str | None:
    """Read a country code."""
    written = scalar(node, context.problems, msg("a country code"))
    if written is None:
        return None
    known = tables.countries()
    if written.text in known:
        return written.text
    meant = _names().get(written.text.strip().lower())
    if meant is None and written.text.strip().upper() in known:
        meant = written.text.strip().upper()
    certain = meant is not None
    if meant is None and (near := nearest(written.text, [name for name in _names() if len(name) > 3])):  # noqa: PLR2004
        meant = _names()[near.lower()]
    context.problems.tell(
        written.position,
        UNKNOWN_COUNTRY,
        msg("“{text}” is no country code", text=written.text),
        msg(
            "did you mean “{meant}” ({country})?",
            meant=meant,
            country=Name(Locale("en").territories[meant], "country", meant),
        )
        if meant
        else msg("write the two capital letters of ISO 3166, such as BE or FR"),
        instead_of(written, meant) if certain else None,
    )
    return None


countries = listed(country)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names = {}
    for language in ("de", "pt", "it", "es", "fr", "en"):
        for code, name in Locale(language).territories.items():
            if code in tables.countries():
                names[name.lower()] = code
    names |= {name.lower(): code for code, name in tables.countries().items()}
    return names | {
        "uk": "GB",
        "el": "GR",
        "usa": "US",
        "great britain": "GB",
        "england": "GB",
        "scotland": "GB",
        "wales": "GB",
        "holland": "NL",
        **dict.fromkeys(_GREAT_BRITAIN.split(", "), "GB"),
        **dict.fromkeys(_HOLLAND.split(", "), "NL"),
    }
