"""What comes next as plain text and as Markdown, for newsletters and notice boards."""

import re
from collections.abc import Iterator
from itertools import groupby

from coopcal.formats.request import Asked
from coopcal.site.record import OverrideRecord
from coopcal.text import dates
from coopcal.text.words import labelled, word
from coopcal.views.occurrence import Occurrence

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|~-])")


def text(asked: Asked) -> bytes:
    """Return what comes next as text: a line for the month, and for each date its time, title, state, place and address."""
    lines, told = [asked.title, "=" * len(asked.title)], set[str]()
    lines += ["", asked.closing] if asked.closing else []
    for month, occurrences in _by_month(asked):
        lines += ["", month, "-" * len(month)]
        for occurrence in occurrences:
            lines += [
                "",
                occurrence.words(asked.language, asked.here),
                *occurrence.elsewhere(asked.language),
                _title(occurrence, asked),
            ]
            below = (
                *asked.set_apart(occurrence),
                _recurrence(occurrence, asked, told),
                _where(occurrence, asked),
                asked.localised(occurrence.address),
            )
            lines += [line for line in below if line]
    return ("\n".join([*lines, "", asked.page]) + "\n").encode()


def markdown(asked: Asked) -> bytes:
    """Return what comes next as Markdown: a heading for the month, and for each date an item with a link."""
    lines, told = [f"# {_escaped(asked.title)}"], set[str]()
    lines += ["", _escaped(asked.closing)] if asked.closing else []
    for month, occurrences in _by_month(asked):
        lines += ["", f"## {_escaped(month)}", ""]
        for occurrence in occurrences:
            title = f"[{_escaped(_title(occurrence, asked))}]({asked.localised(occurrence.address)})"
            where = _where(occurrence, asked)
            lines.append(f"- **{_escaped(occurrence.words(asked.language, asked.here))}**: {title}")
            below = (
                *occurrence.elsewhere(asked.language),
                *asked.set_apart(occurrence),
                _recurrence(occurrence, asked, told),
                where,
            )
            lines += [f"  {_escaped(line)}" for line in below if line]
    return ("\n".join([*lines, "", f"<{asked.page}>"]) + "\n").encode()


def _by_month(asked: Asked) -> Iterator[tuple[str, list[Occurrence]]]:
    for (year, month), occurrences in groupby(
        asked.coming, key=lambda occurrence: (occurrence.first.year, occurrence.first.month)
    ):
        listed = list(occurrences)
        yield dates.month(listed[0].first.replace(year=year, month=month, day=1), asked.language), listed


def _recurrence(occurrence: Occurrence, asked: Asked, told: set[str]) -> str:
    """Say of an event with several dates how it recurs, at the first of them that is told of here and is as usual."""
    if isinstance(occurrence.event, OverrideRecord) or occurrence.event.whole in told:
        return ""
    told.add(occurrence.event.whole)
    return asked.recurrence(occurrence)


def _title(occurrence: Occurrence, asked: Asked) -> str:
    title = asked.say(occurrence.details.title)
    if not occurrence.off:
        return title
    return labelled(word(occurrence.details.status, asked.language), title, asked.language)


def _where(occurrence: Occurrence, asked: Asked) -> str:
    return asked.say(occurrence.details.where_words) or occurrence.online(asked.language)


def _escaped(words: str) -> str:
    return _MARKUP.sub(r"\\\1", words)
