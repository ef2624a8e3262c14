"""Ids, which stand in addresses and UIDs and never change: how they are written, and how they are made of titles."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import count

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 64

RESERVED = frozenset(
    ["all", "none", "new", "index", "search", "changes", "archive", "private", "embed", "con", "prn", "aux", "nul"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)]
)  # fmt: skip
"""Ids that no organisation or feed may have: parts of coopcal's own addresses, and names of devices on Windows."""

ALL = "all"
"""The id of the feed that holds every public event."""

COPY = "event.ics"
"""The name beside the page of an event, and of each of its dates, at which it is had as a file."""

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i"}
)  # fmt: skip
"""Letters that are no other one with a mark."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue"})
_YEAR = re.compile(r"-?(?<!\d)(?:19|20)\d\d(?!\d)")

_NUMBERED_TOGETHER = 40
"""Letters that ids share which are numbered together: what is longer is cut to make room for the number."""


def is_id(name: str) -> bool:
    """Return whether a name is written as ids are."""
    return len(name) <= LONGEST_ID and SLUG.fullmatch(name) is not None


def proposed_id(name: str, languages: Iterable[str] = ()) -> str:
    """Return a name as an id: lower-case ASCII letters, digits and single hyphens; "" where nothing of it is left.

    ``languages`` are those that the name may be in; with German among them, “ä” becomes “ae”.
    """
    name = unicodedata.normalize("NFC", name)
    if any(language.split("-")[0] == "de" for language in languages):
        name = name.translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_ID].strip("-")


def free_id(preferred: str, taken: Collection[str]) -> str:
    """Return the preferred id, or where it is taken, the same with the next number behind it."""
    if preferred not in taken and len(preferred) <= LONGEST_ID:
        return preferred
    numbered = re.fullmatch(r"(.+)-(\d{1,2})", preferred)
    stem, number = (numbered[1], int(numbered[2])) if numbered else (preferred, 1)
    return next(
        candidate
        for following in count(number + 1)
        if (candidate := _joined(stem, str(following))) not in taken
    )


def id_of_year(identifier: str, old: int, new: int, taken: Collection[str]) -> str:
    """Return a free id for the edition of another year: in the place of the year that an id names, else behind it.

    An id that names the new year already gets a number.
    """
    if old != new and _alone(old).search(identifier):
        preferred = _alone(old).sub(str(new), identifier)
    elif _alone(new).search(identifier):
        preferred = identifier
    else:
        preferred = _joined(identifier, str(new))
    return free_id(preferred, {*taken, identifier})


def with_year(identifier: str, year: int) -> str:
    """Return an id with a year behind it, unless it names one already."""
    return identifier if _YEAR.search(identifier) else _joined(identifier, str(year))


def without_year(identifier: str) -> str:
    """Return an id without its years: what the ids of all editions have in common."""
    return proposed_id(_YEAR.sub("", identifier)) or identifier


def with_other_year(identifier: str, year: int) -> str:
    """Return an id with a year in place of its only one, wherever that stands; without years where it names several."""
    if len(_YEAR.findall(identifier)) != 1:
        return without_year(identifier)
    return _YEAR.sub(lambda old: f"{'-' if old[0][0] == '-' else ''}{year}", identifier)


class NewIds:
    """Ids that are not taken; each that is given out is taken from then on."""

    def __init__(self, taken: Iterable[str]) -> None:
        """Begin with the ids that are taken."""
        self._taken = set(taken)
        self._numbers: defaultdict[tuple[str, ...], Iterator[int]] = defaultdict(lambda: count(2))

    def new(self, stem: str, *endings: str) -> str:
        """Return the first free one: the stem, the stem with each ending, the last of these with a number."""
        numbers = self._numbers[stem[:_NUMBERED_TOGETHER], *endings[-1:]]
        identifier = next(
            candidate for candidate in candidates(stem, endings, numbers) if candidate not in self._taken
        )
        self._taken.add(identifier)
        return identifier


def candidates(stem: str, endings: Sequence[str] = (), numbers: Iterable[int] | None = None) -> Iterator[str]:
    """Yield ids without end: the stem, the stem with each ending, and then the last of these with 2, 3 and so on."""
    yield stem
    for ending in endings:
        yield _ended(stem, ending)
    for number in count(2) if numbers is None else numbers:
        yield _ended(stem, endings[-1], f"-{number}") if endings else _joined(stem, str(number))


def _ended(stem: str, ending: str, number: str = "") -> str:
    """Return an id with an ending, which does not stand there twice."""
    return _joined(stem.removesuffix(ending).strip("-"), ending + number)


def _joined(stem: str, ending: str) -> str:
    return f"{stem[: LONGEST_ID - len(ending) - 1].rstrip('-')}-{ending}".strip("-")


def _alone(year: int) -> re.Pattern[str]:
    return re.compile(rf"(?<!\d){year}(?!\d)")
