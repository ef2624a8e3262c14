"""HTML of others → Markdown; plain text of others → Markdown that reads the same."""

import re

from coopcal.authoring.importing.html_tags import End, Start, tokens
from coopcal.text.markdown import plain

LONGEST = 200_000
"""Characters of HTML that are read."""

_TAG = re.compile(
    r"</?(?:a|b|br|div|em|h[1-6]|html|i|li|ol|p|span|strong|u|ul|table|td|tr)\b[^<>]*>", re.IGNORECASE
)
_BLOCKS = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "tr", "blockquote", "pre")
)
_HIDDEN = frozenset(("style", "script", "head", "title"))
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_ACTIVE = re.compile(r"([\\`*_\[\]<>#~|])")
_LEADING = re.compile(r"^([^\S\n]*)([-+]|\d{1,9}[.)])(?=\s|$)", re.MULTILINE)
_RULER = re.compile(r"^([^\S\n]*)([=-])(?=[=\-]*[^\S\n]*$)", re.MULTILINE)
_DEEPEST = 8
"""Emphasis, links and lists within each other that are read."""


def is_html(text: str) -> bool:
    """Return whether a text has HTML's tags in it."""
    return _TAG.search(text) is not None


def markdown_of_html(text: str) -> str:
    """Return what HTML says as Markdown: paragraphs, lists, links, emphasis; all else is left out."""
    writer = _Writer()
    for token in tokens(re.sub(r"(?:\\n)+", " ", text[:LONGEST])):
        writer.take(token)
    written = "".join(writer.said)
    written = "\n".join(
        line.strip() if not line.lstrip().startswith(("- ", "1. ")) else line.rstrip()
        for line in written.split("\n")
    )
    return re.sub(r"\n{3,}", "\n\n", written).strip()


def markdown_of_text(text: str) -> str:
    """Return plain text as Markdown: as it is where that reads the same, else with its marks escaped and its line ends kept."""
    if _read(text) == _flat(text):
        return text
    escaped = _LEADING.sub(_led, _RULER.sub(r"\1\\\2", _ACTIVE.sub(r"\\\1", text)))
    return "\n".join(line.strip() for line in escaped.split("\n"))


def with_line_ends(text: str) -> str:
    """Return plain text as Markdown in which each line stays one; addresses stay as they are."""
    written = markdown_of_text(text)
    return (
        re.sub(r"(?<=\S)\n(?=[^\n])", "\\\\\n", written)
        if plain(written).count("\n") < written.count("\n")
        else written
    )


def _read(text: str) -> str:
    return _flat(plain(text))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _led(match: re.Match[str]) -> str:
    mark = match[2]
    return match[1] + (f"\\{mark}" if mark in "-+" else f"{mark[:-1]}\\{mark[-1]}")


class _Writer:
    """Writes Markdown; what stands too deep is written as what it stands in."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self._hidden = 0
        self._addresses: list[tuple[str, int]] = []
        self._emphasised: list[int] = []
        self._lists: list[str] = []

    def take(self, token: Start | End | str) -> None:
        """Write what comes next."""
        if isinstance(token, Start):
            self._start(token.name, token.href)
        elif isinstance(token, End):
            self._end(token.name)
        elif not self._hidden:
            written = re.sub(r"\s+", " ", token)
            self.said.append(_LEADING.sub(_led, _ACTIVE.sub(r"\\\1", written)))

    def _start(self, tag: str, href: str) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "body":
            self._hidden = 0
        elif tag == "br":
            self.said.append("\\\n" if self._follows_text() else "\n")
        elif tag == "li":
            kind = self._lists[-1] if self._lists else "ul"
            depth = min(len(self._lists), _DEEPEST)
            self.said.append("\n" + "  " * max(depth - 1, 0) + ("1. " if kind == "ol" else "- "))
        elif tag in _MARKS:
            self._emphasised.append(len(self.said))
        elif tag == "a":
            self._addresses.append((href, len(self.said)))
        elif tag in _BLOCKS:
            self._lists += [tag] if tag in ("ul", "ol") else []
            self.said.append("\n\n" if len(self._lists) < 2 else "")  # noqa: PLR2004 - lists in lists
        elif tag in ("td", "th"):
            self.said.append(" ")

    def _end(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(self._hidden - 1, 0)
        elif tag in _MARKS and self._emphasised:
            start = self._emphasised.pop()
            if len(self._emphasised) < _DEEPEST:
                self._emphasise(start, _MARKS[tag])
        elif tag == "a" and self._addresses:
            address, start = self._addresses.pop()
            if len(self._addresses) < _DEEPEST:
                self._link(start, address)
        elif tag in _BLOCKS:
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()
            self.said.append("\n\n" if not self._lists else "")

    def _emphasise(self, start: int, mark: str) -> None:
        words = "".join(self.said[start:])
        if words.strip() and not re.search(r"[\n*]", words):
            self.said[start:] = [words.replace(words.strip(), f"{mark}{words.strip()}{mark}", 1)]

    def _link(self, start: int, address: str) -> None:
        words = "".join(self.said[start:])
        if (
            address.startswith(("http://", "https://", "mailto:"))
            and words.strip()
            and not re.search(r"[\s<>()]", address)
        ):
            same = words.strip().replace("\\", "") in (address, address.removeprefix("mailto:"))
            self.said[start:] = [
                f"<{address.removeprefix('mailto:')}>" if same else f"[{words.strip()}]({address})"
            ]

    def _follows_text(self) -> bool:
        return bool(self.said) and not self.said[-1].endswith("\n") and bool(self.said[-1].strip())
