"""A tree of many events, for benchmarks."""

from pathlib import Path

ORGANISATIONS = 20
SITE = """\
title: Benchmark
uid_domain: example.coop
base_url: https://calendars.example.coop
languages: [en]
timezone: Europe/Brussels
"""
EVENT = """\
  - id: event-{number}
    title: Event {number} of many
    when: {year}-{month:02}-{day:02} 1{hour}:00/18:30
    where: {{name: Hall {hour}, city: Ghent, country: BE}}
    description: |
      Come and *taste*, see [our page](https://bakery.example.coop/open), and bring a friend who has not
      been here before. There is bread, and there are people to ask how it was made.
    tags: [open-doors, hall-{hour}]
"""


def lay(root: Path, count: int) -> None:
    """Write a tree of ``count`` events over ten years."""
    (root / "calendars").mkdir(parents=True)
    (root / "coopcal.yaml").write_text(SITE, encoding="utf-8")
    for organisation in range(ORGANISATIONS):
        events = "".join(
            EVENT.format(
                number=number,
                year=2020 + number % 10,
                month=number % 12 + 1,
                day=number % 28 + 1,
                hour=number % 8,
            )
            for number in range(count // ORGANISATIONS)
        )
        text = f"name: Organisation {organisation}\ncountry: BE\nevents:\n{events}"
        (root / f"calendars/org-{organisation}.yaml").write_text(text, encoding="utf-8")
