"""Settings: an option decides, then the environment, then the file; ``coopcal config`` shows what holds and from where."""

import json
import os
import re
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from tests.support.command import invoked_words
from tests.support.ports import free_port
from tests.support.running import running
from tests.support.trees import compiled, lay

from coopcal.cli.settings import SETTINGS, Origin

DOCS = Path(__file__).parents[2] / "docs/operating.md"
EXAMPLES: dict[str, tuple[Any, Any, Any]] = {
    "language": ("de", "fr", "es"),
    "host": ("127.0.0.2", "127.0.0.3", "127.0.0.4"),
    "port": (8101, 8102, 8103),
    "threads": (1, 2, 3),
    "out": ("/a", "/b", "/c"),
    "state": ("/a", "/b", "/c"),
    "counting": (False, True, False),
    "log": ("text", "json", "text"),
    "log_clients": (True, False, True),
    "fetch_every": (1.0, 2.0, 0.0),
    "bucket": ("s3://a", "s3://b", "s3://c"),
    "every": (11.5, 12.5, 13.5),
    "no_compile": (True, True, True),
    "proxies": (1, 2, 3),
    "remote": ("https://a.example/a", "https://b.example/b", "https://c.example/c"),
    "branch": ("a", "b", "c"),
}
"""Of each setting a value in the file, in the environment and as an option."""


def config(
    *arguments: str, before: tuple[str, ...] = (), cwd: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    others = dict.fromkeys(name for name in os.environ if name.startswith("COOPCAL_"))
    with chdir(cwd or "."):
        return invoked_words(*before, "config", *arguments, **{**others, "LANGUAGE": "en", **variables})


def in_force(done: subprocess.CompletedProcess[str]) -> dict[str, tuple[Any, str, str | None]]:
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)["settings"]
    return {one["name"]: (one["value"], one["from"], one["place"]) for one in told}


def test_without_anything_all_is_as_usual() -> None:
    told = in_force(config("--format", "json"))

    assert [origin for _, origin, _ in told.values()] == ["default"] * len(SETTINGS)
    assert told["port"] == (8000, "default", None)


def test_an_option_decides_then_the_environment_then_the_file(tmp_path: Path) -> None:
    """Of every setting, in one matrix."""
    file = tmp_path / "settings.toml"
    file.write_text(
        "".join(f"{name} = {json.dumps(values[0])}\n" for name, values in EXAMPLES.items()), encoding="utf-8"
    )
    variables = {one.name: one.in_environment for one in SETTINGS}
    environment = {variables[name]: str(values[1]) for name, values in EXAMPLES.items()}
    before = ["--config", str(file)]
    flags: list[str] = []
    for one in SETTINGS:
        if one.name in EXAMPLES:
            option = "--state-folder" if one.name == "state" else one.option
            value = EXAMPLES[one.name][2]
            (before if one.name == "language" else flags).extend(
                [option] if one.is_switch else [option, str(value)]
            )

    by_file = in_force(config("--format", "json", before=("--config", str(file))))
    by_environment = in_force(config("--format", "json", before=("--config", str(file)), **environment))
    by_flag = in_force(config("--format", "json", *flags, before=tuple(before), **environment))

    assert set(EXAMPLES) == {one.name for one in SETTINGS if Origin.FILE in one.origins} - {
        "root",
        "hook_secret",
        "notify_secret",
        "notify_addresses",
    }
    for number, (name, values) in enumerate(EXAMPLES.items(), 1):
        assert by_file[name] == (values[0], "file", f"{file}:{number}")
        assert by_environment[name] == (values[1], "environment", variables[name])
        assert by_flag[name][:2] == (values[2], "flag")


def test_a_path_in_the_file_is_told_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "tree").mkdir()
    file = tmp_path / "here/settings.toml"
    file.write_text('root = "../tree"\nout = "site"\n', encoding="utf-8")
    told = in_force(config("--format", "json", COOPCAL_CONFIG=str(file)))

    assert (told["root"][0], told["out"][0]) == (str(tmp_path / "tree"), str(tmp_path / "here/site"))
    assert told["config"] == (str(file), "environment", "COOPCAL_CONFIG")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\nporte = 1\n", ":2: there is no setting “porte”; did you mean “port”?"),
        ("xyzzy = 1\n", ":1: there is no setting “xyzzy”; “coopcal config” lists all"),
        ("port = true\n", ":1: “port” has a value of another type: True"),
        ('port = "80"\n', ":1: “port” has a value of another type: 80"),
        ("host = 1\n", ":1: “host” has a value of another type: 1"),
        ("# \n\nport = 0\n", ":3: “port”: 0 is not in the range 1<=x<=65535."),
        ('config = "x"\n', ":1: “config” cannot be set in a file"),
        ("[port]\na = 1\n", ":1: “port” has a value of another type: {'a': 1}"),
        ("port = \n", ": is no TOML (Invalid value (at line 1, column 8))"),
        ("# " + "x" * 64_000, ": is larger than 64000 bytes"),
        ("\udcff", ": is no text in UTF-8"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    done = config(before=("--config", str(file)))

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{file}{told}\n")


def test_all_that_is_wrong_is_told_at_once_and_in_the_language_of_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("porte = 1\nport = 0\nhots = 1\n", encoding="utf-8")
    done = config(before=("--config", str(file)), LANGUAGE="de")

    assert [line.split(":")[1] for line in done.stderr.splitlines()] == ["1", "2", "3"]
    assert "Einstellung „porte“" in done.stderr


def test_a_variable_that_sets_nothing_is_told() -> None:
    done = config(COOPCAL_PORTE="1", COOPCAL_ELSEWHERE="1")

    assert done.stderr == "COOPCAL_PORTE is no setting; did you mean COOPCAL_PORT?\n"


def test_a_password_in_an_address_is_masked() -> None:
    done = config(COOPCAL_BUCKET="s3://me:secret-word@host/site")

    assert "s3://***@host/site" in done.stdout
    assert "secret-word" not in done.stdout


def test_a_secret_is_masked_wherever_it_stands(tmp_path: Path) -> None:
    """And is no option: all on a machine see those."""
    file = tmp_path / "settings.toml"
    file.write_text('hook_secret = "open sesame, open"\n', encoding="utf-8")
    told = [
        config("--format", kind, before=before, **variables)
        for kind in ("json", "text")
        for before, variables in (
            (("--config", str(file)), {}),
            ((), {"COOPCAL_HOOK_SECRET": "open sesame, open"}),
        )
    ]

    assert [in_force(one)["hook_secret"][:2] for one in told[:2]] == [("***", "file"), ("***", "environment")]
    assert not [one for one in told if "sesame" in one.stdout + one.stderr]
    file.write_text('hook_secret = "sesame"\n', encoding="utf-8")
    assert "sesame" not in config(before=("--config", str(file))).stderr
    assert config("--hook-secret", "open sesame, open").returncode == 2


def test_the_server_listens_where_the_file_says(tmp_path: Path) -> None:
    root, port = lay(tmp_path / "tree"), free_port()
    compiled(root)
    file = tmp_path / "settings.toml"
    file.write_text(f'root = "tree"\nport = {port}\n', encoding="utf-8")
    command = [sys.executable, "-m", "coopcal", "--config", file, "serve"]
    with running(command, port) as address:
        assert address.endswith(str(port))


def test_a_setting_of_a_server_is_none_of_a_command_with_an_option_of_that_name(tmp_path: Path) -> None:
    """``publish --host`` names who keeps the files."""
    root = lay(tmp_path / "tree")
    file = tmp_path / "settings.toml"
    file.write_text('host = "127.0.0.1"\n', encoding="utf-8")
    command = [sys.executable, "-m", "coopcal", "--config", str(file), "--root", str(root), "publish"]
    done = subprocess.run([*command, str(tmp_path / "public")], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_what_must_be_backed_up_is_listed(tmp_path: Path) -> None:
    root = lay(tmp_path / "tree", {"tokens.yaml": "{}\n"})
    compiled(root)
    done = config(
        "--state", "--format", "json", before=("--root", str(root)), COOPCAL_STATE=str(tmp_path / "state")
    )
    told = {one["what"]: (one["path"], one["there"]) for one in json.loads(done.stdout)["backup"]}

    assert told == {
        "sources": (str(root), True),
        "tokens": (str(root / "tokens.yaml"), True),
        "site": (str(root / "_site"), True),
        "state": (str(tmp_path / "state"), False),
    }


def test_the_page_for_operators_tells_of_every_setting() -> None:
    """With its name in the file, its option, its variable and what is usual, where it can be set so."""
    rows = re.findall(
        r"^\| (`\w+`|) ?\| (.*?) \| (.*?) \| (.*?) \| (.*?) \|$",
        DOCS.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    wanted = [
        (
            f"`{one.name}`" if Origin.FILE in one.origins else "",
            f"`{one.option}`" if Origin.FLAG in one.origins else "",
            f"`{one.in_environment}`",
            str(one.usually or one.default),
            str(one.sentence),
        )
        for one in SETTINGS
    ]

    assert rows == wanted


@pytest.mark.parametrize(
    "arguments", [("--state", "{folder}"), ("--state={folder}",), ("--port", "1", "--state", "{folder}")]
)
def test_a_folder_behind_state_is_told_where_it_belongs(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """As other commands take it there."""
    done = config(*(each.format(folder=tmp_path) for each in arguments))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f"write --state-folder {tmp_path}\n")
    assert config("--state-folder", str(tmp_path)).returncode == 0


def test_what_else_is_wrong_is_told_as_ever() -> None:
    """An option that there is not, and something behind others than --state."""
    assert "No such option" in config("--state", "--nothing").stderr
    assert "unexpected extra argument" in config("--no-compile", "more").stderr


def test_switches_are_shown_as_they_are_written() -> None:
    """In the environment, and as usual values: yes and no."""
    told = config("--no-compile", COOPCAL_COUNTING="no").stdout

    assert "True" not in told
    assert "False" not in told
    assert re.search(r"^no_compile +yes ", told, re.MULTILINE)
    assert re.search(r"^counting +no ", told, re.MULTILINE)


@pytest.mark.parametrize(
    ("secret", "wrong"),
    [("xx", True), ("é", True), (f"whsec_{'A' * 40}", False), ("A" * 40, False), ("", False)],
)
def test_a_secret_that_signs_nothing_is_told(tmp_path: Path, secret: str, *, wrong: bool) -> None:
    """Wherever it stands, and without a word of it."""
    file = tmp_path / "settings.toml"
    file.write_text(f"notify_secret = {json.dumps(secret)}\n", encoding="utf-8")
    for done, place in (
        (config(COOPCAL_NOTIFY_SECRET=secret), "COOPCAL_NOTIFY_SECRET"),
        (config(before=("--config", str(file))), f"{file}:1"),
    ):
        assert done.returncode == 0
        assert ("nobody is told of changes (notify)" in done.stderr) == wrong
        assert (f"{place}: a secret is of 24 to 64 bytes" in done.stderr) == wrong
        assert not secret or secret not in done.stderr.replace(str(file), "")
