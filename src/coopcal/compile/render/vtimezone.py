"""VTIMEZONE of our own, by zone and year: what is known need not be written again, which takes rules and a library."""

from coopcal.text.late import Table

Asked = tuple[str, int]
"""A zone, and the year in which feeds begin."""

KNOWN: Table[Asked, bytes] = Table("compile.render.observances", "written")
"""Those that were asked for."""


def vtimezone(zone: str, first_year: int) -> bytes:
    """Return the VTIMEZONE of a zone for feeds that begin in a year, as ``observances.written`` does."""
    return KNOWN.get(zone, first_year)
