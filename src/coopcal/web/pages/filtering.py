"""The filters that visitors choose on the pages of calendars and in the search: what there is to choose, and what is chosen."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import parse_qsl

from coopcal.views.agenda import Shown
from coopcal.views.filters import CHOICES, Filters
from coopcal.views.search import LONGEST, city_key, folded
from coopcal.web import language
from coopcal.web.current import instant, site
from coopcal.web.language import country as country_name
from coopcal.web.language import gettext as _
from coopcal.web.language import ngettext, tongue
from coopcal.web.links import link
from coopcal.web.pages.blueprint import plainly, tag_words
from coopcal.web.pages.requested import DATES

BOXES = 8
"""Values that are shown as boxes; of more, one is chosen of a list."""

MOST = 150
"""Values that a list offers, those of most dates; it says how many more there are."""

PERIODS = ("coming", "past", "all")

TO_CHOOSE = 2
"""Values that make a choice."""

KEPT = ("role", "past", "future", "limit", "remind", DATES)
"""Names that no field asks for; what an address says of them stays."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen: its words, how many dates or events there are with it, and whether it is chosen."""

    value: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """What is asked for by a name; ``more`` is how many values there are beside those that are offered."""

    name: str
    legend: str
    options: Sequence[Option]
    more: int

    @property
    def boxes(self) -> Sequence[Option]:
        """The values with a box each: all where they are few, else what is chosen."""
        few = len(self.options) <= BOXES and not self.more
        return [option for option in self.options if few or option.chosen]

    @property
    def listed(self) -> Sequence[Option]:
        """The values of which one is chosen of a list."""
        return [] if self.boxes == self.options else [one for one in self.options if not one.chosen]


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that is chosen, in words, and where it is chosen no more."""

    words: str
    path: str


@dataclass(frozen=True, slots=True)
class Filtering:
    """The filters of a page: where they lead (``action``), with what (``kept``), what there is, and what is chosen.

    ``without`` is the address of the page with nothing chosen; ``called`` are names and values, and what these are called, of which no field has any.
    """

    action: str
    kept: Sequence[tuple[str, str]]
    q: str
    fields: Sequence[Field]
    chips: Sequence[Chip]
    without: str
    called: Sequence[tuple[str, str, str]]

    @property
    def chosen(self) -> int:
        """Return how many values of fields are chosen."""
        return sum(option.chosen for field in self.fields for option in field.options)

    @property
    def most_characters(self) -> int:
        """Characters that words may have."""
        return LONGEST


def filtering(
    filters: Filters,
    shown: Shown,
    path: str,
    *,
    period: str,
    own: Sequence[tuple[str, str]] = (),
    by_event: bool = False,
) -> Filtering:
    """Return the filters of the page at a path, of which its address asks for ``filters``, and for what is its ``own``.

    Values are those of the dates that are ``shown``, of one of the ``PERIODS``; with ``by_event``, each event counts once.
    """
    offered = _Offered(filters, shown, period=period, by_event=by_event)
    chosen = parse_qsl(filters.query())

    def address(other: Filters) -> str:
        query = "&".join(
            part for part in (other.query(), *(f"{name}={value}" for name, value in own)) if part
        )
        return link(f"{path}?{query}" if query else path)

    fields = [field for field in offered.fields() if field.options]
    return Filtering(
        action=link(path),
        kept=[(name, value) for name, value in (*chosen, *own) if name in KEPT],
        q=filters.q,
        fields=fields,
        chips=[Chip(words, address(other)) for words, other in _chips(filters, offered)],
        without=address(Filters(remind=filters.remind)),
        called=(*called(), *offered.not_asked({field.name for field in fields})),
    )


def called() -> tuple[tuple[str, str, str], ...]:
    """Return the names and values that are the same on every site, and what they are called."""
    return (
        ("online", "yes", _("Online")),
        ("online", "no", _("In person")),
        ("role", "organiser", _("organises")),
        ("role", "host", _("hosts")),
        ("role", "partner", _("is a partner")),
        ("role", "participant", _("takes part")),
    )


class _Offered:
    """What can be chosen of the dates that are shown, beside what is chosen already."""

    def __init__(self, filters: Filters, shown: Shown, *, period: str, by_event: bool) -> None:
        self._filters = filters
        self._shown = shown
        self._period = period
        self._by_event = by_event
        self._there = cache(self._dates)
        self._tongue = language.current()
        self._organisations = {one.id: one.name for one in site().organisations}

    def not_asked(self, names: AbstractSet[str]) -> Iterator[tuple[str, str, str]]:
        """Return the names, values and words of what an address may ask for, while fields ask for other ``names``: a lone tag."""
        for name in CHOICES:
            if name not in names and name not in ("online", "role"):
                yield from ((name, value, self.words(name, value)) for value in self._values(name)[:MOST])

    def fields(self) -> Iterator[Field]:
        """Return what is asked for, as far as there is something to choose."""
        legends = {
            "tag": _("Tags"),
            "organisation": _("Organisations"),
            "city": _("Cities"),
            "country": _("Countries"),
            "online": _("Online or in person"),
            "spoken": _("Languages spoken"),
        }
        for name, legend in legends.items():
            chosen = self.chosen(name)
            values = self._values(name)
            if len(self._counted(name, values, Filters())) < TO_CHOOSE and not chosen:
                continue
            values = [*dict.fromkeys((*values, *chosen))]
            counts = self._counted(name, values, replace(self._filters.without(name), limit=None))
            options = [
                Option(value, self.words(name, value), counts[value], value in chosen)
                for value in values
                if counts[value] or value in chosen
            ]
            offered = sorted(options, key=lambda one: (not one.chosen, -one.count))[:MOST]
            yield Field(name, legend, sorted(offered, key=_in_order), len(options) - len(offered))

    def chosen(self, name: str) -> tuple[str, ...]:
        """Return the values of a name that are chosen; a city by the name that it has in the language of the page."""
        values: tuple[str, ...] = getattr(self._filters, name)
        if name != "city":
            return values
        return tuple(dict.fromkeys(city_key(self.words(name, value)) for value in values))

    def words(self, name: str, value: str) -> str:
        """Return what a value is called."""
        match name:
            case "organisation":
                return plainly(self._organisations.get(value, {}), self._tongue) or value
            case "tag":
                return tag_words(value, site(), self._tongue)
            case "country":
                return country_name(value, self._tongue)
            case "city":
                return plainly(self._shown.cities.get(value, {}), self._tongue) or value
            case "spoken":
                return tongue(self._shown.tongues.get(value, value), self._tongue)
            case _:
                return {(one, known): words for one, known, words in called()}.get((name, value), value)

    def _values(self, name: str) -> Sequence[str]:
        """Return the values that there are of a name."""
        match name:
            case "city":
                cities = self._shown.cities.values()
                return list(dict.fromkeys(city_key(plainly(city, self._tongue)) for city in cities))
            case "spoken":
                return list(self._shown.tongues)
            case "organisation":
                return [key[2] for key in self._shown.having if key[:2] == ("party", None) and key[2]]
            case _:
                return [key[1] for key in self._shown.having if key[0] == name and key[1]]

    def _counted(self, name: str, values: Iterable[str], filters: Filters) -> Counter[str]:
        """Return how many dates or events there are of what is asked for with each value, if any; a session goes with its event."""
        present, ahead = self._there(filters)
        wholes = self._shown.wholes
        counts: Counter[str] = Counter()
        for value in values:
            key = ("party", None, value) if name == "organisation" else (name, value)
            having = self._shown.having.get(key, frozenset()) & present
            counted = {number for number in having if not having & wholes.get(number, frozenset())}
            count = (
                len({self._shown.events[number] for number in counted if ahead[number]})
                if self._by_event
                else sum(ahead[number] for number in counted)
            )
            if count:
                counts[value] = count
        return counts

    def _dates(self, filters: Filters) -> tuple[AbstractSet[int], Counter[int]]:
        """Return the records of what is asked for, and how many dates each has that count."""
        now = instant()
        dates = filters.within(self._shown, now)
        chosen = filters.chosen(self._shown)
        present = frozenset(one[0] for one in dates)
        is_over = {"coming": False, "past": True}.get(self._period)
        ahead = Counter(one[0] for one in dates if is_over is None or (one[3] <= now) is is_over)
        return (present if chosen is None else present & chosen), ahead


def _in_order(option: Option) -> str:
    return folded(option.words)


def _chips(filters: Filters, offered: _Offered) -> Iterator[tuple[str, Filters]]:
    """Return each thing that is chosen, in words, and the filters without it."""
    if filters.q:
        yield _("“%(words)s”") % {"words": filters.q}, replace(filters, q="")
    for name in CHOICES:
        for value in getattr(filters, name):
            yield offered.words(name, value), filters.without(name, value)
    if filters.past is not None:
        yield _("Without events that ended long ago"), replace(filters, past=None)
    if filters.future is not None:
        yield _("Without events far in the future"), replace(filters, future=None)
    if filters.limit is not None:
        yield ngettext("The next date", "The next %(num)s dates", filters.limit), replace(filters, limit=None)
