"""A narrowed feed as the source file that makes it a feed of its own."""

import json
from collections.abc import Iterable
from dataclasses import replace

from coopcal.model.ids import proposed_id
from coopcal.model.when import Length
from coopcal.views.filters import Filters


def feed_yaml(filters: Filters, title: str) -> str:
    """Return ``feeds/<id>.yaml`` with the selection of a filters; what a file cannot say stands in a comment."""
    select = [
        ("organisations", _list(filters.organisation)),
        ("roles", _list(filters.role)),
        ("tags", f"{{any: {_list(filters.tag)}}}" if filters.tag else ""),
        ("countries", _list(filters.country)),
    ]
    chosen = [f"  {name}: {value}\n" for name, value in select if value]
    window = [
        f"{name}: {span}"
        for name, length in (("past", filters.past), ("future", filters.future))
        if length is not None and (span := _length(length))
    ]
    left = _only_in_addresses(filters)
    return (
        f"title: {_text(title)}\n"
        + ("select:\n" + "".join(chosen) if chosen else "")
        + (f"window: {{{', '.join(window)}}}\n" if window else "")
        + (f"# In the address alone: {left}\n" if left else "")
    )


def feed_id(filters: Filters) -> str:
    """Return an id that says what was chosen: ``bakery-mill-open-doors``; that of one organisation is taken already."""
    chosen = (*filters.organisation, *filters.tag, *filters.country, *filters.role)
    chosen = (*chosen, "events") if len(chosen) == 1 else chosen
    return proposed_id("-".join(chosen)) or "our-events"


def _only_in_addresses(filters: Filters) -> str:
    return replace(filters, organisation=(), tag=(), country=(), role=(), past=None, future=None).query()


def _list(values: Iterable[str]) -> str:
    """Return values as YAML; in quotes, as ``NO`` is a country and no answer."""
    listed = ", ".join(_text(value) for value in values)
    return f"[{listed}]" if listed else ""


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _length(length: Length) -> str:
    """Return a length in one unit, as files have it; "" where it has none."""
    months = 12 * length.years + length.months
    if months and length.days:
        return ""
    if months:
        return f"{months} months" if months != 1 else "1 month"
    return f"{length.days} days" if length.days else ""
