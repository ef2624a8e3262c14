"""The properties of a VEVENT → the keys of an event, but for when it takes place."""

import re
from base64 import b64decode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote_to_bytes

from coopcal.authoring.importing.html import is_html, markdown_of_html, with_line_ends
from coopcal.authoring.importing.lines import Line
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.own_words import HASHTAG, HOURS, REASON, REGISTRATION
from coopcal.authoring.importing.values import text, texts
from coopcal.authoring.text import Value
from coopcal.model.ids import is_id, proposed_id
from coopcal.model.message import Number, msg
from coopcal.model.site import SiteSettings

UNTITLED = "Untitled"
LONGEST_TITLE = 300
LONGEST_TEXT = 20_000

_OF_TIME = frozenset(
    ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "UID")
)
_TECHNICAL = frozenset(
    ("DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-INTENDEDSTATUS",
     "X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-CDO-APPT-SEQUENCE", "X-MICROSOFT-CDO-INSTTYPE", "X-MICROSOFT-CDO-OWNERAPPTID",
     "X-MICROSOFT-DISALLOW-COUNTER", "X-MICROSOFT-CDO-IMPORTANCE", "X-MOZ-LASTACK", "X-MOZ-GENERATION", "X-MOZ-SNOOZE-TIME",
     "X-APPLE-TRAVEL-ADVISORY-BEHAVIOR", "X-LIC-ERROR", "METHOD", "X-APPLE-CREATOR-IDENTITY", "X-APPLE-CREATOR-TEAM-IDENTITY")
)  # fmt: skip
_ONLINE = (
    "CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGCONFLINK",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
)  # fmt: skip
_ONCE = (
    "DTSTART",
    "DTEND",
    "DURATION",
    "RECURRENCE-ID",
    "UID",
    "STATUS",
    "TRANSP",
    "GEO",
    "ORGANIZER",
    "CONTACT",
)
"""Properties that an event has once, of which the first is taken."""

_OWN = (REASON, HOURS, HASHTAG, REGISTRATION)
_PHONE = re.compile(r"\+?[\d()][\d ()/.-]{5,30}")
_STATUS = {
    "TENTATIVE": "tentative",
    "POSTPONED": "postponed",
    "CANCELLED": "cancelled",
    "CANCELED": "cancelled",
}
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]{3,2000}", re.IGNORECASE)
_HTML_DATA = re.compile(r"data:text/html(?:;charset=[\w-]+)?(;base64)?,", re.IGNORECASE)
_GEO = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d+)?)\s*[;,]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*")
_APPLE_GEO = re.compile(r"geo:([+-]?\d{1,3}(?:\.\d+)?),([+-]?\d{1,3}(?:\.\d+)?)")
_MAIL = re.compile(r"[^@\s,;<>:]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
_NOBODY = (
    "group.calendar.google.com",
    "unknownorganizer@calendar.google.com",
    "noreply",
    "no-reply",
    "invalid:nomail",
)
_LABELS = {
    "en": ("Web page", "Online"), "fr": ("Page web", "En ligne"), "es": ("Página web", "En línea"),
    "it": ("Pagina web", "In linea"), "pt": ("Página web", "Em linha"), "de": ("Webseite", "Online"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Properties:
    """Reads properties for a site and an organisation that speaks some ``languages``, the usual one first."""

    settings: SiteSettings
    languages: Sequence[str]
    losses: Losses

    def values(self, lines: dict[str, list[Line]], number: int, *, timed: bool) -> dict[str, Value]:
        """Return the keys of an event, in the order in which they are written."""
        values: dict[str, Value] = {"title": self._title(lines, number)}
        online = self._online(lines)
        where = self._where(lines, online)
        values |= {
            key: value
            for key, value in (("where", where), ("online", online[0] if online else None))
            if value
        }
        if description := self._description(lines):
            values["description"] = description
        if tags := self._tags(lines):
            values["tags"] = tags
        if links := self._links(lines, online[1:]):
            values["links"] = links
        self._documents(lines, values)
        if contact := self._contact(lines):
            values["contact"] = contact
        self._state(lines, values, timed=timed)
        values |= self._own(lines, values, timed=timed)
        if notes := [said for line in lines.get("COMMENT", ()) if (said := text(line.value))]:
            values["note"] = "\n\n".join(notes)
            self.losses.tell(
                lines["COMMENT"][0].number,
                "as-note",
                notes[0],
                msg("comments became a “note”, which is not published"),
            )
        self._twice(lines)
        self._left_out(lines)
        return values

    def _title(self, lines: dict[str, list[Line]], number: int) -> Value:
        said = self._by_language(lines.get("SUMMARY", ()), lambda line: " ".join(text(line.value).split()))
        if not said:
            self.losses.tell(number, "no-title", UNTITLED, msg("it has no title; give it one"))
            return UNTITLED
        for language, title in said.items():
            if len(title) > LONGEST_TITLE:
                self.losses.tell(
                    lines["SUMMARY"][0].number,
                    "too-long",
                    title,
                    msg(
                        "titles have {most} characters at most; it was cut",
                        most=LONGEST_TITLE,
                    ),
                )
                said[language] = title[: LONGEST_TITLE - 1] + "…"
        return self._in_languages(said)

    def _by_language(self, lines: Sequence[Line], read: Callable[[Line], str]) -> dict[str, str]:
        """Return texts by language; "" is the organisation's own."""
        found: dict[str, str] = {}
        for line in lines:
            tag = line.param("LANGUAGE").split("-")[0].lower()
            language = "" if tag == self.languages[0].split("-")[0] or tag not in self.languages else tag
            said = read(line)
            if said and language not in found:
                found[language] = said
            elif said and found[language] != said:
                self.losses.tell(
                    line.number, "second-value", said, msg("there is one {name} already", name=line.name)
                )
        return found

    def _in_languages(self, written: dict[str, str]) -> Value:
        if list(written) == [""]:
            return written[""]
        return {language or self.languages[0]: each for language, each in written.items()}

    def _description(self, lines: dict[str, list[Line]]) -> Value | None:
        rich = [
            line
            for name in ("STYLED-DESCRIPTION", "X-ALT-DESC")
            for line in lines.get(name, ())
            if "html" in line.param("FMTTYPE").lower()
        ]
        rich = rich or [html for line in lines.get("DESCRIPTION", ()) if (html := _rich(line))]
        said = self._by_language(rich or lines.get("DESCRIPTION", ()), self._markdown)
        said = said or self._by_language(lines.get("DESCRIPTION", ()), self._markdown)
        for language, each in said.items():
            if len(each) > LONGEST_TEXT:
                self.losses.tell(
                    lines["DESCRIPTION"][0].number if "DESCRIPTION" in lines else rich[0].number,
                    "too-long",
                    each,
                    msg(
                        "descriptions have {most} characters at most; it was cut",
                        most=Number(LONGEST_TEXT),
                    ),
                )
                said[language] = each[: LONGEST_TEXT - 1] + "…"
        return self._in_languages(said) if said else None

    def _markdown(self, line: Line) -> str:
        said = _visible(text(line.value))
        if line.name != "DESCRIPTION" or is_html(said):
            return markdown_of_html(said)
        return with_line_ends(said)[: LONGEST_TEXT * 2]

    def _online(self, lines: dict[str, list[Line]]) -> list[str]:
        found = [
            line.value.strip()
            for name in _ONLINE
            for line in lines.get(name, ())
            if _WEB.fullmatch(line.value.strip())
        ]
        found += [said for line in lines.get("LOCATION", ()) if _WEB.fullmatch(said := text(line.value))]
        for name in _ONLINE:
            for line in lines.get(name, ()):
                if not _WEB.fullmatch(line.value.strip()):
                    self.losses.tell(
                        line.number,
                        "no-key",
                        line.value,
                        msg("only web addresses are kept for what is online"),
                    )
        return list(dict.fromkeys(found))

    def _where(self, lines: dict[str, list[Line]], online: list[str]) -> Value | None:
        said = self._by_language(
            lines.get("LOCATION", ()),
            lambda line: ", ".join(
                part.strip(" ,") for part in _visible(text(line.value)).split("\n") if part.strip(" ,")
            ),
        )
        said = {language: each for language, each in said.items() if each not in online}
        for language, each in said.items():
            if len(each) > LONGEST_TITLE:
                self.losses.tell(
                    lines["LOCATION"][0].number,
                    "too-long",
                    each,
                    msg(
                        "places have {most} characters at most; it was cut",
                        most=LONGEST_TITLE,
                    ),
                )
                said[language] = each[: LONGEST_TITLE - 1] + "…"
        geo = self._geo(lines)
        if not said and not geo:
            return None
        name = self._in_languages(said) if said else f"{geo['lat']}, {geo['lon']}" if geo else ""
        if isinstance(name, str) and not geo and not is_id(name):
            return name
        return {"name": name} | ({"geo": geo} if geo else {})

    def _geo(self, lines: dict[str, list[Line]]) -> dict[str, str] | None:
        for line in (*lines.get("GEO", ()), *lines.get("X-APPLE-STRUCTURED-LOCATION", ())):
            match = (_GEO.fullmatch if line.name == "GEO" else _APPLE_GEO.match)(line.value)
            if match and abs(float(match[1])) <= 90 and abs(float(match[2])) <= 180:  # noqa: PLR2004 - degrees
                return {"lat": match[1][:14], "lon": match[2][:14]}
            self.losses.tell(line.number, "bad-value", line.value, msg("it is no position"))
        return None

    def _tags(self, lines: dict[str, list[Line]]) -> list[str]:
        known = self.settings.tags
        titles = {title.casefold(): tag for tag, said in known or () for _, title in said.by_language}
        found = dict[str, None]()
        for line in lines.get("CATEGORIES", ()):
            for category in texts(line.value):
                tag = titles.get(category.casefold()) or proposed_id(category)
                if not tag:
                    self.losses.tell(
                        line.number,
                        "no-tag",
                        category,
                        msg("no tag can be made of it: tags are of letters a to z, digits and hyphens"),
                    )
                elif known is not None and tag not in dict(known):
                    self.losses.tell(
                        line.number,
                        "unknown-tag",
                        category,
                        msg(
                            "to keep it, add “{tag}: {category}” under “tags” in coopcal.yaml and import again",
                            tag=tag,
                            category=category,
                        ),
                    )
                else:
                    found[tag] = None
        return list(found)

    def _links(self, lines: dict[str, list[Line]], more: list[str]) -> list[Value]:
        label, online = _LABELS.get(self.languages[0].split("-")[0], _LABELS["en"])
        links: list[Value] = [{"label": online, "url": url} for url in more]
        for name in ("URL", "LINK"):
            for line in lines.get(name, ()):
                url = line.value.strip()
                if _WEB.fullmatch(url):
                    links.append({"label": line.param("LABEL") or label, "url": url})
                else:
                    self.losses.tell(line.number, "bad-value", url, msg("it is no web address"))
        return links

    def _documents(self, lines: dict[str, list[Line]], found: dict[str, Value]) -> None:
        documents: list[Value] = []
        for line in (*lines.get("ATTACH", ()), *lines.get("IMAGE", ())):
            url = line.value.strip()
            label = line.param("FILENAME") or line.param("X-FILENAME") or line.param("X-APPLE-FILENAME")
            if not _WEB.fullmatch(url):
                inline = line.param("ENCODING").upper() == "BASE64" or line.param("VALUE").upper() == "BINARY"
                why = (
                    msg("save it beside the YAML and name it under “documents”")
                    if inline
                    else msg("only web addresses are kept")
                )
                self.losses.tell(
                    line.number, "attachment", label or (msg("a file of its own") if inline else url), why
                )
            elif line.name == "IMAGE" and "image" not in found:
                found["image"] = {"url": url}
            else:
                documents.append(
                    {
                        "label": (label or url.split("?")[0].rstrip("/").rsplit("/", 1)[-1])[:LONGEST_TITLE],
                        "url": url,
                    }
                )
        if documents:
            found["documents"] = documents

    def _contact(self, lines: dict[str, list[Line]]) -> Value | None:
        for line in lines.get("CONTACT", ())[:1]:
            said = " ".join(text(line.value).split())[:LONGEST_TITLE]
            for other in lines.get("ORGANIZER", ()):
                self.losses.tell(other.number, "second-value", "ORGANIZER", msg("there is a CONTACT already"))
            return _person(said) if said else None
        for line in lines.get("ORGANIZER", ())[:1]:
            email = re.sub("^mailto:", "", line.value.strip(), flags=re.IGNORECASE)
            if any(each in email.lower() for each in _NOBODY):
                self.losses.tell(
                    line.number, "technical", "ORGANIZER", msg("it is the address of a calendar")
                )
                return None
            name = line.param("CN")
            contact = {"name": name} if name and name != email else {}
            contact |= {"email": email} if _MAIL.fullmatch(email) else {}
            if contact:
                self.losses.tell(
                    line.number,
                    "contact",
                    name or "ORGANIZER",
                    msg("who organises it became “contact”, which is published"),
                )
                return contact
            self.losses.tell(line.number, "bad-value", line.value, msg("it is no e-mail address"))
        return None

    @staticmethod
    def _own(lines: dict[str, list[Line]], found: dict[str, Value], *, timed: bool) -> dict[str, Value]:
        """Return what coopcal has said in words alone in a feed of its own."""
        said: dict[str, Value] = {name: each[0].value for name, each in lines.items() if name in _OWN}
        own: dict[str, Value] = {}
        if REASON in said and found.get("status") in ("cancelled", "postponed"):
            own["reason"] = said[REASON]
        if HOURS in said and not timed:
            own["hours"] = said[HOURS]
        if HASHTAG in said:
            own["hashtag"] = said[HASHTAG]
        if REGISTRATION in said:
            own["registration"] = {"url": said[REGISTRATION]}
        return own

    def _state(self, lines: dict[str, list[Line]], found: dict[str, Value], *, timed: bool) -> None:
        for line in lines.get("STATUS", ())[:1]:
            said = line.value.strip().upper()
            if said in _STATUS:
                found["status"] = _STATUS[said]
            elif said != "CONFIRMED":
                self.losses.tell(line.number, "bad-value", line.value, msg("no such status is known"))
        busy = {
            line.value.strip().upper()
            for name in ("TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")
            for line in lines.get(name, ())[:1]
        }
        free = "TRANSPARENT" in busy or ("FREE" in busy and "OPAQUE" not in busy)
        if busy and free == timed:
            found["shows_as"] = "free" if free else "busy"
        for line in lines.get("CLASS", ()):
            if (said := line.value.strip().upper()) not in ("PUBLIC", ""):
                found["visibility"] = "members"
                self.losses.tell(
                    line.number, "not-public", said, msg("what is not public is for members alone")
                )

    def _twice(self, lines: dict[str, list[Line]]) -> None:
        """Tell of what an event says twice, and is read once."""
        more = [(line, each[0]) for name in _ONCE for each in [lines.get(name, [])] for line in each[1:]]
        for line, first in more:
            if (line.value.strip(), line.tzid) != (first.value.strip(), first.tzid):
                why = msg("there is one {name} already, which was taken", name=line.name)
                self.losses.tell(line.number, "second-value", f"{line.name}: {line.value}", why)
        for line in lines.get("DURATION", ())[:1] if "DTEND" in lines else ():
            why = msg("there is a DTEND already, which was taken")
            self.losses.tell(line.number, "second-value", line.value, why)
        for line in (each for those in lines.values() for each in those):
            if (said := line.param("ALTREP")) and not _rich(line):
                why = msg("it is another form of this text, which was not read")
                self.losses.tell(line.number, "no-key", f"{line.name}, ALTREP: {said}", why)

    def _left_out(self, lines: dict[str, list[Line]]) -> None:
        """Tell of each property that the format has no key for."""
        for name, each in lines.items():
            if name in _OF_TIME or name in _READ:
                continue
            for line in each:
                if name == "ATTENDEE":
                    self.losses.tell(
                        line.number, "attendee", name, msg("who takes part is personal, and was left out")
                    )
                elif name in _TECHNICAL:
                    self.losses.tell(
                        line.number, "technical", name, msg("it is what programs note for themselves")
                    )
                else:
                    self.losses.tell(
                        line.number, "no-key", f"{name}: {line.value}", msg("the format has no key for it")
                    )


_READ = frozenset(
    ("SUMMARY", "DESCRIPTION", "STYLED-DESCRIPTION", "X-ALT-DESC", "LOCATION", "GEO", "X-APPLE-STRUCTURED-LOCATION", "CATEGORIES", "URL",
     "LINK", "ATTACH", "IMAGE", "CONTACT", "ORGANIZER", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "CLASS", "COMMENT", *_ONLINE, *_OWN)
)  # fmt: skip


def _person(written: str) -> dict[str, Value]:
    """Return whom to ask, of a name, an e-mail address and a telephone number between commas; else all as a name."""
    parts = [part.strip() for part in written.split(",")]
    emails = [part for part in parts if _MAIL.fullmatch(part)]
    phones = [part for part in parts if _PHONE.fullmatch(part)]
    names = [part for part in parts if part not in emails and part not in phones]
    if len(emails) > 1 or len(phones) > 1:
        return {"name": written}
    found = {"name": ", ".join(names), "email": "".join(emails), "phone": "".join(phones)}
    return {key: value for key, value in found.items() if value}


def _rich(line: Line) -> Line | None:
    """Return the HTML that a DESCRIPTION carries as its other form, as Thunderbird writes it."""
    match = _HTML_DATA.match(line.param("ALTREP"))
    if line.name != "DESCRIPTION" or match is None:
        return None
    data = unquote_to_bytes(line.param("ALTREP")[match.end() :])
    try:
        html = b64decode(data) if match[1] else data
    except ValueError:
        return None
    return replace(line, name="ALTREP", value=html.decode("utf-8", "replace").replace("\\", "\\\\"))


def _visible(written: str) -> str:
    """Return a text without control characters, which no source file may hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]", "", written)
