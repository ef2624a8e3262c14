"""Files that are named beside the YAML: what is published, and what is not, whichever way links lead there."""

import os
from pathlib import Path

import pytest
from tests.support.trees import NOW, compiled, lay

from coopcal.compile.pipeline import check
from coopcal.site.reader import open_site

BODY = "name: A\ncountry: BE\nevents:\n  - {{id: fair, title: Fair, when: 2026-09-12, {keys}}}\n"
KEYS = {
    "document": 'documents: [{{label: Plan, file: "{file}"}}]',
    "document by language": 'documents: [{{label: Plan, file: {{en: "{file}"}}}}]',
    "image": 'image: {{file: "{file}", alt: A}}',
    "of a date": 'repeats: {{every: week, count: 2, changes: {{2026-09-19: {{documents: [{{label: P, file: "{file}"}}]}}}}}}',
}  # fmt: skip
TREE = {
    "files/plan.pdf": "public",
    "b/files/other.pdf": "public",
    "b/organisation.yaml": "name: B\n",
    ".hidden/plan.pdf": "secret",
    "files/.plan.pdf": "secret",
    "files/notes": "secret",
    "../.git/config": "secret",
    "../secret.pdf": "secret",
    "../imports/a.pdf": "secret",
    "../tokens.yaml": "secret: []\n",
    "../_private/plan.pdf": "secret",
}
LINKS = {
    "files/inside.pdf": "plan.pdf",
    "files/over.pdf": "../b/files/other.pdf",
    "files/git.txt": "../../.git/config",
    "files/git.pdf": "../../.git/config",
    "files/up.pdf": "../../secret.pdf",
    "files/import.pdf": "../../imports/a.pdf",
    "files/yaml.txt": "../a.yaml",
    "files/yaml.pdf": "../b/organisation.yaml",
    "files/tokens.txt": "../../tokens.yaml",
    "files/hidden.pdf": "../.hidden/plan.pdf",
    "files/dot.pdf": ".plan.pdf",
    "files/bare.pdf": "notes",
    "files/twice.pdf": "up.pdf",
    "files/nothing.pdf": "gone.pdf",
    "files/circle.pdf": "circle.pdf",
    "files/passwd.txt": "/etc/passwd",
    "files/fifo.pdf": "pipe",
    "files/folder.pdf": "../b",
    "away": "../_private",
    "near": "b/files",
}
RIGHT = ("files/plan.pdf", "files/inside.pdf", "files/over.pdf", "b/files/other.pdf", "near/other.pdf")
WRONG = {
    "files/git.txt": "file-outside",
    "files/git.pdf": "file-outside",
    "files/up.pdf": "file-outside",
    "files/import.pdf": "file-outside",
    "files/yaml.txt": "file-kind",
    "files/yaml.pdf": "file-kind",
    "files/tokens.txt": "file-outside",
    "files/hidden.pdf": "file-outside",
    "files/dot.pdf": "file-kind",
    "files/bare.pdf": "file-kind",
    "files/twice.pdf": "file-outside",
    "files/nothing.pdf": "no-such-file",
    "files/circle.pdf": "no-such-file",
    "files/passwd.txt": "file-outside",
    "files/fifo.pdf": "no-such-file",
    "files/folder.pdf": "no-such-file",
    "away/plan.pdf": "file-outside",
    ".hidden/plan.pdf": "file-outside",
    "files/.plan.pdf": "file-kind",
    "files/plan\\n.pdf": "file-name",
    "files/plan\\t.pdf": "file-name",
    "files/plan\\u202e.pdf": "file-name",
    "files/event.ics": "reserved-file-name",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return the root of a tree with files, hidden ones, links and a pipe."""
    for path, text in {**TREE, "files/event.ics": "x", "files/plan\n.pdf": "x"}.items():
        file = tmp_path / "calendars" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for path, target in LINKS.items():
        (tmp_path / "calendars" / path).symlink_to(target)
    os.mkfifo(tmp_path / "calendars/files/pipe")
    return lay(tmp_path)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(("file", "code"), WRONG.items())
def test_what_lies_elsewhere_or_is_hidden_is_refused(root: Path, file: str, code: str, key: str) -> None:
    lay(root, {"calendars/a.yaml": BODY.format(keys=KEYS[key].format(file=file))})
    problems = [each for each in check(root, NOW).problems if each.position.path == "calendars/a.yaml"]

    expected = "file-kind" if key == "image" and code == "reserved-file-name" else code  # is no picture
    assert expected in [each.code for each in problems]
    assert all(each.mend for each in problems)
    assert "secret" not in str(problems)


@pytest.mark.parametrize("file", RIGHT)
def test_what_lies_in_calendars_is_published(root: Path, file: str) -> None:
    lay(root, {"calendars/a.yaml": BODY.format(keys=KEYS["document"].format(file=file))})
    compiled(root)
    (published,) = open_site(root / "_site").documents.values()

    assert published.read_text(encoding="utf-8") == "public"
