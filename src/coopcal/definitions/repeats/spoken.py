"""How often and on which days, as people say it in any language of coopcal's → the English words that stand in files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from coopcal.definitions.repeats.words import (
    AND,
    LAST_DAY,
    WEEKDAYS,
    every_some,
    numbers,
    ordinals,
    units,
    weekday_words,
)
from coopcal.definitions.when.names import SPOKEN, weekday_name
from coopcal.model.recurrence import Frequency

_TOKEN = re.compile(r"\d+(?:[.ºª°]|[^\W\d_]+)?(?:-[^\W\d_]+)?|[^\W\d_]+(?:-[^\W\d_]+)*")
_LEADS = (
    "every each jede jeden jeder jedes jedem alle allen chaque tous tout toutes toute cada todos todas todo toda ogni tutti "
    "tutte tutto"
)
_PREPOSITIONS = "of im in des du de del della dello di do da dem"
_ARTICLES = "on the am den der die das jeweils immer le la les il lo gli l el los las os as o a i al alla em en na no nas nos au um"
_SECONDS = "other alternate alterne alterni alternas alternos alternadas alternados"
_EVERY, _OF, _SAYS_NOTHING, _OTHER = (
    frozenset(words.split()) for words in (_LEADS, _PREPOSITIONS, _ARTICLES, _SECONDS)
)
_WORDS = {
    Frequency.DAILY: "day",
    Frequency.WEEKLY: "week",
    Frequency.MONTHLY: "month",
    Frequency.YEARLY: "year",
}
_ORDINAL_WORDS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
_OF_MONTH = re.compile(r"\b(?:of the month|im monat|des monats|du mois|del mese|al mese|del mes|do mês)$")
_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Spoken:
    """``every`` and ``on`` as they are written; ``on`` is empty where it says nothing."""

    every: str
    on: str


class _UnknownError(Exception):
    """A word says nothing that is known here."""


@dataclass(slots=True)
class _Reading:
    """What was read so far; ``waiting`` are numbers whose word is still to come, and whether they are ordinals."""

    unit: Frequency | None = None
    interval: int = 1
    days: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    waiting: list[tuple[int, bool]] = field(default_factory=list)
    led: bool = False

    def every(self, unit: Frequency, interval: int) -> None:
        if self.unit is not None:
            raise _UnknownError
        self.unit, self.interval = unit, interval

    def days_of_month(self) -> None:
        """Take the numbers that wait for days of the month."""
        self.days += [str(number) for number, _ in self.waiting if 1 <= number <= _LONGEST_MONTH]
        self.waiting = []

    def weekday(self, number: int) -> None:
        name = weekday_name(number, "Wednesday")
        if self.waiting == [(1, False)]:
            self.waiting = []
        if len(self.waiting) == 1 and self._counts_weeks(*self.waiting[0]):
            self.every(Frequency.WEEKLY, self.waiting[0][0])
            self.days.append(name)
        elif not all(number in _ORDINAL_WORDS for number, _ in self.waiting):
            raise _UnknownError
        else:
            ordinals = [_ORDINAL_WORDS[number] for number, _ in self.waiting]
            self.places += [number for number, _ in self.waiting]
            self.days.append(" ".join([" and ".join(ordinals), name]).strip())
        self.waiting = []

    def _counts_weeks(self, number: int, ordinal: bool) -> bool:  # noqa: FBT001 - as it waits
        """Return whether “every second Saturday”, without a month, is every two weeks."""
        return self.unit is None and number > 1 and (not ordinal or self.led)


def in_english(words: str) -> Spoken | None:
    """Return how often, and on which days, as files say it; None for what is not understood."""
    text = " ".join(words.split())
    if text.lower() in LAST_DAY:
        return Spoken("month", LAST_DAY[0])
    reading = _Reading()
    try:
        _read(text, reading)
    except _UnknownError:
        return None
    reading.days_of_month()
    if reading.unit is None and not reading.days:
        return None
    of_month = bool(reading.places) or any(day.isdigit() or day == LAST_DAY[0] for day in reading.days)
    unit = reading.unit or (Frequency.MONTHLY if of_month else Frequency.WEEKLY)
    word = _WORDS[unit]
    return Spoken(
        word if reading.interval == 1 else f"{reading.interval} {word}s",
        " and ".join(dict.fromkeys(reading.days)),
    )


def without_lead(words: str) -> str:
    """Return what is said behind “every”."""
    first, _, rest = words.strip().partition(" ")
    return rest.strip() if rest and first.lower() in _EVERY else words.strip()


def _read(text: str, reading: _Reading) -> None:
    lowered = text.lower()
    for phrase in WEEKDAYS:
        if re.fullmatch(rf"(?:\w+ ){{0,2}}{phrase}", lowered):
            reading.days.append(WEEKDAYS[0])
            return
    tokens = list(_tokens(text))
    of_month = _OF_MONTH.search(lowered) is not None
    for at, (token, word) in enumerate(tokens):
        following = tokens[at + 1][1] if at + 1 < len(tokens) else ""
        if word == "sur" and following in _IN_EACH:
            if reading.unit is None:
                reading.every(Frequency.WEEKLY, 1)
            reading.interval = _IN_EACH[following]
            return
        if word == "an" and following:
            continue  # which is a year in French, and stands at the end then
        if not _leads(token, word, reading, of_month=of_month):
            _say(word, following, reading, of_month=of_month)


_IN_EACH = {"deux": 2, "2": 2, "trois": 3, "3": 3}
"""How many there are of which one is meant: “un samedi sur deux”."""


def _leads(token: str, word: str, reading: _Reading, *, of_month: bool) -> bool:
    """Read a word that leads to others; False where it is none."""
    if word in _EVERY or (word in _OF and token not in ("Di", "Do", "Da")):
        if reading.waiting and reading.unit is None:
            reading.days_of_month()
        reading.led = (reading.led or word in _EVERY) and not of_month
        return True
    return word in AND or word in _SAYS_NOTHING


def _say(word: str, following: str, reading: _Reading, *, of_month: bool) -> None:
    """Read a word that says something; raise for one that is not known."""
    if word in _OTHER:
        reading.waiting.append((2, True))
        reading.led = not of_month
    elif (number := _number(word, following)) is not None:
        reading.waiting.append(number)
    elif word in weekday_words(SPOKEN):
        if of_month and len(reading.waiting) == 1:
            reading.waiting = [(reading.waiting[0][0], True)]
        reading.weekday(weekday_words(SPOKEN)[word])
    elif word in every_some():
        interval, unit = every_some()[word]
        reading.every(unit, interval)
    elif word in units():
        _unit(word, reading)
    else:
        raise _UnknownError


def _unit(word: str, reading: _Reading) -> None:
    unit = units()[word]
    if len(reading.waiting) > 1:
        raise _UnknownError
    interval = reading.waiting[0][0] if reading.waiting else 1
    reading.waiting = []
    if unit is Frequency.DAILY and interval == -1:
        reading.days.append(LAST_DAY[0])
        return
    if interval < 1:
        raise _UnknownError
    if unit is Frequency.DAILY and word in units(("fr", "es", "it", "pt")) and interval in _WEEKS_IN_DAYS:
        unit, interval = Frequency.WEEKLY, _WEEKS_IN_DAYS[interval]
    reading.every(unit, interval)


_WEEKS_IN_DAYS = {8: 1, 15: 2}
"""What is meant by “tous les 8 jours” and “ogni 15 giorni”: the first and the last day are counted."""


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Return the words as they are written, and in lower case."""
    for match in _TOKEN.finditer(text):
        yield match[0], match[0].lower().rstrip(".") if not match[0][0].isdigit() else match[0].lower()


def _number(word: str, following: str) -> tuple[int, bool] | None:
    """Return a number, and whether it is an ordinal; None for other words, those that name a weekday, too."""
    if match := re.fullmatch(r"(\d{1,3})(\.|º|ª|°|st|nd|rd|th|er|re|e|o|a)?", word):
        return int(match[1]), match[2] is not None
    if word in ordinals() and (word not in weekday_words(SPOKEN) or following in weekday_words(SPOKEN)):
        return ordinals()[word], True
    counts = following in units() or following in weekday_words(SPOKEN)
    return (numbers()[word], False) if word in numbers() and counts else None
