"""Two events of one organisation at the same time and place; as of 1 June 2026."""

from pathlib import Path

from tests.support.checking import places, problems_of

COURSE = "id: course, title: Course, when: 2026-09-15 18:30/21:00, where: The mill"


def clashes(folder: Path, *events: str) -> list[tuple[int, str]]:
    listed = "".join(f"  - {{{event}}}\n" for event in events)
    found = problems_of(
        folder, {"calendars/bakery.yaml": f"name: The Bakery\ncountry: BE\nevents:\n{listed}"}
    )
    return [(each.position.line, each.message) for each in found if each.code == "same-time-and-place"]


def test_events_that_overlap_at_a_place_are_told(tmp_path: Path) -> None:
    """Those that begin together, or of which one begins while the other goes on, and goes on longer."""
    message = "“board” is at the same time and place as “course” (calendars/bakery.yaml, line 4): 2026-09-15"

    assert clashes(
        tmp_path / "1", COURSE, "id: board, title: Board, when: 2026-09-15 18:30, where: the Mill"
    ) == [(5, message)]
    assert clashes(
        tmp_path / "2", COURSE, "id: board, title: Board, when: 2026-09-15 20:00/22:00, where: The mill"
    ) == [(5, message)]


def test_what_is_apart_or_within_is_let_be(tmp_path: Path) -> None:
    """Another time, room or title; a talk within an open day; what is cancelled, past or without a certain place."""
    for number, other in enumerate(
        (
            "when: 2026-09-15 21:00/22:00, where: The mill",
            "when: 2026-09-15 19:00/20:00, where: The mill",
            "when: 2026-09-15 20:00/22:00, where: The yard",
            "when: 2026-09-15 20:00/22:00",
            "when: 2026-09-15 20:00/22:00, where: The mill, status: cancelled",
            "when: 2026-09-15, where: The mill",
        )
    ):
        assert clashes(tmp_path / str(number), COURSE, f"id: board, title: Board, {other}") == [], other
    in_ghent = "when: 2026-09-15 18:30/21:00, where: {city: Ghent}"

    assert clashes(tmp_path / "city", f"id: a, title: A, {in_ghent}", f"id: b, title: B, {in_ghent}") == []
    past = "when: 2026-05-15 18:30/21:00, where: The mill"

    assert clashes(tmp_path / "past", f"id: a, title: A, {past}", f"id: b, title: B, {past}") == []


def test_what_is_alike_is_told_as_that(tmp_path: Path) -> None:
    """One problem is enough for an event that was written twice."""
    one = "title: Course, when: 2026-09-15 18:30/21:00, where: The mill"

    assert clashes(tmp_path, f"id: a, {one}", f"id: b, {one}") == []


def test_without_any_place_only_the_very_same_time_is_told(tmp_path: Path) -> None:
    """Both ends known."""
    same = "when: 2026-09-15 18:30/21:00"

    assert clashes(tmp_path / "1", f"id: a, title: A, {same}", f"id: b, title: B, {same}") == [
        (
            5,
            "“b” is at the same time as “a” (calendars/bakery.yaml, line 4): 2026-09-15; where the two are is not told",
        )
    ]
    assert (
        clashes(tmp_path / "2", f"id: a, title: A, {same}", "id: b, title: B, when: 2026-09-15 18:30") == []
    )


def test_one_meeting_room_online_holds_one_meeting(tmp_path: Path) -> None:
    """By its address."""
    one = "id: a, title: A, when: 2026-09-15 18:30/20:00, online: https://meet.example/a"
    other = "id: b, title: B, when: 2026-09-15 19:30/21:00, online: https://meet.example/"

    assert clashes(tmp_path / "1", one, other + "a")
    assert clashes(tmp_path / "2", one, other + "b") == []


def test_dates_of_series_count_once_a_pair(tmp_path: Path) -> None:
    """Those excepted or moved do not; further and changed dates do."""
    weekly = "id: a, title: A, when: 2026-06-02 19:00/21:00, where: The mill, repeats: {every: week, until: 2026-12-31"
    monthly = (
        "id: b, title: B, when: 2026-06-09 20:00/22:00, where: The mill, "
        "repeats: {every: month, on: second Tuesday, until: 2026-12-31}"
    )

    assert [message.split(": ")[1] for _, message in clashes(tmp_path / "1", weekly + "}", monthly)] == [
        "2026-06-09, 2026-07-14, 2026-08-11 and 4 more"
    ]
    out = ", except: [2026-06-09/2026-11-30], changes: {2026-12-08: 2026-12-09}}"

    assert clashes(tmp_path / "2", weekly + out, monthly) == []
    moved = ", except: [2026-06-09/2026-11-30], changes: {2026-12-01: 2026-12-08 20:30/22:30, 2026-12-08: 2026-12-10}}"

    assert [message.split(": ")[1] for _, message in clashes(tmp_path / "3", weekly + moved, monthly)] == [
        "2026-12-08"
    ]


def test_times_are_held_against_each_other_as_moments(tmp_path: Path) -> None:
    """Seven in the evening in Lisbon is eight in Brussels; a night goes on on the next day."""
    room = "online: https://meet.example/a"

    assert clashes(
        tmp_path / "1",
        f"id: a, title: A, when: 2026-09-15 20:00/21:00, {room}",
        f"id: b, title: B, when: 2026-09-15 19:00/20:00, timezone: Europe/Lisbon, {room}",
    )
    assert clashes(
        tmp_path / "2",
        f"id: a, title: A, when: 2026-09-15 22:00/2026-09-16 01:00, {room}",
        f"id: b, title: B, when: 2026-09-16 00:30/02:00, {room}",
    )


def test_an_event_and_its_own_sessions_are_one(tmp_path: Path) -> None:
    """Sessions go on side by side at the place of their event, but not in one room; nor does another event."""
    fair = "id: fair, title: Fair, when: 2026-09-12, where: The mill, sessions: [{}, {}]"
    one, other = "{{id: x, title: X, when: 10:00/12:00{}}}", "{{id: y, title: Y, when: 11:00/13:00{}}}"
    room = ", where: The oven room"

    assert clashes(tmp_path / "1", fair.format(one.format(""), other.format(""))) == []
    assert [
        line for line, _ in clashes(tmp_path / "2", fair.format(one.format(room), other.format(room)))
    ] == [4]
    course = "id: course, title: Course, when: 2026-09-12 11:30/14:00, where: The mill"

    assert len(clashes(tmp_path / "3", fair.format(one.format(""), other.format("")), course)) == 2


def test_organisations_do_not_clash_with_each_other(tmp_path: Path) -> None:
    """Their places may have the same name."""
    text = "name: {}\ncountry: BE\nevents: [{{id: {}, title: {}, when: 2026-09-12 10:00/12:00, where: The hall}}]\n"
    files = {f"calendars/{each}.yaml": text.format(each, each, each) for each in ("bakery", "dairy")}

    assert places(problems_of(tmp_path, files), "same-time-and-place") == []


def test_many_at_once_are_told_within_bounds(tmp_path: Path) -> None:
    """A file copied many times is told of, not a problem for each pair."""
    events = [f"id: e{n}, title: E{n}, when: 2026-09-15 10:00/12:00, where: The mill" for n in range(200)]

    assert len(clashes(tmp_path, *events)) == 50
