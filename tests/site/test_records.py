"""Records survive being written and read."""

from pathlib import Path

from tests.support.trees import compiled, lay

from coopcal.compile.pipeline import check
from coopcal.site.reader import open_site
from coopcal.site.record import EventRecord, TimeRecord
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
  - {id: entry, title: Entry, when: until 2026-11-01 12:00}
  - {id: some, title: Some time, when: 2027-05}
  - {id: open, title: Open, when: "2027-05-01 ??:??", moved_from: 2027-04-24}
"""


def test_every_field_is_written_and_read(tmp_path: Path) -> None:
    """Of every kind of date; an event read from a site equals the one that was written."""
    root = lay(tmp_path, {"calendars/bakery.yaml": BODY})
    compiled(root)
    records = open_site(root / "_site").events
    by_address = {each.address: each for each in records}
    changed = by_address["/events/bakery/course/2026-09-08/"]
    course = by_address["/events/bakery/course/"]

    assert [each.kind for each in records] == ["timed", "timed", "days", "deadline", "day", "imprecise"]
    assert [STORED.loads(EventRecord, STORED.dumps(EventRecord, record)) for record in records] == list(
        records
    )
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
    assert [day.isoformat() for day in course.dates] == ["2026-09-01", "2026-09-15"]
    assert str(changed.day) == "2026-09-08"
    assert changed.parent == course.address
    assert by_address["/events/bakery/fair/"].hours_words["fr"] == "samedi 10:00–18:00, dimanche 11:00–16:00"
    assert by_address["/events/bakery/open/"].moved_from == TimeRecord(
        "2027-04-24", {"en": "Saturday 24 April 2027", "fr": "samedi 24 avril 2027"}
    )


def test_what_says_nothing_takes_no_room(tmp_path: Path) -> None:
    """The smallest event has no empty lists in its record."""
    compiled(
        lay(tmp_path, {"calendars/bakery.yaml": "name: B\nevents: [{id: a, title: A, when: 2027-01-01}]\n"})
    )
    (record,) = open_site(tmp_path / "_site").events

    assert (
        not {"places", "reason", "registration", "dates", "online"} & STORED.write(EventRecord, record).keys()
    )
    assert check(tmp_path, record.modified).sound
