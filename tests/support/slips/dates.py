"""Slips in dates and times: in another order, in words, as other languages write them."""

import random
import re
from collections.abc import Iterator

from tests.support.slips.slip import Maker, Slip, replaced

SPAN = re.compile(r"when: (?:\w{3} )?(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})/(\d{2}:\d{2})$")


def swapped_times(match: re.Match[str]) -> tuple[str, str]:
    return f"when: {match[1]} {match[3]}/{match[2]}", f"{match[1]} {match[2]}"


def swapped_days(match: re.Match[str]) -> tuple[str, str] | None:
    first, last = match[1], match[2]
    return (f"when: {last}/{first}", f"{first}/{last}") if first != last else None


def german(match: re.Match[str]) -> tuple[str, str]:
    year, month, day = match[1].split("-")
    return f"when: {int(day)}.{int(month)}.{year}", match[1]


def american(match: re.Match[str]) -> tuple[str, str] | None:
    year, month, day = match[1].split("-")
    return (f"when: {month}/{day}/{year}", match[1]) if int(day) > 12 else None


def month_and_day(match: re.Match[str]) -> tuple[str, str] | None:
    year, month, day = match[1].split("-")
    return (f"when: {year}-{day}-{month}", match[1]) if int(day) > 12 else None


def no_such_day(match: re.Match[str]) -> tuple[str, str]:
    year, month, _ = match[1].split("-")
    last = {"02": "29" if int(year) % 4 == 0 else "28", "04": "30", "06": "30", "09": "30", "11": "30"}.get(
        month, "31"
    )
    return f"when: {year}-{month}-{int(last) + 1}", f"{year}-{month}-{last}"


def en_dash(match: re.Match[str]) -> tuple[str, str]:
    return f"when: {match[1]} {match[2]}–{match[3]}", f"{match[1]} {match[2]}/{match[3]}"


def french(match: re.Match[str]) -> tuple[str, str]:
    start, end = (time.replace(":", "h") for time in (match[2], match[3]))
    return f"when: {match[1]} {start}/{end}", f"{match[1]} {match[2]}"


def no_slash(match: re.Match[str]) -> tuple[str, str]:
    return f"when: {match[1]} {match[2]} {match[3]}", f"{match[1]} {match[2]}/{match[3]}"


def wrong_weekday(match: re.Match[str]) -> tuple[str, str]:
    wrong = {"Sat": "Sun", "Tue": "Wed", "Thu": "Fri"}[match[1]]
    return f"when: {wrong} ", match[1]


def after_day(typed: str, meant: str) -> Maker:
    """Times in words behind a day."""
    return _without_sessions(
        replaced(SPAN.pattern, lambda match: (f"when: {match[1]} {typed}", f"{match[1]} {meant}"))
    )


def _without_sessions(maker: Maker) -> Maker:
    """Leave events alone whose sessions have times of their own: these would lie outside other hours."""

    def make(lines: list[str], rng: random.Random) -> Iterator[Slip]:
        for slip in maker(lines, rng):
            at = slip.lines[0]
            behind = next((n for n in range(at, len(lines)) if re.match(r"  - ", lines[n])), len(lines))
            if not any("sessions:" in line for line in lines[at:behind]) and lines[at - 1].startswith(
                "    w"
            ):
                yield slip

    return make


def in_words(form: str, months: str, meant: str) -> Maker:
    """A day in words of a language."""

    def written(match: re.Match[str]) -> tuple[str, str]:
        year, month, day = match[1].split("-")
        typed = form.format(day=int(day), month=months.split()[int(month) - 1], year=year)
        return f"when: {typed}", meant.format(day=match[1])

    return _without_sessions(replaced(SPAN.pattern, written))


GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"

ITALIAN = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"

FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
