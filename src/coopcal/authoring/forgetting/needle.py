"""What is searched for: a text as people mean it, without regard to accents, capitals, and how it is broken into lines."""

import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

_TELEPHONE = re.compile(r"\+?[\d\s().\-/]{6,}")
_DIGITS = 6
_BETWEEN_DIGITS = r"[\s().\-/]*"
_COMBINING = re.compile("[\u0300-\u036f]+")
_FOLDED_LINE = re.compile(r"\r?\n[ \t]")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\([,;\\\"'/])|\\[nN]")
_APOSTROPHES = str.maketrans("’‘`´", "''''")


class Needle:
    """A text that is searched for: whole words with any blanks between them, or the digits of a telephone number."""

    def __init__(self, text: str) -> None:
        """Take a text with at least one letter or digit."""
        self.text = text.strip()
        digits = re.sub(r"\D", "", self.text)
        if _TELEPHONE.fullmatch(self.text) and len(digits) >= _DIGITS:
            self._pattern = re.compile(rf"(?<!\d)\+?{_BETWEEN_DIGITS.join(digits)}(?!\d)")
        else:
            words = (re.escape(word) for word in _folded(self.text).split())
            between = r"\s+"
            self._pattern = re.compile(rf"(?<!\w){between.join(words)}(?!\w)")

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where it stands in a text, from where to where."""
        folded, places = [], []
        for place, character in enumerate(text):
            for part in _folded(character):
                folded.append(part)
                places.append(place)
        for match in self._pattern.finditer("".join(folded)):
            end = places[match.end() - 1] + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            yield places[match.start()], end

    def is_in(self, text: str) -> bool:
        """Return whether it stands in a text, as that is, or as iCalendar, JSON, HTML and addresses write it."""
        return any(self._pattern.search(_folded(form)) for form in _forms(text))

    def is_in_bytes(self, content: bytes) -> bool:
        """Return whether it stands in bytes that are text, at least in part."""
        return self.is_in(content.decode("utf-8", "ignore"))


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower().replace("`", "'")
    apart = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).casefold())
    return _COMBINING.sub("", apart)


def _forms(text: str) -> Iterator[str]:
    """Yield a text as it is, with lines put together that are folded in iCalendar, and without escapes."""
    yield text
    plain = _FOLDED_LINE.sub("", text)
    if plain != text:
        yield plain
    unescaped = _ESCAPED.sub(_unescaped, plain) if "\\" in plain else plain
    if "&" in unescaped:
        unescaped = html.unescape(unescaped)
    if "%" in unescaped:
        unescaped = unquote(unescaped, errors="ignore")
    if unescaped != plain:
        yield unescaped


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    return match[2] or "\n"
