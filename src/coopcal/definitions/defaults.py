"""What the events of an organisation say unless they say otherwise: read once, and inherited as values."""

from datetime import date

from coopcal.definitions.codes.dates import NO_SUCH_TIME, TWICE_THAT_DAY, WHICH_ZONE, WRONG_OFFSET
from coopcal.definitions.context import Context
from coopcal.definitions.declared.record import NOTHING, Inherited, written_keys
from coopcal.definitions.event_keys import DATED, DEFAULTS
from coopcal.definitions.source.node import Node
from coopcal.definitions.when import decode_hours
from coopcal.model.problem import has_errors
from coopcal.model.when import WholeDays

_OF_ZONE = frozenset({NO_SUCH_TIME, TWICE_THAT_DAY, WHICH_ZONE, WRONG_OFFSET})
"""Problems that depend on the zone in which an event reads a moment."""

_ANY_DAY = WholeDays(date(1900, 1, 1), date(9998, 12, 31))


def read_defaults(node: Node, context: Context) -> Inherited:
    """Read defaults, and note what is wrong with them here, once; what is wrong is not inherited.

    A time zone that cannot be read is taken for the usual one, so that no event is asked which it is in. What means
    another moment or another day in each event is inherited as it is written.
    """
    written = written_keys(node, DEFAULTS, context)
    if written is None:
        return NOTHING
    wrong = set()
    near = context
    for name in sorted(written.nodes, key=lambda name: name != "where"):
        if name in DATED:
            continue
        before = len(context.problems.found)
        written.read(near, only=(name,))
        if name == "where":
            near = context.near(*written.get(name, ()))
        if has_errors(context.problems.found[before:]) and not written.get(name):
            wrong.add(name)
    values = {name: value for name, value in written.values.items() if name not in wrong}
    if "timezone" in wrong:
        values["timezone"] = context.timezone or context.settings.timezone
    dated = {name: written.nodes[name] for name in DATED if name in written.nodes}
    return Inherited(
        values, {name: inner for name, inner in dated.items() if _is_sound(name, inner, context)}
    )


def _is_sound(name: str, node: Node, context: Context) -> bool:
    """Return whether what depends on an event's date or zone is written rightly; if not, that is noted."""
    unheard = context.unheard
    if name == "hours":
        decode_hours(node, _ANY_DAY, context.surroundings, unheard.problems)
    else:
        DEFAULTS.by_name[name].reader(node, unheard)
    wrong = [problem for problem in unheard.problems.found if problem.code not in _OF_ZONE]
    context.problems.found += wrong
    return not has_errors(wrong)
