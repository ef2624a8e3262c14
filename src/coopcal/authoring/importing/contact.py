"""Whom people may ask about an event of others."""

import re

from coopcal.authoring.importing.lines import Line
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.values import text
from coopcal.authoring.text import Value
from coopcal.definitions.readers.text import LONGEST_TITLE
from coopcal.model.message import msg

_PHONE = re.compile(r"\+?[\d()][\d ()/.-]{5,30}")
_MAIL = re.compile(r"[^@\s,;<>:]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
_NOBODY = (
    "group.calendar.google.com",
    "unknownorganizer@calendar.google.com",
    "noreply",
    "no-reply",
    "invalid:nomail",
)
"""What is in the addresses of calendars and machines."""


def contact(lines: dict[str, list[Line]], losses: Losses) -> Value | None:
    """Return whom to ask: the contact, else who organises it, which is told as it is published."""
    for line in lines.get("CONTACT", ())[:1]:
        person = " ".join(text(line.value).split())[:LONGEST_TITLE]
        for other in lines.get("ORGANIZER", ()):
            losses.tell(other.number, LossCode.SECOND_VALUE, "ORGANIZER", msg("there is a CONTACT already"))
        return _person(person) if person else None
    for line in lines.get("ORGANIZER", ())[:1]:
        email = re.sub("^mailto:", "", line.value.strip(), flags=re.IGNORECASE)
        if any(part in email.lower() for part in _NOBODY):
            losses.tell(line.number, LossCode.TECHNICAL, "ORGANIZER", msg("it is the address of a calendar"))
            return None
        name = line.param("CN")
        keys = {"name": name} if name and name != email else {}
        keys |= {"email": email} if _MAIL.fullmatch(email) else {}
        if keys:
            losses.tell(
                line.number,
                LossCode.CONTACT,
                name or "ORGANIZER",
                msg("who organises it became “contact”, which is published"),
            )
            return keys
        losses.tell(line.number, LossCode.BAD_VALUE, line.value, msg("it is no e-mail address"))
    return None


def _person(written: str) -> dict[str, Value]:
    """Return whom to ask, of a name, an e-mail address and a telephone number between commas; else all as a name."""
    parts = [part.strip() for part in written.split(",")]
    emails = [part for part in parts if _MAIL.fullmatch(part)]
    phones = [part for part in parts if _PHONE.fullmatch(part)]
    names = [part for part in parts if part not in emails and part not in phones]
    if len(emails) > 1 or len(phones) > 1:
        return {"name": written}
    keys = {"name": ", ".join(names), "email": "".join(emails), "phone": "".join(phones)}
    return {key: value for key, value in keys.items() if value}
