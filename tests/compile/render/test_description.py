"""What calendars show below the title: everything that they have no field for, said so that it reads well."""

from pathlib import Path

import icalendar
import pytest
from tests.support.trees import SITE, compiled, lay

from coopcal.site.reader import open_site

HEAD = "name: The Bakery\ncountry: BE\nevents:\n"


def described(root: Path, events: str, language: str = "en") -> dict[str, str]:
    """Return the descriptions of what the bakery's feed holds, by day and title."""
    site = (
        SITE.replace("[en, fr]", f"[{', '.join(dict.fromkeys((language, 'en', 'fr')))}]")
        + "groups: [board]\n"
    )
    compiled(lay(root, {"coopcal.yaml": site, "calendars/bakery.yaml": HEAD + events}))
    content = open_site(root / "_site").feeds["bakery"].bodies["identity"].content
    return {
        f"{event['DTSTART'].dt:%Y-%m-%d} {event['SUMMARY']}": str(event.get("DESCRIPTION", ""))
        for event in icalendar.Calendar.from_ical(content).walk("VEVENT")
    }


def test_dates_in_a_row_that_are_left_out_for_one_reason_are_told_together(tmp_path: Path) -> None:
    """A summer of a weekly shift is one line; a date that stands in between parts it."""
    found = described(
        tmp_path,
        """\
  - id: shift
    title: Shift
    when: 2026-06-03 18:00/21:00
    repeats:
      every: week
      until: 2026-09-30
      except:
        - {date: 2026-06-03, reason: Holidays}
        - {date: 2026-07-01/2026-07-29, reason: Holidays}
        - {date: 2026-08-12, reason: Holidays}
        - {date: 2026-08-19, reason: Repairs}
        - 2026-08-26
""",
    )

    assert found["2026-06-10 Shift"].splitlines()[:7] == [
        "Every Wednesday, 18:00–21:00, until 30 September 2026; not on 26 August.",
        "",
        "Not on Wednesday 3 June 2026: Holidays",
        "Not from Wednesday 1 July 2026 to Wednesday 29 July 2026: Holidays",
        "Not on Wednesday 12 August 2026: Holidays",
        "Not on Wednesday 19 August 2026: Repairs",
        "",
    ]


def test_a_date_of_a_series_tells_its_own_sessions_or_the_usual_ones(tmp_path: Path) -> None:
    """Only where a date has other times are the usual sessions left out, as they may not fit."""
    found = described(
        tmp_path,
        """\
  - id: assembly
    title: Assembly
    when: 2026-06-09 19:00/21:00
    sessions: [{id: tea, title: Tea, when: 19:00/19:15}]
    repeats:
      every: week
      until: 2026-06-30
      also: [2026-07-01]
      changes:
        2026-06-16: {sessions: [{id: rota, title: The rota, when: 20:00/20:30}]}
        2026-06-23: {hashtag: summer}
        2026-06-30: {when: 18:00/19:00}
""",
    )

    assert "Programme:\n- 19:00–19:15: Tea" in found["2026-06-09 Assembly"]
    assert "Programme:\n- 20:00–20:30: The rota" in found["2026-06-16 Assembly"]
    assert "Programme:\n- 19:00–19:15: Tea" in found["2026-06-23 Assembly"]
    assert "Programme" not in found["2026-06-30 Assembly"]
    assert "Programme:\n- Wednesday 1 July 2026, 19:00–19:15: Tea" in found["2026-07-01 Assembly"]


def test_a_hidden_session_of_one_date_stays_hidden(tmp_path: Path) -> None:
    """What only the board may see is in no programme, neither of a date in a list nor of a change."""
    secret = "sessions: [{id: pay, title: Pay, when: 19:30/19:45, visibility: board}]"
    found = described(
        tmp_path,
        f"""\
  - id: course
    title: Course
    when: [2026-06-04 19:00/20:30, {{when: 2026-06-11 19:00/20:30, {secret}}}]
  - id: assembly
    title: Assembly
    when: 2026-06-09 19:00/21:00
    repeats: {{every: week, count: 3, changes: {{2026-06-16: {{{secret}}}}}}}
""",
    )

    assert len(found) == 4
    assert not any("Pay" in said for said in found.values())


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("status: tentative", "To be confirmed."),
        ("online: {url: 'https://meet.example.coop/', for: members}", "Online: for members"),
        ("registration: {url: 'mailto:hello@example.coop'}", "Registration: hello@example.coop"),
        ("registration: {url: 'mailto:hello@example.coop?subject=Yes'}", "Registration: mailto:hello@example.coop?subject=Yes"),
        ("partners: [{name: The Choir, url: 'https://choir.example.org/'}]", "Partners: The Choir (https://choir.example.org/)"),
    ],
)  # fmt: skip
def test_nothing_that_is_written_is_kept_from_readers(tmp_path: Path, key: str, said: str) -> None:
    """A status that clients do not show, where else it is, and who outsiders are stand in words."""
    found = described(tmp_path, f"  - id: one\n    title: One\n    when: 2026-06-09 19:00\n    {key}\n")

    assert said in found["2026-06-09 One"].splitlines()


EVERYTHING = """\
  - id: one
    title: One
    when: 2026-06-09 19:00
    practical: {accessibility: E, childcare: D, food: C, bring: B, arrival: A}
    languages: [fr, nl]
    registration: {places: 4, waiting_list: true, price: [{for: Members, price: free}, {for: Others, price: 5}]}
"""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            (
                "Arrival: A\nPlease bring: B\nFood and drink: C\nChildcare: D\nAccessibility: E\n"
                "Languages spoken: French and Dutch\n\n"
                "Places: 4\nWaiting list once it is full\nPrice:\n- Members: free\n- Others: 5\n\n"
            ),
        ),
        (
            "fr",
            (
                "Arrivée : A\nÀ apporter : B\nRepas et boissons : C\nGarde d’enfants : D\nAccessibilité : E\n"
                "On y parle : français et néerlandais\n\n"
                "Places : 4\nListe d’attente une fois complet\nPrix :\n- Members : free\n- Others : 5\n\n"
            ),
        ),
        (
            "de",
            (
                "Einlass: A\nBitte mitbringen: B\nEssen und Trinken: C\nKinderbetreuung: D\nBarrierefreiheit: E\n"
                "Gesprochen wird: Französisch und Niederländisch\n\n"
                "Plätze: 4\nWarteliste, wenn alles belegt ist\nPreis:\n- Members: free\n- Others: 5\n\n"
            ),
        ),
    ],
)
def test_what_those_who_come_want_to_know_stands_in_their_language(
    tmp_path: Path, language: str, said: str
) -> None:
    """Always in the same order, however it is written."""
    assert described(tmp_path, EVERYTHING, language)["2026-06-09 One"].startswith(said)


def test_what_is_full_says_whether_one_may_wait(tmp_path: Path) -> None:
    """The one line instead of the other."""
    events = "  - {id: one, title: One, when: 2026-06-09, registration: {full: true, waiting_list: true}}\n"

    assert described(tmp_path, events)["2026-06-09 One"].startswith("Fully booked; there is a waiting list\n")


def test_a_deadline_says_when_it_is(tmp_path: Path) -> None:
    """Calendars show a quarter of an hour before it; one that recurs says its time of day."""
    found = described(
        tmp_path,
        """\
  - {id: once, title: Once, when: until 2026-06-09 18:00}
  - {id: often, title: Often, when: until 2026-06-10 12:00, repeats: {every: week, count: 3}}
""",
        "fr",
    )

    assert found["2026-06-09 Once"].startswith("Date limite : mardi 9 juin 2026, 18:00\n")
    assert found["2026-06-10 Often"].splitlines()[:3] == [
        "Tous les mercredis, au plus tard à 12:00, 3 fois, jusqu’au 24 juin 2026.",
        "",
        "Date limite : 12:00",
    ]


def test_deadlines_and_moves_elsewhere_say_whose_time_it_is(tmp_path: Path) -> None:
    """What is at home does not; days have no zone."""
    found = described(
        tmp_path,
        """\
  - {id: entry, title: Entry, when: until 2026-08-03 12:00, timezone: Asia/Tokyo}
  - {id: near, title: Near, when: until 2026-08-03 12:00}
  - id: fair
    title: Fair
    when: 2026-08-04/2026-08-05
    where: {city: Kyoto, country: JP}
    registration: {opens: 2026-07-01, closes: 2026-08-01 12:00}
  - id: web
    title: Web
    when: 2026-08-06
    online: https://meet.example.org/
    registration: {closes: 2026-08-01 12:00}
  - {id: home, title: Home, when: 2026-08-07, registration: {closes: 2026-08-01 12:00}}
  - id: far
    title: Far
    when: 2026-08-10 09:00/10:00
    timezone: Asia/Tokyo
    repeats: {every: week, count: 2, changes: {2026-08-17: {when: 2026-08-19 11:00/12:00}}}
""",
    )
    lines = {title[11:]: said.splitlines() for title, said in found.items()}

    assert "Deadline: Monday 3 August 2026, 12:00 (Japan Time)" in lines["Entry"]
    assert "Deadline: Monday 3 August 2026, 12:00" in lines["Near"]
    assert "Registration opens: Wednesday 1 July 2026" in lines["Fair"]
    assert "Registration closes: Saturday 1 August 2026, 12:00 (Japan Time)" in lines["Fair"]
    assert "Registration closes: Saturday 1 August 2026, 12:00 (Central European Time)" in lines["Web"]
    assert "Registration closes: Saturday 1 August 2026, 12:00" in lines["Home"]
    assert "Time: Wednesday 19 August 2026, 11:00–12:00 (Japan Time)" in lines["Far"]


def test_a_session_on_other_clocks_says_whose_time_it_is(tmp_path: Path) -> None:
    """One on the clocks of its event does not, as the event says so."""
    found = described(
        tmp_path,
        """\
  - id: course
    title: Course
    when: [2026-08-04 09:00/18:00, 2026-08-11 09:00/18:00]
    timezone: Asia/Tokyo
    sessions:
      - {id: tea, title: Tea, when: 09:00/10:00}
      - {id: call, title: Call, when: 2026-08-04 06:00/07:00, timezone: Europe/Brussels}
""",
    )
    lines = found["2026-08-04 Course"].splitlines()

    assert "- 09:00–10:00: Tea" in lines
    assert "- 06:00–07:00 (Central European Time): Call" in lines
