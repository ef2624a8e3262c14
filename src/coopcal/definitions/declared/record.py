"""Groups of keys: which there are, which must be there, and what was probably meant by others."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coopcal.definitions.codes.values import EMPTY_VALUE, MISSING_KEY, NOT_KEYS, UNKNOWN_KEY
from coopcal.definitions.declared.by_language import language_of, together
from coopcal.definitions.declared.goes_on import text_that_goes_on
from coopcal.definitions.declared.synonyms import synonyms
from coopcal.definitions.declared.values import CLOSED, is_certain, means, yes_or_no
from coopcal.definitions.source.node import Listing, Node, Scalar
from coopcal.definitions.source.node import Mapping as Keys
from coopcal.model.ids import proposed_id
from coopcal.model.message import Message, msg
from coopcal.model.problem import Fix, Offer, Place, Problems

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
FEW = 12
"""Keys that are read at a glance."""

_OF_READERS = frozenset({"visibility", "draft", "publish_from", "public_shows", "for"})
"""Keys that change who may see something: another word for one is never certain."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a record: its name, what kind of value it has, what it means in a sentence, and an example.

    ``choices`` are the words that a kind of few words leaves to choose from.
    """

    name: str
    kind: str
    about: str
    example: str
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A kind of record: what people call it, its keys, and words that are often written for one of them."""

    called: str
    keys: tuple[Key, ...]
    synonyms: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the keys."""
        return tuple(key.name for key in self.keys)


def fields(
    node: Node, record: Record, problems: Problems, *, place: Place | None = None, language: str = ""
) -> dict[str, Node] | None:
    """Return the values of a record by key; None where it is none. Unknown and missing keys are noted.

    A key that is written but left empty counts as missing: it is noted, and left out. ``place`` is where a
    missing key is missed; one that was probably misspelt is not missed as well. ``language`` is that of texts that
    name none.
    """
    if not isinstance(node, Keys):
        first = record.keys[0]
        problems.tell(
            node.place,
            NOT_KEYS,
            msg("{called} is written as keys and values, one on each line", called=msg(record.called)),
            msg("write it in lines such as: {line}", line=f"{first.name}: {first.example}"),
        )
        return None
    known = {key.name: key for key in record.keys}
    values: dict[str, Node] = {}
    meant: set[str | None] = set()
    texts = {key.name for key in record.keys if key.kind in ("text", "markdown", "note")}
    lines = text_that_goes_on(
        node, texts, known, lambda word: bool(_synonym(word, record) or language_of(word)), problems
    )
    for name, value in node.entries:
        if name in lines:
            continue
        if name.text not in known:
            meant.add(_unknown(name, node, record, problems, language))
        elif isinstance(value, Scalar) and value.plain and not value.text:
            inner = _languages_below(name, node, known)
            problems.tell(
                name.place,
                EMPTY_VALUE,
                msg("“{text}” is empty", text=name.text),
                msg("indent what stands below it by two blanks more: {line}", line=f"  {inner[0].text}: …")
                if inner
                else _example(known[name.text]),
                offers=_indented(inner),
                advice=_example(known[name.text]),
            )
        else:
            values[name.text] = value
    for key in record.keys:
        if key.required and node.key(key.name) is None and key.name not in meant:
            problems.tell(
                place or node.place,
                MISSING_KEY,
                msg(
                    "{called} needs “{name}”: {about}",
                    called=msg(record.called),
                    name=key.name,
                    about=msg(key.about),
                ),
                msg("add a line such as: {line}", line=f"{key.name}: {key.example}"),
            )
    return values


def _example(key: Key) -> Message:
    return msg("write something behind the colon, such as: {line}", line=f"{key.name}: {key.example}")


def _languages_below(name: Scalar, node: Keys, known: Mapping[str, Key]) -> list[Scalar]:
    """Return the codes of languages that stand below an empty key as keys beside it, and should stand in it."""
    names = [each for each, _ in node.entries]
    found: list[Scalar] = []
    for each in names[names.index(name) + 1 :]:
        if each.text in known or not _LANGUAGE.fullmatch(each.text):
            break
        found.append(each)
    return found


def _indented(names: list[Scalar]) -> tuple[Offer, ...]:
    places = [Place(each.place.path, each.place.line, 1, 1) for each in names]
    edits = tuple(Fix(place, "  ") for place in places)
    return (Offer(edits, msg("indent what stands below it by two blanks more")),) if edits else ()


def nearest(written: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant, or None."""
    words = {word.lower(): word for word in known}
    found = difflib.get_close_matches(written.lower(), words, 1, 0.6)
    return words[found[0]] if found else None


def called(written: str, names: Iterable[str]) -> str | None:
    """Return the name of a thing that is written, perhaps in capital letters or with blanks: ``Main Hall`` is main-hall."""
    known = set(names)
    text = written.strip()
    return next((name for name in (text, text.lower(), proposed_id(text)) if name and name in known), None)


def misspelt(node: Scalar, known: Iterable[str]) -> Fix | None:
    """Return the fix of a word that is one slip away from a single known one; None for what could be another."""
    written = node.text.lower()
    if len(written) < 4:  # noqa: PLR2004 - a slip in three letters makes another word
        return None
    near = [word for word in known if one_slip(written, word.lower())]
    return instead_of(node, near[0]) if len(near) == 1 else None


def instead_of(node: Scalar, word: str | None) -> Fix | None:
    """Return the fix that writes another word in place of a text, in whatever quotes it stands."""
    width = node.place.end_column - node.place.column - len(node.text)
    if word is None or width not in ((0,) if node.plain else (2,)):
        return None
    place = node.place
    inner = width // 2
    return Fix(Place(place.path, place.line, place.column + inner, place.end_column - inner), word)


def in_english(node: Scalar, words: Iterable[str]) -> tuple[str, Fix | None, tuple[Offer, ...]] | None:
    """Return the mend of a word of another language: as it is said, as a fix where it is certain, and as an offer."""
    words = tuple(words)
    meant = means(node.text, words)
    edit = instead_of(node, meant)
    if meant is None or edit is None:
        return None
    said = msg("did you mean “{meant}”?", meant=meant)
    return said, edit if is_certain(node.text, words) else None, (Offer((edit,), said),)


def one_slip(written: str, word: str) -> bool:
    """Return whether a letter is wrong, missing, one too many, or changed with its neighbour."""
    if written == word:
        return True
    longer, shorter = sorted((written, word), key=len, reverse=True)
    if len(longer) == len(shorter):
        wrong = [at for at, letter in enumerate(longer) if letter != shorter[at]]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1  # noqa: PLR2004 - two neighbours
        return len(wrong) == 1 or (
            swapped and longer[wrong[0]] + longer[wrong[1]] == shorter[wrong[1]] + shorter[wrong[0]]
        )
    return len(longer) == len(shorter) + 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )


def did_you_mean(written: str, known: Iterable[str]) -> str | None:
    """Return the mend that offers the nearest known word, or lists a few of them."""
    known = tuple(known)
    near = nearest(written, known)
    if near is not None:
        return msg("did you mean “{near}”?", near=near)
    return msg("known here: {names}", names=", ".join(known)) if 0 < len(known) <= 12 else None  # noqa: PLR2004 - few enough to read


def _unknown(name: Scalar, node: Keys, record: Record, problems: Problems, language: str) -> str | None:
    """Note a key that is none; return the one that was probably meant, or None."""
    by_language = language_of(name.text)
    text = by_language and _text_key(by_language[0], record)
    if text and (both := together(text, _words_for(text, record), node, language)):
        problems.tell(
            name.place,
            UNKNOWN_KEY,
            msg("“{text}” is no key of {called}", text=name.text, called=msg(_lower(record.called))),
            both[0],
            offers=both[1],
            advice=both[0],
        )
        return text
    synonym = _synonym(name.text, record)
    meant = synonym or nearest(name.text, record.names)
    there = node.key(meant) if meant else None
    advice: str | None = (
        msg("known keys: {names}", names=", ".join(record.names))
        if len(record.names) <= FEW
        else msg("the keys that are used most: {names}", names=", ".join(record.names[:FEW]))
    )
    fix = instead_of(name, synonym) if synonym else misspelt(name, record.names)
    if synonym in _OF_READERS:
        fix = None
    edit = instead_of(name, meant) if meant else None
    mend: str | None = msg("did you mean “{meant}”?", meant=meant) if meant else advice
    if there is not None:
        mend = advice = msg(
            "“{meant}” stands in line {line} already: write what this says there, or take it out",
            meant=meant,
            line=there.place.line,
        )
        fix = edit = None
    offers: tuple[Offer, ...] = (Offer((edit,), mend),) if edit and mend else ()
    if synonym is not None and edit is not None:
        told = _with_value(name, node.get(name.text), synonym, edit, record)
        mend, fix, offers = told or (mend, fix, offers)
    if edit is not None:
        advice = msg("what it says may belong under “{meant}”", meant=meant) if offers else None
    problems.tell(
        name.place,
        UNKNOWN_KEY,
        msg("“{text}” is no key of {called}", text=name.text, called=msg(_lower(record.called))),
        mend,
        fix,
        offers=offers,
        advice=advice or mend,
    )
    return meant


def _with_value(
    name: Scalar, value: Node | None, meant: str, edit: Fix, record: Record
) -> tuple[str, Fix | None, tuple[Offer, ...]] | None:
    """Return the mend of a key that says with its value what another key says with a word, or None."""
    if not isinstance(value, Scalar):
        return None
    answer = yes_or_no(value.text)
    words = next((key.choices for key in record.keys if key.name == meant), ())
    word = means(name.text, words)
    if word and answer:
        line = f"{meant}: {word}"
        other = instead_of(value, word)
        return line, None, (Offer((edit, other), line),) if other else ()
    if meant != "visibility":
        return None
    group = means(value.text, ("public", "members", "board"))
    other = instead_of(value, group)
    if group and other:
        line = f"visibility: {group}"
        return line, None, (Offer((edit, other), line),)
    if answer is not None:
        return msg("write for whom it is, such as: {line}", line="visibility: members"), None, ()
    note = instead_of(name, "note") if name.text.lower() in CLOSED and "note" in record.names else None
    said = [msg("did you mean “{meant}”?", meant=each) for each in ("visibility", "note")]
    both = (Offer((edit,), said[0]), *((Offer((note,), said[1]),) if note else ()))
    return msg("{first}   (or {second})", first=said[0], second=said[1]) if note else said[0], None, both


def _text_key(written: str, record: Record) -> str | None:
    """Return the key of a text by language that is meant by a word, or None."""
    word = written.lower()
    meant = word if word in record.names else _synonym(word, record)
    return next(
        (key.name for key in record.keys if key.name == meant and key.kind in ("text", "markdown")), None
    )


def _words_for(key: str, record: Record) -> set[str]:
    words = {**synonyms(record.names), **record.synonyms}
    return {word for word, meant in words.items() if meant == key}


def _synonym(written: str, record: Record) -> str | None:
    """Return the key that is meant by another word; its own words come before those of all records."""
    word = written.strip().lower().replace(" ", "_")
    return record.synonyms.get(word) or synonyms(record.names).get(word)


def _lower(called: str) -> str:
    return called[0].lower() + called[1:]


def items(node: Node) -> tuple[Node, ...]:
    """Return the items of a list; a single value is a list of one."""
    return node.items if isinstance(node, Listing) else (node,)
