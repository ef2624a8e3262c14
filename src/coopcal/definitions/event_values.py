"""The values of an event that depend on no other event."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from coopcal import zones
from coopcal.definitions import people
from coopcal.definitions.codes.events import (
    BAD_HASHTAG,
    BAD_UID,
    PUBLIC_ANYWAY,
    SAME_PARTY_TWICE,
    UNKNOWN_TAG,
)
from coopcal.definitions.codes.values import UNKNOWN_WORD
from coopcal.definitions.context import Context
from coopcal.definitions.declared import fields as read
from coopcal.definitions.declared.record import did_you_mean, in_english, items, misspelt
from coopcal.definitions.event_keys import PUBLIC_SHOWS
from coopcal.definitions.source.node import Node, Scalar
from coopcal.definitions.when import WhenContext, parse_moment
from coopcal.model.event import Party, Role, ShowsAs
from coopcal.model.message import msg
from coopcal.model.problem import Place
from coopcal.model.text import Text
from coopcal.model.when import Timed, When

Value = TypeVar("Value")

UID = re.compile(r"[^\s\x00-\x1f]{1,255}")

ROLES = {
    "organisers": Role.ORGANISER, "hosts": Role.HOST, "partners": Role.PARTNER, "participants": Role.PARTICIPANT,
}  # fmt: skip
"""The keys of those who take part."""


class EventValues:
    """Reads single values of an event, one by one; ``place`` is where the event stands."""

    def __init__(self, values: dict[str, Node], context: Context, place: Place) -> None:
        self.values = values
        self._context = context
        self._problems = context.problems
        self._place = place

    def _read(self, name: str, reader: Callable[[Node], Value | None]) -> Value | None:
        return reader(self.values[name]) if name in self.values else None

    def _each(self, name: str, reader: Callable[[Node], Value | None]) -> tuple[Value, ...]:
        return read.each(self.values[name], reader) if name in self.values else ()

    def _text(self, name: str, *, longest: int = read.LONGEST_TEXT, one_line: bool = False) -> Text | None:
        if name not in self.values:
            return None
        return read.text(
            self.values[name], self._context.language, self._problems, longest=longest, one_line=one_line
        )

    def _public_shows_busy(self, seen_by: frozenset[str]) -> bool:
        shows = self.values.get("public_shows")
        if shows is None:
            return False
        word = read.plain(shows, self._problems, msg("what the public sees"))
        if word not in (*PUBLIC_SHOWS, None):
            told = in_english(shows, PUBLIC_SHOWS) if isinstance(shows, Scalar) else None
            self._problems.tell(
                shows.place,
                UNKNOWN_WORD,
                msg("Here what the public sees is expected, not “{word}”", word=word),
                told[0] if told else did_you_mean(word, PUBLIC_SHOWS),
                offers=told[2] if told else (),
            )
        elif not seen_by:
            self._problems.tell(
                shows.place,
                PUBLIC_ANYWAY,
                msg("The event is public, so “public_shows” says nothing"),
                msg("take the line out"),
            )
        return word == "busy" and bool(seen_by)

    def _parties(self) -> tuple[Party, ...]:
        found: list[Party] = []
        for name, role in ROLES.items():
            if name in self.values:
                found += people.parties(self.values[name], role, self._context)
        if "organisers" not in self.values:
            own = Party(Role.ORGANISER, organisation=self._context.organisation, place=self._place)
            found.insert(0, own)
        seen: dict[tuple[Role, str], Place | None] = {}
        for party in found:
            key = (party.role, party.organisation or "")
            if party.organisation and key in seen and party.place:
                self._problems.tell(
                    party.place,
                    SAME_PARTY_TWICE,
                    msg("“{organisation}” stands here twice in one role", organisation=party.organisation),
                    msg("take one out"),
                )
            seen[key] = party.place
        return tuple(found)

    def _tags(self) -> tuple[str, ...]:
        known = self._context.settings.tags
        found: dict[str, None] = {}
        for node in items(self.values["tags"]) if "tags" in self.values else ():
            tag = read.identifier(node, self._problems)
            if tag is None:
                continue
            if known is not None and tag not in dict(known):
                names = [name for name, _ in known]
                mend = did_you_mean(tag, names) or msg("add it under “tags” in coopcal.yaml")
                fix = misspelt(node, names) if isinstance(node, Scalar) else None
                self._problems.tell(
                    node.place, UNKNOWN_TAG, msg("“{tag}” is none of the site's tags", tag=tag), mend, fix
                )
            found[tag] = None
        return tuple(found)

    def _hashtag(self) -> str | None:
        node = self.values.get("hashtag")
        found = read.scalar(node, self._problems, msg("a hashtag")) if node else None
        if found is None:
            return None
        word = found.text.strip().removeprefix("#")
        if re.fullmatch(r"\w{1,100}", word):
            return word
        self._problems.tell(
            found.place,
            BAD_HASHTAG,
            msg("“{text}” is no hashtag", text=found.text),
            msg("write one word of letters, digits and _"),
        )
        return None

    def _uid(self) -> str | None:
        node = self.values.get("uid")
        found = read.scalar(node, self._problems, msg("a UID")) if node else None
        if found is None:
            return None
        if UID.fullmatch(found.text):
            return found.text
        self._problems.tell(
            found.place,
            BAD_UID,
            msg("A UID has no blanks and at most 255 characters"),
            msg("take the line out, and coopcal makes one"),
        )
        return None

    def _shows_as(self, when: When | None) -> ShowsAs:
        written: ShowsAs | None = self._read(
            "shows_as", lambda node: read.choice(node, ShowsAs, self._problems, msg("free or busy"))
        )
        return written or (ShowsAs.BUSY if isinstance(when, Timed) else ShowsAs.FREE)

    def _publish_from(self, around: WhenContext) -> datetime | None:
        node = self.values.get("publish_from")
        found = read.scalar(node, self._problems, msg("a day or a moment")) if node else None
        moment = parse_moment(found, around, self._problems) if found else None
        if moment is None or isinstance(moment, datetime):
            return moment
        return zones.first_moment(moment, self._context.timezone or self._context.settings.timezone)
