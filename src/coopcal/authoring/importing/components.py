"""Components of iCalendar (RFC 5545, 3.6): what stands between BEGIN and END, read tolerantly."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from coopcal.authoring.importing.lines import Line, parsed, unfolded
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.text import Value
from coopcal.model.message import Message, msg

DEEPEST = 8
"""Components within components that are read."""

_NESTED = {"VALARM": ("VEVENT", "VTODO"), "STANDARD": ("VTIMEZONE",), "DAYLIGHT": ("VTIMEZONE",)}
_WITHIN_A_CALENDAR = ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VAVAILABILITY", "VPOLL")


@dataclass(slots=True)
class Component:
    """A component: its name, the line that it begins in, its properties as written, and what it holds.

    ``said`` are keys of an event that are known of it, and that no property says.
    """

    name: str
    number: int
    raw: list[tuple[int, bytes]] = field(default_factory=list)
    children: "list[Component]" = field(default_factory=list)
    said: dict[str, Value] = field(default_factory=dict)

    def lines(self, losses: Losses) -> dict[str, list[Line]]:
        """Return its properties by name, but for those without a value, which say nothing."""
        lines: dict[str, list[Line]] = {}
        for number, raw in self.raw:
            if (line := parsed(number, raw, losses)) and line.value.strip():
                lines.setdefault(line.name, []).append(line)
        return lines

    def quietly(self) -> dict[str, list[Line]]:
        """Return its properties by name, without telling what is wrong with them."""
        return self.lines(Losses(""))

    def events(self) -> "Iterator[Component]":
        """Return the events that it holds, those too in components of no known name."""
        for child in self.children:
            if child.name == "VEVENT":
                yield child
            elif child.name not in _WITHIN_A_CALENDAR:
                yield from child.events()

    def of(self, *names: str) -> "Iterator[Component]":
        """Return what it holds of those names."""
        return (child for child in self.children if child.name in names)


def read(data: bytes, losses: Losses) -> list[Component]:
    """Return the calendars of a stream, whatever is wrong with it; what stands outside of any is in one of its own."""
    reader = _Reader(losses)
    for number, raw in unfolded(data, losses):
        if raw[:6].upper() == b"BEGIN:":
            reader.begin(_name(raw), number)
        elif raw[:4].upper() == b"END:":
            reader.end(_name(raw), number)
        else:
            reader.take(number, raw)
    return reader.close()


def _name(raw: bytes) -> str:
    return raw.split(b":", 1)[1].strip().upper().decode("utf-8", "replace")


class _Reader:
    """Builds components of lines; ``_ignored`` counts those that are open and too deep."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._calendars: list[Component] = []
        self._stack: list[Component] = []
        self._ignored = 0

    def take(self, number: int, raw: bytes) -> None:
        if self._stack and not self._ignored:
            self._stack[-1].raw.append((number, raw))
        elif not self._stack:
            shown = raw[:80].decode("utf-8", "replace")
            self._losses.tell(number, LossCode.BROKEN_LINE, shown, msg("it stands in no calendar"))

    def begin(self, name: str, number: int) -> None:
        if self._ignored or len(self._stack) >= DEEPEST:
            if not self._ignored:
                why = msg("only {deepest} components within each other are read", deepest=DEEPEST)
                self._losses.tell(number, LossCode.TOO_DEEP, name, why)
            self._ignored += 1
            return
        new = Component(name, number)
        while self._stack and not _may_hold(self._stack[-1].name, name):
            self._unended(self._stack.pop(), msg("its END is missing before line {number}", number=number))
        if name == "VCALENDAR":
            self._calendars.append(new)
        elif self._stack:
            self._stack[-1].children.append(new)
        else:
            if not self._calendars or self._calendars[-1].number:
                self._calendars.append(Component("VCALENDAR", 0))
            self._calendars[-1].children.append(new)
        self._stack.append(new)

    def end(self, name: str, number: int) -> None:
        if self._ignored:
            self._ignored -= 1
        elif name in (component.name for component in self._stack):
            while self._stack.pop().name != name:
                pass
        else:
            self._losses.tell(
                number, LossCode.BROKEN_LINE, f"END:{name}", msg("nothing of that name has begun")
            )

    def close(self) -> list[Component]:
        for component in self._stack:
            self._unended(component, msg("its END is missing; what there is of it was read"))
        return self._calendars

    def _unended(self, component: Component, why: Message) -> None:
        self._losses.tell(component.number, LossCode.NO_END_LINE, f"BEGIN:{component.name}", why)


def _may_hold(outer: str, inner: str) -> bool:
    if inner == "VCALENDAR":
        return False
    if inner in _WITHIN_A_CALENDAR:
        return outer not in _WITHIN_A_CALENDAR and outer not in _NESTED
    return inner not in _NESTED or outer in _NESTED[inner]
