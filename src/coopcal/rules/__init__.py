"""Rules that look across files: a flat tuple of pure checks."""

from datetime import date

from coopcal.model.problem import Problem, Problems
from coopcal.model.published import Published
from coopcal.model.site import Catalogue
from coopcal.rules.alike import alike
from coopcal.rules.gone import gone, moved_domain, revived
from coopcal.rules.ids import former_ids, removed_ids, uids
from coopcal.rules.names import closed_ends, declined, parts_in_circles, references
from coopcal.rules.notes import lone_editions, same_file_names, visibility_note

CHECKS = (
    references,
    parts_in_circles,
    declined,
    closed_ends,
    former_ids,
    removed_ids,
    uids,
    alike,
    lone_editions,
    same_file_names,
    visibility_note,
    moved_domain,
    gone,
    revived,
)


def check(catalogue: Catalogue, previous: Published | None, today: date) -> tuple[Problem, ...]:
    """Hold a catalogue against itself and against what was published before."""
    problems = Problems()
    for rule in CHECKS:
        rule(catalogue, previous, today, problems)
    return tuple(problems.found)
