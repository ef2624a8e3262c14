"""Keys that are none: what was probably meant, told with the mend."""

from collections.abc import Sequence

from coopcal.definitions.codes.values import UNKNOWN_KEY
from coopcal.definitions.declared.by_language import language_of, together
from coopcal.definitions.declared.key import Record
from coopcal.definitions.declared.reader import Prose
from coopcal.definitions.declared.spelling import instead_of, nearest, one_slip_away
from coopcal.definitions.declared.synonyms import synonyms
from coopcal.definitions.declared.values import CLOSED, means, yes_or_no
from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.model.message import msg
from coopcal.model.problem import Fix, Offer, Problems

FEW = 12
"""Keys that are read at a glance."""

_OF_READERS = frozenset({"visibility", "draft", "publish_from", "public_shows", "for"})
"""Keys that change who may see something: another word for one is never certain."""


def unknown_key(name: Scalar, node: Mapping, record: Record, problems: Problems, language: str) -> str | None:
    """Note a key that is none; return the one that was probably meant, or None."""
    by_language = language_of(name.text)
    text = by_language and _text_key(by_language[0], record)
    if text and (both := together(text, _words_for(text, record), node, language)):
        problems.tell(
            name.position,
            UNKNOWN_KEY,
            msg("“{text}” is no key of {called}", text=name.text, called=msg(_lower(record.called))),
            both[0],
            offers=both[1],
            advice=both[0],
        )
        return text
    other = synonym(name.text, record)
    nearest_of_all = nearest(name.text, record.names)
    near = [key for key in one_slip_away(name.text, record.names) if node.key(key) is None]
    is_taken = nearest_of_all is not None and node.key(nearest_of_all) is not None
    meant = other or (near[0] if near and is_taken else nearest_of_all)
    there = node.key(meant) if meant else None
    advice: str | None = (
        msg("known keys: {names}", names=", ".join(record.names))
        if len(record.names) <= FEW
        else msg("the keys that are used most: {names}", names=", ".join(record.names[:FEW]))
    )
    fix = instead_of(name, other or (near[0] if near == [nearest_of_all] else None))
    if other in _OF_READERS:
        fix = None
    edit = instead_of(name, meant) if meant else None
    mend: str | None = msg("did you mean “{meant}”?", meant=meant) if meant else advice
    if there is not None:
        mend = advice = msg(
            "“{meant}” stands in line {line} already: write what this says there, or take it out",
            meant=meant,
            line=there.position.line,
        )
        fix = edit = None
    offers: tuple[Offer, ...] = (Offer((edit,), mend),) if edit and mend else ()
    if offers and other is None and len(near) > 1:
        mend, offers = _one_of(name, near)
    if other is not None and edit is not None:
        with_value = _with_value(name, node.get(name.text), other, edit, record)
        mend, fix, offers = with_value or (mend, fix, offers)
    if edit is not None:
        advice = msg("what it says may belong under “{meant}”", meant=meant) if offers else None
    problems.tell(
        name.position,
        UNKNOWN_KEY,
        msg("“{text}” is no key of {called}", text=name.text, called=msg(_lower(record.called))),
        mend,
        fix,
        offers=offers,
        advice=advice or mend,
    )
    return meant


def _one_of(name: Scalar, near: Sequence[str]) -> tuple[str, tuple[Offer, ...]]:
    """Return the mend of a key that may be one of several, of which none stands there yet."""
    mends = [msg("did you mean “{meant}”?", meant=key) for key in near[:2]]
    edits = [instead_of(name, key) for key in near[:2]]
    offers = tuple(Offer((edit,), mend) for edit, mend in zip(edits, mends, strict=True) if edit)
    return msg("{first}   (or {second})", first=mends[0], second=mends[1]), offers


def _with_value(
    name: Scalar, value: Node | None, meant: str, edit: Fix, record: Record
) -> tuple[str, Fix | None, tuple[Offer, ...]] | None:
    """Return the mend of a key that says with its value what another key says with a word, or None."""
    if not isinstance(value, Scalar):
        return None
    answer = yes_or_no(value.text)
    words = record.by_name[meant].reader.words if meant in record.by_name else ()
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
    mends = [msg("did you mean “{meant}”?", meant=key) for key in ("visibility", "note")]
    both = (Offer((edit,), mends[0]), *((Offer((note,), mends[1]),) if note else ()))
    return msg("{first}   (or {second})", first=mends[0], second=mends[1]) if note else mends[0], None, both


def _text_key(written: str, record: Record) -> str | None:
    """Return the key of a text by language that is meant by a word, or None."""
    word = written.lower()
    meant = word if word in record.names else synonym(word, record)
    key = record.by_name.get(meant or "")
    return key.name if key and key.reader.prose is Prose.BY_LANGUAGE else None


def _words_for(key: str, record: Record) -> set[str]:
    words = {**synonyms(record.names), **record.synonyms}
    return {word for word, meant in words.items() if meant == key}


def synonym(written: str, record: Record) -> str | None:
    """Return the key that is meant by another word; its own words come before those of all records."""
    word = written.strip().lower().replace(" ", "_")
    return record.synonyms.get(word) or synonyms(record.names).get(word)


def _lower(called: str) -> str:
    return called[0].lower() + called[1:]
