"""The file that the builder of published files writes in the browser is, byte for byte, the one that the server writes."""

from itertools import pairwise
from urllib.parse import urlencode

from tests.support import node

from coopcal.formats.feed_source import feed_id, feed_yaml
from coopcal.model.party import Role
from coopcal.views.filters import Filters, read_filters
from coopcal.web.assets import script

SCRIPTS = [script("index.js"), script("feed_source.js")]
LENGTHS = (
    "",
    "no",
    "P1M",
    "P12M",
    "P1Y2M",
    "P2W",
    "P1M3D",
    "30",
    "0",
    "P0D",
    "P1Y",
    "P",
    "P3",
    "P400D",
    "-1",
)
VALUES: tuple[list[str], ...] = (
    [],
    ["mill"],
    ["bakery", "mill"],
    ["NO", "yes"],
    ["open-doors", "été", "ﬁn \U0001f33b"],
    ["Straße", "Ørsted", 'ıñ"\\\n\t\x7f\u2028'],
    ["a" * 40, "b" * 40],
    ["日本"],
)


def choices() -> list[tuple[dict[str, object], str]]:
    """Return choices with titles: every value in every place, and every length."""
    roles = [[], ["host"], [role.value for role in Role]]
    made: list[tuple[dict[str, object], str]] = []
    for number, length in enumerate(LENGTHS * 3):
        values = [VALUES[(number * step + step) % len(VALUES)] for step in (1, 3, 5)]
        made.append(
            (
                {
                    "organisation": values[0],
                    "tag": values[1],
                    "country": ["BE", "NO"] if number % 3 else [],
                    "role": roles[number % 3],
                    "past": length,
                    "future": LENGTHS[(number * 7) % len(LENGTHS)],
                    "remind": ("", "evening", "PT2H")[number % 3],
                },
                f"Title {values[2]}",
            )
        )
    return made


def asked(choice: dict[str, object]) -> Filters:
    """Return the filters of the address that asks the server for a choice."""
    pairs = [
        (name, value)
        for name, values in choice.items()
        for value in (values if isinstance(values, list) else [values])
        if value
    ]
    filters = read_filters(urlencode(pairs))
    assert isinstance(filters, Filters)
    return filters


def as_chosen(choice: dict[str, object], filters: Filters) -> dict[str, object]:
    """Return a choice with its values as the server has them: in order, each once."""
    return choice | {
        name: list(getattr(filters, name)) for name in ("organisation", "tag", "country", "role")
    }


def test_the_file_and_its_name_are_those_of_the_server() -> None:
    made = [(as_chosen(choice, asked(choice)), asked(choice), title) for choice, title in choices()]

    yaml = node.call(SCRIPTS, "feedSource.yaml", [[choice, title] for choice, _, title in made])
    ids = node.call(SCRIPTS, "feedSource.id", [[choice] for choice, _, _ in made])

    assert yaml == [feed_yaml(filters, title) for _, filters, title in made]
    assert ids == [feed_id(filters) for _, filters, _ in made]
    assert len(set(yaml)) > 30


def test_values_are_in_the_order_of_the_server() -> None:
    values = ["b", "a", "ab", "", "é", "\U0001f33b", "\ufb01", "Z", "z", "aa"]

    orders = node.call(SCRIPTS, "published.byCharacter", list(pairwise(sorted(values))))

    assert all(order < 0 for order in orders)
