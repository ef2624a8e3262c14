"""Records survive being written and read."""

from pathlib import Path

import pytest
from tests.support.sealed import sealed_anew, version
from tests.support.trees import compiled, lay

from coopcal.compile.pipeline import check
from coopcal.site.details import OnlineRecord, TimeRecord
from coopcal.site.index import FeedEntry
from coopcal.site.layout import SiteError, records_file
from coopcal.site.lines import read_line, write_line
from coopcal.site.reader import open_site
from coopcal.site.record import (
    EventRecord,
    FurtherDateRecord,
    OverrideRecord,
    Record,
    SeriesRecord,
    SessionRecord,
    StretchRecord,
)
from coopcal.site.stored import STORED

REPOSITORY = Path(__file__).parents[2]

BODY = """\
name: The Bakery
full_name: {en: The Bakery cooperative, fr: La Boulangerie}
country: BE
email: hello@bakery.example.coop
places: {shop: {name: The shop, city: Ghent, country: BE, geo: {lat: 51.05, lon: 3.72}, access: {fr: Sonnez}}}
events:
  - id: course
    title: {en: Course, fr: Cours}
    when: 2026-09-01 19:00/21:00
    where: shop
    registration: {url: https://bakery.example.coop/r, opens: 2026-07-01, closes: 2026-08-30 12:00, places: 0, full: yes, waiting_list: yes, price: [{for: Members, price: free}, {for: Others, price: 5 €}]}
    practical: {bring: {en: An apron, fr: Un tablier}, food: Soup}
    languages: [fr, nl]
    contact: {name: Ana, email: ana@bakery.example.coop}
    image: {url: https://bakery.example.coop/i.jpg, alt: Bread}
    hashtag: bread
    repeats: {every: week, count: 3, changes: {2026-09-08: {title: Special, when: 20:00/22:00}}}
  - {id: fair, title: Fair, when: 2026-10-03/2026-10-04, hours: {Saturday: 10:00/18:00, Sunday: 11:00/16:00}}
  - {id: entry, title: Entry, when: until 2026-11-01 12:00, online: {url: "https://bakery.example.coop/inside", for: members}}
  - {id: some, title: Some time, when: 2027-05, online: "https://bakery.example.coop/live"}
  - {id: open, title: Open, when: "2027-05-01 ??:??", moved_from: 2027-04-24}
"""


ROLES = """\
name: The Mill
country: BE
events:
  - id: evenings
    title: Evenings
    when: 2026-09-01 19:00/21:00
    repeats:
      every: week
      count: 8
      also: [2026-09-03 19:00/21:00]
      changes: {2026-09-08: {title: Special}, from 2026-09-29: {title: {en: Late evenings}}}
  - {id: course, title: Course, when: [2026-10-03, {when: 2026-10-10, title: Second day}]}
  - id: congress
    title: Congress
    when: 2026-11-01/2026-11-03
    sessions: [{id: opening, title: Opening, when: 2026-11-01 10:00/11:00}]
"""


@pytest.fixture(scope="module")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> tuple[Record, ...]:
    """Return the records of a site that has every kind of date."""
    root = lay(tmp_path_factory.mktemp("bakery"), {"calendars/bakery.yaml": BODY})
    compiled(root)
    return open_site(root / "_site").events


@pytest.fixture(scope="module")
def mill(tmp_path_factory: pytest.TempPathFactory) -> tuple[Record, ...]:
    """Return the records of a site in which something plays each role."""
    root = lay(tmp_path_factory.mktemp("mill"), {"calendars/bakery.yaml": ROLES})
    compiled(root)
    return open_site(root / "_site").events


def test_every_field_is_written_and_read(bakery: tuple[Record, ...]) -> None:
    """Of every kind of date; an event read from a site equals the one that was written."""
    details = {record.address.removeprefix("/events/bakery/"): record.details for record in bakery}
    course = details["course/"]

    assert [each.details.kind for each in bakery] == [
        "timed",
        "timed",
        "days",
        "deadline",
        "day",
        "imprecise",
    ]
    assert [read_again(record) for record in bakery] == list(bakery)
    assert course.registration is not None
    assert (course.registration.places, course.registration.full) == (0, True)
    assert course.registration.waiting_list
    assert [each.applies["en"] for each in course.registration.prices] == ["Members", "Others"]
    assert [(each.kind, each.said.get("fr")) for each in course.practical] == [
        ("bring", "Un tablier"),
        ("food", None),
    ]
    assert course.spoken == ("fr", "nl")
    assert course.places[0].lat == "51.05"
    assert details["fair/"].hours_words["fr"] == "samedi 10:00–18:00, dimanche 11:00–16:00"
    assert details["some/"].when_words["en"] == "Some time in May 2027"
    assert details["open/"].moved_from == TimeRecord(
        "2027-04-24", {"en": "Saturday 24 April 2027", "fr": "samedi 24 avril 2027"}
    )


def test_where_something_is_online_is_public_only_where_it_may_be(bakery: tuple[Record, ...]) -> None:
    """Of an address for members it is told that there is one."""
    online = {record.path[-1]: record.details.online for record in bakery}

    assert online["some"] == OnlineRecord("https://bakery.example.coop/live")
    assert online["entry"] == OnlineRecord(None)
    assert online["fair"] is None


def test_each_role_is_a_type(mill: tuple[Record, ...]) -> None:
    """A record says what it is, and survives being written and read as just that."""
    roles = [(type(record), record.address.removeprefix("/events/bakery/")) for record in mill]

    assert sorted(roles, key=lambda role: role[1]) == [
        (EventRecord, "congress/"),
        (SessionRecord, "congress/opening/"),
        (EventRecord, "course/"),
        (FurtherDateRecord, "course/2026-10-10/"),
        (SeriesRecord, "evenings/"),
        (FurtherDateRecord, "evenings/2026-09-03/"),
        (OverrideRecord, "evenings/2026-09-08/"),
        (StretchRecord, "evenings/2026-09-29/"),
    ]
    assert [read_again(record) for record in mill] == list(mill)


def test_a_record_holds_what_its_role_has(mill: tuple[Record, ...]) -> None:
    """Days are those on which nothing differs; what is a date or a part knows the page of its whole."""
    for record in mill:
        match record:
            case SeriesRecord(dates=days):
                assert [f"{day}" for day in days] == ["2026-09-01", "2026-09-15", "2026-09-22"]
            case StretchRecord(dates=days, page=page):
                assert [f"{day:%m-%d}" for day in days] == ["09-29", "10-06", "10-13", "10-20"]
                assert page == "/events/bakery/evenings/"
            case OverrideRecord(day=day, whole=whole):
                assert (f"{day}", whole) == ("2026-09-08", "/events/bakery/evenings/")
            case SessionRecord(above=above):
                assert above == "/events/bakery/congress/"
            case EventRecord(path=("congress",), sessions=sessions):
                assert sessions == ("/events/bakery/congress/opening/",)


@pytest.mark.parametrize("row", ["event", {}, {"role": "visit"}, {"role": ["event"]}, {"role": "event"}])
def test_what_has_no_role_is_no_record(row: object) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        STORED.form(Record).read(row)


def test_what_says_nothing_takes_no_room(tmp_path: Path) -> None:
    """The smallest event has no empty lists in its record."""
    compiled(
        lay(tmp_path, {"calendars/bakery.yaml": "name: B\nevents: [{id: a, title: A, when: 2027-01-01}]\n"})
    )
    (record,) = open_site(tmp_path / "_site").events
    written = STORED.write(Record, record)

    assert not {"sessions", "whole_title", "series", "former"} & written.keys()
    assert not {"places", "reason", "registration", "when_words", "online"} & written["details"].keys()
    assert check(tmp_path, record.modified).sound


def read_again(record: Record) -> object:
    """Return what is read of a record as it is written."""
    return STORED.form(Record).read(STORED.write(Record, record))


def test_a_line_names_the_feeds_that_select_its_record(mill: tuple[Record, ...]) -> None:
    """Those of any role; a record that no feed selects is written as it is."""
    for record in mill:
        assert read_line(write_line(record, ["all", "bakery"])) == (record, ["all", "bakery"])
        assert write_line(record) == STORED.dumps(Record, record)


def test_a_feed_knows_what_it_selects_whatever_its_window(tmp_path: Path) -> None:
    """By the lines of records; an archive and a translation have none of their own."""
    files = {
        "feeds/doors.yaml": "title: Doors\nselect: {tags: [open-doors]}\nwindow: {past: 1 month, future: 1 month}\n"
    }
    root = lay(tmp_path, files)
    compiled(root)
    site = open_site(root / "_site")

    def selected(entry: FeedEntry) -> list[str]:
        return [site.events[number].address for number in entry.events]

    assert selected(site.feeds["all"]) == ["/events/bakery/open-day/", "/events/bakery/assembly/"]
    assert selected(site.feeds["doors"]) == ["/events/bakery/open-day/"]
    assert selected(site.archives["all", 2026]) == selected(site.translations["all", "fr"]) == []


def test_a_record_in_a_feed_that_is_not_there_is_damage(tmp_path: Path) -> None:
    root = lay(tmp_path)
    compiled(root)
    records = version(root) / records_file(0)
    sealed_anew(root, records_file(0), records.read_bytes().replace(b'["all",', b'["nowhere",'))

    with pytest.raises(SiteError, match="not there"):
        open_site(root / "_site")
