"""Organisations that are part of themselves."""

from collections.abc import Iterator, Mapping

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.model.message import msg
from coopcal.model.organisation import Reference
from coopcal.model.problem import Code, Problems

PART_OF_ITSELF = Code("part-of-itself", "No organisation is part of itself.")


def conclude(_gathered: Mapping[str, None], overview: Overview, problems: Problems) -> None:
    """No organisation is part of itself, by whatever way; each circle is told once."""
    done: set[str] = set()
    for start in overview.organisations:
        if start in done:
            continue
        way = [start]
        ahead = [_wholes(start, overview)]
        while ahead:
            reference = next(ahead[-1], None)
            if reference is None:
                done.add(way.pop())
                ahead.pop()
            elif reference.id in way:
                _tell_circle(reference, way[way.index(reference.id) :], problems)
            elif reference.id not in done:
                way.append(reference.id)
                ahead.append(_wholes(reference.id, overview))


def _wholes(identifier: str, overview: Overview) -> Iterator[Reference]:
    one = overview.organisations.get(identifier)
    return iter(one.part_of if one else ())


def _tell_circle(reference: Reference, way: list[str], problems: Problems) -> None:
    chain = " → ".join((*way, reference.id))
    problems.tell(
        reference.position,
        PART_OF_ITSELF,
        msg("“{organisation}” is part of itself: {chain}", organisation=way[0], chain=chain),
        msg("take “{id}” out", id=reference.id),
    )


RULE = WideRule((PART_OF_ITSELF,), conclude)
