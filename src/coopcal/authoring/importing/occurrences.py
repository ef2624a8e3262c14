"""What coopcal gives out as JSON and CSV, an occurrence each → VEVENTs, those of one UID together."""

from collections.abc import Iterable, Sequence
from typing import Any

from coopcal.authoring.importing.components import Component
from coopcal.authoring.importing.destination import Home
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.occurrence_keys import event_keys
from coopcal.authoring.importing.occurrence_times import When, when_of
from coopcal.authoring.importing.record_values import Record, items, text, texts
from coopcal.authoring.importing.rows import escaped
from coopcal.authoring.text import Value
from coopcal.model.message import msg

_OF_TIME = frozenset(
    ("url", "when", "first_day", "last_day", "start", "end", "closes", "recurs", "modified", "also_in")
)
TABLE = "TABLE"
"""The name of a calendar that was made of a table or of occurrences, which need no UIDs."""


def events_of_occurrences(
    numbered: Iterable[tuple[int, Record]], home: Home, losses: Losses
) -> list[Component]:
    """Return a VEVENT for each occurrence that stands alone; of those with one UID the first, with the dates of the others."""
    groups: dict[str, list[tuple[int, Record]]] = {}
    for number, record in numbered:
        groups.setdefault(text(record, "uid") or f"\n{number}", []).append((number, record))
    made: list[Component] = []
    for group in groups.values():
        made += _Group(group, home, losses).events()
    return made


class _Group:
    """The occurrences of one UID."""

    def __init__(self, records: Sequence[tuple[int, Record]], home: Home, losses: Losses) -> None:
        self._home, self._losses = home, losses
        self._dated = [
            (number, record, when) for number, record in records if (when := self._when(number, record))
        ]

    def events(self) -> list[Component]:
        if not self._dated:
            return []
        number, record, when = self._dated[0]
        first = self._event(number, record, when)
        others = self._dated[1:]
        if not others:
            return [first]
        if any(slot.is_unsayable for _, _, slot in self._dated):
            first.said["when"] = [self._item(at, one, slot, record) for at, one, slot in self._dated]
            return [first]
        for name in ("when", "timezone"):
            first.said.pop(name, None)
        first.raw += [(at, f"RDATE{slot.start}".encode()) for at, _, slot in others]
        changed = [
            (at, one, slot)
            for at, one, slot in others
            if _content(one) != _content(record) or slot.length != when.length
        ]
        return [first, *(self._event(at, one, slot, is_date=True) for at, one, slot in changed)]

    def _item(self, number: int, record: Record, when: When, first: Record) -> Value:
        """Return a date of a list, with what is other than on the first one."""
        written = when.said or when.first
        own = {**event_keys(number, record, self._home, self._losses), **texts(record, "title", "status")}
        usual = (
            {**event_keys(number, first, self._home, self._losses), **texts(first, "title", "status")}
            if record is not first
            else own
        )
        other = {name: value for name, value in own.items() if usual.get(name) != value}
        return {"when": written, **other} if other else written

    def _when(self, number: int, record: Record) -> When | None:
        when = when_of(record)
        if when is None:
            what = text(record, "title") or msg("occurrence")
            self._losses.tell(
                number, LossCode.NO_START, what, msg("it does not say when it takes place, and was left out")
            )
        return when

    def _event(self, number: int, record: Record, when: When, *, is_date: bool = False) -> Component:
        lines = [
            f"DTSTART{when.start}",
            *when.ends,
            f"SUMMARY{self._language}:{escaped(text(record, 'title'))}",
        ]
        lines += [f"UID:{uid}"] if (uid := text(record, "uid")) else []
        lines += [f"RECURRENCE-ID{when.start}"] if is_date else []
        if html := text(record, "description_html"):
            lines.append(f"X-ALT-DESC;FMTTYPE=text/html{self._language}:{escaped(html)}")
        elif plain := text(record, "description"):
            lines.append(f"DESCRIPTION{self._language}:{escaped(plain)}")
        if tags := [tag for tag in items(record, "tags") if isinstance(tag, str)]:
            lines.append("CATEGORIES:" + ",".join(map(escaped, tags)))
        status = text(record, "status")
        lines += [f"STATUS:{status.upper()}"] if status in ("tentative", "cancelled") else []
        made = Component("VEVENT", number, [(number, line.encode()) for line in lines])
        if when.said is not None and not is_date:
            made.said["when"] = when.said
            made.said |= {"timezone": "UTC"} if text(record, "timezone") == "UTC" else {}
        made.said |= {"status": "postponed"} if status == "postponed" else {}
        made.said |= event_keys(number, record, self._home, self._losses)
        return made

    @property
    def _language(self) -> str:
        return f";LANGUAGE={self._home.language}" if self._home.language else ""


def _content(record: Record) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in _OF_TIME}
