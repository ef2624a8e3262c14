"""The log of requests, a line each, and of errors: as text or as JSON, without secrets, queries and, unless asked for, addresses."""

import json
import logging
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from queue import SimpleQueue
from typing import Any, NamedTuple, TextIO

from coopcal.counting.address import LONGEST, masked, told
from coopcal.counting.family import Family, family_of

WAITING = 10_000
"""Lines that wait until they are written; of more, it is said how many are left out."""

_LONGEST_METHOD = 20


class Line(NamedTuple):
    """What the log says of a request.

    Without an ``agent``, it came through a CDN; of that, its family is told. ``client`` is the address of who asked, "" where
    that is not told.
    """

    moment: float
    method: str
    path: str
    status: int
    length: int
    seconds: float
    agent: str | None
    client: str


class RequestLog:
    """A log that is written by a thread of its own: whoever reads it slowly keeps nobody waiting."""

    def __init__(self, form: str, stream: TextIO) -> None:
        self._form: Callable[[Line], str] = _json if form == "json" else _text
        self._stream = stream
        self._lines: SimpleQueue[Line | None] = SimpleQueue()
        self._left_out = 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def write(self, line: Line) -> None:
        """Write a line soon."""
        if self._lines.qsize() < WAITING:
            self._lines.put(line)
        else:
            self._left_out += 1

    def close(self) -> None:
        """Write what waits."""
        self._lines.put(None)
        self._thread.join(2)

    def _run(self) -> None:
        while (line := self._lines.get()) is not None:
            try:
                self._stream.write(f"{self._form(line)}\n")
                if self._left_out and not self._lines.qsize():
                    left_out, self._left_out = self._left_out, 0
                    logging.getLogger(__name__).warning(
                        "coopcal: %d lines of the log were left out", left_out
                    )
                if not self._lines.qsize():
                    self._stream.flush()
            except (OSError, ValueError):  # nobody reads any more
                return


def log_errors(form: str | None) -> None:
    """Let what is logged of errors be written in a form, too, with secret addresses masked in whatever it says."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Errors(as_json=form == "json"))
    logging.getLogger().handlers = [handler]


class _Errors(logging.Formatter):
    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record, with its traceback."""
        said = masked(super().format(record))
        if not self._as_json:
            return said
        entry: dict[str, Any] = {
            "time": _time(record.created),
            "level": record.levelname.lower(),
            "message": said,
        }
        if reference := getattr(record, "request_id", None):
            entry["request_id"] = reference
        return json.dumps(entry, ensure_ascii=False)


def _json(line: Line) -> str:
    entry: dict[str, Any] = {
        "time": _time(line.moment),
        "method": line.method[:_LONGEST_METHOD],
        "path": told(line.path),
        "status": line.status,
        "bytes": line.length,
        "ms": _milliseconds(line),
        "family": _family(line),
    }
    return json.dumps(entry | ({"client": line.client} if line.client else {}))


def _text(line: Line) -> str:
    words = (
        _time(line.moment),
        line.method[:_LONGEST_METHOD],
        told(line.path),
        line.status,
        line.length,
        _milliseconds(line),
        _family(line),
        line.client,
    )
    return " ".join(str(word) for word in words if word != "")


def _family(line: Line) -> Family:
    return Family.CDN if line.agent is None else family_of(line.agent[:LONGEST])


def _milliseconds(line: Line) -> float:
    return round(line.seconds * 1000, 2)


def _time(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"
