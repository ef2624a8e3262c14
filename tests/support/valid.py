"""Every valid source file of the repository and of its pages, by a name, with its path in its tree."""

import re
from pathlib import Path

from coopcal.definitions.event_keys import EVENT
from coopcal.definitions.organisation import ORGANISATION
from coopcal.definitions.settings import SITE

REPOSITORY = Path(__file__).parents[2]
MISTAKES = REPOSITORY / "tests/golden/check"

_BLOCK = re.compile(r"^```yaml (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PART = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def own() -> dict[str, tuple[str, str]]:
    """Return the repository's own files."""
    return _below(REPOSITORY)


def golden() -> dict[str, tuple[str, str]]:
    """Return the files of the golden trees, but of those in ``check``, which are full of mistakes."""
    files: dict[str, tuple[str, str]] = {}
    for site in sorted(REPOSITORY.glob("tests/golden/**/coopcal.yaml")):
        if MISTAKES not in site.parents:
            files |= _below(site.parent)
    return files


def right_examples() -> dict[str, tuple[str, str]]:
    """Return the right examples of ``docs/problems.md``; each YAML among them is a whole file."""
    page = (REPOSITORY / "docs/problems.md").read_text(encoding="utf-8")
    documents = {}
    for section in re.split(r"^## `", page, flags=re.MULTILINE)[1:]:
        code = section.split("`", 1)[0]
        for path, text in _BLOCK.findall(section.partition("\nRight:\n")[2]):
            if path.endswith(".yaml"):
                documents[f"problems.md: {code}: {path}"] = (path, text)
    return documents


def told() -> dict[str, tuple[str, str]]:
    """Return the examples of ``docs/format.md`` and ``README.md``, each put into a whole file."""
    texts = {}
    for name in ("docs/format.md", "README.md"):
        for number, part in enumerate(_PART.findall((REPOSITORY / name).read_text(encoding="utf-8"))):
            texts[f"{name}: {number}"] = _whole(part)
    return texts


def everything() -> dict[str, tuple[str, str]]:
    """Return all of these."""
    return own() | golden() | right_examples() | told()


def _below(root: Path) -> dict[str, tuple[str, str]]:
    files = [root / "coopcal.yaml", *root.glob("calendars/**/*.yaml"), *root.glob("feeds/*.yaml")]
    return {
        str(file.relative_to(REPOSITORY)): (
            file.relative_to(root).as_posix(),
            file.read_text(encoding="utf-8"),
        )
        for file in sorted(files)
    }


def _whole(part: str) -> tuple[str, str]:
    """Return the path and text of a file that holds a part of one: its own keys, an event of a list, or an event's keys."""
    key = part.partition(":")[0]
    if key in SITE.names and key not in (*ORGANISATION.names, *EVENT.names):
        return "coopcal.yaml", f"uid_domain: example.coop\n{part}"
    if key in ORGANISATION.names and key not in EVENT.names:
        return "calendars/bakery.yaml", part if key == "name" else f"name: The Bakery\n{part}"
    if part.lstrip().startswith("- id:"):
        return "calendars/bakery.yaml", f"name: The Bakery\nevents:\n{part}"
    event = "  - id: one\n    title: One\n" + ("" if key == "when" else "    when: 2026-09-08\n")
    lines = "".join(f"    {line}" for line in part.splitlines(keepends=True))
    return "calendars/bakery.yaml", f"name: The Bakery\nevents:\n{event}{lines}"
