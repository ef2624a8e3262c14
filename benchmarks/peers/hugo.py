"""Hugo: the same events as its content, built into a page for each, a page and a feed for each organisation, and a combined feed."""

import json
import shutil
from pathlib import Path

from benchmarks.corpus import Corpus, SampleEvent
from benchmarks.cost import Command

CONFIG = """\
baseURL = "https://calendars.example.coop/"
title = "Benchmark"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404"]
[outputs]
home = ["HTML", "Calendar"]
section = ["HTML", "Calendar"]
"""
SINGLE = (
    "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>"
    "<p>{{ .Params.begin }} {{ .Params.location }}</p>{{ .Content }}\n"
)
LIST = (
    "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1><ul>{{ range first 50 .RegularPagesRecursive }}"
    '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Params.begin }}</li>{{ end }}</ul>\n'
)
FEED = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//peer//peer//EN
{{ range .RegularPagesRecursive }}BEGIN:VEVENT
UID:{{ .Params.uid }}
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Brussels:{{ .Params.begin }}
DTEND;TZID=Europe/Brussels:{{ .Params.end }}
SUMMARY:{{ .Title }}
LOCATION:{{ replace .Params.location "," "\\\\," }}
DESCRIPTION:{{ replace .Plain "," "\\\\," }}
CATEGORIES:{{ delimit .Params.tags "," }}
END:VEVENT
{{ end }}END:VCALENDAR
"""


def program() -> str | None:
    """Return where Hugo is; None where it is not installed."""
    return shutil.which("hugo")


def lay(corpus: Corpus, folder: Path) -> None:
    """Write a corpus as a site of Hugo's."""
    layouts = folder / "layouts/_default"
    layouts.mkdir(parents=True)
    (folder / "config.toml").write_text(CONFIG)
    (layouts / "single.html").write_text(SINGLE)
    (layouts / "list.html").write_text(LIST)
    (layouts / "list.ics").write_text(FEED)
    for organisation, events in corpus.by_organisation():
        section = folder / "content" / organisation
        section.mkdir(parents=True)
        (section / "_index.md").write_text(f"---\ntitle: {organisation}\n---\n")
        for event in events:
            (section / f"{event.id}.md").write_text(_source(organisation, event), encoding="utf-8")


def build(folder: Path, out: Path) -> Command:
    """Return what builds a site."""
    return [program() or "hugo", "--quiet", "--source", folder, "--destination", out]


def serve(folder: Path, port: int) -> Command:
    """Return what serves a site in memory, and builds what is saved."""
    return [
        program() or "hugo", "server", "--quiet", "--source", folder, "--port", str(port), "--bind", "127.0.0.1",
        "--baseURL", f"http://127.0.0.1:{port}/", "--disableLiveReload", "--watch",
    ]  # fmt: skip


def _source(organisation: str, event: SampleEvent) -> str:
    day = f"{event.day:%Y%m%d}"
    front = {
        "title": event.title,
        "uid": f"{event.id}.{organisation}@example.coop",
        "begin": f"{day}T{event.hour:02}0000",
        "end": f"{day}T{event.hour + 3}3000",
        "location": f"Hall {event.hall}, Ghent, BE",
        "tags": event.tags,
    }
    return f"{json.dumps(front)}\n\n{event.description}\n"
