"""jCal (RFC 7265) → the same components as of iCalendar."""

from collections.abc import Iterator
from typing import Any

from coopcal.authoring.importing.components import Component
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.rows import escaped
from coopcal.model.message import msg

_DEEPEST = 8
_PARTS = 3
"""Parts of a component: its name, its properties, what it holds."""

_TEXTS = ("text", "unknown")
_PLAIN = ("date", "date-time", "time", "utc-offset", "period")


def is_jcal(written: Any) -> bool:
    """Return whether a JSON document is a calendar, or a list of calendars."""
    return (
        isinstance(written, list)
        and bool(written)
        and (_is_component(written) or all(map(_is_component, written)))
    )


def _is_component(written: Any) -> bool:
    return (
        isinstance(written, list)
        and len(written) >= _PARTS
        and isinstance(written[0], str)
        and isinstance(written[1], list)
        and isinstance(written[2], list)
    )


def calendars_of(written: list[Any], losses: Losses) -> list[Component]:
    """Return the calendars; a component is told by its number, as JSON has no lines that people know."""
    reader = _Reader(losses)
    return [reader.component(calendar, 0) for calendar in ([written] if _is_component(written) else written)]


class _Reader:
    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._number = 0

    def component(self, written: list[Any], depth: int) -> Component:
        self._number += 1
        made = Component(written[0].upper(), self._number)
        for entry in written[1]:
            line = _line(entry)
            if line is None:
                shown = str(entry)[:80]
                self._losses.tell(
                    made.number, LossCode.BROKEN_LINE, shown, msg("it is no property, and was left out")
                )
            else:
                made.raw.append((made.number, line.encode()))
        for entry in written[2]:
            if not _is_component(entry):
                self._losses.tell(
                    made.number,
                    LossCode.BROKEN_LINE,
                    str(entry)[:80],
                    msg("it is no component, and was left out"),
                )
            elif depth >= _DEEPEST:
                self._losses.tell(
                    made.number, LossCode.TOO_DEEP, entry[0], msg("it stands too deep in others")
                )
            else:
                made.children.append(self.component(entry, depth + 1))
        return made


def _line(source: Any) -> str | None:
    """Return a property as a content line; None where it is none."""
    if (
        not isinstance(source, list)
        or len(source) <= _PARTS
        or not all(isinstance(source[at], str) for at in (0, 2))
    ):
        return None
    name, params, kind, *values = source
    if not isinstance(params, dict) or not name.replace("-", "").isalnum():
        return None
    written = [_value(value, kind.lower()) for value in values]
    if any(part is None for part in written):
        return None
    shown = "".join(_params(params, kind.lower()))
    return f"{name.upper()}{shown}:{(',').join(part for part in written if part is not None)}"


def _params(params: dict[str, Any], kind: str) -> Iterator[str]:
    if kind in ("date", "period", "uri", "binary"):
        yield f";VALUE={kind.upper()}"
    for name, written in params.items():
        values = written if isinstance(written, list) else [written]
        if name.replace("-", "").isalnum():
            yield f";{name.upper()}=" + ",".join(f'"{_quoted(value)}"' for value in values)


def _quoted(value: Any) -> str:
    return str(value).replace("^", "^^").replace("\n", "^n").replace('"', "^'")


def _value(written: Any, kind: str) -> str | None:
    """Return a value as iCalendar writes it; None where it is none."""
    if isinstance(written, dict):
        return (
            ";".join(f"{name.upper()}={_listed(part)}" for name, part in written.items())
            if kind == "recur"
            else None
        )
    if isinstance(written, list):
        parts = [_value(item, kind) for item in written]
        between = "/" if kind == "period" else ";"
        return (
            None
            if any(part is None for part in parts)
            else between.join(part for part in parts if part is not None)
        )
    if isinstance(written, bool):
        return str(written).upper()
    if written is None:
        return None
    if kind in _TEXTS:
        return escaped(str(written))
    if kind in _PLAIN and not str(written).startswith(("P", "-P", "+P")):
        text = str(written)
        return (
            text[0] + text[1:].replace(":", "")
            if kind == "utc-offset"
            else text.replace("-", "").replace(":", "")
        )
    return str(written).replace("\n", "").replace("\r", "")


def _listed(written: Any) -> str:
    values = written if isinstance(written, list) else [written]
    return ",".join(
        str(value).replace("-", "").replace(":", "")
        if "T" in str(value) or str(value).count("-") > 1
        else str(value)
        for value in values
    )
