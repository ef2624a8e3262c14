"""Which copies of feeds of others are merged in, and whose UID is whose: staff's first, then in the order of ``include``."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from coopcal.definitions.source.node import Listing, Node, Scalar
from coopcal.definitions.source.node import Mapping as Keys
from coopcal.definitions.source.origin import Origin
from coopcal.definitions.source.record import kept_of
from coopcal.definitions.source.tree import (
    CALENDARS,
    INCLUDED,
    CopyName,
    OrganisationName,
    ReadNodes,
    SourceFile,
)
from coopcal.definitions.source.unused_copies import UnusedCopy, unused_copies
from coopcal.model.included import Kept, asked_at, copy_name
from coopcal.model.problem import Position

_UID = re.compile(r"""["']?\buid["']?[ \t]*:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\n#,{}]*))""")
"""A UID as staff pin it. What looks like one and is none does no harm, as only those count that copies hold, too."""


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of each organisation, in order, what is known of each, by organisation and name, and those that no feed merges in."""

    of: Mapping[str, tuple[CopyName, ...]] = field(default_factory=dict)
    kept: Mapping[tuple[str, str], Kept] = field(default_factory=dict)
    unused: tuple[UnusedCopy, ...] = ()

    def named(self, one: OrganisationName) -> OrganisationName:
        """Return an organisation with its copies."""
        return replace(one, copies=self.of[one.id]) if one.id in self.of else one


def path_of(organisation: str, name: str) -> str:
    """Return where the events of a copy stand, relative to the root."""
    return f"{INCLUDED}/{organisation}/{name}.yaml"


def copies_of(
    origin: Origin, feeds: Iterable[SourceFile], organisations: Iterable[OrganisationName], read: ReadNodes
) -> Copies:
    """Return the copies that feeds merge in and that are there; where there are none, nothing is looked at."""
    wanted = _wanted(feeds)
    there = [pair for pair in wanted if origin.has(path_of(*pair))]
    kept = {pair: record for pair in wanted if (record := kept_of(origin, *pair)) is not None}
    unused = tuple(unused_copies(origin, wanted))
    if not there:
        return Copies(kept=kept, unused=unused)
    uids = {pair: frozenset(_uids(path_of(*pair), origin, read)) for pair in there}
    every = frozenset[str]().union(*uids.values())
    taken = {uid for text in _texts(origin, organisations) for uid in _pinned(text) if uid in every}
    of: dict[str, tuple[CopyName, ...]] = {}
    for pair in there:
        organisation, name = pair
        of[organisation] = (*of.get(organisation, ()), CopyName(name, uids[pair] & taken, *wanted[pair]))
        taken |= uids[pair]
    return Copies(of, kept, unused)


def _wanted(feeds: Iterable[SourceFile]) -> dict[tuple[str, str], tuple[frozenset[str] | None, Position]]:
    """Return the organisation and the name of each copy, as far as they can be known, with the groups that may see it, and where it is first merged in."""
    wanted: dict[tuple[str, str], tuple[frozenset[str] | None, Position]] = {}
    for feed in feeds:
        groups = _groups(feed)
        for pair, position in _named(feed):
            before, first = wanted.get(pair, (frozenset(), position))
            wanted[pair] = (None if groups is None or before is None else before | groups), first
    return wanted


def _groups(feed: SourceFile) -> frozenset[str] | None:
    """Return the groups that a private feed is for; None of a public one."""
    audience = feed.node.get("for")
    if audience is None and feed.node.key("for") is None:
        return None
    groups = audience.get("groups") if isinstance(audience, Keys) else None
    listed = groups.items if isinstance(groups, Listing) else (groups,)
    return frozenset(one.text.strip() for one in listed if isinstance(one, Scalar))


def _named(feed: SourceFile) -> Iterator[tuple[tuple[str, str], Position]]:
    include = feed.node.get("include")
    for item in include.items if isinstance(include, Listing) else (include,):
        if isinstance(item, Keys):
            url, organisation = item.get("url"), item.get("organisation")
            if isinstance(url, Scalar) and isinstance(organisation, Scalar):
                yield (organisation.text, copy_name(asked_at(url.text))), url.position


def _uids(path: str, origin: Origin, read: ReadNodes) -> Iterator[str]:
    text, problems = origin.read(path)
    node: Node | None = read(text, path)[0] if text is not None and not problems else None
    events = node.get("events") if isinstance(node, Keys) else None
    for event in events.items if isinstance(events, Listing) else ():
        uid = event.get("uid") if isinstance(event, Keys) else None
        if isinstance(uid, Scalar):
            yield uid.text.strip()


def _texts(origin: Origin, organisations: Iterable[OrganisationName]) -> Iterator[str]:
    """Yield the texts of all files of organisations."""
    for one in organisations:
        folder = f"{CALENDARS}/{one.id}"
        entries = origin.entries(folder)[0] if one.folder else ()
        paths = [
            f"{folder}/{entry.name}" for entry in entries if entry.name.endswith(".yaml") and not entry.folder
        ]
        for path in paths if one.folder else [f"{folder}.yaml"]:
            text, _ = origin.read(path)
            if text is not None:
                yield text


def _pinned(text: str) -> Iterator[str]:
    if "uid" in text:
        yield from ((match[1] or match[2] or match[3] or "").strip() for match in _UID.finditer(text))
