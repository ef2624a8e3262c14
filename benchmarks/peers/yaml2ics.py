"""yaml2ics: the same events in its format, compiled into one feed."""

import json
from pathlib import Path

from benchmarks.corpus import TIMEZONE, Corpus, SampleEvent
from benchmarks.cost import Command

PROGRAM = Path(__file__).parents[1] / ".cache/peers/bin/yaml2ics"


def command(corpus: Corpus, folder: Path) -> Command | None:
    """Lay a corpus, and return what compiles it; None where yaml2ics is not installed."""
    if not PROGRAM.exists():
        return None
    folder.mkdir()
    for organisation, events in corpus.by_organisation():
        text = f"name: {organisation}\ntimezone: {TIMEZONE}\nevents:\n" + "".join(
            _source(organisation, event) for event in events
        )
        (folder / f"{organisation}.yaml").write_text(text, encoding="utf-8")
    return [PROGRAM, *sorted(folder.iterdir())]


def _source(organisation: str, event: SampleEvent) -> str:
    text = (
        f"  - summary: {json.dumps(event.title)}\n"
        f"    uid: {event.id}.{organisation}@example.coop\n"
        f"    begin: {event.day} {event.hour:02}:00:00\n"
        f"    end: {event.day} {event.hour + 3}:30:00\n"
        f"    location: Hall {event.hall}, Ghent, BE\n"
        f"    description: {json.dumps(event.description)}\n"
        f"    categories: [{', '.join(event.tags)}]\n"
    )
    if event.weeks > 1:
        text += f"    repeat: {{interval: {{weeks: 1}}, until: {event.last_day}}}\n"
    return text
