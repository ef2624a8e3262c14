"""A row of a table → a VEVENT; what a row says that cannot be read is told with its line."""

import re
from collections.abc import Mapping

from coopcal.authoring.importing.components import Component
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.row_times import YES, Row, RowTimes, Usual
from coopcal.authoring.importing.spelling import folded
from coopcal.model.message import msg

_SENSITIVE = frozenset(
    [
        "private",
        "confidential",
        "personal",
        "privat",
        "vertraulich",
        "personlich",
        "prive",
        "confidentiel",
        "personnel",
        "privado",
        "confidencial",
        "particular",
        "privato",
        "riservato",
        "personale",
        "pessoal",
    ]
)
"""How sensitive Outlook calls what is not for all."""

_HTML = {";": "\\;", ",": "\\,", "\\": "\\\\", "\n": "\\n"}
_SHOWN = {
    "TRANSPARENT": "0 3 free frei disponible libre libero livre",
    "TENTATIVE": "1 tentative mit-vorbehalt provisoire provisional provvisorio provisorio",
    "OPAQUE": "2 4 5 busy gebucht beschaftigt occupe ocupado occupato out-of-office away abwesend absent absente fuera-de-la-oficina fuori-sede",
}  # fmt: skip
"""What Outlook shows a time as: its codes, and its words."""

_STATUS = {
    "CONFIRMED": "confirmed ok fixed live active scheduled started ended completed upcoming past fest bestatigt confirme confirmee confirmado confirmada confermato confermata publish published",
    "TENTATIVE": "tentative provisional vorlaufig unter-vorbehalt provisoire a-confirmer por-confirmar provvisorio da-confermare provisorio",
    "CANCELLED": "cancelled canceled abgesagt entfallt annule annulee cancelado cancelada annullato annullata",
    "DRAFT": "draft entwurf brouillon borrador bozza rascunho concept unpublished",
    "POSTPONED": "postponed verschoben reporte reportee aplazado aplazada pospuesto rinviato rinviata adiado adiada",
}  # fmt: skip


def event_of(line: int, row: Row, usual: Usual, losses: Losses) -> Component | None:
    """Return a VEVENT; None, told, where a row does not say when."""
    reader = RowTimes(line, row, usual, losses)
    lines = reader.lines()
    if lines is None:
        return None
    made = Component(
        "VEVENT", line, [(line, content.encode()) for content in (*lines, *_texts(row), *_values(row))]
    )
    made.said = reader.said
    _state(made, line, row, losses)
    return made


def _texts(row: Row) -> list[str]:
    texts = []
    for name, column in (("SUMMARY", "title"), ("DESCRIPTION", "description"), ("LOCATION", "place")):
        for key in [column, *(heading for heading in row if heading.startswith(f"{column}:"))]:
            content = _place(row, key) if name == "LOCATION" else row.get(key, "")
            language = key.partition(":")[2]
            if content or key == "title":
                texts.append(f"{name}{f';LANGUAGE={language}' if language else ''}:{escaped(content)}")
    for name, column in (("CONTACT", "contact"), ("COMMENT", "note")):
        if column in row:
            texts.append(f"{name}:{escaped(row[column])}")
    return texts


def _place(row: Row, key: str) -> str:
    """Return the place with its room, street, city and country, what is in it already but once."""
    written = ""
    parts = ("room", key, "address", "city", "country") if key == "place" else (key,)
    for part in filter(None, (row.get(name, "") for name in parts)):
        if part.casefold() not in written.casefold():
            written += f", {part}" if written else part
    return written


def _values(row: Row) -> list[str]:
    values = []
    if "tags" in row:
        tags = [escaped(tag) for tag in re.split(r"[;,|\n]", row["tags"]) if tag.strip()]
        values.append("CATEGORIES:" + ",".join(tags))
    values += [f"URL:{url}" for url in row.get("url", "").split("\n") if url.strip()]
    for name, column in (("UID", "uid"), ("CONFERENCE", "online"), ("RRULE", "rule"), ("GEO", "geo")):
        if column in row:
            values.append(f"{name}:{row[column].split(chr(10))[0]}")
    private = folded(row.get("private", "")) in YES
    if private or folded(row.get("sensitivity", "")) in _SENSITIVE:
        values.append("CLASS:PRIVATE")
    return values


def _state(made: Component, line: int, row: Row, losses: Losses) -> None:
    status, shown = row.get("status", ""), row.get("shows-as", "")
    state, shown_as = _meant(status, _STATUS), _meant(shown, _SHOWN)
    if status and state is None:
        losses.tell(line, LossCode.BAD_VALUE, status, msg("no such status is known"))
    if shown and shown_as is None:
        losses.tell(line, LossCode.BAD_VALUE, shown, msg("it is not known how this shows the time"))
    if state == "POSTPONED":
        made.said["status"] = "postponed"
    elif state == "DRAFT":
        made.said["draft"] = "true"
    elif state or shown_as == "TENTATIVE":
        made.raw.append((line, f"STATUS:{state or shown_as}".encode()))
    if shown_as:
        made.raw.append((line, f"TRANSP:{'OPAQUE' if shown_as == 'TENTATIVE' else shown_as}".encode()))


def _meant(written: str, words: Mapping[str, str]) -> str | None:
    slug = folded(written).replace(" ", "-")
    return next((name for name, listed in words.items() if slug in listed.split()), None) if slug else None


def escaped(text: str) -> str:
    """Return a text as a value of iCalendar."""
    return "".join(
        _HTML.get(character, character) for character in text.replace("\r\n", "\n").replace("\r", "\n")
    )
