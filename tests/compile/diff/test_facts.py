"""What is kept of events to compare with: marks stay as they are while the format grows, or all would seem changed."""

from datetime import date
from pathlib import Path

from tests.support.checking import lay
from tests.support.trees import NOW

from coopcal.compile.diff.facts import seen_by
from coopcal.compile.pipeline import check
from coopcal.model.facts import (
    BusyTimeFacts,
    EventFacts,
    FurtherDateFacts,
    HappeningFacts,
    SeriesFacts,
    StretchFacts,
)
from coopcal.model.when import days_of

EVENTS = """\
name: The Bakery
country: BE
events:
  - id: one
    title: One
    when: 2026-06-09
    registration: {url: "https://example.coop/", closes: 2026-06-01, places: 4, price: {en: free, fr: gratuit}}
  - {id: two, title: Two, when: 2026-07-09, registration: {full: true}}
  - {id: three, title: Three, when: 2026-08-09, registration: {full: true, waiting_list: true}}
  - id: four
    title: Four
    when: 2026-09-09
    registration: {full: true, price: [{for: Members, price: free}]}
"""


def test_registration_is_marked_as_before_prices_and_waiting_lists_were_known(tmp_path: Path) -> None:
    """The first two marks are those that sites hold which were compiled before; what is new has marks of its own."""
    catalogue = check(lay(tmp_path, {"calendars/bakery.yaml": EVENTS}), NOW).catalogue

    assert catalogue is not None
    marks = {
        event.key: dict(event.shown.details)["registration"]
        for event in seen_by(catalogue, NOW).events.values()
        if isinstance(event, HappeningFacts)
    }
    assert (marks["bakery/one"], marks["bakery/two"]) == ("c21e7175", "7708fa7a")
    assert len(set(marks.values())) == 4


ROLES = """\
name: The Bakery
country: BE
timezone: Europe/Brussels
events:
  - id: fair
    title: Fair
    when: 2026-10-09/2026-10-10
    sessions: [{id: opening, title: Opening, when: 2026-10-09 10:00/11:00}]
  - {id: talks, title: Talks, when: [2026-10-13 19:00/21:00, 2026-11-10 19:00/21:00]}
  - id: course
    title: Course
    when: 2026-09-01 19:00/21:00
    repeats:
      every: week
      until: 2026-12-22
      also: [2026-10-01 19:00/21:00]
      changes: {from 2026-11-03: {when: 18:00/20:00}}
  - {id: meeting, title: Meeting, when: 2026-09-03 19:00/21:00, visibility: [members], public_shows: busy}
"""


def test_each_role_has_a_type(tmp_path: Path) -> None:
    """A date and a stretch say what they are of; of a time that is taken only that is seen."""
    catalogue = check(lay(tmp_path, {"calendars/bakery.yaml": ROLES}), NOW).catalogue

    assert catalogue is not None
    events = seen_by(catalogue, NOW).events.values()
    roles = {event.key: type(event) for event in events if isinstance(event, HappeningFacts)}
    assert roles == {
        "bakery/fair": EventFacts,
        "bakery/fair/opening": EventFacts,
        "bakery/talks": EventFacts,
        "bakery/talks+20261110": FurtherDateFacts,
        "bakery/course": SeriesFacts,
        "bakery/course+20261001": FurtherDateFacts,
        "bakery/course+20261103": StretchFacts,
    }
    assert {event.of for event in events if isinstance(event, FurtherDateFacts)} == {
        "bakery/talks",
        "bakery/course",
    }
    busy = [event.shown.when for event in events if isinstance(event, BusyTimeFacts)]
    assert [days_of(when) for when in busy] == [(date(2026, 9, 3), date(2026, 9, 3))]
