"""Slips of the hand: what people get wrong in files that were right, each with the line it is in and the mend it wants."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Slip:
    """A file after a slip; the first problem must be in one of the ``lines``, and say one of ``wanted``."""

    text: str
    lines: tuple[int, ...]
    wanted: tuple[str, ...]


Maker = Callable[[list[str], random.Random], Iterator[Slip]]

_KEY = re.compile(r"^(\s*(?:- )?)([a-z_]{4,}): (\S.*)$")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPAN = re.compile(r"when: (?:\w{3} )?(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})/(\d{2}:\d{2})$")
_KNOWN = frozenset(
    [
        "title",
        "when",
        "where",
        "description",
        "repeats",
        "country",
        "timezone",
        "languages",
        "organisers",
        "partners",
        "hosts",
        "registration",
        "documents",
        "contact",
        "status",
        "reason",
        "visibility",
        "colour",
        "places",
        "contacts",
        "breaks",
        "defaults",
        "name",
    ]
)


def _with(lines: list[str], at: int, *instead: str) -> str:
    return "\n".join([*lines[:at], *instead, *lines[at + 1 :]]) + "\n"


def _keys(lines: list[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """Give lines with a key that coopcal knows and a value."""
    for at, line in enumerate(lines):
        match = _KEY.match(line)
        if match and match[2] in _KNOWN:
            yield at, match


def _one_of_keys(change: Callable[[str, random.Random], str]) -> Maker:
    def make(lines: list[str], rng: random.Random) -> Iterator[Slip]:
        for at, match in _keys(lines):
            wrong = change(match[2], rng)
            if wrong != match[2]:
                yield Slip(_with(lines, at, f"{match[1]}{wrong}: {match[3]}"), (at + 1,), (f"“{match[2]}”",))

    return make


def _transposed(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def _dropped(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def _capital(word: str, _: random.Random) -> str:
    return word.capitalize()


def _synonym(word: str, _: random.Random) -> str:
    return {"where": "location", "when": "date", "tags": "categories", "organisers": "organizers"}.get(
        word, word
    )


def _replaced(pattern: str, instead: Callable[[re.Match[str]], tuple[str, str] | None]) -> Maker:
    """Make slips of a stretch of a line: ``instead`` gives what stands there then, and what the mend must say."""
    compiled = re.compile(pattern)

    def make(lines: list[str], rng: random.Random) -> Iterator[Slip]:
        del rng
        for at, line in enumerate(lines):
            match = compiled.search(line)
            made = instead(match) if match else None
            if match and made:
                changed = line[: match.start()] + made[0] + line[match.end() :]
                yield Slip(_with(lines, at, changed), (at + 1,), (made[1],))

    return make


def _swapped_times(match: re.Match[str]) -> tuple[str, str]:
    return f"when: {match[1]} {match[3]}/{match[2]}", f"{match[1]} {match[2]}"


def _swapped_days(match: re.Match[str]) -> tuple[str, str] | None:
    first, last = match[1], match[2]
    return (f"when: {last}/{first}", f"{first}/{last}") if first != last else None


def _german(match: re.Match[str]) -> tuple[str, str]:
    year, month, day = match[1].split("-")
    return f"when: {int(day)}.{int(month)}.{year}", match[1]


def _american(match: re.Match[str]) -> tuple[str, str] | None:
    year, month, day = match[1].split("-")
    return (f"when: {month}/{day}/{year}", match[1]) if int(day) > 12 else None


def _month_and_day(match: re.Match[str]) -> tuple[str, str] | None:
    year, month, day = match[1].split("-")
    return (f"when: {year}-{day}-{month}", match[1]) if int(day) > 12 else None


def _no_such_day(match: re.Match[str]) -> tuple[str, str]:
    year, month, _ = match[1].split("-")
    last = {"02": "29" if int(year) % 4 == 0 else "28", "04": "30", "06": "30", "09": "30", "11": "30"}.get(
        month, "31"
    )
    return f"when: {year}-{month}-{int(last) + 1}", f"{year}-{month}-{last}"


def _en_dash(match: re.Match[str]) -> tuple[str, str]:
    return f"when: {match[1]} {match[2]}–{match[3]}", f"{match[1]} {match[2]}/{match[3]}"


def _french(match: re.Match[str]) -> tuple[str, str]:
    start, end = (time.replace(":", "h") for time in (match[2], match[3]))
    return f"when: {match[1]} {start}/{end}", f"{match[1]} {match[2]}"


def _no_slash(match: re.Match[str]) -> tuple[str, str]:
    return f"when: {match[1]} {match[2]} {match[3]}", f"{match[1]} {match[2]}/{match[3]}"


def _wrong_weekday(match: re.Match[str]) -> tuple[str, str]:
    wrong = {"Sat": "Sun", "Tue": "Wed", "Thu": "Fri"}[match[1]]
    return f"when: {wrong} ", match[1]


def _zone(wrong: str) -> Callable[[re.Match[str]], tuple[str, str]]:
    return lambda match: (f"timezone: {wrong}", match[1] if "/" in wrong else "Europe/Brussels")


_COUNTRIES = {"IE": "Ireland", "BE": "Belgium", "FR": "France", "IT": "Italy"}


def _misspelt_zone(zone: str) -> str:
    return zone[:-2] + zone[-1]


def _misspelt(word: str) -> str:
    return word[:-2] + word[-1] + word[-2]


def _indented_more(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    """A key begins one blank too far to the right."""
    del rng
    for at, match in _keys(lines):
        if match[1].strip() == "" and match[1] and not lines[at - 1].rstrip().endswith(("|", ":")):
            yield Slip(_with(lines, at, f" {lines[at]}"), (at + 1,), (f"“{match[2]}”", match[2]))


def _indented_less(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    """A key begins one blank too far to the left."""
    del rng
    for at, match in _keys(lines):
        if match[1].strip() == "" and len(match[1]) >= 4:
            yield Slip(_with(lines, at, lines[at][1:]), (at + 1,), (f"“{match[2]}”", match[2]))


def _tab(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    for at, match in _keys(lines):
        if match[1].strip() == "" and len(match[1]) >= 4:
            yield Slip(_with(lines, at, "\t" + lines[at].lstrip()), (at + 1,), ("blank",))


def _no_blank_after_dash(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    for at, line in enumerate(lines):
        if re.match(r"\s*- id: \S", line):
            yield Slip(_with(lines, at, line.replace("- id", "-id", 1)), (at + 1,), ("- id",))


def _no_dash(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    seen = False
    for at, line in enumerate(lines):
        if re.match(r"\s*- id: \S", line):
            if seen:
                yield Slip(_with(lines, at, line.replace("- id", "  id", 1)), (at + 1,), ("- id", "dash"))
            seen = True


def _no_colon(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    for at, match in _keys(lines):
        if not match[3].startswith(("|", "{", "[", '"')):
            yield Slip(
                _with(lines, at, f"{match[1]}{match[2]} {match[3]}"), (at + 1,), (f"{match[2]}:", "colon")
            )


def _no_blank_after_colon(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    for at, match in _keys(lines):
        if not match[3].startswith(("|", "{", "[", '"')):
            yield Slip(_with(lines, at, f"{match[1]}{match[2]}:{match[3]}"), (at + 1,), (f"{match[2]}: ",))


def _titles(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    for at, line in enumerate(lines):
        match = re.match(r"^(\s*title: )([A-Z][^{\"'#:]*)$", line)
        if match:
            yield at, match[1], match[2]


def _in_title(change: Callable[[str], str], wanted: Callable[[str], str]) -> Maker:
    def make(lines: list[str], rng: random.Random) -> Iterator[Slip]:
        del rng
        for at, lead, title in _titles(lines):
            yield Slip(_with(lines, at, lead + change(title)), (at + 1,), (wanted(title),))

    return make


def _bracket_lost(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    for at, line in enumerate(lines):
        if re.search(r"[a-z]: [\[{][^\[\]{}]*[\]}]$", line):
            yield Slip(_with(lines, at, line[:-1]), (at + 1,), (line[-1],))


def _twice(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    for at, match in _keys(lines):
        if not match[3].startswith("|") and match[1].strip() == "":
            yield Slip(_with(lines, at, lines[at], lines[at]), (at + 2,), ("keep one",))


def _same_id(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    ids = [(at, match[1]) for at, line in enumerate(lines) if (match := re.match(r"^  - id: (\S+)$", line))]
    for (_, first), (at, _) in pairwise(ids):
        yield Slip(_with(lines, at, re.sub(r"id: \S+", f"id: {first}", lines[at])), (at + 1,), ("another",))


def _merge_conflict(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    for at, match in _keys(lines):
        if match[2] == "when" and not match[1].lstrip().startswith("-"):
            changed = _with(lines, at, "<<<<<<< HEAD", lines[at], "=======", lines[at], ">>>>>>> other")
            yield Slip(changed, (at + 1,), ("one of the two", "keep"))


def _cut_off(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    """A value is gone behind its colon."""
    del rng
    for at, match in _keys(lines):
        if match[2] in ("title", "when", "country", "name"):
            yield Slip(_with(lines, at, f"{match[1]}{match[2]}:"), (at + 1,), (f"{match[2]}: ",))


KINDS: dict[str, Maker] = {
    "letters swapped in a key": _one_of_keys(_transposed),
    "a letter lost in a key": _one_of_keys(_dropped),
    "a letter twice in a key": _one_of_keys(_doubled),
    "a capital letter in a key": _one_of_keys(_capital),
    "another word for a key": _one_of_keys(_synonym),
    "ends before it starts": _replaced(_SPAN.pattern, _swapped_times),
    "days the wrong way round": _replaced(r"when: (\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})$", _swapped_days),
    "a date with dots": _replaced(r"when: (\d{4}-\d{2}-\d{2})$", _german),
    "a date with slashes": _replaced(r"when: (\d{4}-\d{2}-\d{2})$", _american),
    "month and day swapped": _replaced(r"when: (\d{4}-\d{2}-\d{2})", _month_and_day),
    "a day that no month has": _replaced(r"when: (\d{4}-\d{2}-\d{2})$", _no_such_day),
    "an en dash between times": _replaced(_SPAN.pattern, _en_dash),
    "times with an h": _replaced(_SPAN.pattern, _french),
    "a blank for the slash": _replaced(_SPAN.pattern, _no_slash),
    "a wrong weekday": _replaced(r"when: (Sat|Tue|Thu) ", _wrong_weekday),
    "a zone misspelt": _replaced(r"timezone: (Europe/\w+)", lambda m: (f"timezone: {_misspelt_zone(m[1])}", m[1])),
    "a zone without its region": _replaced(r"timezone: (Europe/(\w+))", lambda m: (f"timezone: {m[2]}", m[1])),
    "UK for GB": _replaced(r"country: (GB)", lambda _: ("country: UK", "GB")),
    "a country's name": _replaced(r"country: (IE|BE|FR|IT)\b", lambda m: (f"country: {_COUNTRIES[m[1]]}", m[1])),
    "a place misspelt": _replaced(r"where: (mill)$", lambda _: ("where: mll", "mill")),
    "a tag misspelt": _replaced(r"tags: \[(market|education|assembly|conference)\]", lambda m: (f"tags: [{_misspelt(m[1])}]", m[1])),
    "a break misspelt": _replaced(r"except: \[(christmas|summer)", lambda m: (f"except: [{_misspelt(m[1])}", m[1])),
    "a contact misspelt": _replaced(r"contact: (office)$", lambda _: ("contact: offce", "office")),
    "an organisation misspelt": _replaced(r"(organisers|partners|part_of): \[(cicopa|cecop|desjardins|cg-scop)", lambda m: (f"{m[1]}: [{_misspelt(m[2])}", m[2])),
    "a group misspelt": _replaced(r"visibility: (board)$", lambda _: ("visibility: baord", "board")),
    "a status misspelt": _replaced(r"status: (cancelled|postponed|tentative)", lambda m: (f"status: {_misspelt(m[1])}", m[1])),
    "an American status": _replaced(r"status: (cancelled)", lambda _: ("status: canceled", "cancelled")),
    "an address without https": _replaced(r"url: https://(\S+?)([,}]|$)", lambda m: (f"url: {m[1]}{m[2]}", f"https://{m[1]}")),
    "a date that is no occurrence": _replaced(r"^(\s+)(2027-01-12):$", lambda m: (f"{m[1]}2027-01-13:", "2027-01-12")),
    "a colour without quotes": _replaced(r'colour: "(#\w+)"', lambda m: (f"colour: {m[1]}", f'"{m[1]}"')),
    "a key too far right": _indented_more,
    "a key too far left": _indented_less,
    "a tab": _tab,
    "no blank after a dash": _no_blank_after_dash,
    "a dash lost": _no_dash,
    "a colon lost": _no_colon,
    "no blank after a colon": _no_blank_after_colon,
    "a colon in a title": _in_title(lambda title: f"Meeting: {title}", lambda title: f'"Meeting: {title}"'),
    "a hash in a title": _in_title(lambda title: f"{title} # 5", lambda title: f'"{title} # 5"'),
    "a quote not closed": _in_title(lambda title: f'"{title}', lambda title: f'"{title}"'),
    "typographic quotes": _in_title(lambda title: f"“{title}”", lambda title: f'"{title}"'),
    "an apostrophe in single quotes": _in_title(lambda title: f"'Don't {title}'", lambda title: f"Don't {title}"),
    "a bracket lost": _bracket_lost,
    "a key twice": _twice,
    "an id twice": _same_id,
    "a merge conflict": _merge_conflict,
    "a value lost": _cut_off,
    "a question mark in braces": _replaced(
        r"\{when: (\d{4}-\d{2}-\d{2}) \d{2}:\d{2}/\d{2}:\d{2}", lambda m: (f"{{when: {m[1]} ??:??", f'"{m[1]} ??:??"')
    ),
    "a no-break space after a colon": _replaced(r"(title|when|where):( )(?=[\w{])", lambda m: (f"{m[1]}:\u00a0", "blank")),
}  # fmt: skip
"""The kinds of slips."""


def slips(files: dict[str, str], count: int, seed: int) -> Iterator[tuple[str, str, Slip]]:
    """Give (kind, path, slip): every kind in turn, each time at another place, until there are so many."""
    rng = random.Random(seed)
    made = {
        kind: [
            (path, slip) for path, text in files.items() for slip in maker(text.rstrip("\n").split("\n"), rng)
        ]
        for kind, maker in KINDS.items()
    }
    for found in made.values():
        rng.shuffle(found)
    given = 0
    while given < count and any(made.values()):
        for kind, found in made.items():
            if found and given < count:
                path, slip = found.pop()
                yield kind, path, slip
                given += 1
