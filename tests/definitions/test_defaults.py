"""Defaults of an organisation: read once, so that one mistake in them is one problem and costs no event."""

from pathlib import Path

import pytest
from tests.support.trees import NOW, lay

from coopcal.compile.pipeline import check
from coopcal.model.event import Event
from coopcal.model.happening import Status
from coopcal.model.party import Party
from coopcal.model.problem import Problem, Severity

SITE = (
    "uid_domain: example.coop\ntimezone: Europe/Brussels\nlanguages: [en]\ngroups: [board]\ntags: [bread]\n"
)
EVENTS = """\
events:
  - {id: one, title: One, when: 2026-05-12 09:00/10:00}
  - {id: two, title: Two, when: 2026-06-12}
  - id: three
    title: Three
    when: 2026-07-12 09:00/17:00
    sessions: [{id: opening, title: Opening, when: 09:00/09:30}]
"""


def decoded(root: Path, defaults: str, events: str = EVENTS) -> tuple[list[Event], list[Problem]]:
    """Return the events of an organisation with these defaults, and all errors."""
    organisation = f"name: The Bakery\ndefaults: {defaults}\n{events}"
    checked = check(lay(root, {"coopcal.yaml": SITE, "calendars/bakery.yaml": organisation}), NOW)
    assert checked.catalogue is not None
    errors = [each for each in checked.problems if each.severity is Severity.ERROR]
    return list(checked.catalogue.organisations[0].events), errors


@pytest.mark.parametrize(
    ("defaults", "code"),
    [
        ("{where: nowhere}", "unknown-place"),
        ("{where: {city: Rome, country: Italy}}", "unknown-country"),
        ("{timezone: Europe/Brusels}", "unknown-timezone"),
        ("{timezone: CET, where: {country: US}}", "unknown-timezone"),
        ("{also_in: [Mars]}", "unknown-timezone"),
        ("{online: nowhere}", "bad-url"),
        ("{organisers: The Choir}", "bad-id"),
        ("{hosts: [cicopa, cicopa]}", "same-party-twice"),
        ("{tags: [loaf]}", "unknown-tag"),
        ("{languages: english}", "unknown-language"),
        ("{contact: office}", "unknown-contact"),
        ("{hashtag: two words}", "bad-hashtag"),
        ("{image: {alt: Nothing}}", "file-or-url"),
        ("{status: abgesagt}", "unknown-word"),
        ("{shows_as: perhaps}", "unknown-word"),
        ("{visibility: everybody-else}", "unknown-group"),
        ("{public_shows: title, visibility: members}", "unknown-word"),
        ("{draft: perhaps}", "not-yes-or-no"),
        ("{series: The School}", "bad-id"),
        ("{hours: from ten}", "bad-hours"),
        ("{publish_from: soon}", "not-known-yet"),
        ("{registration: {opens: 2026-03}}", "bad-date"),
        ("{registration: {places: many}}", "not-a-number"),
        ("{practical: {bring: []}}", "not-text"),
        ("{links: [{label: Here, url: nowhere}]}", "bad-url"),
        ("{title: []}", "not-text"),
        ("{tag: [bread]}", "unknown-key"),
        ("{id: one}", "unknown-key"),
        ("nothing", "not-keys"),
    ],
)
def test_one_mistake_is_one_problem_and_loses_no_event(tmp_path: Path, defaults: str, code: str) -> None:
    events, errors = decoded(tmp_path, defaults)

    assert [problem.code for problem in errors if problem.code != "unknown-organisation"] == [code]
    assert [event.path[0] for event in events] == ["one", "two", "three"]
    assert events[2].details.sessions


def test_what_is_wrong_is_inherited_by_none_and_the_rest_by_all(tmp_path: Path) -> None:
    events, _ = decoded(
        tmp_path, "{organisers: The Choir, status: tentative, where: Ghent, tags: [brea d, bread]}"
    )

    for event in events:
        assert [(party.role, party.organisation) for party in event.details.parties] == [
            ("organiser", "bakery")
        ]
        assert event.details.status is Status.TENTATIVE
        assert [place.name.say("en") for place in event.details.locations if place.name] == ["Ghent"]
        assert event.details.tags == ("bread",)


def test_a_visibility_that_cannot_be_read_shows_events_to_nobody(tmp_path: Path) -> None:
    events, _ = decoded(tmp_path, "{visibility: everybody-else}")

    assert [event.visibility for event in events] == [frozenset({""})] * 3


def test_what_an_event_says_itself_is_not_inherited(tmp_path: Path) -> None:
    own = "{id: one, title: One, when: 2026-05-12, online: [], tags: [], hosts: [{name: The Choir}], status: confirmed}"
    defaults = (
        "{online: https://example.org/room, tags: [bread], hosts: [{name: The Mill}], status: tentative}"
    )
    (event,), errors = decoded(tmp_path, defaults, f"events: [{own}]\n")
    hosts = [party for party in event.details.parties if isinstance(party, Party) and party.role == "host"]

    assert errors == []
    assert (event.details.online, event.details.tags, event.details.status) == (None, (), Status.CONFIRMED)
    assert [host.name.say("en") for host in hosts if host.name] == ["The Choir"]


def test_moments_are_those_of_the_zone_of_each_event(tmp_path: Path) -> None:
    events, errors = decoded(
        tmp_path,
        "{registration: {closes: 2026-03-01 12:00}, publish_from: 2026-02-01 08:00}",
        """\
events:
  - {id: here, title: Here, when: 2026-05-12 09:00/10:00}
  - {id: there, title: There, when: 2026-05-12 09:00/10:00, where: {city: Tokyo, country: JP}}
""",
    )
    closes = [
        event.details.registration.closes.isoformat()
        for event in events
        if event.details.registration and event.details.registration.closes
    ]

    assert errors == []
    assert closes == ["2026-03-01T12:00:00+01:00", "2026-03-01T12:00:00+09:00"]
    assert [event.publish_from.isoformat() for event in events if event.publish_from] == [
        "2026-02-01T08:00:00+01:00",
        "2026-02-01T08:00:00+09:00",
    ]


def test_a_moment_that_one_zone_lacks_costs_the_events_in_that_zone_alone(tmp_path: Path) -> None:
    events, errors = decoded(
        tmp_path,
        "{registration: {closes: 2026-03-29 02:30}}",
        """\
events:
  - {id: here, title: Here, when: 2026-05-12 09:00/10:00}
  - {id: there, title: There, when: 2026-05-12 09:00/10:00, where: {city: Tokyo, country: JP}}
""",
    )

    assert [problem.code for problem in errors] == ["no-such-time"]
    assert [event.path[0] for event in events] == ["there"]


def test_opening_hours_are_for_whole_days_and_for_the_dates_that_an_event_has(tmp_path: Path) -> None:
    events, errors = decoded(tmp_path, "{hours: {2026-06-12: 10:00/18:00, 2026-12-24: 10:00/14:00}}")
    hours = [getattr(event.details.when, "hours", ()) for event in events]

    assert errors == []
    assert [len(each) for each in hours] == [0, 1, 0]


def test_what_the_public_sees_of_hidden_events_is_no_mistake_of_a_public_one(tmp_path: Path) -> None:
    events, errors = decoded(
        tmp_path,
        "{visibility: members, public_shows: busy}",
        """\
events:
  - {id: hidden, title: Hidden, when: 2026-05-12 09:00/10:00}
  - {id: open, title: Open, when: 2026-05-12 09:00/10:00, visibility: public}
""",
    )

    assert errors == []
    assert [event.public_shows_busy for event in events] == [True, False]
