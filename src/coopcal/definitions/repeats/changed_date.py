"""What is different on a date of a series."""

import re
from datetime import date

from coopcal.definitions.declared.key import Record
from coopcal.definitions.override import Patch, Patched
from coopcal.definitions.repeats.keys import ALSO, CHANGE_OR_ALSO
from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.definitions.when import parse_day
from coopcal.model.happening import Details
from coopcal.model.problem import Problems

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def patched_on(
    day: date | None, node: Node, record: Record, usual: Details, patch: Patch, problems: Problems
) -> Patched | None:
    """Return what takes place on a day; a ``when`` that is a day alone means the usual times on that one."""
    written = node.get("when") if isinstance(node, Mapping) else node
    if not isinstance(written, Scalar) or not _DATE.fullmatch(written.text.strip()):
        return patch(usual, node, record, day)
    if (other := parse_day(written, problems)) is None:
        return None
    rest = node.entries if isinstance(node, Mapping) else ()
    without = Mapping(tuple(entry for entry in rest if entry[0].text != "when"), node.position)
    return patch(usual, without, CHANGE_OR_ALSO if record is ALSO else record, other)
