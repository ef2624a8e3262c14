"""Organisations or feeds themselves, before and after → what changed of them."""

from collections.abc import Iterator, Mapping

from coopcal.model.change import Difference, NamedChange
from coopcal.model.facts import NamedFacts


def named_changes(old: Mapping[str, NamedFacts], new: Mapping[str, NamedFacts]) -> Iterator[NamedChange]:
    """Tell of organisations or feeds themselves."""
    former = {name for facts in new.values() for name in facts.former}
    for name, facts in sorted({**old, **new}.items()):
        before = old.get(name) or next(
            (old[former_id] for former_id in facts.former if former_id in old), None
        )
        after = new.get(name)
        differing: list[Difference] = []
        if after is None:
            if name in former:
                continue
            differing.append(Difference("gone"))
        elif before is None:
            differing.append(Difference("new"))
        else:
            if before.title != after.title:
                differing.append(Difference("retitled", before.title, after.title))
            if before.closes and not after.closes:
                differing.append(Difference("stays"))
        if after and after.closes and (before is None or before.closes != after.closes):
            differing.append(Difference("closes", new=after.closes))
        if differing:
            yield NamedChange(name, facts.title, tuple(differing))
