"""JSON → calendars: jCal, and what coopcal gives out itself."""

import json
from dataclasses import replace
from typing import Any

from coopcal.authoring.importing.components import Component
from coopcal.authoring.importing.destination import Home
from coopcal.authoring.importing.encodings import as_utf8
from coopcal.authoring.importing.jcal import calendars_of, is_jcal
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.occurrences import TABLE, events_of_occurrences
from coopcal.model.message import Message, msg

VERSION = 1
"""The number of the form that is read."""


def calendars_of_json(data: bytes, home: Home, losses: Losses) -> list[Component] | Message:
    """Return calendars, or the sentence that says why there are none."""
    try:
        return _calendars(_clean(json.loads(as_utf8(data))), home, losses)
    except RecursionError:
        return msg("This JSON is nested too deeply to be a calendar")
    except ValueError as error:
        return msg("This JSON cannot be read ({error})", error=error)


def _clean(written: Any) -> Any:
    """Return a document without halves of characters, which no file may hold."""
    if isinstance(written, str):
        return written.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(written, dict):
        return {_clean(name): _clean(value) for name, value in written.items()}
    return [_clean(item) for item in written] if isinstance(written, list) else written


def _calendars(written: Any, home: Home, losses: Losses) -> list[Component] | Message:
    if is_jcal(written):
        return calendars_of(written, losses)
    listed = written.get("occurrences") if isinstance(written, dict) else None
    if not isinstance(written, dict) or not isinstance(listed, list):
        return msg("This JSON is neither jCal nor a feed of coopcal: look for the calendar as .ics")
    if written.get("version") != VERSION:
        return msg("This JSON is a feed of another version of coopcal: take the calendar as .ics")
    if written.get("next"):
        return msg("This JSON is a part of a long feed of coopcal: take the calendar as .ics")
    language = written.get("language")
    tag = language if isinstance(language, str) and language.replace("-", "").isalnum() else ""
    spoken = replace(home, language=tag)
    records = [
        (number, record)
        for number, record in enumerate(listed, start=1)
        if _is_record(number, record, losses)
    ]
    return [Component(TABLE, 1, children=events_of_occurrences(records, spoken, losses))]


def _is_record(number: int, written: Any, losses: Losses) -> bool:
    if isinstance(written, dict):
        return True
    losses.tell(number, LossCode.NO_START, str(written), msg("it is no event, and was left out"))
    return False
