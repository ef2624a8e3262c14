"""Events of copies of feeds of others: those that can be read, each once, and none that claims to be staff's."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coopcal.definitions.context import Context
from coopcal.definitions.declared.record import NOTHING
from coopcal.definitions.event import event
from coopcal.definitions.left_out import Gone, gathered, left_out_of
from coopcal.definitions.source.node import Listing, Mapping, Node, Scalar
from coopcal.definitions.source.tree import Copy
from coopcal.model.event import Event
from coopcal.model.message import Message, msg
from coopcal.model.problem import Position, Problems, Severity


def events_of_others(copies: Iterable[Copy], own: Iterable[Event], context: Context) -> Iterator[Event]:
    """Yield the events of the copies of an organisation's feeds elsewhere, beside its ``own``.

    What is wrong with them is nothing that staff can mend: it is told in notes, and stops nothing.
    """
    domain = context.settings.uid_domain
    ids, uids = {one.path[0] for one in own}, set[str]()
    for copy in copies:
        gone: list[Gone] = []
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
            found = _read(node, around)
            if isinstance(found, Message):
                gone.append(Gone(_title(node), node.position.line, found))
            elif found.uid in copy.named.without or found.uid in uids:
                continue
            elif claims(found.uid or "", domain):
                gone.append(Gone(_title(node), node.position.line, claimed(domain)))
            elif found.path[0] not in ids:
                ids.add(found.path[0])
                uids.update([found.uid] if found.uid else ())
                yield found
        at = copy.named.position or Position(copy.file.path)
        context.problems.found += left_out_of(at, gathered(gone), copy.file.path)


def claims(uid: str, domain: str) -> bool:
    """Return whether a UID is one that only this site may have."""
    return uid.lower().endswith(f"@{domain}".lower())


def claimed(domain: str) -> Message:
    """Return why an event with such a UID is left out."""
    return msg("its UID is one of this site ({domain}), so it was left out", domain=domain)


def _nodes(copy: Copy) -> tuple[Node, ...]:
    events = copy.file.node.get("events")
    return events.items if isinstance(events, Listing) else ()


def _title(node: Node) -> str:
    title = node.get("title") if isinstance(node, Mapping) else None
    return title.text if isinstance(title, Scalar) else "?"


def _read(node: Node, context: Context) -> Event | Message:
    """Read an event; return why where it cannot be read."""
    own = Problems()
    found = event(node, NOTHING, replace(context, problems=own)) if isinstance(node, Mapping) else None
    errors = [problem for problem in own.found if problem.severity is Severity.ERROR]
    if found is not None and not errors:
        return found
    return msg("{message}; it was left out", message=errors[0].message if errors else msg("it is no event"))
