"""What an embedding page asks for: ``?number=5&colours=dark&tag=assembly``."""

import re
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from coopcal.views.filters import Filters, Refused, read_filters

VIEWS = ("list", "agenda", "month", "next-event")
COLOURS = ("auto", "light", "dark")
USUAL_NUMBER = {"list": 10, "agenda": 30, "month": 500, "next-event": 1}
USUAL_LEVEL = 3
_NAMES = ("number", "colours", "chrome", "level", "month", "page")
IN_A_PART = 100
"""Dates that are shown at once; further ones of those that are asked for stand on the next page."""

_MONTH = re.compile(r"([1-9]\d{3})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Options:
    """What of a feed is shown, and how.

    ``number`` is how many dates at most; ``chrome`` whether it has a heading and a link to subscribe; ``level`` is that
    of the heading (2 to 6); ``month`` the year and month to show, None for this one; ``page`` is the part of a long list.
    """

    filters: Filters
    number: int
    colours: str = COLOURS[0]
    chrome: bool = True
    level: int = USUAL_LEVEL
    month: tuple[int, int] | None = None
    page: int = 1

    def query(self, view: str, **changed: str) -> str:
        """Return the canonical form, perhaps with values changed."""
        fields = {
            "number": str(self.number) if self.number != USUAL_NUMBER[view] else "",
            "colours": self.colours if self.colours != COLOURS[0] else "",
            "chrome": "" if self.chrome else "no",
            "level": str(self.level) if self.level != USUAL_LEVEL else "",
            "month": f"{self.month[0]}-{self.month[1]:02}" if self.month else "",
            "page": str(self.page) if self.page != 1 else "",
        } | changed
        own = urlencode([(name, value) for name, value in fields.items() if value])
        return "&".join(part for part in (self.filters.query(), own) if part)


def read_options(query: str, view: str) -> Options | Refused:
    """Read the query of an address; a name that is none, or a value that is none, is refused in a sentence."""
    pairs = parse_qsl(query, keep_blank_values=True)
    filters = read_filters(urlencode([(name, value) for name, value in pairs if name not in _NAMES]))
    if isinstance(filters, Refused):
        return Refused(f"{filters.message.rstrip('.')}, {', '.join(_NAMES)}.")
    own = {name: value for name, value in pairs if name in _NAMES and value}
    for name, pattern in (
        ("number", r"[1-9]\d{0,2}"),
        ("colours", "|".join(COLOURS)),
        ("chrome", "yes|no"),
        ("level", "[2-6]"),
        ("month", _MONTH.pattern),
        ("page", "[1-9]|10"),
    ):
        if name in own and not re.fullmatch(pattern, own[name]):
            return Refused(f"“{own[name][:40]}” is no value of “{name}”.")
    month = _MONTH.fullmatch(own.get("month", ""))
    return Options(
        replace(filters, remind=""),
        number=int(own.get("number", filters.limit or USUAL_NUMBER[view])),
        colours=own.get("colours", COLOURS[0]),
        chrome=own.get("chrome") != "no",
        level=int(own.get("level", USUAL_LEVEL)),
        month=(int(month[1]), int(month[2])) if month else None,
        page=int(own.get("page", 1)),
    )
