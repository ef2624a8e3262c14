"""How much the problems that checks find matter to a site."""

from coopcal.definitions.codes.values import NOT_KEYS, UNKNOWN_WORD
from coopcal.definitions.declared import fields as read
from coopcal.definitions.declared.record import did_you_mean, in_english
from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.model.message import msg
from coopcal.model.problem import Problems, Severity, Switch

OFF = "off"
LEVELS = (OFF, *(severity.value for severity in reversed(Severity)))


def switches(node: Node, problems: Problems) -> tuple[Switch, ...]:
    """Read a severity, or ``off``, by code; which codes there are is looked at by the rules."""
    if not isinstance(node, Mapping):
        message = msg("“checks” are written by code, one below the other")
        problems.tell(node.place, NOT_KEYS, message, "checks: {public-holiday: off}")
        return ()
    found = []
    for key, value in node.entries:
        level = read.plain(value, problems, msg("how much it matters"))
        if level is None:
            continue
        if level not in LEVELS:
            message = msg("“{level}” is not how much a check matters", level=level)
            told = in_english(value, LEVELS) if isinstance(value, Scalar) else None
            mend, fix, offers = told or (did_you_mean(level, LEVELS), None, ())
            problems.tell(value.place, UNKNOWN_WORD, message, mend, fix, offers=offers)
            continue
        found.append(Switch(key.text, None if level == OFF else Severity(level), key.place))
    return tuple(found)
