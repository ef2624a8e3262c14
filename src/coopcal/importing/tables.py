"""Tables (CSV) of others → a calendar of VEVENTs, a row each; what is not certain is asked, never guessed."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from coopcal.importing.clocks import clock_of
from coopcal.importing.columns import COLUMNS, column_of
from coopcal.importing.components import Component
from coopcal.importing.days import Order, day_of, order_of
from coopcal.importing.encodings import as_utf8, text_of
from coopcal.importing.losses import Losses

LONGEST_CELL = 200_000

TABLE = "TABLE"
"""The name of a calendar that was made of a table, whose rows need no UIDs."""

_YES = frozenset(
    (
        "true",
        "yes",
        "1",
        "x",
        "wahr",
        "ja",
        "vrai",
        "oui",
        "verdadero",
        "sí",
        "si",
        "vero",
        "verdadeiro",
        "sim",
    )
)
_HTML = {";": "\\;", ",": "\\,", "\\": "\\\\", "\n": "\\n"}
_FREE = {
    "3": "OPAQUE",
    "2": "OPAQUE",
    "1": "OPAQUE",
    "0": "TRANSPARENT",
    "free": "TRANSPARENT",
    "busy": "OPAQUE",
}


@dataclass(frozen=True, slots=True)
class Table:
    """What was said about a table: its own names of columns, and whether days stand before months."""

    columns: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What must be told before a table can be read."""

    question: str


Row = dict[str, str]


def calendar_of(data: bytes, table: Table, zone: str, losses: Losses) -> list[Component] | Asked:
    """Give a calendar of the rows of a table; times whose zone no column tells are those of ``zone``."""
    text = text_of(as_utf8(data), 1, losses)
    rows = list(_rows(text, losses))
    head = next(
        (number for number, (_, cells) in enumerate(rows) if sum(bool(cell.strip()) for cell in cells) > 1),
        None,
    )
    if head is None:
        return Asked("This is neither a calendar (.ics) nor a table with a line of headings")
    names = [_heading(name, table.columns) for name in rows[head][1]]
    if unknown := [name for name in table.columns if name not in [each.strip() for each in rows[head][1]]]:
        return Asked(f"There is no column “{unknown[0]}”; the columns are: {', '.join(rows[head][1])}")
    names = _with_clocks(names, [cells for _, cells in rows[head + 1 :]])
    if "title" not in names or "start" not in names:
        missing = "title" if "title" not in names else "start"
        return Asked(
            f'It is not told which column holds the {missing}; say it as --column "Heading={missing}". '
            f"The columns are: {', '.join(each for each in rows[head][1] if each.strip())}"
        )
    for name, said in zip(names, rows[head][1], strict=True):
        if name is None and said.strip():
            losses.tell(
                rows[head][0],
                "column",
                said,
                f'this column was not read; to read it: --column "{said.strip()}=…" with one of {", ".join(COLUMNS)}',
            )
    records = [
        (line, _record(names, cells))
        for line, cells in rows[head + 1 :]
        if any(cell.strip() for cell in cells)
    ]
    order = table.order or order_of(
        value for _, record in records for value in (record.get("start", ""), record.get("end", ""))
    )
    if order is Order.UNKNOWN:
        example = next(record["start"] for _, record in records if record.get("start"))
        return Asked(f"“{example}” may mean two days: say --dates day-first or --dates month-first")
    return [
        Component(
            TABLE,
            1,
            children=[
                made
                for line, record in records
                if (made := _event(line, {"timezone": zone} | record, order, losses))
            ],
        )
    ]


def _rows(text: str, losses: Losses) -> Iterator[tuple[int, list[str]]]:
    """Give each row with its line, whatever parts its cells: what parts most of the first lines."""
    first = text.lstrip("\r\n")[:5000].split("\n", 1)[0]
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # noqa: PLR2004 - Excel's own mark
        delimiter, text = first[4], text.lstrip("\r\n").partition("\n")[2]
    else:
        unquoted = re.sub(r'"[^"]*"', "", text[:5000])
        delimiter = max("\t|;,", key=lambda each: max(line.count(each) for line in unquoted.split("\n")))
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        losses.tell(begins, "left-out", "table", f"the table cannot be read from here on ({error})")


def _heading(said: str, own: Mapping[str, str]) -> str | None:
    return own.get(said.strip()) or column_of(said)


def _with_clocks(names: Sequence[str | None], rows: Sequence[Sequence[str]]) -> list[str | None]:
    """Give the columns with those called “start” and “end” as times where they hold nothing but times."""
    found = list(names)
    for number, name in enumerate(names):
        said = [cells[number] for cells in rows if number < len(cells) and cells[number].strip()]
        if name in ("start", "end") and said and all(clock_of(each) != (None, False) for each in said):
            found[number] = f"{name}-time"
    return found


def _record(names: Sequence[str | None], cells: Sequence[str]) -> Row:
    found: Row = {}
    for name, cell in zip(names, cells, strict=False):
        if name and cell.strip() and name not in found:
            found[name] = cell.strip()
    return found


def _event(line: int, record: Row, order: Order, losses: Losses) -> Component | None:
    when = _when(line, record, order, losses)
    if when is None:
        return None
    lines = [*when, f"SUMMARY:{_escaped(record.get('title', ''))}"]
    for name, column in (
        ("DESCRIPTION", "description"),
        ("LOCATION", "place"),
        ("CONTACT", "contact"),
        ("COMMENT", "note"),
    ):
        if column in record:
            lines.append(f"{name}:{_escaped(record[column])}")
    if "tags" in record:
        lines.append(
            "CATEGORIES:"
            + ",".join(_escaped(tag) for tag in re.split(r"[;,|]", record["tags"]) if tag.strip())
        )
    for name, column in (
        ("URL", "url"),
        ("UID", "uid"),
        ("STATUS", "status"),
        ("CONFERENCE", "online"),
        ("RRULE", "rule"),
        ("GEO", "geo"),
    ):
        if column in record:
            lines.append(f"{name}:{record[column].split(chr(10))[0]}")
    if record.get("private", "").lower() in _YES or record.get("sensitivity", "").lower() in (
        "private",
        "confidential",
        "personal",
    ):
        lines.append("CLASS:PRIVATE")
    if shown := _FREE.get(record.get("shows-as", "").lower()):
        lines.append(f"TRANSP:{shown}")
    return Component("VEVENT", line, [(line, each.encode()) for each in lines])


def _when(line: int, record: Row, order: Order, losses: Losses) -> list[str] | None:
    """Give DTSTART and DTEND; None, told, where a row does not say when."""
    said = record.get("start", "")
    day, rest = day_of(said, order)
    if day is None:
        losses.tell(
            line,
            "no-start",
            said or record.get("title", "row"),
            "it does not say on which day, and was left out",
        )
        return None
    begins, known = clock_of(record.get("start-time") or rest)
    if not known:
        losses.tell(
            line, "bad-value", record.get("start-time") or rest, "it is no time; whole days were taken"
        )
    last, ending = day_of(record["end"], order) if "end" in record else (None, "")
    ends, known = clock_of(record.get("end-time") or ending)
    if not known or ("end" in record and last is None):
        losses.tell(
            line,
            "bad-value",
            record.get("end-time") or record.get("end", ""),
            "it is no end that can be read; it was left out",
        )
    if record.get("all-day", "").lower() in _YES or begins is None:
        return _days(day, last, losses, line)
    start = datetime.combine(day, begins)
    found = [f"DTSTART{_zone(record)}:{start:%Y%m%dT%H%M%S}"]
    if ends is not None:
        end = datetime.combine(last or day, ends)
        if last is None and end <= start:
            end += timedelta(days=1)
        found.append(f"DTEND{_zone(record)}:{end:%Y%m%dT%H%M%S}")
    return found


def _days(first: date, last: date | None, losses: Losses, line: int) -> list[str]:
    if last is not None and last < first:
        losses.tell(line, "ends-before-start", f"{last}", "it ends before it starts; the end was left out")
        last = None
    following = (last or first) + timedelta(days=1)
    return [f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{following:%Y%m%d}"]


def _zone(record: Row) -> str:
    return f';TZID="{record["timezone"].replace(chr(34), "")}"'


def _escaped(text: str) -> str:
    return "".join(_HTML.get(each, each) for each in text.replace("\r\n", "\n").replace("\r", "\n"))
