"""Whatever is written under ``repeats``, right or wrong or nearly right: problems in their place, or a sound feed."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support import lint
from tests.support.checking import lay
from tests.support.sweep import sized
from tests.support.trees import NOW

from coopcal.compile.pipeline import compile_site
from coopcal.site.reader import open_site

DAYS = st.sampled_from(
    ["2026-09-08", "2026-09-15", "2026-10-25", "2026-03-29", "1800-01-01", "2200-12-31", "2026-13-01", "''", "x", "summer",
     "2026-09-08/2026-09-15", "2026-09-15 19:00", "2026-09-15 25:00", "{date: 2026-09-15, reason: R}", "[1]", "{}", "2026"]
)  # fmt: skip
WHENS = st.sampled_from(
    ["2026-09-08", "2026-09-08 19:00/21:00", "2026-09-08 02:30", "2026-10-25 02:30+02:00/03:30", "2026-03-29 02:30",
     "2026-09-08 22:00/2026-09-10 04:00", "until 2026-09-08 00:05", "until 2026-09-08 12:00", "2026-09", "2026-09-08 ??:??",
     "19:00/20:00", "2200-12-30", "1800-01-01 10:00", "[2026-09-08, 2026-09-09]", "[{when: 2026-09-08, id: a}, {id: a}]", "[[]]"]
)  # fmt: skip
EVERY = st.sampled_from(
    ["day", "week", "week", "2 weeks", "month", "year", "99 years", "0 days", "''", "[week]", "other week", "{a: b}", "3 mois"]
)  # fmt: skip
ON = st.sampled_from(
    ["Tuesday", "[Monday, Tuesday]", "second Tuesday", "last day", "31", "fifth Friday", "[]", "{}", "and", "first and third Tuesday",
     "-1", "first last Tuesday", "weekdays", "second", "8 and 9"]
)  # fmt: skip
RULES = st.sampled_from(
    ["FREQ=WEEKLY", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=DAILY;COUNT=3", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTHDAY=0",
     "FREQ=MONTHLY;BYDAY=99TU", "FREQ=WEEKLY;UNTIL=99999999", "FREQ=", "=", "FREQ=WEEKLY;INTERVAL=9999999", "FREQ=WEEKLY;WKST=XX",
     "FREQ=YEARLY;BYDAY=MO;BYMONTH=13", "FREQ=YEARLY;BYSETPOS=1;BYDAY=MO", "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU"]
).map("'{}'".format)  # fmt: skip
COUNTS = st.sampled_from(["1", "2", "10", "0", "-1", "999999999", "x", "[]"])
CHANGES = WHENS.map("{{when: {}}}".format) | st.sampled_from(
    ["{status: cancelled}", "{title: T, sessions: [{id: a, title: B, when: 10:00/11:00}]}", "{hours: 10:00/11:00}", "{id: x}",
     "{where: {country: US}}", "{timezone: Asia/Tokyo, when: 10:00}", "x", "[]", "{organisers: [bakery], partners: [{name: X}]}"]
)  # fmt: skip
ENDS = st.sampled_from(
    ["", "    moved_from: 2026-09-01\n", "    visibility: members\n    public_shows: busy\n", "    status: cancelled\n",
     "    sessions: [{id: s, title: S, when: 19:15/19:30}]\n"]
)  # fmt: skip


def listed(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(values, max_size=3).map(lambda items: f"[{', '.join(items)}]")


@st.composite
def repeats(draw: st.DrawFn) -> str:
    """Return a value of ``repeats``."""
    key = st.sampled_from(["{}", "from {}"])
    changes = st.lists(st.tuples(key, DAYS, CHANGES), max_size=3).map(
        lambda found: (
            "{" + ", ".join(f'? "{name.format(day)}" : {change}' for name, day, change in found) + "}"
        )
    )
    parts = {
        "on": ON,
        "weeks": st.sampled_from(["odd", "even", "x", "[]"]),
        "until": DAYS,
        "count": COUNTS,
        "except": listed(DAYS),
        "also": listed(WHENS | DAYS),
        "changes": changes,
    }
    written = [f"{name}: {draw(values)}" for name, values in parts.items() if draw(st.integers(0, 2)) == 0]
    start = f"rule: {draw(RULES)}" if draw(st.integers(0, 5)) == 0 else f"every: {draw(EVERY)}"
    return f"{{{', '.join([start, *written])}}}"


@settings(max_examples=sized(150, sample=18), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WHENS, repeats(), ENDS, st.sampled_from(["tell", "mark", "hide"]))
def test_any_series_gives_problems_or_a_feed(when: str, recurring: str, end: str, policy: str) -> None:
    body = (
        "name: The Bakery\ncountry: BE\nbreaks: {summer: 2026-07-01/2026-09-20}\nevents:\n  - id: e\n    title: T\n"
        f"    when: {when}\n    repeats: {recurring}\n{end}"
    )
    with tempfile.TemporaryDirectory() as folder:
        root = lay(
            Path(folder),
            {"calendars/bakery.yaml": body, "feeds/bakery.yaml": f"show: {{cancelled: {policy}}}\n"},
        )
        outcome = compile_site(root, root / "_site", NOW)
        lines = body.split("\n")
        for problem in outcome.problems:
            if problem.position.path == "calendars/bakery.yaml":
                assert problem.position.end_column <= len(lines[problem.position.line - 1]) + 2
        if outcome.published:
            for feed in open_site(root / "_site").feeds.values():
                assert lint.faults(feed.bodies["identity"].content) == []
