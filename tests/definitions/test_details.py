"""Prices, practical matters and languages spoken: what is right is read, what is wrong is told with its place."""

from pathlib import Path

import pytest
from tests.support.checking import lay, problems_of
from tests.support.trees import NOW

from coopcal.compile.pipeline import check
from coopcal.model.event import Event, Series

HEAD = (
    "name: The Bakery\ncountry: BE\nevents:\n  - id: one\n    title: One\n    when: 2026-06-09 19:00/21:00\n"
)


def event_with(root: Path, keys: str) -> Event:
    """Return the event that has these keys, too; nothing is wrong with it."""
    checked = check(lay(root, {"calendars/bakery.yaml": HEAD + keys}), NOW)

    assert checked.catalogue is not None
    assert [each for each in checked.problems if each.severity == "error"] == []
    return checked.catalogue.organisations[0].events[0]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("free", [(None, "free")]),
        ("{fr: gratuit, en: free}", [(None, "free")]),
        ("{for: Members, price: free}", [("Members", "free")]),
        (
            "[{for: {en: Members, fr: Membres}, price: free}, {for: Others, price: {en: 5 euros}}]",
            [("Members", "free"), ("Others", "5 euros")],
        ),
    ],
)
def test_a_price_is_for_all_or_says_for_whom(
    tmp_path: Path, written: str, read: list[tuple[str | None, str]]
) -> None:
    """A text, a text by language, or a list of what each costs."""
    registration = event_with(tmp_path, f"    registration: {{price: {written}}}\n").details.registration

    assert registration is not None
    assert [
        (each.applies and each.applies.say("en"), each.said.say("en")) for each in registration.prices
    ] == read


def test_a_session_and_a_date_take_languages_over_or_say_their_own(tmp_path: Path) -> None:
    """As they do with contacts."""
    event = event_with(
        tmp_path,
        """\
    languages: [fr, en]
    sessions:
      - {id: tea, title: Tea, when: 19:00/19:15}
      - {id: talk, title: Talk, when: 19:15/20:00, languages: nl}
    repeats: {every: week, count: 2, changes: {2026-06-16: {languages: [en]}}}
""",
    )

    assert [each.details.spoken for each in event.details.sessions] == [("fr", "en"), ("nl",)]
    assert isinstance(event, Series)
    assert event.recurrence.overrides[0].details.spoken == ("en",)


def test_an_empty_list_takes_away_what_would_be_taken_over(tmp_path: Path) -> None:
    """A session on site of an event that is online, too, and a date of a course that is online alone."""
    event = event_with(
        tmp_path,
        """\
    where: The mill
    online: https://meet.example.coop/one
    sessions: [{id: tea, title: Tea, when: 19:00/19:15, online: []}]
    repeats: {every: week, count: 2, changes: {2026-06-16: {where: []}}}
""",
    )

    assert event.details.sessions[0].details.online is None
    assert event.details.sessions[0].details.locations == event.details.locations
    assert isinstance(event, Series)
    override = event.recurrence.overrides[0]
    assert (override.details.locations, override.details.online) == ((), event.details.online)


@pytest.mark.parametrize(
    ("keys", "code", "line", "mend"),
    [
        (
            "registration:\n      price:\n        - {for: Members}",
            "missing-key",
            9,
            "add a line such as: price: 10 euros",
        ),
        ("practical:\n      brings: An apron", "unknown-key", 8, "did you mean “bring”?"),
        ("practical: An apron", "not-keys", 7, "write it in lines such as: arrival: Doors open at 18:30."),
        ("bring: An apron", "unknown-key", 7, "what it says may belong under “practical”"),
        ("languages: [French]", "unknown-language", 7, "did you mean “fr”?"),
        ("registration: {waiting_list: perhaps}", "not-yes-or-no", 7, "write “true” or “false”"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, keys: str, code: str, line: int, mend: str
) -> None:
    """And with what to write."""
    found = problems_of(tmp_path, {"calendars/bakery.yaml": f"{HEAD}    {keys}\n"})

    assert [(each.code, each.position.line, each.mend) for each in found if each.severity == "error"] == [
        (code, line, mend)
    ]
