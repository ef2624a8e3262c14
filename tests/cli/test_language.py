"""The language that the command line speaks."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.support.trees import lay

from coopcal.cli import main


def run(root: Path, *arguments: str, **environment: str) -> Result:
    """Run the command with a terminal of some locale."""
    unset = dict.fromkeys(("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    return CliRunner(env=unset | environment).invoke(main, ["--root", str(root), *arguments])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a site in German and Italian, whose one organisation has a mistake."""
    return lay(
        tmp_path,
        {
            "coopcal.yaml": "uid_domain: example.coop\nlanguages: [de, it]\n",
            "calendars/muehle.yaml": "name: Mühle\ntimezone: Europe/Rome\ncolour: blau\n",
        },
    )


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (("--language", "fr", "check"), {"LANG": "es_ES.UTF-8"}, "erreur"),
        (("--language", "pt-BR", "check"), {}, "erro"),
        (("check",), {"LANG": "es_ES.UTF-8"}, "error:"),
        (("check",), {"LANG": "de_AT.UTF-8", "LC_ALL": "it_IT.UTF-8"}, "errore"),
        (("check",), {"LC_ALL": "it_IT.UTF-8", "LANGUAGE": "fr:en"}, "erreur"),
        (("check",), {"LANG": "en_GB.UTF-8"}, "error:"),
        (("check",), {"LANG": "C.UTF-8"}, "Fehler"),
        (("check",), {"LANG": "nl_NL.UTF-8"}, "Fehler"),
        (("check",), {}, "Fehler"),
    ],
)
def test_it_is_chosen(root: Path, arguments: tuple[str, ...], environment: dict[str, str], said: str) -> None:
    """By the option, else by the terminal, else by the site's first language."""
    done = run(root, *arguments, **environment)

    assert done.exit_code == 1
    assert said in done.stdout
    assert "[bad-colour]" in done.stdout


def test_what_programs_read_is_the_same_in_all(root: Path) -> None:
    """Codes, keys and the whole of JSON."""
    german, english = (
        json.loads(run(root, "--language", language, "check", "--format", "json").stdout)
        for language in ("de", "en")
    )

    assert german == english
    assert "bad-colour" in [each["code"] for each in german]


def test_an_unknown_language_is_refused(root: Path) -> None:
    """With those that there are."""
    done = run(root, "--language", "tlh", "check")

    assert done.exit_code == 2
    assert "en, fr, es, it, pt, de" in done.stderr
