"""What is wrong with what an embedding page asks for, in words for who wrote it: they are shown in its place.

It is imported where something is.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from unicodedata import normalize

from coopcal.site.index import FeedEntry
from coopcal.views.filters import NAMES, Filters
from coopcal.views.search import city_key
from coopcal.web.current import agenda, site
from coopcal.web.embed.options import VALUES, VIEWS
from coopcal.web.language import gettext as _

MOST = 12
"""Values that there are which are told of, where none is alike."""

ALIKE = 0.7
"""How like a name has to be to be taken for another that is mistyped."""

LONGEST = 60
"""Characters that are said again of what was asked for."""


def of_filters(entry: FeedEntry, filters: Filters) -> Iterator[str]:
    """Say of which values that are asked for the events of a feed have none."""
    having = agenda().shown_in(entry.id).having
    known: dict[str, set[str | None]] = defaultdict(set)
    for kind, *values in having:
        known[kind or ""].add(values[-1])
    sentences = {
        "tag": _("No event here has the tag “%(name)s”."),
        "organisation": _("No event here is by an organisation called “%(name)s”."),
        "country": _("No event here is in the country “%(name)s”."),
        "city": _("No event here is in the city “%(name)s”."),
        "spoken": _("No event here is held in the language “%(name)s”."),
    }
    for choice, sentence in sentences.items():
        there = known["party" if choice == "organisation" else choice]
        for value in getattr(filters, choice):
            if value not in there:
                yield _told(sentence, value, _cities(there) if choice == "city" else there)


def _cities(keys: Collection[str | None]) -> Iterator[str]:
    """Return cities, by what they are compared by, as they are written."""
    places = (place for record in site().events for place in record.details.places)
    written = {city_key(name): name for place in places for name in place.city.values()}
    return (written[key] for key in keys if key in written)


def of_feed(identifier: str) -> str:
    """Say that there is no such feed."""
    return _told(_("There is no calendar “%(name)s”."), identifier, site().feeds)


def of_view(view: str) -> str:
    """Say that there is no such view."""
    return _told(_("There is no view “%(name)s”."), view, VIEWS)


def of_address(rest: str) -> str:
    """Say that there is nothing at an address below ``/embed/``: mostly its language is missing."""
    path = rest.removesuffix("/")
    first, _slash, view = path.partition("/")
    if first == "events" and agenda().at(f"/{path}/") is not None:
        meant = path
    elif first in site().feeds:
        meant = f"{first}/{next(iter(get_close_matches(view, VIEWS, n=1)), VIEWS[0])}"
    else:
        return of_event(view) if first == "events" else of_feed(first)
    said = _("There is no view “%(name)s”.") % {"name": rest[:LONGEST]}
    meant = _("Did you mean “%(name)s”?") % {"name": f"{meant}.{site().manifest.languages[0]}/"}
    return f"{said} {meant}"


def of_language(tongue: str) -> str:
    """Say that the site is not in that language."""
    return _told(
        _("This site isn’t available in the language “%(name)s”."), tongue, site().manifest.languages
    )


def of_element(attributes: str, tongue: str) -> Iterator[str]:
    """Say which attributes of an element are mistyped; of those like none that there is, others may make use."""
    known = {"feed", "event", "view", "language", *NAMES, *VALUES}
    for name in attributes.split(",")[:MOST]:
        if name not in known and get_close_matches(name[:LONGEST], known, n=1, cutoff=ALIKE):
            yield _told(_("There is no attribute “%(name)s”."), name, known)
    if tongue:
        yield of_language(tongue)


def of_parameter(name: str) -> str:
    """Say that an address has no such parameter."""
    return _told(_("There is no parameter “%(name)s”."), name, (*NAMES, *VALUES))


def of_event(name: str) -> str:
    """Say that there is no such event."""
    every = (address.removeprefix("/events/").strip("/") for address in agenda().by_address)
    own = name.rpartition("/")[2][:LONGEST]
    known = [each for each in every if get_close_matches(own, [each.rpartition("/")[2]], cutoff=ALIKE)]
    return _told(_("There is no event “%(name)s”."), name, known, say_others=False)


def of_month(asked: str) -> str:
    """Say that a month or week is too far away."""
    return _("%(name)s is too far away to be shown.") % {"name": asked}


def of_ended(see: str) -> str:
    """Say that a feed has ended, and where to go."""
    return " ".join(part for part in (_("This calendar has ended."), see) if part)


def of_target() -> str:
    """Say why links cannot open in a frame itself."""
    return _("In a frame, links open in a new tab or in the whole window: target is _blank or _top.")


def _told(sentence: str, name: str, known: Iterable[str | None], *, say_others: bool = True) -> str:
    """Say a sentence about a name, and which one may have been meant, else which there are."""
    said = sentence % {"name": name[:LONGEST]}
    folded = {_folded(each): each for each in sorted(name for name in known if name)}
    alike = get_close_matches(_folded(name[:LONGEST]), folded, n=1, cutoff=ALIKE)
    if alike:
        meant = _("Did you mean “%(name)s”?") % {"name": folded[alike[0]]}
        return f"{said} {meant}"
    if not folded or not say_others:
        return said
    names = list(folded.values())
    more = ", …" if len(names) > MOST else ""
    there = _("Possible values: %(known)s") % {"known": ", ".join(names[:MOST]) + more}
    return f"{said} {there}"


def _folded(name: str) -> str:
    return normalize("NFKD", name).encode("ascii", "ignore").decode().lower() or name
