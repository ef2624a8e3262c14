"""``rule``: a rule as RFC 5545 writes it (3.3.10)."""

import re
from dataclasses import dataclass
from datetime import date

from coopcal.definitions.codes.series import BAD_REPEATS, IMPOSSIBLE_RULE
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.repeats.diagnostics import WrongRule, noted
from coopcal.definitions.repeats.every import MOST
from coopcal.definitions.source.node import Node
from coopcal.model.message import msg
from coopcal.model.recurrence import WEEKDAYS as CODES
from coopcal.model.recurrence import Frequency, Rule, Weekday

_WEEKDAY_CODE = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?")
_UNSAFE = ("BYHOUR", "BYMINUTE", "BYSECOND", "BYWEEKNO", "BYYEARDAY", "RSCALE", "SKIP")


@dataclass(frozen=True, slots=True)
class Ending:
    """The end that a raw rule says itself."""

    until: date | None = None
    count: int | None = None


@reader(json_schema.text())
@noted
def raw_rule(node: Node, context: Context) -> tuple[Rule, Ending] | None:
    """Read a raw rule as it is written; whether clients read it alike is another matter."""
    written = scalar(node, context.problems, msg("a rule of RFC 5545"))
    if written is None:
        return None
    parts: dict[str, str] = {}
    for part in written.text.strip().upper().removeprefix("RRULE:").split(";"):
        name, _, value = part.partition("=")
        if not value or name in parts:
            raise WrongRule(
                written.position,
                BAD_REPEATS,
                msg("“{part}” is no part of a rule", part=part),
                msg("write it as FREQ=WEEKLY;BYDAY=TU"),
            )
        parts[name] = value
    for name in parts:
        if name in _UNSAFE:
            raise WrongRule(
                written.position,
                IMPOSSIBLE_RULE,
                msg("Calendars read {name} differently, so it cannot stand in a rule", name=name),
                msg("write the dates as a list in “when”"),
            )
    try:
        rule = Rule(
            Frequency(parts.pop("FREQ")),
            int(parts.pop("INTERVAL", "1")),
            tuple(_coded(code) for code in _split(parts.pop("BYDAY", ""))),
            tuple(int(day) for day in _split(parts.pop("BYMONTHDAY", ""))),
            tuple(int(month) for month in _split(parts.pop("BYMONTH", ""))),
            tuple(int(position) for position in _split(parts.pop("BYSETPOS", ""))),
            CODES.index(parts.pop("WKST", "MO")),
        )
        ending = Ending(_until(parts.pop("UNTIL", "")), int(parts.pop("COUNT", "0")) or None)
    except (KeyError, ValueError):
        raise WrongRule(
            written.position,
            BAD_REPEATS,
            msg("“{text}” is no rule that is read here", text=written.text),
            msg("write it as FREQ=MONTHLY;BYDAY=2TU (daily, weekly, monthly or yearly)"),
        ) from None
    if parts or not 1 <= rule.interval <= MOST or any(not 1 <= month <= 12 for month in rule.months):  # noqa: PLR2004
        raise WrongRule(
            written.position,
            BAD_REPEATS,
            msg("“{text}” is no rule that is read here", text=written.text),
            msg("write it as FREQ=MONTHLY;BYDAY=2TU (daily, weekly, monthly or yearly)"),
        )
    return rule, ending


def _split(text: str) -> list[str]:
    return text.split(",") if text else []


def _coded(code: str) -> Weekday:
    match = _WEEKDAY_CODE.fullmatch(code)
    if match is None:
        raise ValueError(code)
    return Weekday(CODES.index(match[2]), int(match[1] or 0))


def _until(text: str) -> date | None:
    match = _UNTIL.fullmatch(text)
    if match is None and text:
        raise ValueError(text)
    return date(*(int(part) for part in match.groups())) if match else None
