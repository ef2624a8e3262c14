"""Single values: text, numbers, addresses, colours, words to choose from."""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar
from urllib.parse import urlsplit

from babel import Locale, localedata

from coopcal import zones
from coopcal.definitions.codes.values import (
    BAD_COLOUR,
    BAD_EMAIL,
    BAD_ID,
    BAD_PHONE,
    BAD_URL,
    DUPLICATE_ID,
    EMPTY_VALUE,
    NOT_A_NUMBER,
    NOT_TEXT,
    NOT_YES_OR_NO,
    OPEN_DIRECTION,
    SEVERAL_LINES,
    TOO_LONG,
    UNKNOWN_COUNTRY,
    UNKNOWN_LANGUAGE,
    UNKNOWN_TIMEZONE,
    UNKNOWN_WORD,
)
from coopcal.definitions.declared.record import did_you_mean, in_english, instead_of, items, misspelt, nearest
from coopcal.definitions.declared.values import yes_or_no
from coopcal.definitions.source.node import Listing, Mapping, Node, Scalar
from coopcal.definitions.source.traps import quoted
from coopcal.model.direction import closed
from coopcal.model.ids import LONGEST_ID, is_id, proposed_id
from coopcal.model.message import Name, Number, msg
from coopcal.model.problem import Fix, Offer, Place, Problems
from coopcal.model.text import Text

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")

LONGEST_TITLE = 300
LONGEST_TEXT = 20_000

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-\d{3})?")
_HOST = re.compile(r"(?=.{1,253}$)([\w]([\w-]{0,61}[\w])?)(\.[\w]([\w-]{0,61}[\w])?)*")
EMAIL = re.compile(
    r"[^@\s,;<>{0}]+@[^@\s,;<>{0}]+\.[^@\s,;<>.{0}]+".format(r"\u200b-\u200f\u202a-\u202e\u2060-\u2069")
)
"""Letters that nobody sees make another address."""

PHONE = re.compile(r"\+?[\d\s()./-]{4,30}(\s*(ext|x)\.?\s*\d+)?")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")


def scalar(node: Node, problems: Problems, what: str) -> Scalar | None:
    """Return a value that is one text; anything else is noted."""
    if isinstance(node, Scalar):
        if node.text.strip():
            return node
        problems.tell(
            node.place, EMPTY_VALUE, msg("Here {what} is expected, and the text is empty", what=what), None
        )
        return None
    problems.tell(
        node.place,
        NOT_TEXT,
        msg("Here {what} is expected, not a list", what=what)
        if isinstance(node, Listing)
        else msg("Here {what} is expected, not keys of their own", what=what),
        msg("write one text on the same line"),
    )
    return None


def identifier(node: Node, problems: Problems) -> str | None:
    """Read an id."""
    found = scalar(node, problems, msg("an id"))
    if found is None:
        return None
    if not is_id(found.text):
        problems.tell(
            found.place,
            BAD_ID,
            msg(
                "“{text}” stands in addresses, so it must be of lower-case letters a to z, digits and single hyphens, at most {most}",
                text=found.text,
                most=LONGEST_ID,
            ),
            msg("write “{id}”", id=proposed_id(found.text) or "an-id"),
        )
        return None
    return found.text


def text(
    node: Node, language: str, problems: Problems, *, longest: int = LONGEST_TEXT, one_line: bool = False
) -> Text | None:
    """Read a text, or a text by language; a plain text is in ``language``."""
    if isinstance(node, Mapping):
        pairs = []
        places = []
        before: tuple[Scalar, Node] | None = None
        for key, value in node.entries:
            tag = language_tag(key, problems, _with_colon(before, key, value))
            before = key, value
            said = scalar(value, problems, msg("a text"))
            if tag and said and _fits(said, problems, longest, one_line=one_line):
                pairs.append((tag, _closed(said, problems)))
                places.append(said.place)
        return Text(tuple(pairs), tuple(places)) if len(pairs) == len(node.entries) and pairs else None
    found = scalar(node, problems, msg("a text"))
    if found is None or not _fits(found, problems, longest, one_line=one_line):
        return None
    return Text.of(language, _closed(found, problems), found.place)


def _with_colon(before: tuple[Scalar, Node] | None, key: Scalar, value: Node) -> tuple[Offer, ...]:
    """Return the mend of a text between brackets that holds a comma and a colon, which have made a key of a part of it."""
    if before is None:
        return ()
    parts = [each for each in (before[1], key, value) if isinstance(each, Scalar) and each.plain]
    if len(parts) < 3 or len({each.place.line for each in parts}) > 1:  # noqa: PLR2004 - before, key and value
        return ()
    first, last = parts[0].place, parts[2].place
    said = quoted(f"{parts[0].text}, {key.text}: {parts[2].text}")
    return (
        Offer(
            (Fix(Place(first.path, first.line, first.column, last.end_column), said),),
            f"{before[0].text}: {said}",
        ),
    )


def _closed(node: Scalar, problems: Problems) -> str:
    """Return a text whose signs of direction end with its lines."""
    written = node.text.strip()
    found = closed(written)
    if found != written:
        problems.tell(
            node.place,
            OPEN_DIRECTION,
            msg("An invisible sign that turns the direction of text is not closed here, or closes nothing"),
            msg("delete it; text in Arabic or Hebrew needs none"),
        )
    return found


def _fits(node: Scalar, problems: Problems, longest: int, *, one_line: bool) -> bool:
    if one_line and "\n" in node.text.strip():
        problems.tell(
            node.place,
            SEVERAL_LINES,
            msg("This text stands on one line in calendars"),
            msg("write it on one line"),
        )
        return False
    if len(node.text) > longest:
        problems.tell(
            node.place,
            TOO_LONG,
            msg(
                "The text has {count} characters; calendars show {longest} at most",
                count=Number(len(node.text)),
                longest=Number(longest),
            ),
            msg("shorten it"),
        )
        return False
    return True


def plain(node: Node, problems: Problems, what: str) -> str | None:
    """Read a text that has no language."""
    found = scalar(node, problems, what)
    return closed(found.text.strip()) if found else None


def language_tag(node: Scalar, problems: Problems, offers: tuple[Offer, ...] = ()) -> str | None:
    """Read a BCP 47 language tag; ``offers`` are what may be meant where it is not the name of a language."""
    if LANGUAGE.fullmatch(node.text) and node.text.split("-")[0] in _languages():
        return node.text
    certain = _language_meant(node.text)
    meant = certain or nearest(node.text, _common_languages())
    mend = (
        msg("did you mean “{meant}”?", meant=meant) if meant else msg("write a code such as en, fr or pt-BR")
    )
    problems.tell(
        node.place,
        UNKNOWN_LANGUAGE,
        msg("“{text}” is no language code", text=node.text),
        offers[0].said if offers and not certain else mend,
        instead_of(node, certain),
        offers=() if certain else offers,
        advice=mend,
    )
    return None


def _language_meant(written: str) -> str | None:
    """Return the code of a language that is written by its name, in capitals or with an underscore; None for others."""
    word = written.strip().lower()
    if code := _language_names().get(word):
        return code
    language, _, country = word.replace("_", "-").partition("-")
    tag = f"{language}-{country.upper()}" if country else language
    return tag if LANGUAGE.fullmatch(tag) and language in _languages() else None


def languages(node: Node, problems: Problems) -> tuple[str, ...]:
    """Read one or several BCP 47 language tags, each once."""

    def tag(item: Node) -> str | None:
        found = scalar(item, problems, msg("a language"))
        return language_tag(found, problems) if found else None

    return tuple(dict.fromkeys(each(node, tag)))


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    return frozenset(Locale("en").languages)


@lru_cache(maxsize=1)
def _common_languages() -> tuple[str, ...]:
    return tuple(str(code) for code in Locale("en").languages if len(str(code)) == 2)  # noqa: PLR2004 - ISO 639-1


@lru_cache(maxsize=1)
def _language_names() -> dict[str, str]:
    names: dict[str, str] = {}
    twice = set()
    for language in ("en", "de", "es", "fr", "it", "pt", "nl"):
        for code in _common_languages():
            name = Locale(language).languages.get(code, "").lower()
            if names.setdefault(name, code) != code:
                twice.add(name)
    for code in _common_languages():
        own = Locale(code).display_name if localedata.exists(code) else None
        if own:
            names.setdefault(own.lower(), code)
    names = {name: code for name, code in names.items() if name and name not in twice}
    return names | {
        "english": "en",
        "ger": "de",
        "eng": "en",
        "fre": "fr",
        "ita": "it",
        "spa": "es",
        "por": "pt",
        "gr": "el",
        "cz": "cs",
        "dk": "da",
        "jp": "ja",
    }


def url(node: Node, problems: Problems, *, schemes: tuple[str, ...] = ("https", "http")) -> str | None:
    """Read a web address."""
    found = scalar(node, problems, msg("an address"))
    if found is None:
        return None
    written = found.text.strip()
    try:
        parts = urlsplit(written)
        host = parts.hostname if parts.port is None or parts.port else None
    except ValueError:
        parts, host = urlsplit(""), None
    scheme = parts.scheme.lower()
    if scheme == "mailto" and scheme in schemes and EMAIL.fullmatch(parts.path):
        return written
    right = (
        scheme in schemes
        and host is not None
        and _HOST.fullmatch(str(host))
        and not re.search(r'[\s<>"{}|\\^`]', written)
    )
    if right and len(written) <= 2000:  # noqa: PLR2004 - what browsers take
        return written
    mend, fix = msg("write the whole address, beginning with https://"), None
    if re.fullmatch(r"(//)?[\w-]+(\.[\w-]+)+(/\S*)?", written):
        whole = f"https://{written.removeprefix('//')}"
        mend, fix = msg("did you mean “{whole}”?", whole=whole), instead_of(found, whole)
    elif " " in written:
        mend = (
            msg("write %20 for a blank in it")
            if scheme in schemes and host
            else msg("write an address that begins with https://; text belongs under “description”")
        )
    problems.tell(
        found.place, BAD_URL, msg("“{written}” is no web address", written=_shortened(written)), mend, fix
    )
    return None


def email(node: Node, problems: Problems) -> str | None:
    """Read an e-mail address."""
    found = scalar(node, problems, msg("an e-mail address"))
    if found is None:
        return None
    if EMAIL.fullmatch(found.text.strip()):
        return found.text.strip()
    problems.tell(
        found.place,
        BAD_EMAIL,
        msg("“{text}” is no e-mail address", text=_shortened(found.text)),
        f"phone: {found.text.strip()}"
        if PHONE.fullmatch(found.text.strip())
        else msg("write it as name@example.org"),
        advice=msg("write it as name@example.org; a telephone number stands under “phone”"),
    )
    return None


def phone(node: Node, problems: Problems) -> str | None:
    """Read a telephone number."""
    found = scalar(node, problems, msg("a telephone number"))
    if found is None:
        return None
    if PHONE.fullmatch(found.text.strip()):
        return found.text.strip()
    problems.tell(
        found.place,
        BAD_PHONE,
        msg("“{text}” is no telephone number", text=_shortened(found.text)),
        f"email: {found.text.strip()}"
        if EMAIL.fullmatch(found.text.strip())
        else msg("write it as +32 2 543 10 33"),
        advice=msg("write it as +32 2 543 10 33; an e-mail address stands under “email”"),
    )
    return None


def country(node: Node, problems: Problems) -> str | None:
    """Read a country code (ISO 3166-1 alpha-2)."""
    found = scalar(node, problems, msg("a country code"))
    if found is None:
        return None
    known = zones.countries()
    if found.text in known:
        return found.text
    meant = _country_names().get(found.text.strip().lower())
    if meant is None and found.text.strip().upper() in known:
        meant = found.text.strip().upper()
    certain = meant is not None
    if meant is None and (near := nearest(found.text, [name for name in _country_names() if len(name) > 3])):  # noqa: PLR2004
        meant = _country_names()[near.lower()]
    problems.tell(
        found.place,
        UNKNOWN_COUNTRY,
        msg("“{text}” is no country code", text=found.text),
        msg(
            "did you mean “{meant}” ({country})?",
            meant=meant,
            country=Name(Locale("en").territories[meant], "country", meant),
        )
        if meant
        else msg("write the two capital letters of ISO 3166, such as BE or FR"),
        instead_of(found, meant) if certain else None,
    )
    return None


_GREAT_BRITAIN = (
    "großbritannien, grossbritannien, grande-bretagne, gran bretagna, gran bretaña, grã-bretanha, "
    "angleterre, inghilterra, inglaterra, schottland, écosse, scozia, escocia, escócia"
)
_HOLLAND = "hollande, olanda, holanda"


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    names = {}
    for language in ("de", "pt", "it", "es", "fr", "en"):
        for code, name in Locale(language).territories.items():
            if code in zones.countries():
                names[name.lower()] = code
    names |= {name.lower(): code for code, name in zones.countries().items()}
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


def timezone(node: Node, problems: Problems, around: zones.Around | None = None) -> str | None:
    """Read the name of a time zone (IANA); ``around`` tells where it is asked for."""
    found = scalar(node, problems, msg("a time zone"))
    if found is None:
        return None
    written = found.text.strip()
    if written in zones.names() and ("/" in written or written == "UTC"):
        return written
    around = around or zones.Around()
    likely = zones.meant(written, around)
    listed = [name for name in zones.names() if "/" in name and not re.search(r"\d", name)]
    fix = misspelt(found, listed) if "/" in written and not re.search(r"\d", written) else None
    if likely.offset is not None:
        message = msg(
            "“{written}” tells how far clocks are from UTC, and in most zones that changes with the season",
            written=written,
        )
    elif written in zones.names():
        message = msg("“{written}” is too short for the name of a time zone", written=written)
    else:
        message = msg("“{written}” is no time zone", written=written)
    names = [fix.text] if fix else likely.names or zones.near(around)[:1]
    offers = tuple(
        Offer((edit,), _zone_said(name)) for name in names if (edit := instead_of(found, name)) is not None
    )[:2]
    advice = msg("write region and city, such as Europe/Brussels")
    mend = offers[0].said if offers else advice
    if len(offers) > 1:
        mend = msg("{first}   (or: {second})", first=offers[0].said, second=offers[1].said)
    problems.tell(found.place, UNKNOWN_TIMEZONE, message, mend, fix, offers=offers, advice=advice)
    return None


def _zone_said(name: str) -> str:
    offset = re.fullmatch(r"Etc/GMT([+-])(\d+)", name)
    if offset is None:
        return msg("did you mean “{meant}”?", meant=name)
    sign = "-" if offset[1] == "+" else "+"
    distance = f"{sign}{int(offset[2]):02}:00"
    return msg(
        "did you mean “{meant}”, whose clocks are always {distance} from UTC?", meant=name, distance=distance
    )


def colour(node: Node, problems: Problems) -> str | None:
    """Read a colour, ``#rrggbb``."""
    found = scalar(node, problems, msg("a colour"))
    if found is None:
        return None
    if COLOUR.fullmatch(found.text):
        return found.text.lower()
    short = re.fullmatch(r"#?([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])", found.text)
    mend = msg('write it as "#aa3311", in quotes')
    if short:
        mend = msg('write "#{digits}"', digits="".join(digit * 2 for digit in short.groups()))
    elif re.fullmatch(r"[0-9a-fA-F]{6}", found.text):
        mend = msg('write "#{text}"', text=found.text)
    problems.tell(found.place, BAD_COLOUR, msg("“{text}” is no colour", text=found.text), mend)
    return None


def boolean(node: Node, problems: Problems) -> bool | None:
    """Read yes or no."""
    found = scalar(node, problems, msg("yes or no"))
    if found is None:
        return None
    if found.text.lower() in _TRUE + _FALSE:
        return found.text.lower() in _TRUE
    meant = yes_or_no(found.text)
    word = None if meant is None else "true" if meant else "false"
    problems.tell(
        found.place,
        NOT_YES_OR_NO,
        msg("“{text}” is neither yes nor no", text=found.text),
        msg("did you mean “{meant}”?", meant=word) if word else msg("write “true” or “false”"),
        instead_of(found, word),
    )
    return None


def whole_number(node: Node, problems: Problems) -> int | None:
    """Read a whole number from 0."""
    found = scalar(node, problems, msg("a number"))
    if found is None:
        return None
    if re.fullmatch(r"\d{1,9}", found.text.strip()):
        return int(found.text)
    problems.tell(
        found.place,
        NOT_A_NUMBER,
        msg("“{text}” is no whole number", text=found.text),
        msg("write it in figures alone, such as 40"),
    )
    return None


def choice(node: Node, choices: type[Choice], problems: Problems, what: str) -> Choice | None:
    """Read one of a few words."""
    found = scalar(node, problems, what)
    if found is None:
        return None
    words = [each.value for each in choices]
    if found.text in words:
        return choices(found.text)
    mend, fix, offers = in_english(found, words) or (
        did_you_mean(found.text, words),
        misspelt(found, words),
        (),
    )
    problems.tell(
        found.place,
        UNKNOWN_WORD,
        msg("Here {what} is expected, not “{text}”", what=what, text=found.text),
        mend,
        fix,
        offers=offers,
    )
    return None


def each(node: Node, read: Callable[[Node], Value | None]) -> tuple[Value, ...]:
    """Read a list, or a single value as a list of one; what cannot be read is left out, as it has been noted."""
    return tuple(value for item in items(node) if (value := read(item)) is not None)


def unique(values: Iterable[tuple[Scalar, str]], problems: Problems) -> None:
    """Note ids of sessions that stand twice."""
    seen: dict[str, int] = {}
    for node, value in values:
        if value in seen:
            problems.tell(
                node.place,
                DUPLICATE_ID,
                msg(
                    "The session “{id}” stands here a second time; the first is in line {line}",
                    id=value,
                    line=seen[value],
                ),
                msg("give it another one"),
            )
        seen.setdefault(value, node.place.line)


def _shortened(written: str) -> str:
    return written if len(written) <= 80 else written[:77] + "…"  # noqa: PLR2004 - a line
