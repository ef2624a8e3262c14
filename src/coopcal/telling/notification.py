"""What a receiver is told: changes of the log that concern it, for programs and for people."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from coopcal.compile.diff.report import calling_nobody, event_as_json, title_of
from coopcal.model.change import LogEntry
from coopcal.model.receiver import Receiver
from coopcal.model.site import SiteSettings
from coopcal.site.told import Told
from coopcal.text.change_words import sentences
from coopcal.text.words import word

VERSION = 1
"""The number of what is sent to programs: it is another one where something has another meaning, or is gone."""

MOST_EVENTS = 50
"""Changes that are sent to programs one by one."""

MOST_LETTERS = 3000
"""Letters of changes that are sent to people; chats cut what is longer than some thousands."""

_BRACKETS = str.maketrans({"<": "‹", ">": "›"})
"""Between these, chats read whom to call."""


@dataclass(frozen=True, slots=True)
class Notification:
    """What is told at once: changes, the oldest first, of a site with these settings that ``told`` them."""

    settings: SiteSettings
    told: Told
    receiver: Receiver
    entries: tuple[LogEntry, ...]

    @staticmethod
    def of(
        settings: SiteSettings, told: Told, receiver: Receiver, since: datetime, until: datetime
    ) -> "Notification":
        """Return what a receiver is told of the changes after one instant and up to another."""
        names = frozenset(name for one in receiver.of for name in (one, *_former(one, told)))
        entries = [entry for entry in told.log if since < entry.at <= until and _concerns(entry, names)]
        return Notification(settings, told, receiver, tuple(sorted(entries, key=lambda entry: entry.at)))

    @property
    def body(self) -> bytes:
        """What is sent."""
        values = {"text": self._text()} if self.receiver.format == "text" else self._values()
        return json.dumps(values, ensure_ascii=False).encode()

    @property
    def _language(self) -> str:
        return self.receiver.language or self.settings.language

    @property
    def _log_address(self) -> str:
        """The address at which the changes can be read on."""
        named = (*self.receiver.feeds, *self.receiver.organisations)
        return f"{self.settings.base_url}/feeds/{named[0].id if named else 'all'}/changes.atom"

    def _values(self) -> Mapping[str, Any]:
        settings, shown = self.settings, self.entries[:MOST_EVENTS]
        language, fallback = self._language, settings.language
        names = sorted({entry.change.organisation for entry in shown})
        return {
            "type": "coopcal.changes",
            "timestamp": _instant(self.entries[-1].at),
            "data": {
                "version": VERSION,
                "site": {
                    "title": settings.title.say(language, fallback),
                    "url": settings.base_url,
                    "uid_domain": settings.uid_domain,
                },
                "language": language,
                "events": [
                    {
                        "at": _instant(entry.at),
                        "url": self._page(entry),
                        **event_as_json(entry.change, language, fallback, settings.timezone),
                    }
                    for entry in shown
                ],
                "organisations": {name: self._name(name) for name in names},
                "feeds_touched": sorted({feed for entry in self.entries for feed in entry.change.feeds}),
                "more": len(self.entries) - len(shown),
                "changes": self._log_address,
            },
        }

    def _text(self) -> str:
        title = self.settings.title.say(self._language, self.settings.language)
        lines = [word("change_title", self._language, title=_harmless(title))]
        organisation, left = "", MOST_LETTERS
        for number, entry in enumerate(self.entries):
            told = [*self._of_event(entry)]
            if entry.change.organisation != organisation:
                organisation = entry.change.organisation
                told = ["", _harmless(self._name(organisation)), *told]
            left -= sum(map(len, told))
            if left < 0 and number:
                more = word("change_more", self._language, count=str(len(self.entries) - number))
                lines += ["", f"{more}: {self._log_address}"]
                break
            lines += told
        return "\n".join(lines)

    def _of_event(self, entry: LogEntry) -> Iterator[str]:
        language, fallback = self._language, self.settings.language
        yield f"• {_harmless(title_of(entry.change, language, fallback))}"
        for sentence in sentences(entry.change, language, fallback=fallback, here=self.settings.timezone):
            yield f"  {_harmless(sentence)}"[:MOST_LETTERS]
        if address := self._page(entry):
            yield f"  {address}"

    def _name(self, organisation: str) -> str:
        facts = self.told.organisations.get(organisation)
        return facts.title.say(self._language, self.settings.language) if facts else organisation

    def _page(self, entry: LogEntry) -> str | None:
        return self.settings.base_url + entry.change.page if entry.change.page else None


def _former(name: str, told: Told) -> Iterator[str]:
    """Return the ids that an organisation or a feed had, under which the log may know it."""
    for facts in (told.organisations.get(name), told.feeds.get(name)):
        yield from facts.former if facts else ()


def _concerns(entry: LogEntry, names: frozenset[str]) -> bool:
    return not names or not names.isdisjoint((entry.change.organisation, *entry.change.feeds))


def _harmless(text: str) -> str:
    return calling_nobody(text).translate(_BRACKETS)


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
