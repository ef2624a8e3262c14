"""The properties of a VEVENT → the keys of an event, but for when it takes place."""

from collections.abc import Sequence
from dataclasses import dataclass

from coopcal.authoring.importing.boilerplate import HASHTAG, HOURS, REASON, REGISTRATION
from coopcal.authoring.importing.categories import tags
from coopcal.authoring.importing.contact import contact
from coopcal.authoring.importing.lines import Line
from coopcal.authoring.importing.links import ONLINE, documents, links, online
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.texts import Texts, rich_form
from coopcal.authoring.importing.values import text
from coopcal.authoring.importing.venue import venue
from coopcal.authoring.text import Value
from coopcal.model.message import msg
from coopcal.model.site import SiteSettings

_OF_TIME = frozenset(
    ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "UID")
)
_TECHNICAL = frozenset(
    ("DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-INTENDEDSTATUS",
     "X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-CDO-APPT-SEQUENCE", "X-MICROSOFT-CDO-INSTTYPE", "X-MICROSOFT-CDO-OWNERAPPTID",
     "X-MICROSOFT-DISALLOW-COUNTER", "X-MICROSOFT-CDO-IMPORTANCE", "X-MOZ-LASTACK", "X-MOZ-GENERATION", "X-MOZ-SNOOZE-TIME",
     "X-APPLE-TRAVEL-ADVISORY-BEHAVIOR", "X-LIC-ERROR", "METHOD", "X-APPLE-CREATOR-IDENTITY", "X-APPLE-CREATOR-TEAM-IDENTITY")
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
_STATUS = {
    "TENTATIVE": "tentative",
    "POSTPONED": "postponed",
    "CANCELLED": "cancelled",
    "CANCELED": "cancelled",
}


@dataclass(frozen=True, slots=True)
class Properties:
    """Reads properties for a site and an organisation that speaks some ``languages``, the usual one first."""

    settings: SiteSettings
    languages: Sequence[str]
    losses: Losses

    def values(self, lines: dict[str, list[Line]], number: int, *, timed: bool) -> dict[str, Value]:
        """Return the keys of an event, in the order in which they are written."""
        texts = Texts(self.languages, self.losses)
        values: dict[str, Value] = {"title": texts.title(lines, number)}
        addresses = online(lines, self.losses)
        where = venue(lines, addresses, texts)
        values |= {
            key: value
            for key, value in (("where", where), ("online", addresses[0] if addresses else None))
            if value
        }
        if description := texts.description(lines):
            values["description"] = description
        if chosen := tags(lines, self.settings, self.losses):
            values["tags"] = list[Value](chosen)
        if pages := links(lines, addresses[1:], self.languages[0], self.losses):
            values["links"] = pages
        values |= documents(lines, self.losses)
        if person := contact(lines, self.losses):
            values["contact"] = person
        self._state(lines, values, timed=timed)
        values |= self._own(lines, values, timed=timed)
        if notes := [note for line in lines.get("COMMENT", ()) if (note := text(line.value))]:
            values["note"] = "\n\n".join(notes)
            self.losses.tell(
                lines["COMMENT"][0].number,
                LossCode.AS_NOTE,
                notes[0],
                msg("comments became a “note”, which is not published"),
            )
        self._twice(lines)
        self._left_out(lines)
        return values

    @staticmethod
    def _own(lines: dict[str, list[Line]], keys: dict[str, Value], *, timed: bool) -> dict[str, Value]:
        """Return what coopcal has said in words alone in a feed of its own."""
        words: dict[str, Value] = {name: named[0].value for name, named in lines.items() if name in _OWN}
        own: dict[str, Value] = {}
        if REASON in words and keys.get("status") in ("cancelled", "postponed"):
            own["reason"] = words[REASON]
        if HOURS in words and not timed:
            own["hours"] = words[HOURS]
        if HASHTAG in words:
            own["hashtag"] = words[HASHTAG]
        if REGISTRATION in words:
            own["registration"] = {"url": words[REGISTRATION]}
        return own

    def _state(self, lines: dict[str, list[Line]], keys: dict[str, Value], *, timed: bool) -> None:
        """Set the status, how calendars show the time, and who may see it."""
        for line in lines.get("STATUS", ())[:1]:
            status = line.value.strip().upper()
            if status in _STATUS:
                keys["status"] = _STATUS[status]
            elif status != "CONFIRMED":
                self.losses.tell(line.number, LossCode.BAD_VALUE, line.value, msg("no such status is known"))
        busy = {
            line.value.strip().upper()
            for name in ("TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")
            for line in lines.get(name, ())[:1]
        }
        free = "TRANSPARENT" in busy or ("FREE" in busy and "OPAQUE" not in busy)
        if busy and free == timed:
            keys["shows_as"] = "free" if free else "busy"
        for line in lines.get("CLASS", ()):
            if (audience := line.value.strip().upper()) not in ("PUBLIC", ""):
                keys["visibility"] = "members"
                self.losses.tell(
                    line.number, LossCode.NOT_PUBLIC, audience, msg("what is not public is for members alone")
                )

    def _twice(self, lines: dict[str, list[Line]]) -> None:
        """Tell of what an event says twice, and is read once."""
        more = [(line, same[0]) for name in _ONCE for same in [lines.get(name, [])] for line in same[1:]]
        for line, first in more:
            if (line.value.strip(), line.tzid) != (first.value.strip(), first.tzid):
                why = msg("there is one {name} already, which was taken", name=line.name)
                self.losses.tell(line.number, LossCode.SECOND_VALUE, f"{line.name}: {line.value}", why)
        for line in lines.get("DURATION", ())[:1] if "DTEND" in lines else ():
            why = msg("there is a DTEND already, which was taken")
            self.losses.tell(line.number, LossCode.SECOND_VALUE, line.value, why)
        for line in (own_line for those in lines.values() for own_line in those):
            if (other_form := line.param("ALTREP")) and not rich_form(line):
                why = msg("it is another form of this text, which was not read")
                self.losses.tell(line.number, LossCode.NO_KEY, f"{line.name}, ALTREP: {other_form}", why)

    def _left_out(self, lines: dict[str, list[Line]]) -> None:
        """Tell of each property that the format has no key for."""
        for name, own in lines.items():
            if name in _OF_TIME or name in _READ:
                continue
            for line in own:
                if name == "ATTENDEE":
                    self.losses.tell(
                        line.number,
                        LossCode.ATTENDEE,
                        name,
                        msg("who takes part is personal, and was left out"),
                    )
                elif name in _TECHNICAL:
                    self.losses.tell(
                        line.number, LossCode.TECHNICAL, name, msg("it is what programs note for themselves")
                    )
                else:
                    self.losses.tell(
                        line.number,
                        LossCode.NO_KEY,
                        f"{name}: {line.value}",
                        msg("the format has no key for it"),
                    )


_READ = frozenset(
    ("SUMMARY", "DESCRIPTION", "STYLED-DESCRIPTION", "X-ALT-DESC", "LOCATION", "GEO", "X-APPLE-STRUCTURED-LOCATION", "CATEGORIES", "URL",
     "LINK", "ATTACH", "IMAGE", "CONTACT", "ORGANIZER", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "CLASS", "COMMENT", *ONLINE, *_OWN)
)  # fmt: skip
