"""What stands in a calendar: a module a subject, each with the kinds of faults that it tells, and its check."""

from collections.abc import Callable

from coopcal.doctor.fault import Faults, Kind
from coopcal.doctor.feed import Feed
from coopcal.doctor.lint import calendar, identity, lines, moments, series, texts, zones

_SUBJECTS = (lines, calendar, zones, identity, moments, texts, series)

LINT: tuple[Callable[[Feed, Faults], None], ...] = tuple(subject.check for subject in _SUBJECTS)
"""Each looks at a calendar, and tells what is wrong."""

KINDS: tuple[Kind, ...] = tuple(kind for subject in _SUBJECTS for kind in subject.KINDS)
"""All kinds of faults, by subject."""
