"""What comes next as plain text and as Markdown, for newsletters and notice boards."""

import re
from collections.abc import Iterator
from itertools import groupby

from coopcal.formats.request import Asked
from coopcal.text import dates
from coopcal.text.words import labelled, word
from coopcal.views.occurrences import Occurrence

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|~-])")


def text(asked: Asked) -> bytes:
    """Return what comes next as text: a line for the month, and for each date its time, title, place and address."""
    lines = [asked.title, "=" * len(asked.title)]
    for month, found in _by_month(asked):
        lines += ["", month, "-" * len(month)]
        for each in found:
            lines += [
                "",
                each.words(asked.language, asked.here),
                *each.elsewhere(asked.language),
                _title(each, asked),
            ]
            lines += [line for line in (_where(each, asked), asked.localised(each.address)) if line]
    return ("\n".join([*lines, "", asked.page]) + "\n").encode()


def markdown(asked: Asked) -> bytes:
    """Return what comes next as Markdown: a heading for the month, and for each date an item with a link."""
    lines = [f"# {_escaped(asked.title)}"]
    for month, found in _by_month(asked):
        lines += ["", f"## {_escaped(month)}", ""]
        for each in found:
            title = f"[{_escaped(_title(each, asked))}]({asked.localised(each.address)})"
            where = _where(each, asked)
            lines.append(f"- **{_escaped(each.words(asked.language, asked.here))}**: {title}")
            below = (*each.elsewhere(asked.language), where)
            lines += [f"  {_escaped(said)}" for said in below if said]
    return ("\n".join([*lines, "", f"<{asked.page}>"]) + "\n").encode()


def _by_month(asked: Asked) -> Iterator[tuple[str, list[Occurrence]]]:
    for (year, month), found in groupby(asked.coming, key=lambda each: (each.first.year, each.first.month)):
        listed = list(found)
        yield dates.month(listed[0].first.replace(year=year, month=month, day=1), asked.language), listed


def _title(found: Occurrence, asked: Asked) -> str:
    title = asked.say(found.event.title)
    if not found.off:
        return title
    return labelled(word(found.event.status, asked.language), title, asked.language)


def _where(found: Occurrence, asked: Asked) -> str:
    return asked.say(found.event.where_words) or found.online(asked.language)


def _escaped(said: str) -> str:
    return _MARKUP.sub(r"\\\1", said)
