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
    """Return lines with a key that coopcal knows and a value."""
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


def _in_title(change: Callable[[str], str], meant: Callable[[str], str]) -> Maker:
    def make(lines: list[str], rng: random.Random) -> Iterator[Slip]:
        del rng
        for at, lead, title in _titles(lines):
            yield Slip(_with(lines, at, lead + change(title)), (at + 1,), (meant(title),))

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


_BRACED = re.compile(r"^(\s+(?:- )?title: \{de: )([^,:{}\"']+)(, it: )([^,:{}\"']+)(\})$")
"""A title in two languages, between braces."""


def _in_braces(change: Callable[[re.Match[str]], str], meant: Callable[[re.Match[str]], str]) -> Maker:
    def make(lines: list[str], rng: random.Random) -> Iterator[Slip]:
        del rng
        for at, line in enumerate(lines):
            if match := _BRACED.match(line):
                yield Slip(_with(lines, at, change(match)), (at + 1,), (meant(match),))

    return make


def _after_day(typed: str, meant: str) -> Maker:
    """Times in words behind a day."""
    return _without_sessions(
        _replaced(_SPAN.pattern, lambda match: (f"when: {match[1]} {typed}", f"{match[1]} {meant}"))
    )


def _without_sessions(maker: Maker) -> Maker:
    """Leave events alone whose sessions have times of their own: these would lie outside other hours."""

    def make(lines: list[str], rng: random.Random) -> Iterator[Slip]:
        for slip in maker(lines, rng):
            at = slip.lines[0]
            behind = next((n for n in range(at, len(lines)) if re.match(r"  - ", lines[n])), len(lines))
            if not any("sessions:" in line for line in lines[at:behind]) and lines[at - 1].startswith(
                "    w"
            ):
                yield slip

    return make


def _in_words(form: str, months: str, meant: str) -> Maker:
    """A day in words of a language."""

    def written(match: re.Match[str]) -> tuple[str, str]:
        year, month, day = match[1].split("-")
        typed = form.format(day=int(day), month=months.split()[int(month) - 1], year=year)
        return f"when: {typed}", meant.format(day=match[1])

    return _without_sessions(_replaced(_SPAN.pattern, written))


def _zone_said(typed: str, meant: str) -> Maker:
    return _replaced(r"(?<=  )timezone: (Europe/Rome)$", lambda _: (f"timezone: {typed}", meant))


def _invisible(mark: str, pattern: str) -> Maker:
    return _replaced(pattern, lambda match: (f"{match[1]}{mark}{match[2]}", f"U+{ord(mark):04X}"))


def _block_flat(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    """The lines of a text begin at the margin."""
    del rng
    for at, line in enumerate(lines):
        if re.match(r"    description: \|$", line):
            end = next(
                (n for n in range(at + 1, len(lines)) if not lines[n].startswith("      ")), len(lines)
            )
            flat = [row.strip() for row in lines[at + 1 : end]]
            text = "\n".join([*lines[: at + 1], *flat, *lines[end:]]) + "\n"
            yield Slip(text, (at + 2,), (flat[0],))


def _text_goes_on_flat(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    """A text goes on in the column of its key."""
    del rng
    for at, match in _keys(lines):
        if match[2] == "title" and match[1] == "    " and re.match(r"[A-Z][^{\"'#:]* [^{\"'#:]*$", match[3]):
            first, last = match[3].rsplit(" ", 1)
            yield Slip(_with(lines, at, f"    title: {first}", f"    {last}"), (at + 2,), (last,))


def _dash_moved(by: int) -> Maker:
    def make(lines: list[str], rng: random.Random) -> Iterator[Slip]:
        del rng
        for at, line in enumerate(lines):
            if re.match(r"  - id: \S", line) and not lines[at - 1].rstrip().endswith(":"):
                moved = f" {line}" if by > 0 else line[1:]
                yield Slip(_with(lines, at, moved), (at + 1,), ("- id",))

    return make


def _dash_and_blanks_lost(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    del rng
    for at, line in enumerate(lines):
        if re.match(r"  - id: \S", line) and not lines[at - 1].rstrip().endswith(":"):
            yield Slip(_with(lines, at, line.replace("- id", "id", 1)), (at + 1,), ("- id", "dash"))


def _languages_flat(lines: list[str], rng: random.Random) -> Iterator[Slip]:
    """Languages stand below their key in its column."""
    del rng
    for at, line in enumerate(lines):
        if match := _BRACED.match(line):
            flat = ("    title:", f"    de: {match[2]}", f"    it: {match[4]}")
            yield Slip(_with(lines, at, *flat), (at + 1,), ("indent",))


def _key_in(words: dict[str, str]) -> Maker:
    def word(key: str, _: random.Random) -> str:
        return words.get(key, key)

    return _one_of_keys(word)


_GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
_ITALIAN = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
_FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"

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
    "a colon in braces": _in_braces(lambda m: f"{m[1]}Frist: {m[2]}{m[3]}{m[4]}{m[5]}", lambda m: f'de: "Frist: {m[2]}"'),
    "colons in braces": _in_braces(lambda m: f"{m[1]}Frist: {m[2]}{m[3]}Scadenza: {m[4]}{m[5]}", lambda m: f'it: "Scadenza: {m[4]}"'),
    "an apostrophe in braces": _in_braces(lambda m: f"{m[1]}{m[2]}{m[3]}'L'{m[4]}'{m[5]}", lambda m: f'it: "L\'{m[4]}"'),
    "quotes in quotes in braces": _in_braces(lambda m: f'{m[1]}"Der "neue" {m[2]}"{m[3]}{m[4]}{m[5]}', lambda m: f"de: 'Der \"neue\" {m[2]}'"),
    "a comma in braces": _in_braces(lambda m: f"{m[1]}Brot, Käse, {m[2]}{m[3]}{m[4]}{m[5]}", lambda m: f'de: "Brot, Käse, {m[2]}"'),
    "a comma in the last value": _in_braces(lambda m: f"{m[1]}{m[2]}{m[3]}{m[4]}, pane e vino{m[5]}", lambda m: f'it: "{m[4]}, pane e vino"'),
    "a brace lost": _in_braces(lambda m: f"{m[1]}{m[2]}{m[3]}{m[4]}", lambda m: m[4] + "}"),
    "a brace never opened": _in_braces(lambda m: f"{m[1]}{m[2]}{m[3]}{m[4]}{m[5]}".replace("{", ""), lambda m: "{de: " + m[2]),
    "a brace too many": _in_braces(lambda m: f"{m[0]}" + "}", lambda m: m[4] + "}"),
    "a comma lost in braces": _in_braces(lambda m: f"{m[1]}{m[2]}{m[3].replace(',', '')}{m[4]}{m[5]}", lambda m: f"{m[2]}, it:"),
    "a semicolon in braces": _in_braces(lambda m: f"{m[1]}{m[2]}{m[3].replace(',', ';')}{m[4]}{m[5]}", lambda m: f"{m[2]}, it:"),
    "a quote not closed in braces": _in_braces(lambda m: f'{m[1]}"{m[2]}{m[3]}{m[4]}{m[5]}', lambda m: f'de: "{m[2]}"'),
    "typographic quotes in braces": _in_braces(lambda m: f"{m[1]}„{m[2]}“{m[3]}{m[4]}{m[5]}", lambda m: f'de: "{m[2]}"'),
    "a hash in braces": _in_braces(lambda m: f"{m[1]}{m[2]} #5{m[3]}{m[4]}{m[5]}", lambda m: f'de: "{m[2]} #5"'),
    "no blank after a colon in braces": _in_braces(lambda m: m[0].replace("de: ", "de:"), lambda m: f"de: {m[2]}"),
    "a colon lost before braces": _in_braces(lambda m: m[0].replace("title: {", "title {"), lambda _: "title: {"),
    "languages below their key": _languages_flat,
    "German times": _after_day("von 16 bis 23 Uhr", "16:00/23:00"),
    "a German beginning": _after_day("ab 16:00", "16:00"),
    "hours alone": _after_day("16-23", "16:00/23:00"),
    "hours with a slash": _after_day("16/23", "16:00/23:00"),
    "Italian times": _after_day("dalle 16 alle 18:30", "16:00/18:30"),
    "an Italian beginning": _after_day("alle 16", "16:00"),
    "French times": _after_day("de 16h à 18h", "16:00/18:00"),
    "a French beginning": _after_day("à 16h", "16:00"),
    "times with am and pm": _after_day("from 4pm to 6pm", "16:00/18:00"),
    "until 24:00": _after_day("18:00/24:00", "18:00/"),
    "a German day": _in_words("Samstag, {day}. {month} {year}, 16 Uhr", _GERMAN, "{day} 16:00"),
    "an Italian day": _in_words("{day} {month} {year} ore 16", _ITALIAN, "{day} 16:00"),
    "a French day": _in_words("{day} {month} {year} à 16h30", _FRENCH, "{day} 16:30"),
    "a year wrong at the end": _replaced(_SPAN.pattern, lambda m: (f"when: {m[1]} {m[2]}/{int(m[1][:4]) - 1}{m[1][4:]} {m[3]}", f"{m[1]} {m[2]}/{m[1]} {m[3]}")),
    "a zone by its offset": _zone_said("GMT+1", "Europe/Rome"),
    "a zone by an abbreviation": _zone_said("MEZ", "Europe/Rome"),
    "a zone of a city without one": _zone_said("Europe/Bozen", "Europe/Rome"),
    "a zone of Windows": _zone_said("W. Europe Standard Time", "Europe/Rome"),
    "a zero-width space before braces": _invisible("\u200b", r"(title: )(\{de)"),
    "a zero-width space in a key": _invisible("\u200b", r"^(    wh)(ere: )"),
    "a soft hyphen in a date": _invisible("\u00ad", r"(when: \d{4}-)(\d{2}-\d{2})"),
    "a mark of byte order in a line": _invisible("\ufeff", r"^(    when: )(\d)"),
    "a text at the margin": _block_flat,
    "a text that goes on too far left": _text_goes_on_flat,
    "a dash too far right": _dash_moved(1),
    "a dash too far left": _dash_moved(-1),
    "a dash and its blanks lost": _dash_and_blanks_lost,
    "a German key": _key_in({"where": "ort", "when": "wann", "title": "titel", "description": "beschreibung", "status": "stand"}),
    "an Italian key": _key_in({"where": "dove", "when": "quando", "title": "titolo", "description": "descrizione", "contact": "contatto"}),
    "a French key": _key_in({"where": "lieu", "when": "quand", "title": "titre", "documents": "pièces", "registration": "inscription"}),
    "a no-break space after a colon": _replaced(r"(title|when|where):( )(?=[\w{])", lambda m: (f"{m[1]}:\u00a0", "blank")),
}  # fmt: skip
"""The kinds of slips."""


def slips(files: dict[str, str], count: int, seed: int) -> Iterator[tuple[str, str, Slip]]:
    """Return (kind, path, slip): every kind in turn, each time at another place, until there are so many."""
    rng = random.Random(seed)
    made = {
        kind: [
            (path, slip) for path, text in files.items() for slip in maker(text.rstrip("\n").split("\n"), rng)
        ]
        for kind, maker in KINDS.items()
    }
    for candidates in made.values():
        rng.shuffle(candidates)
    given = 0
    while given < count and any(made.values()):
        for kind, candidates in made.items():
            if candidates and given < count:
                path, slip = candidates.pop()
                yield kind, path, slip
                given += 1
