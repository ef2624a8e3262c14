"""Made-up federations, the same on every machine: how many events of how many organisations, and of which kind.

An event is laid in the format of whoever is to read it: coopcal here, others in `peers`.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

Kind = Literal["plain", "series", "sessions", "languages"]

KINDS: tuple[Kind, ...] = ("plain", "series", "sessions", "languages")
LANGUAGES = ("en", "fr", "nl")
FIRST_DAY = date(2020, 1, 6)
DAYS = 3_600
TIMEZONE = "Europe/Brussels"
WORDS = (  # noqa: SIM905 - a list of words is read more easily as words
    "assembly baker bread bring choose common cooperative decide evening federation friend garden "
    "harvest invite kitchen learn member mill neighbour open orchard paint plan room share shop "
    "solar taste together vote walk welcome wind workshop year"
).split()


@dataclass(frozen=True)
class Corpus:
    """A federation: the number of its events and organisations, what they are like, and the seed of all chance."""

    events: int
    organisations: int
    kind: Kind = "plain"
    seed: int = 1

    def by_organisation(self) -> Iterator[tuple[str, list["SampleEvent"]]]:
        """Yield the id of each organisation, with its events."""
        share, rest = divmod(self.events, self.organisations)
        for number in range(self.organisations):
            organisation = f"org-{number}"
            chance = random.Random(f"{self.seed} {organisation}")
            count = share + (number < rest)
            yield organisation, [_sample(index, self.kind, chance) for index in range(count)]


@dataclass(frozen=True)
class SampleEvent:
    """A made-up event of one day; ``weeks`` is how often a series recurs, 1 for what takes place once."""

    id: str
    title: str
    day: date
    hour: int
    hall: int
    description: str
    kind: Kind
    weeks: int

    @property
    def tags(self) -> list[str]:
        """Return two tags."""
        return ["open-doors", f"hall-{self.hall}"]

    @property
    def last_day(self) -> date:
        """Return the day of the last occurrence."""
        return self.day + timedelta(weeks=self.weeks - 1)


def usual(events: int, kind: Kind = "plain", seed: int = 1) -> Corpus:
    """Return a corpus of fifty events an organisation, between 20 and 2,000 organisations (500 events at 1,000,000)."""
    return Corpus(events, min(max(events // 50, 20), 2_000, events), kind, seed)


def _sample(index: int, kind: Kind, chance: random.Random) -> SampleEvent:
    recurs = kind == "series" and index % 5 == 0
    return SampleEvent(
        id=f"event-{index}",
        title=f"{chance.choice(WORDS).capitalize()} and {chance.choice(WORDS)} {index}",
        day=FIRST_DAY + timedelta(days=chance.randrange(DAYS)),
        hour=chance.randrange(8, 18),
        hall=chance.randrange(8),
        description=f"Come and *{chance.choice(WORDS)}*, see [our page](https://bakery.example.coop/open). "
        + " ".join(chance.choice(WORDS) for _ in range(30)),
        kind=kind,
        weeks=chance.randrange(10, 50) if recurs else 1,
    )


def lay(corpus: Corpus, root: Path) -> None:
    """Write a corpus as the sources of coopcal."""
    (root / "calendars").mkdir(parents=True)
    languages = LANGUAGES if corpus.kind == "languages" else LANGUAGES[:1]
    (root / "coopcal.yaml").write_text(
        f"title: Benchmark\nuid_domain: example.coop\nbase_url: https://calendars.example.coop\n"
        f"languages: [{', '.join(languages)}]\ntimezone: {TIMEZONE}\n",
        encoding="utf-8",
    )
    for organisation, events in corpus.by_organisation():
        text = f"name: {organisation.capitalize()}\ncountry: BE\nevents:\n" + "".join(map(_source, events))
        source_of(root, organisation).write_text(text, encoding="utf-8")


def source_of(root: Path, organisation: str) -> Path:
    """Return the file of an organisation."""
    return root / "calendars" / f"{organisation}.yaml"


def _source(event: SampleEvent) -> str:
    lines = [
        f"  - id: {event.id}",
        f"    title: {_text(event.title, event.kind)}",
        f"    when: {event.day} {event.hour:02}:00/{event.hour + 3}:30",
        f"    where: {{name: Hall {event.hall}, city: Ghent, country: BE}}",
        f"    description: {_text(event.description, event.kind)}",
        f"    tags: [{', '.join(event.tags)}]",
    ]
    if event.weeks > 1:
        lines.append(f"    repeats: {{every: week, until: {event.last_day}}}")
    if event.kind == "sessions":
        lines.append("    sessions:")
        lines += [
            f"      - {{id: part-{part}, title: Part {part}, when: {event.hour + part:02}:00/{event.hour + part:02}:45}}"
            for part in range(3)
        ]
    return "\n".join(lines) + "\n"


def _text(text: str, kind: Kind) -> str:
    if kind != "languages":
        return json.dumps(text)
    return (
        "{" + ", ".join(f"{language}: {json.dumps(f'{text} ({language})')}" for language in LANGUAGES) + "}"
    )
