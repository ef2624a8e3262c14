"""Rules that look across files, and at what was published before: a flat tuple of pure checks."""

from datetime import date

from coopcal.checks.rules.accepted import accepted
from coopcal.checks.rules.addresses import gone_feeds, gone_organisations
from coopcal.checks.rules.alike import alike
from coopcal.checks.rules.clashes import same_time_and_place
from coopcal.checks.rules.closed import closed_ends
from coopcal.checks.rules.coming import nothing_to_come, series_that_end
from coopcal.checks.rules.declined import declined
from coopcal.checks.rules.domain import moved_domain
from coopcal.checks.rules.editions import lone_editions, new_editions_under_old_ids
from coopcal.checks.rules.feeds import empty_selections, selecting_own_feeds
from coopcal.checks.rules.files import file_names
from coopcal.checks.rules.former import former_event_ids, former_ids
from coopcal.checks.rules.gone import gone_events
from coopcal.checks.rules.links import asked_for, dead_links
from coopcal.checks.rules.notes import notes_in_files
from coopcal.checks.rules.organisations import circles, idle_organisations, unknown_organisations
from coopcal.checks.rules.past import new_yet_past
from coopcal.checks.rules.public_holidays import public_holidays
from coopcal.checks.rules.reasons import reasons_without_effect
from coopcal.checks.rules.registrations import registrations
from coopcal.checks.rules.removed import ids_used_again, removed_ids
from coopcal.checks.rules.slips import links_twice, positions, very_long
from coopcal.checks.rules.strays import stray_files
from coopcal.checks.rules.texts import images_without_words, long_texts, missing_translations
from coopcal.checks.rules.titles import titles_and_dates, years_in_ids
from coopcal.checks.rules.uids import changed_uids, double_uids
from coopcal.checks.rules.visibility import visibility_note
from coopcal.checks.switches import chosen, is_on, known_switches, switched
from coopcal.checks.view import View
from coopcal.model.problem import Problem, Problems
from coopcal.model.published import Published
from coopcal.model.site import Catalogue

CHECKS = (
    unknown_organisations,
    circles,
    idle_organisations,
    nothing_to_come,
    series_that_end,
    selecting_own_feeds,
    empty_selections,
    closed_ends,
    declined,
    former_ids,
    former_event_ids,
    removed_ids,
    ids_used_again,
    double_uids,
    changed_uids,
    alike,
    lone_editions,
    new_editions_under_old_ids,
    file_names,
    visibility_note,
    moved_domain,
    gone_organisations,
    gone_feeds,
    gone_events,
    known_switches,
    titles_and_dates,
    years_in_ids,
    registrations,
    reasons_without_effect,
    same_time_and_place,
    public_holidays,
    missing_translations,
    long_texts,
    images_without_words,
    new_yet_past,
    very_long,
    positions,
    links_twice,
    notes_in_files,
    accepted,
    stray_files,
)
"""Each looks at a view of everything, and notes what is wrong."""


def check(catalogue: Catalogue, previous: Published | None, today: date) -> tuple[Problem, ...]:
    """Hold a catalogue against itself and against what was published before."""
    view, problems = View(catalogue, previous, today), Problems()
    for rule in CHECKS:
        rule(view, problems)
    return tuple(problems.found)


__all__ = ["asked_for", "check", "chosen", "dead_links", "is_on", "switched"]
