"""How much the problems that checks find matter to a site."""

from coopcal.definitions.codes.values import NOT_KEYS, UNKNOWN_WORD
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.spelling import did_you_mean, in_english
from coopcal.definitions.readers.text import plain
from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.model.message import msg
from coopcal.model.problem import Severity, Switch

OFF = "off"
LEVELS = (OFF, *(severity.value for severity in reversed(Severity)))


@reader(
    {
        "type": "object",
        "additionalProperties": json_schema.one_of(LEVELS),
        "errorMessage": "Write how much each check matters: off, note, warning or error",
    }
)
def switches(node: Node, context: Context) -> tuple[Switch, ...]:
    """Read a severity, or ``off``, by code; which codes there are is looked at by the rules."""
    problems = context.problems
    if not isinstance(node, Mapping):
        message = msg("“checks” are written by code, one below the other")
        problems.tell(node.position, NOT_KEYS, message, "checks: {public-holiday: off}")
        return ()
    levels = []
    for key, value in node.entries:
        level = plain(value, problems, msg("how much it matters"))
        if level is None:
            continue
        if level not in LEVELS:
            message = msg("“{level}” is not how much a check matters", level=level)
            meant = in_english(value, LEVELS) if isinstance(value, Scalar) else None
            mend, fix, offers = meant or (did_you_mean(level, LEVELS), None, ())
            problems.tell(value.position, UNKNOWN_WORD, message, mend, fix, offers=offers)
            continue
        levels.append(Switch(key.text, None if level == OFF else Severity(level), key.position))
    return tuple(levels)
