"""Web addresses of an event of others: where it is held online, its pages, its documents and its image."""

import re

from coopcal.authoring.importing.lines import Line
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.values import text
from coopcal.authoring.text import Value
from coopcal.definitions.readers.text import LONGEST_TITLE
from coopcal.model.message import msg

ONLINE = (
    "CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGCONFLINK",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
)  # fmt: skip
"""Properties with the address of an online meeting."""

_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]{3,2000}", re.IGNORECASE)
_LABELS = {
    "en": ("Web page", "Online"), "fr": ("Page web", "En ligne"), "es": ("Página web", "En línea"),
    "it": ("Pagina web", "In linea"), "pt": ("Página web", "Em linha"), "de": ("Webseite", "Online"),
}  # fmt: skip
"""What links are called that have no label of their own: a page, a meeting."""


def online(lines: dict[str, list[Line]], losses: Losses) -> list[str]:
    """Return the addresses at which an event is held online; one that stands as its place is one, too."""
    addresses = [
        line.value.strip()
        for name in ONLINE
        for line in lines.get(name, ())
        if _WEB.fullmatch(line.value.strip())
    ]
    addresses += [place for line in lines.get("LOCATION", ()) if _WEB.fullmatch(place := text(line.value))]
    for name in ONLINE:
        for line in lines.get(name, ()):
            if not _WEB.fullmatch(line.value.strip()):
                losses.tell(
                    line.number,
                    LossCode.NO_KEY,
                    line.value,
                    msg("only web addresses are kept for what is online"),
                )
    return list(dict.fromkeys(addresses))


def links(lines: dict[str, list[Line]], more: list[str], language: str, losses: Losses) -> list[Value]:
    """Return the links of an event; ``more`` are further addresses at which it is held online."""
    page, meeting = _LABELS.get(language.split("-", maxsplit=1)[0], _LABELS["en"])
    labelled: list[Value] = [{"label": meeting, "url": url} for url in more]
    for name in ("URL", "LINK"):
        for line in lines.get(name, ()):
            url = line.value.strip()
            if _WEB.fullmatch(url):
                labelled.append({"label": line.param("LABEL") or page, "url": url})
            else:
                losses.tell(line.number, LossCode.BAD_VALUE, url, msg("it is no web address"))
    return labelled


def documents(lines: dict[str, list[Line]], losses: Losses) -> dict[str, Value]:
    """Return the image and the documents of an event, by key; files that come within the calendar are told alone."""
    keys: dict[str, Value] = {}
    attached: list[Value] = []
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
            losses.tell(
                line.number, LossCode.ATTACHMENT, label or (msg("a file of its own") if inline else url), why
            )
        elif line.name == "IMAGE" and "image" not in keys:
            keys["image"] = {"url": url}
        else:
            attached.append(
                {
                    "label": (label or url.split("?")[0].rstrip("/").rsplit("/", 1)[-1])[:LONGEST_TITLE],
                    "url": url,
                }
            )
    return keys | ({"documents": attached} if attached else {})
