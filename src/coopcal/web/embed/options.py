"""What an embedding page asks for: ``?number=5&colours=dark&tag=assembly``."""

import re
from dataclasses import dataclass, replace
from importlib import import_module
from urllib.parse import parse_qsl, urlencode

from coopcal.views.filters import NAMES as FILTERS
from coopcal.views.filters import Filters, Refused, read_filters
from coopcal.web.language import gettext as _

VIEWS = ("list", "agenda", "month", "week", "cards", "next-event")
COLOURS = ("light", "dark", "auto")
TARGETS = ("_self", "_blank", "_top")
CHOICES = ("tag", "organisation", "city", "country", "spoken", "online", "q")
"""What visitors may be let choose by."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
USUAL_NUMBER = {"list": 10, "agenda": 30, "month": 500, "week": 500, "cards": 9, "next-event": 1}
USUAL_LEVEL = 3
CHOSEN = "my-"
"""What the name of a filter begins with that a visitor chose, beside those that the page has fixed."""

STRANGE = ("attributes", "language")
"""What an element says of what it has and does not know: names of attributes, and a language that the site does not have."""

IN_A_PART = 100
"""Dates that are shown at once; further ones of those that are asked for stand on the next page."""

_MONTH = re.compile(r"([1-9]\d{3})-(0[1-9]|1[0-2])")
VALUES = {
    "number": r"[1-9]\d{0,2}",
    "colours": "|".join(COLOURS),
    "accent": r"#?[0-9a-fA-F]{6}",
    "ground": r"#?[0-9a-fA-F]{6}",
    "chrome": "yes|no",
    "level": "[2-6]",
    "first-day": "|".join(WEEKDAYS),
    "target": "|".join(TARGETS),
    "views": rf"(?:{'|'.join(VIEWS)})(?: (?:{'|'.join(VIEWS)}))*",
    "filters": rf"(?:{'|'.join(CHOICES)})(?: (?:{'|'.join(CHOICES)}))*",
    "month": _MONTH.pattern,
    "week": r"[1-9]\d{3}-W(?:0[1-9]|[1-4]\d|5[0-3])",
    "dates": "all",
    "page": "[1-9]|10",
}
"""The options, in the order in which addresses name them, and what each may be."""

SHOWN = {
    "views": " ".join(VIEWS),
    "filters": " ".join(CHOICES),
    "month": "2026-12, 2027-01, …",
    "week": "2026-W50, 2026-W51, …",
}
"""Values of those options whose pattern says little to people."""


@dataclass(frozen=True, slots=True)
class Options:
    """What of a feed is shown, and how.

    ``chosen`` is what a visitor chose, among what ``filters`` leave. ``said`` are the options as they were written, but those
    that say what is usual: ``number`` is how many dates at most; ``chrome`` whether there are a heading and a link to
    subscribe; ``level`` that of the heading; ``views`` and ``choices`` what a visitor may turn to and choose by; ``month``,
    ``week`` and ``page`` where that is; ``dates`` that each date of what recurs stands by itself.
    """

    view: str
    filters: Filters
    chosen: Filters
    said: tuple[tuple[str, str], ...] = ()

    def get(self, name: str, usual: str = "") -> str:
        """Return an option as it was written."""
        return dict(self.said).get(name, usual)

    @property
    def number(self) -> int:
        """How many dates are shown at most."""
        return int(self.get("number", str(self.filters.limit or USUAL_NUMBER[self.view])))

    @property
    def colours(self) -> str:
        """For a light page, for a dark one, or on a ground of its own as the visitor's device has it; a frame of which none is asked is white."""
        return self.get("colours", COLOURS[0])

    @property
    def chrome(self) -> bool:
        """Whether there are a heading and a link to subscribe."""
        return self.get("chrome") != "no"

    @property
    def level(self) -> int:
        """The level of the heading."""
        return int(self.get("level", str(USUAL_LEVEL)))

    @property
    def page(self) -> int:
        """The part of a long list."""
        return int(self.get("page", "1"))

    @property
    def month(self) -> tuple[int, int] | None:
        """The year and month to show, None for this one."""
        match = _MONTH.fullmatch(self.get("month"))
        return (int(match[1]), int(match[2])) if match else None

    @property
    def first_weekday(self) -> int | None:
        """The day that weeks begin with, 0 for Monday; None for that of the language."""
        asked = self.get("first-day")
        return WEEKDAYS.index(asked) if asked else None

    @property
    def views(self) -> tuple[str, ...]:
        """The views that a visitor may turn to."""
        return tuple(dict.fromkeys(self.get("views").split()))

    @property
    def choices(self) -> tuple[str, ...]:
        """What a visitor may choose by."""
        return tuple(dict.fromkeys(self.get("filters").split()))

    @property
    def look(self) -> str:
        """The query of the style sheet that has the colours which are asked for."""
        return urlencode([(name, self.get(name)) for name in ("accent", "ground") if self.get(name)])

    def kept(self, *, framed: bool) -> list[tuple[str, str]]:
        """Return what a form that chooses keeps, of a frame all but what it chooses, else what is fixed."""
        pairs = parse_qsl(self.query(page="") if framed else self.filters.query())
        return [
            (name, value)
            for name, value in pairs
            if name.removeprefix(CHOSEN) not in self.choices or name in FILTERS
        ]

    def query(self, **changed: str) -> str:
        """Return the canonical form, perhaps with values changed; "" takes one away."""
        said = dict(self.said) | {name.replace("_", "-"): value for name, value in changed.items()}
        own = urlencode([(name, said[name]) for name in VALUES if said.get(name)])
        mine = urlencode([(CHOSEN + name, value) for name, value in parse_qsl(self.chosen.query())], safe=",")
        return "&".join(part for part in (self.filters.query(), mine, own) if part)


def read_options(query: str, view: str) -> Options | Refused:
    """Read the query of an address; a name that is none, or a value that is none, is refused in a sentence."""
    pairs = parse_qsl(query, keep_blank_values=True)
    fixed = [(name, value) for name, value in pairs if name in FILTERS]
    chosen = [
        (name.removeprefix(CHOSEN), value)
        for name, value in pairs
        if name.startswith(CHOSEN) and name.removeprefix(CHOSEN) in CHOICES
    ]
    for name, _value in pairs:
        is_known = name in (*FILTERS, *VALUES, *STRANGE) or name.removeprefix(CHOSEN) in CHOICES
        if not is_known and isinstance(read_filters(urlencode([(name, "")])), Refused):
            return Refused(import_module("coopcal.web.embed.wrong").of_parameter(name))
    own = {name: " ".join(value.replace(",", " ").split()) for name, value in pairs if name in VALUES}
    for name in ("accent", "ground"):
        if re.fullmatch(VALUES[name], own.get(name, "")):
            own[name] = own[name].removeprefix("#")
    for name, value in own.items():
        if value and not re.fullmatch(VALUES[name], value):
            known = SHOWN.get(name) or _said(VALUES[name])
            return Refused(
                _("“%(value)s” isn’t a valid value for “%(name)s”. Possible values: %(known)s")
                % {"value": value[:40], "name": name, "known": known}
            )
    filters, mine = read_filters(urlencode(fixed)), read_filters(urlencode(chosen))
    for read in (filters, mine):
        if isinstance(read, Refused):
            return read
    assert isinstance(filters, Filters)
    assert isinstance(mine, Filters)
    usual = {"chrome": "yes", "level": str(USUAL_LEVEL), "page": "1"}
    if filters.limit is None:
        usual["number"] = str(USUAL_NUMBER[view])
    said = tuple((name, own[name]) for name in VALUES if own.get(name) and own[name] != usual.get(name))
    return Options(view, replace(filters, remind=""), mine, said)


def _said(pattern: str) -> str:
    """Say a pattern to people."""
    examples = {
        VALUES["number"]: "1–999",
        VALUES["level"]: "2–6",
        VALUES["page"]: "1–10",
        VALUES["accent"]: "000000–ffffff",
    }
    return examples.get(pattern, pattern.replace("|", ", "))
