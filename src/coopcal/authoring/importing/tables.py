"""Tables (CSV) of others → a calendar of VEVENTs, a row each; what is not certain is asked, never guessed."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from coopcal.authoring.importing.columns import IN_LANGUAGES, JOINED, Column, column_of, named
from coopcal.authoring.importing.components import Component
from coopcal.authoring.importing.date_order import Order, order_of
from coopcal.authoring.importing.destination import Home
from coopcal.authoring.importing.encodings import as_utf8, text_of
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.occurrences import TABLE, events_of_occurrences
from coopcal.authoring.importing.own_csv import is_own, records_of
from coopcal.authoring.importing.periods import period_of
from coopcal.authoring.importing.row_times import Usual
from coopcal.authoring.importing.rows import event_of
from coopcal.authoring.importing.times_of_day import clocks_of
from coopcal.authoring.importing.weekly import weekly_of
from coopcal.model.message import Message, msg

LONGEST_CELL = 200_000
MOST_COLUMNS = 300


@dataclass(frozen=True, slots=True)
class Table:
    """What was said about a table.

    ``columns`` are its own names of columns, ``order`` whether days stand before months, ``starts`` the day from which on
    rows that name weekdays alone take place.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None
    starts: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What must be told before a table can be read."""

    question: Message


def calendar_of(
    data: bytes, table: Table, zone: str, languages: Sequence[str], home: Home, losses: Losses
) -> list[Component] | Asked:
    """Return a calendar of the rows of a table; times whose zone no column tells are those of ``zone``.

    ``languages`` are those of ``home``, for which it is imported, the usual one first.
    """
    text = text_of(as_utf8(data), 1, losses)
    rows = list(_rows(text, losses))
    head = next(
        (number for number, (_, cells) in enumerate(rows) if sum(bool(cell.strip()) for cell in cells) > 1),
        None,
    )
    if head is None:
        return Asked(msg("This is neither a calendar (.ics) nor a table with a line of headings"))
    number, headings = rows[head]
    headings = [heading.strip() for heading in headings]
    shown = ", ".join(heading for heading in headings if heading)[:1000]
    if len(headings) > MOST_COLUMNS:
        return Asked(msg("A table has {most} columns at the most", most=MOST_COLUMNS))
    if is_own(headings) and not table.columns:
        return [
            Component(
                TABLE, 1, children=events_of_occurrences(records_of(headings, rows[head + 1 :]), home, losses)
            )
        ]
    if unknown := [name for name in table.columns if name not in headings]:
        return Asked(
            msg("There is no column “{name}”; the columns are: {columns}", name=unknown[0], columns=shown)
        )
    columns = [
        named(table.columns[heading]) if heading in table.columns else column_of(heading)
        for heading in headings
    ]
    keys = _keys(columns, [cells for _, cells in rows[head + 1 :]], languages)
    for missing in ("title", "start"):
        if not any(key and key.partition(":")[0] == missing for key in keys):
            question = msg('It is not told which column is “{column}”; say it as --column "Heading={column}". The columns are: {columns}',
                           column=missing, columns=shown)  # fmt: skip
            return Asked(question)
    _tell_unread(number, headings, columns, keys, losses)
    stated_zone = next((column.zone for column in columns if column and column.zone), "")
    records = [
        (line, ({"timezone": stated_zone} if stated_zone else {}) | _record(keys, cells))
        for line, cells in rows[head + 1 :]
        if any(cell.strip() for cell in cells) and not _is_head(cells, headings)
    ]
    order = table.order or order_of(
        value for _, record in records for value in (record.get("start", ""), record.get("end", ""))
    )
    if order is Order.UNKNOWN and _begins_with_the_day(columns):
        order = Order.DAY_FIRST
    if order is Order.UNKNOWN:
        example = next(
            (day for _, record in records if (day := record.get("start", "")) and order_of([day]) is order),
            next((record["start"] for _, record in records if record.get("start")), ""),
        )
        return Asked(
            msg("“{day}” may mean two days: say --dates day-first or --dates month-first", day=example)
        )
    usual = Usual(zone, order, table.starts)
    made = (event_of(line, record, usual, losses) for line, record in records)
    return [Component(TABLE, 1, children=[event for event in made if event])]


def _begins_with_the_day(columns: Sequence[Column | None]) -> bool:
    """Return whether headings are in a language whose dates begin with the day: some in such a one alone, and none in English alone."""
    languages = [
        column.languages for column in columns if column and "" not in column.languages and column.languages
    ]
    return any("en" not in spoken for spoken in languages) and frozenset({"en"}) not in languages


def _is_head(cells: Sequence[str], headings: Sequence[str]) -> bool:
    """Return whether a row is the line of headings once more, as tables that were put together have it."""
    return [cell.strip() for cell in cells if cell.strip()] == [heading for heading in headings if heading]


def _rows(text: str, losses: Losses) -> Iterator[tuple[int, list[str]]]:
    """Return each row with its line, whatever parts its cells: what parts most of the first lines."""
    passed = 0
    first = text.lstrip("\r\n")[:5000].split("\n", 1)[0]
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # noqa: PLR2004 - Excel's own mark
        rest = text.lstrip("\r\n").partition("\n")[2]
        delimiter, passed, text = first[4], text.count("\n") - rest.count("\n"), rest
    else:
        unquoted = re.sub(r'"[^"]*"', "", text[:5000])
        delimiter = max("\t|;,", key=lambda mark: max(line.count(mark) for line in unquoted.split("\n")))
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    begins = 1 + passed
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1 + passed
    except csv.Error as error:
        why = msg("the table cannot be read from here on ({error})", error=error)
        losses.tell(begins, LossCode.LEFT_OUT, msg("table"), why)


def _keys(
    columns: Sequence[Column | None], rows: Sequence[Sequence[str]], languages: Sequence[str]
) -> list[str | None]:
    """Return under which name each column is read: the first of a name, a further one in another language; None for the rest."""
    names = _with_clocks([header.name if header else None for header in columns], rows)
    keys: list[str | None] = []
    several = {name for name in IN_LANGUAGES if names.count(name) > 1}
    taken = set[str]()
    for name, column in zip(names, columns, strict=True):
        key = name
        if name in IN_LANGUAGES and column:
            key = _in_language(column, languages, taken, several=name in several)
        elif name in taken and name not in JOINED:
            key = None
        keys.append(key)
        taken |= {key} if key else set()
    return keys


def _in_language(column: Column, languages: Sequence[str], taken: set[str], *, several: bool) -> str | None:
    """Return the name of a column of texts with its language, where it is not the usual one; None where there is one already."""
    usual = languages[0].split("-")[0]
    may_be = [tongue for tongue in languages if tongue.split("-")[0] in column.languages]
    if column.language:
        language = column.language
    elif not several or usual in column.languages or not may_be:
        language = usual
    else:
        language = next((tongue for tongue in may_be if f"{column.name}:{tongue}" not in taken), may_be[0])
    key = column.name if language == usual else f"{column.name}:{language}"
    return key if key not in taken else None


def _with_clocks(names: Sequence[str | None], rows: Sequence[Sequence[str]]) -> list[str | None]:
    """Return the columns with those called “start” and “end” as times where they hold more times than days.

    Of several the one with most days is the day; a column of weekdays is no day beside one.
    """
    placed = list(names)
    for name in ("start", "end"):
        columns = [number for number, title in enumerate(names) if title == name]
        days = dict.fromkeys(columns, 0)
        for number in columns:
            filled = [cells[number] for cells in rows if number < len(cells) and cells[number].strip()]
            days[number] = sum(
                period_of(cell, Order.DAY_FIRST) is not None or period_of(cell, Order.MONTH_FIRST) is not None
                for cell in filled
            )
            clocks = sum(clocks_of(cell) is not None for cell in filled)
            weekly = sum(weekly_of(cell) is not None for cell in filled)
            if clocks > days[number] + weekly:
                placed[number] = f"{name}-time"
        left = [number for number in columns if placed[number] == name]
        best = max(left, key=lambda number: days[number], default=None)
        for number in left:
            if number != best:
                placed[number] = None
    if (
        "start" not in placed
        and "start-time" in placed
        and names.count("start-time")
        and _holds_days(placed, rows)
    ):
        placed[placed.index("start-time")] = "start"
    return placed


def _holds_days(names: Sequence[str | None], rows: Sequence[Sequence[str]]) -> bool:
    number = names.index("start-time")
    return any(number < len(cells) and period_of(cells[number], Order.DAY_FIRST) for cells in rows)


def _tell_unread(
    line: int,
    headings: Sequence[str],
    columns: Sequence[Column | None],
    keys: Sequence[str | None],
    losses: Losses,
) -> None:
    for heading, column, key in zip(headings, columns, keys, strict=True):
        if key is not None or not heading:
            continue
        if column is None:
            why = msg('this column was not read; if it holds something of events, say what: --column "{heading}=description"', heading=heading)  # fmt: skip
        elif column.name in IN_LANGUAGES:
            why = msg('this column was not read, as another one is “{column}”; in another language it is --column "{heading}={column}:fr"', heading=heading, column=column.name)  # fmt: skip
        else:
            why = msg("this column was not read, as another one is “{column}”", column=column.name)
        losses.tell(line, LossCode.COLUMN, heading, why)


def _record(keys: Sequence[str | None], cells: Sequence[str]) -> dict[str, str]:
    record: dict[str, str] = {}
    for key, cell in zip(keys, cells, strict=False):
        content = cell.strip()
        if not key or not content:
            continue
        if key not in record:
            record[key] = content
        elif key in JOINED:
            record[key] += f"\n{content}"
    return record
