"""Events of copies of feeds of others: those that can be read, each once, and none that claims to be staff's."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coopcal.definitions.codes.site import LEFT_OUT_OF_INCLUDE
from coopcal.definitions.context import Context
from coopcal.definitions.declared.record import NOTHING
from coopcal.definitions.event import event
from coopcal.definitions.source.node import Listing, Mapping, Node
from coopcal.definitions.source.tree import Copy
from coopcal.model.event import Event
from coopcal.model.message import msg, plural
from coopcal.model.problem import Position, Problems, Severity

_AGAIN = msg("nothing need be done; “coopcal fetch” brings the copy up to date")


def events_of_others(copies: Iterable[Copy], own: Iterable[Event], context: Context) -> Iterator[Event]:
    """Yield the events of the copies of an organisation's feeds elsewhere, beside its ``own``.

    What is wrong with them is nothing that staff can mend: it is told in notes, and stops nothing.
    """
    domain = f"@{context.settings.uid_domain}".lower()
    ids, uids = {one.path[0] for one in own}, set[str]()
    for copy in copies:
        claimed = 0
        groups = copy.named.groups
        around = replace(
            context,
            seen_by=frozenset() if groups is None else groups or frozenset(context.settings.groups),
            root=None,
            folder="",
            included=copy.file.id,
            places={},
            contacts={},
            around_when=None,
            named=[],
        )
        for node in _nodes(copy):
            found = _read(node, around, context.problems)
            if found is None or found.uid in copy.named.without or found.uid in uids:
                continue
            if (found.uid or "").lower().endswith(domain):
                claimed += 1
            elif found.path[0] not in ids:
                ids.add(found.path[0])
                uids.update([found.uid] if found.uid else ())
                yield found
        if claimed:
            context.problems.tell(
                Position(copy.file.path),
                LEFT_OUT_OF_INCLUDE,
                plural(
                    "{count} event of a feed of others has a UID of this site ({domain}), and is left out",
                    "{count} events of a feed of others have UIDs of this site ({domain}), and are left out",
                    claimed,
                    domain=context.settings.uid_domain,
                ),
                msg("nothing need be done, if that feed holds events of this site"),
            )


def _nodes(copy: Copy) -> tuple[Node, ...]:
    events = copy.file.node.get("events")
    return events.items if isinstance(events, Listing) else ()


def _read(node: Node, context: Context, problems: Problems) -> Event | None:
    """Read an event; None, told in a note, where it cannot be read."""
    own = Problems()
    found = event(node, NOTHING, replace(context, problems=own)) if isinstance(node, Mapping) else None
    errors = [problem for problem in own.found if problem.severity is Severity.ERROR]
    if found is not None and not errors:
        return found
    why = errors[0].message if errors else msg("it is no event")
    problems.tell(
        errors[0].position if errors else node.position,
        LEFT_OUT_OF_INCLUDE,
        msg("An event of a feed of others cannot be read, and is left out: {why}", why=why),
        _AGAIN,
    )
    return None
