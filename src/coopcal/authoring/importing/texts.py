"""Texts of a VEVENT, in the languages of an organisation: its title and its description, no longer than this format has them."""

import re
from base64 import b64decode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote_to_bytes

from coopcal.authoring.importing.html import is_html, markdown_of_html, with_line_ends
from coopcal.authoring.importing.lines import Line
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.values import text
from coopcal.authoring.text import Value
from coopcal.definitions.readers.text import LONGEST_TEXT, LONGEST_TITLE
from coopcal.model.message import Message, Number, msg

UNTITLED = "Untitled"

_HTML_DATA = re.compile(r"data:text/html(?:;charset=[\w-]+)?(;base64)?,", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Texts:
    """Reads texts for an organisation that speaks some ``languages``, the usual one first."""

    languages: Sequence[str]
    losses: Losses

    def title(self, lines: dict[str, list[Line]], number: int) -> Value:
        """Return the title; ``number`` is the line of the event, where it has none."""
        titles = self.by_language(lines.get("SUMMARY", ()), lambda line: " ".join(text(line.value).split()))
        if not titles:
            self.losses.tell(number, LossCode.NO_TITLE, UNTITLED, msg("it has no title; give it one"))
            return UNTITLED
        why = msg("titles have {most} characters at most; it was cut", most=LONGEST_TITLE)
        return self.in_languages(self.cut(titles, LONGEST_TITLE, lines["SUMMARY"][0].number, why))

    def description(self, lines: dict[str, list[Line]]) -> Value | None:
        """Return the description in Markdown; its form in HTML, where it has one, is the better told."""
        rich = [
            line
            for name in ("STYLED-DESCRIPTION", "X-ALT-DESC")
            for line in lines.get(name, ())
            if "html" in line.param("FMTTYPE").lower()
        ]
        rich = rich or [html for line in lines.get("DESCRIPTION", ()) if (html := rich_form(line))]
        texts = self.by_language(rich or lines.get("DESCRIPTION", ()), _markdown)
        texts = texts or self.by_language(lines.get("DESCRIPTION", ()), _markdown)
        if not texts:
            return None
        number = lines["DESCRIPTION"][0].number if "DESCRIPTION" in lines else rich[0].number
        why = msg("descriptions have {most} characters at most; it was cut", most=Number(LONGEST_TEXT))
        return self.in_languages(self.cut(texts, LONGEST_TEXT, number, why))

    def by_language(self, lines: Sequence[Line], read: Callable[[Line], str]) -> dict[str, str]:
        """Return texts by language; "" is the organisation's own. A second one in a language is told, and left out."""
        texts: dict[str, str] = {}
        for line in lines:
            tag = line.param("LANGUAGE").split("-")[0].lower()
            language = "" if tag == self.languages[0].split("-")[0] or tag not in self.languages else tag
            written = read(line)
            if written and language not in texts:
                texts[language] = written
            elif written and texts[language] != written:
                why = msg("there is one {name} already", name=line.name)
                self.losses.tell(line.number, LossCode.SECOND_VALUE, written, why)
        return texts

    def in_languages(self, texts: dict[str, str]) -> Value:
        """Return texts by language as they are written in a file."""
        if list(texts) == [""]:
            return texts[""]
        return {language or self.languages[0]: written for language, written in texts.items()}

    def cut(self, texts: dict[str, str], most: int, number: int, why: Message) -> dict[str, str]:
        """Return texts of no more characters than ``most``; what was cut is told with its line and the reason."""
        for written in texts.values():
            if len(written) > most:
                self.losses.tell(number, LossCode.TOO_LONG, written, why)
        return {
            language: written if len(written) <= most else written[: most - 1] + "…"
            for language, written in texts.items()
        }


def _markdown(line: Line) -> str:
    written = visible(text(line.value))
    if line.name != "DESCRIPTION" or is_html(written):
        return markdown_of_html(written)
    return with_line_ends(written)[: LONGEST_TEXT * 2]


def rich_form(line: Line) -> Line | None:
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


def visible(written: str) -> str:
    """Return a text without control characters, which no source file may hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]", "", written)
