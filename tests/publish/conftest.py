"""A site with something of everything, published as files: at the root of a host, and below a path."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.support.trees import NOW, compiled, lay

from coopcal.publish.aside import Aside
from coopcal.publish.rendering import Rendered, render_all

FILES = {
    "calendars/mill.yaml": """\
        name: {en: The Mill, fr: Le Moulin}
        formerly: [watermill]
        country: BE
        events:
          - id: fair
            formerly: [market]
            title: {en: Fair, fr: Foire}
            when: 2026-06-20/2026-06-21
            tags: [market]
            documents: [{label: Plan, file: files/plan.txt}]
            sessions:
              - {id: opening, title: Opening, when: 2026-06-20 10:00/11:00}
          - id: choir
            title: Choir
            when: 2024-01-09 19:00/21:00
            repeats:
              every: week
              changes:
                2026-06-09: {when: 2026-06-10 19:00/21:00}
          - {id: dance, title: Dance, when: [2026-05-02, 2026-07-04, 2029-09-05]}
          - {id: gone, title: Gone, when: 2019-03-03}
    """,
    "calendars/files/plan.txt": "the plan\n",
    "feeds/markets.yaml": """\
        title: Markets
        formerly: [bazaars]
        select: {tags: {any: [market]}}
        reminders: [evening]
    """,
    "feeds/old.yaml": """\
        title: Old
        closed: {on: 2026-05-01, see: all}
    """,
}

SITE = """\
title: {{en: Example, fr: Exemple}}
uid_domain: example.coop
base_url: {address}
languages: [en, fr]
timezone: Europe/Brussels
"""


@dataclass(frozen=True)
class Publication:
    """A published site: its compiled site, its files, and what came of making them."""

    address: str
    out: Path
    folder: Path
    rendered: Rendered


@pytest.fixture(
    scope="session", params=["https://calendars.example.coop", "https://example.coop/our/calendar"]
)
def publication(request: pytest.FixtureRequest, publish: Callable[[str], Publication]) -> Publication:
    """Return a published site at each of two addresses."""
    return publish(request.param)


@pytest.fixture(scope="session")
def publish(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Publication]:
    """Return what publishes the site at an address."""

    def publish_at(address: str) -> Publication:
        root = lay(tmp_path_factory.mktemp("root"), {**FILES, "coopcal.yaml": SITE.format(address=address)})
        compiled(root)
        folder = tmp_path_factory.mktemp("files")
        rendered = render_all(root / "_site", NOW, Aside(folder))
        return Publication(address, root / "_site", folder, rendered)

    return publish_at
