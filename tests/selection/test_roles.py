"""Each role that something plays in a feed is a type of its own, with the UID and the address that go with it."""

from pathlib import Path

import pytest
from tests.support.trees import NOW, lay

from coopcal.compile.pipeline import check
from coopcal.model.entry import BusyTime, ClosingEntry, Entry, MovedNotice
from coopcal.model.event import Event, FurtherDate, Series, Stretch, has_dates
from coopcal.model.happening import Happening, Session
from coopcal.model.identity import page_address, uid
from coopcal.model.site import Catalogue
from coopcal.selection.choice import select
from coopcal.selection.plan import plan
from coopcal.selection.until import Turns
from coopcal.selection.visible import public_events

BAKERY = """\
name: The Bakery
country: BE
events:
  - id: fair
    title: Fair
    when: 2026-09-12 10:00/18:00
    moved_from: 2026-09-05
    registration: {closes: 2026-09-01, url: "https://example.coop/register"}
    sessions: [{id: opening, title: Opening, when: 10:00/10:30}]
  - id: course
    title: Course
    when: 2026-10-06 19:00/21:00
    repeats:
      every: week
      count: 6
      except: [2026-10-13]
      also: [2026-12-19 10:00/12:00]
      changes:
        2026-10-20: {when: 2026-10-22 19:00/21:00}
        from 2026-10-27: {when: 18:00/20:00}
  - {id: walk, title: Walk, when: [2026-07-04, 2026-07-11]}
  - {id: board, title: Board, when: 2026-08-03 09:00/10:00, visibility: members, public_shows: busy}
"""


@pytest.fixture(name="catalogue")
def _catalogue(tmp_path: Path) -> Catalogue:
    files = {
        "calendars/bakery.yaml": BAKERY,
        "feeds/bakery.yaml": "show: {deadlines: entries}\n",
    }
    checked = check(lay(tmp_path, files), NOW)
    assert checked.catalogue is not None
    return checked.catalogue


def entries(catalogue: Catalogue) -> dict[str, Entry]:
    """Return what stands in the bakery's own feed by what tells its UID from that of others."""
    events = public_events(catalogue, Turns(NOW))
    own = next(feed for feed in plan(catalogue) if feed.id == "bakery")
    bakery = catalogue.by_id["bakery"]
    chosen = select(own, catalogue, events, Turns(NOW)).events
    return {uid(entry, bakery, "example.coop").partition(".bakery@")[0]: entry for entry in chosen}


def test_each_role_is_a_type_with_a_uid_of_its_own(catalogue: Catalogue) -> None:
    assert {name: type(entry) for name, entry in entries(catalogue).items()} == {
        "fair": Event,
        "opening.fair": Session,
        "fair+moved20260905": MovedNotice,
        "fair+registration--closes": ClosingEntry,
        "course": Series,
        "course+20261027": Stretch,
        "course+moved20261020": MovedNotice,
        "course+20261219": FurtherDate,
        "walk": Event,
        "walk+20260711": FurtherDate,
        "20260803T070000Z-20260803T080000Z.busy": BusyTime,
    }


def test_a_notice_has_the_details_of_what_was_moved_at_the_date_where_it_stands(catalogue: Catalogue) -> None:
    notice = entries(catalogue)["course+moved20261020"]
    assert isinstance(notice, MovedNotice)

    assert (notice.of.key, str(notice.day), str(notice.days[0])) == (
        "bakery/course",
        "2026-10-20",
        "2026-10-20",
    )
    assert isinstance(notice.of, Series)
    assert notice.moved_to == notice.of.recurrence.overrides[0].details.when
    assert notice.details.title.say("en") == "Course"


def test_dates_are_on_pages_below_that_of_the_whole_and_stretches_on_it(catalogue: Catalogue) -> None:
    pages = {
        name: page_address(entry)
        for name, entry in entries(catalogue).items()
        if isinstance(entry, Happening)
    }

    assert pages["walk+20260711"] == "/events/bakery/walk/2026-07-11/"
    assert pages["course+20261027"] == pages["course"] == "/events/bakery/course/"
    assert pages["opening.fair"] == "/events/bakery/fair/opening/"


def test_what_has_several_dates_is_told_by_its_type(catalogue: Catalogue) -> None:
    several = {event.key for event in catalogue.events() if has_dates(event)}

    assert several == {
        "bakery/course", "bakery/course+20261027", "bakery/course+20261219", "bakery/walk", "bakery/walk+20260711",
    }  # fmt: skip


def test_days_of_a_series_hold_all_its_dates(catalogue: Catalogue) -> None:
    course = catalogue.events_by_path["bakery", ("course",)]
    assert isinstance(course, Series)

    assert [str(day) for day in course.days] == ["2026-10-06", "2026-10-22"]
    assert sorted(map(str, course.recurrence.days_apart)) == ["2026-10-13", "2026-10-20"]
