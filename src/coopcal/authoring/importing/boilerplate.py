"""What coopcal says itself in the texts of its feeds: known again, so that it is not imported as the words of an event.

What an event says with a key comes under that key; what follows from elsewhere is left out, and told where it may be missed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from coopcal.authoring.importing.components import Component
from coopcal.authoring.importing.lines import Line
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.own_rhythm import tells_how_it_recurs
from coopcal.authoring.importing.values import text
from coopcal.model.message import msg
from coopcal.text.catalogues import LANGUAGES
from coopcal.text.words import words_of

REASON, HOURS, HASHTAG, REGISTRATION = (
    f"X-COOPCAL-{suffix}" for suffix in ("REASON", "HOURS", "HASHTAG", "REGISTRATION")
)
"""What is found in a text and has no property of its own, by the names under which it is read."""

_PRODID = "//coopcal//"
_LABELS = (
    "cancelled",
    "postponed",
    "open",
    "online",
    "contact",
    "registration",
    "organiser",
    "host",
    "partner",
    "participant",
)
_SENTENCES = ("tentative", "moved", "local_time", "cancelled", "postponed")
_ROLES = ("organiser", "host", "partner", "participant")
_STATUS = {"cancelled": "CANCELLED", "postponed": "POSTPONED"}
_LABELLED = re.compile(r"(?:- )?(.{1,300}?)[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]?: (.+)")
_LINK = re.compile(
    r"(.{1,300}?)[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]?: (https?://\S+|[^@\s:]+@[^@\s]+)"
)
_HOURS = re.compile(r"(\d\d:\d\d)\N{EN DASH}(\d\d:\d\d)(?: \(.{1,400}\))?")
_BETWEEN = " / "
_ADDRESS = re.compile(r" \(https?://[^\s)]+\)")
_MOVED = re.compile(r"\+moved\d{8}(?:T\d+)?\.")


def is_own(calendar: Component) -> bool:
    """Return whether a calendar is a feed of coopcal."""
    return any(_PRODID in line.value for line in calendar.quietly().get("PRODID", ()))


def without(lines: Mapping[str, Sequence[Line]], losses: Losses) -> dict[str, list[Line]] | None:
    """Return the properties of an event of such a feed without coopcal's own words, and with what these tell.

    None, told, for what stands at the former time of a date that was moved, and says no more than that.
    """
    if any(_MOVED.search(line.value) for line in lines.get("UID", ())):
        for line in lines["UID"]:
            losses.tell(
                line.number,
                LossCode.OWN_WORDS,
                line.value,
                msg("it says where a date was moved to, as coopcal does itself"),
            )
        return None
    remaining = {name: list(written) for name, written in lines.items()}
    own = _Own(remaining, losses)
    kept = []
    for line in remaining.get("DESCRIPTION", ()):
        blocks = [block for block in text(line.value).split("\n\n") if not own.takes(block, line)]
        if rest := "\n\n".join(blocks).strip():
            kept.append(replace(line, value=_escaped(rest)))
    remaining["DESCRIPTION"] = kept
    remaining["SUMMARY"] = [own.title(line) for line in remaining.get("SUMMARY", ())]
    for line in remaining.pop("URL", ()):
        losses.tell(
            line.number, LossCode.TECHNICAL, "URL", msg("it is the page of the event that coopcal makes")
        )
    for name, values in own.more.items():
        remaining.setdefault(name, []).extend(values)
    return {name: written for name, written in remaining.items() if written}


@dataclass(slots=True)
class _Own:
    """Takes blocks of text that are coopcal's own; ``more`` is what they tell, by the property that it is read under."""

    lines: Mapping[str, Sequence[Line]]
    losses: Losses
    more: dict[str, list[Line]] = field(default_factory=dict)
    organisers: set[str] = field(default_factory=set)

    def title(self, line: Line) -> Line:
        """Return a title without its status, to when it is moved, and whose it is."""
        title = text(line.value)
        while match := _LABELLED.fullmatch(title):
            key = known(match[1])
            if key in (*_STATUS, "moved"):
                self._status(key or "", line)
            elif match[1] not in self.organisers:
                break
            title = match[2]
        return replace(line, value=_escaped(title))

    def takes(self, block: str, line: Line) -> bool:
        """Return whether a block is coopcal's own; what it tells is taken."""
        rows = block.split("\n")
        if all(self._is_link(row) for row in rows):
            for row in rows:
                self._link(row, line)
            return True
        keys = [known(row) or known(_LABELLED.sub(r"\1", row)) for row in rows]
        if not all(keys):
            first = keys[0]
            if first == "open" and rows[0].rstrip().endswith(":"):
                self._tell(line, block)
                return True
            return len(rows) == 1 and (self._hashtag(rows[0], line) or self._rhythm(rows[0], line))
        for key, row in zip(keys, rows, strict=True):
            self._take(key or "", row, line)
        return True

    def _take(self, key: str, row: str, line: Line) -> None:
        match = _LABELLED.fullmatch(row)
        content = match[2] if match and key in _LABELS else ""
        match key:
            case "cancelled" | "postponed":
                self._status(key, line)
                if content:
                    self._add(REASON, content, line)
            case "online" | "registration" if content.startswith(("https://", "http://")):
                self._add("CONFERENCE" if key == "online" else REGISTRATION, content, line)
            case "open" if hours := _HOURS.fullmatch(content):
                self._add(HOURS, f"{hours[1]}/{hours[2]}", line)
            case "contact":
                if "CONTACT" not in self.lines:
                    self._add("CONTACT", _escaped(content), line)
            case "tentative" | "local_time":
                pass
            case "organiser":
                names = _ADDRESS.sub("", content)
                self.organisers |= {names, _joined().sub(r"\1, \2", names)}
                self._tell(line, row)
            case _:
                self._tell(line, row)

    def _status(self, key: str, line: Line) -> None:
        """Take over a status that a feed tells by words alone, as some programs hide what is marked as cancelled."""
        marked = {status.value.strip().upper() for status in self.lines.get("STATUS", ())}
        if key in _STATUS and not marked and "STATUS" not in self.more:
            self._add("STATUS", _STATUS[key], line)

    def _is_link(self, row: str) -> bool:
        match = _LINK.fullmatch(row)
        return match is not None and known(match[1]) is None

    def _link(self, row: str, line: Line) -> None:
        match = _LINK.fullmatch(row)
        if match is None:
            return
        label, address = match[1], match[2]
        documents = [
            attached for attached in self.lines.get("ATTACH", ()) if attached.value.strip() == address
        ]
        for document in documents:
            document.params.setdefault("FILENAME", [label])
        if not documents:
            url = address if "//" in address else f"mailto:{address}"
            self.more.setdefault("LINK", []).append(Line(line.number, "LINK", url, {"LABEL": [label]}))

    def _hashtag(self, row: str, line: Line) -> bool:
        if re.fullmatch(r"#\w{1,100}", row) is None:
            return False
        self._add(HASHTAG, row[1:], line)
        return True

    def _rhythm(self, row: str, line: Line) -> bool:
        """Leave out how a series recurs, which its rule says."""
        if not self.lines.keys() & {"RRULE", "RDATE"} or not tells_how_it_recurs(row):
            return False
        self._tell(line, row)
        return True

    def _add(self, name: str, value: str, line: Line) -> None:
        self.more.setdefault(name, []).append(Line(line.number, name, value))

    def _tell(self, line: Line, written: str) -> None:
        why = msg("coopcal says this itself in its feeds, so it was left out of the description")
        self.losses.tell(line.number, LossCode.OWN_WORDS, written, why)


@cache
def _joined() -> re.Pattern[str]:
    """Part a list of names before its last one, in any language."""
    between = "|".join(re.escape(words_of(language)["and"]) for language in sorted(LANGUAGES))
    return re.compile(f"(.*) (?:{between}) (.*)")


@lru_cache(maxsize=4096)
def known(written: str) -> str | None:
    """Return what words of coopcal a text is, in any of its languages, or in several side by side."""
    written = written.rstrip(" :\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
    for key, pattern in _patterns():
        if pattern.fullmatch(written):
            return key
    parts = written.split(_BETWEEN)
    keys = {known(part) for part in parts} if len(parts) > 1 else {None}
    return keys.pop() if len(keys) == 1 else None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    patterns = []
    for words in map(words_of, sorted(LANGUAGES)):
        patterns += [(key, re.compile(re.escape(words[key]))) for key in _LABELS]
        for key in _SENTENCES:
            template = re.sub(r"\\\{\w+\\\}", ".{1,200}", re.escape(words[key]))
            patterns.append((key, re.compile(rf"{template}(?:\..*)?")))
    return tuple(patterns)


def _escaped(written: str) -> str:
    return written.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
