"""Edits of the example tree of ``tests/golden/diff/before``, and what ``coopcal diff`` says of them."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner, Result

from coopcal.cli import main

BEFORE = Path(__file__).parents[1] / "golden/diff/before"
NOW = "2026-06-01T12:00:00Z"

UNION = "calendars/union.yaml"
BAKERY, MILL, ASSEMBLIES = "calendars/bakery.yaml", "calendars/mill.yaml", "feeds/assemblies.yaml"


@dataclass(frozen=True)
class Edit:
    """Replacements in files (path, old, new), and files that are new."""

    name: str
    replaced: tuple[tuple[str, str, str], ...] = ()
    added: dict[str, str] = field(default_factory=dict)

    def make(self, root: Path) -> None:
        """Edit a copy of the example tree."""
        for path, old, new in self.replaced:
            text = (root / path).read_text(encoding="utf-8")
            assert text.count(old) == 1, (path, old)
            (root / path).write_text(text.replace(old, new), encoding="utf-8")
        for path, text in self.added.items():
            (root / path).write_text(text, encoding="utf-8")


EDITS = (
    Edit("moved", ((BAKERY, "2026-10-24 14:00/17:30", "2026-10-25 14:30/17:30"),)),
    Edit(
        "retitled",
        (
            (
                BAKERY,
                "{en: Open day, fr: Portes ouvertes}",
                "{en: Day of open doors, fr: Portes grandes ouvertes}",
            ),
            (BAKERY, "The accounts, and the elections.", "The accounts, the elections, and soup."),
            (
                BAKERY,
                "    tags: [assembly]\n",
                "    tags: [assembly]\n    contact: {email: hello@bakery.example.coop}\n",
            ),
        ),
    ),
    Edit(
        "cancelled",
        (
            (
                BAKERY,
                "    when: 2026-08-01 19:00\n",
                "    when: 2026-08-01 19:00\n    status: cancelled\n    reason: {en: Too hot, fr: Trop chaud}\n",
            ),
            (BAKERY, "    when: 2026-09-12\n", "    when: 2026-09-12\n    status: postponed\n"),
            (
                BAKERY,
                "    status: cancelled\n    reason: {en: The hall is flooded, fr: La salle est inondée}\n",
                "",
            ),
        ),
    ),
    Edit(
        "removed",
        (
            (
                BAKERY,
                "  - id: party\n    title: {en: Summer party, fr: Fête d’été}\n    when: 2026-08-01 19:00\n",
                "  - id: ball\n    title: {en: Ball, fr: Bal}\n    when: 2026-08-08 20:00/23:00\n",
            ),
            (BAKERY, "country: BE\nevents:", "country: BE\nremoved: [party]\nevents:"),
        ),
    ),
    Edit(
        "elsewhere",
        (
            (BAKERY, "timezone: Europe/Brussels", "timezone: Europe/Lisbon"),
            (
                BAKERY,
                "    when: 2026-09-12\n    where: {name: The shop, city: Ghent, country: BE}",
                "    when: 2026-09-12\n    where: {name: Town hall, city: Bruges, country: BE}",
            ),
            (
                BAKERY,
                "    when: 2026-08-01 19:00\n",
                "    when: 2026-08-01 19:00\n    where: {name: The garden, country: BE}\n",
            ),
        ),
    ),
    Edit(
        "dates",
        (
            (
                MILL,
                "      except: [2026-11-03]\n",
                (
                    "      except: [2026-10-13]\n      changes:\n        2026-09-08: {when: 2026-09-09 18:30/20:00}\n"
                    "        2026-09-22: {status: cancelled, reason: {en: No grain, fr: Pas de grain}}\n"
                ),
            ),
            (MILL, "2026-09-19 10:00/12:00]", "2026-09-19 10:30/12:00, 2026-10-03 10:00/12:00]"),
        ),
    ),
    Edit("longer", ((MILL, "until: 2026-12-15", "until: 2027-01-26"),)),
    Edit(
        "from-then-on",
        (
            (
                MILL,
                "      until: 2026-12-15\n      except: [2026-11-03]\n",
                "      until: 2026-12-08\n      except: [2026-11-03]\n      changes:\n        from 2026-10-06: {when: 18:00/20:00}\n",
            ),
            (MILL, ", 2026-09-19 10:00/12:00]", "]"),
        ),
    ),
    Edit(
        "houses",
        (
            (BAKERY, "    tags: [assembly]\n", "    tags: [members]\n"),
            (BAKERY, "    when: 2026-09-12\n", "    when: 2026-09-12\n    tags: [assembly]\n"),
            (ASSEMBLIES, "fr: Assemblées}", "fr: Toutes les assemblées}\nclosed: {on: 2027-01-01, see: all}"),
        ),
        {
            "calendars/dairy.yaml": "name: {en: The Dairy, fr: La Laiterie}\ncountry: BE\nevents:\n"
            "  - id: tasting\n    title: {en: Cheese tasting, fr: Dégustation de fromages}\n    when: 2026-12-05 ??:??\n",
            "feeds/fairs.yaml": "title: {en: Fairs, fr: Foires}\nselect: {tags: {any: [fair]}}\n",
        },
    ),
    Edit(
        "hidden",
        (
            (BAKERY, "  - id: assembly\n", "  - id: general-assembly\n    formerly: [assembly]\n"),
            (BAKERY, "2026-10-20 09:00/10:00", "2026-10-27 09:00/10:00"),
            (BAKERY, "2026-10-21 09:00/10:00", "2026-10-28 09:00/10:00"),
        ),
    ),
)

MORE = (
    Edit(
        "why",
        (
            (
                UNION,
                "    when: 2026-09-03 18:00/20:00\n",
                "    when: 2026-09-10 18:00/20:00\n    reason: {en: The heating is broken, fr: Le chauffage est en panne}\n",
            ),
            (
                UNION,
                "    repeats: {every: week, until: 2026-12-18}\n",
                (
                    "    repeats:\n      every: week\n      until: 2026-12-18\n      changes:\n"
                    "        2026-10-02: {when: 2026-10-03 18:00/20:00, reason: {en: A wedding, fr: Un mariage}}\n"
                ),
            ),
        ),
    ),
    Edit("new-hall", ((UNION, "The Old Hall", "The New Hall"),)),
    Edit(
        "wrong-years",
        (
            (UNION, "2026-09-03 18:00/20:00", "2025-09-03 18:00/20:00"),
            (UNION, "2026-09-29 18:00/20:00]", "2026-09-29 18:00/20:00, 2025-10-06 18:00/20:00]"),
            (
                BAKERY,
                "events:\n",
                "events:\n  - id: feast\n    title: {en: Feast, fr: Fête}\n    when: 2025-06-05\n",
            ),
        ),
    ),
    Edit(
        "found",
        (
            (UNION, "    when: 2026-09-12\n    status: postponed\n", "    when: 2026-11-21 10:00/16:00\n"),
            (
                UNION,
                "    when: 2026-10-03\n    status: cancelled\n    reason: {en: No seeds, fr: Pas de graines}\n",
                "    when: 2026-10-10\n",
            ),
        ),
    ),
    Edit(
        "busy",
        (
            (UNION, "office@union", "hello@union"),
            (UNION, "    when: 2026-09-12\n", "    when: 2026-09-12\n    shows_as: busy\n"),
            (BAKERY, "2026-10-20 09:00/10:00", "2026-10-27 09:00/10:00"),
        ),
    ),
)
"""Further edits, which are told in all languages."""


def tree(root: Path, edit: Edit | None = None) -> Path:
    """Copy the example tree, edited, and return its root."""
    shutil.copytree(BEFORE, root)
    if edit is not None:
        edit.make(root)
    return root


def diff(root: Path, *arguments: str) -> Result:
    """Run ``coopcal diff`` in a tree."""
    return CliRunner().invoke(main, ["--root", str(root), "diff", "--now", NOW, *arguments])


def apart(done: Result) -> tuple[str, str]:
    """Return the line that says what was compared with, and all that is told."""
    assert done.exit_code == 0, done.stderr
    line, report = done.stdout.split("\n\n", 1)
    return line, report
