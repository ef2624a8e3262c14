"""What changed, as text, Markdown or JSON: by organisation, and by feed."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from coopcal.model.change import Changes, Difference, EventChange, NamedChange
from coopcal.model.facts import Facts, NamedFacts
from coopcal.site.memory import MEMORY
from coopcal.text.change_words import say, say_of_many, sentences
from coopcal.text.words import word

Style = Literal["text", "markdown", "json"]

MANY = 3
"""Events of an organisation that are told together where the same changes of each."""

FOLDED = ("enters", "leaves", "place", "takes_no_time", "takes_time", "texts", "zone")
"""The kinds that are told so: what an event takes from a place, its organisation or the site."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&@])")

_REFERENCE = re.compile(r"(?<=[@#!$%~&])(?=[\w\"])|(?<=\bGH)(?=-\d)", re.ASCII | re.IGNORECASE)
"""Where a forge begins to read that somebody or something is meant: ``@name``, ``#1``, ``!1``, ``~label``, ``GH-1``."""

_JOINED = "\N{WORD JOINER}"


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading, what is said under it, and things with sentences of their own."""

    title: str
    said: list[str]
    things: list[tuple[str, list[str]]]


def render(
    changes: Changes,
    old: Facts,
    new: Facts,
    style: Style,
    language: str,
    fallback: str,
    against: str,
    homes: Mapping[str, str],
) -> str:
    """Tell changes in a language; titles without it are told in the ``fallback``, else as they are written.

    ``against`` is the line that says what is compared with; ``homes`` are the zones of organisations, by their ids, where
    times need not say whose they are.
    """
    organisations = {**old.organisations, **new.organisations}
    feeds = {**old.feeds, **new.feeds}
    if style == "json":
        document = {"compared_with": against, **_as_json(changes, language, fallback, homes)}
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    if not changes:
        return of_nothing(style, against, word("change_none", language))
    sections = [
        *_of_site(changes, language, fallback),
        *_by_organisation(changes, organisations, language, fallback, homes),
    ]
    own = _feeds(changes, feeds, language, fallback)
    if own:
        sections.append(_Section(word("change_feeds", language), [], own))
    made = _markdown if style == "markdown" else _text
    return "\n".join((_head(style, against), *(made(section) for section in sections)))


def _of_site(changes: Changes, language: str, fallback: str) -> Iterator[_Section]:
    """Tell of a move of the whole site."""
    if changes.site:
        said = [say(difference, language, fallback) for difference in changes.site]
        yield _Section(word("change_site", language), said, [])


def of_nothing(style: Style, against: str, sentence: str) -> str:
    """Tell in a ``sentence`` that there are no changes, below the line that says what is compared with."""
    return f"{_head(style, against)}\n{sentence}\n"


def _head(style: Style, against: str) -> str:
    return f"{_escaped(against) if style == 'markdown' else _one_line(against)}\n"


def touched_feeds(changes: Changes) -> list[str]:
    """Return the ids of all feeds in which anything changes, and of those that change themselves."""
    return sorted(
        {name for change in changes.events for name in change.feeds} | {one.id for one in changes.feeds}
    )


def _by_organisation(
    changes: Changes,
    titles: Mapping[str, NamedFacts],
    language: str,
    fallback: str,
    homes: Mapping[str, str],
) -> Iterator[_Section]:
    own = {one.id: one for one in changes.organisations}
    for name in sorted(own.keys() | {change.organisation for change in changes.events}):
        title = titles[name].title.say(language, fallback) if name in titles else name
        own_sentences = (
            [
                say(own_difference, language, fallback, "organisation")
                for own_difference in own[name].differences
            ]
            if name in own
            else []
        )
        events = [change for change in changes.events if change.organisation == name]
        shared = _shared(events)
        for difference, several in shared.items():
            named = [title_of(change, language, fallback) for change in several]
            own_sentences.append(say_of_many(named, say(difference, language, fallback), language))
        things = [
            (title_of(change, language, fallback), _told(change, language, fallback, homes.get(name)))
            for change in (_without(event, shared) for event in events)
            if change.differences
        ]
        yield _Section(title, own_sentences, things)


def _shared(events: list[EventChange]) -> dict[Difference, list[EventChange]]:
    """Return what is the same of several events, as when a place that they share is another one."""
    by_difference: dict[Difference, list[EventChange]] = {}
    for change in events:
        for difference in dict.fromkeys(
            replace(own_difference, day=None) for own_difference in change.differences
        ):
            if difference.kind in FOLDED and not difference.onward:
                by_difference.setdefault(difference, []).append(change)
    return {difference: several for difference, several in by_difference.items() if len(several) >= MANY}


def _without(change: EventChange, shared: Collection[Difference]) -> EventChange:
    left = tuple(
        difference for difference in change.differences if replace(difference, day=None) not in shared
    )
    return replace(change, differences=left)


def _told(change: EventChange, language: str, fallback: str, here: str | None) -> list[str]:
    lines = sentences(change, language, fallback=fallback, here=here)
    if change.groups:
        lines.append(word("change_only_for", language, groups=", ".join(change.groups)))
    if change.feeds:
        lines.append(word("change_in", language, feeds=", ".join(change.feeds)))
    return lines


def _feeds(
    changes: Changes, titles: Mapping[str, NamedFacts], language: str, fallback: str
) -> list[tuple[str, list[str]]]:
    """Tell what changes of feeds themselves; which of them an event stands in is told with the event."""
    things = []
    for one in changes.feeds:
        title = titles[one.id].title.say(language, fallback) if one.id in titles else one.id
        things.append(
            (
                f"{title} ({one.id})",
                [say(difference, language, fallback, "feed") for difference in one.differences],
            )
        )
    return things


def title_of(change: EventChange, language: str, fallback: str) -> str:
    """Return the title of an event; of one that is hidden, in words, that it is."""
    if not change.key:
        return word("change_hidden", language)
    return " ".join(change.title.say(language, fallback).split())


def _text(section: _Section) -> str:
    lines = [section.title, *(f"  {sentence}" for sentence in section.said)]
    for title, lines_below in section.things:
        lines += [f"  {title}", *(f"    {line}" for line in lines_below)]
    return "".join(f"{_one_line(line)}\n" for line in lines)


def _markdown(section: _Section) -> str:
    lines = [f"### {_escaped(section.title)}", "", *(f"- {_escaped(sentence)}" for sentence in section.said)]
    for title, lines_below in section.things:
        lines += [f"- **{_escaped(title)}**", *(f"  - {_escaped(line)}" for line in lines_below)]
    return "".join(f"{line}\n" for line in lines)


def _one_line(line: str) -> str:
    """Return a line without what would break it or steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in line)


def calling_nobody(line: str) -> str:
    """Return a line, harmless as one, in which nobody is called, and nothing is referred to."""
    return _REFERENCE.sub(_JOINED, _one_line(line))


def _escaped(text: str) -> str:
    """Return a text in which nothing is read as Markdown, and nobody is called; forges see through a backslash."""
    return _SPECIAL.sub(r"\\\1", calling_nobody(text))


def _as_json(changes: Changes, language: str, fallback: str, homes: Mapping[str, str]) -> dict[str, Any]:
    return {
        "site": [
            {**MEMORY.write(Difference, difference), "words": say(difference, language, fallback)}
            for difference in changes.site
        ],
        "organisations": [_named(one, language, fallback, "organisation") for one in changes.organisations],
        "feeds": [_named(one, language, fallback, "feed") for one in changes.feeds],
        "feeds_touched": touched_feeds(changes),
        "events": [
            event_as_json(change, language, fallback, homes.get(change.organisation))
            for change in changes.events
        ],
    }


def event_as_json(change: EventChange, language: str, fallback: str, here: str | None) -> dict[str, Any]:
    """Return what changed of an event as JSON values, and the same in words of a language."""
    words = sentences(change, language, fallback=fallback, here=here)
    return {**MEMORY.write(EventChange, change), "words": words}


def _named(one: NamedChange, language: str, fallback: str, noun: str) -> dict[str, Any]:
    return {
        **MEMORY.write(NamedChange, one),
        "words": [say(difference, language, fallback, noun) for difference in one.differences],
    }
