"""The file with settings: TOML, one ``name = value`` a line. What is wrong is told with its line, all at once."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from coopcal.cli.language import chosen
from coopcal.cli.settings import BY_NAME, FILE_READ, Origin, Setting
from coopcal.model.message import Message, msg
from coopcal.model.refusal import refusal
from coopcal.text.messages import say

LARGEST = 64_000
"""Bytes that the file may have."""


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """What a file sets, by the names of settings, and the line of each; and what is wrong with it."""

    path: Path
    values: Mapping[str, Any]
    lines: Mapping[str, int]
    problems: tuple[Message, ...]


def take(context: click.Context, _: click.Parameter, path: Path | None) -> None:
    """Let a file decide for a run what no option and no variable does; end the program where something in it is wrong."""
    if path is None:
        return
    file = read(path)
    if file.problems:
        language = chosen(None, os.environ, Path())
        for problem in file.problems:
            click.echo(say(problem, language), err=True)
        context.exit(2)
    context.meta[FILE_READ] = file


def read(path: Path) -> SettingsFile:
    """Return what a file sets; a path in it is told from the folder that the file is in."""
    try:
        content = path.read_bytes()
        if len(content) > LARGEST:
            return _unread(path, msg("{path}: is larger than {bytes} bytes", path=path, bytes=LARGEST))
        text = content.decode("utf-8-sig")
        told = tomllib.loads(text)
    except OSError as error:
        return _unread(path, msg("{path}: {reason}", path=path, reason=refusal(error)))
    except UnicodeDecodeError:
        return _unread(path, msg("{path}: is no text in UTF-8", path=path))
    except tomllib.TOMLDecodeError as error:
        return _unread(path, msg("{path}: is no TOML ({reason})", path=path, reason=str(error)))
    lines = {name: _line(text, name) for name in told}
    problems = tuple(
        msg("{path}:{line}: {reason}", path=path, line=lines[name], reason=reason)
        for name, value in told.items()
        for reason in _wrong(name, value, path)
    )
    values = {} if problems else {name: _read(BY_NAME[name], value, path) for name, value in told.items()}
    return SettingsFile(path, values, lines, problems)


def _unread(path: Path, problem: Message) -> SettingsFile:
    return SettingsFile(path, {}, {}, (problem,))


def _line(text: str, name: str) -> int:
    """Return the line on which a name is set, 1 where it is hidden in a table or behind quotes."""
    found = re.search(rf"^\s*\[*\s*[\"']?{re.escape(name)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 1


def _wrong(name: str, value: object, path: Path) -> Iterator[Message]:
    """Return what is wrong with a line."""
    setting = BY_NAME.get(name)
    if setting is None:
        near = get_close_matches(name, BY_NAME, 1)
        yield (
            msg("there is no setting “{name}”; did you mean “{near}”?", name=name, near=near[0])
            if near
            else msg("there is no setting “{name}”; “coopcal config” lists all", name=name)
        )
    elif Origin.FILE not in setting.origins:
        yield msg("“{name}” cannot be set in a file", name=name)
    elif not _has_type(setting, value):
        yield msg("“{name}” has a value of another type: {value}", name=name, value=shown(setting, value))
    else:
        try:
            setting.kind.convert(_read(setting, value, path), None, None)
        except click.BadParameter as error:
            yield msg("“{name}”: {reason}", name=name, reason=error.message)


def _has_type(setting: Setting, value: object) -> bool:
    if isinstance(setting.kind, click.types.BoolParamType):
        return isinstance(value, bool)
    if isinstance(setting.kind, click.IntRange):
        return isinstance(value, int) and not isinstance(value, bool)
    if isinstance(setting.kind, click.FloatRange):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str)


def _read(setting: Setting, value: Any, path: Path) -> Any:
    return str(path.parent / value) if isinstance(setting.kind, click.Path) else value


def shown(setting: Setting, value: object) -> str:
    """Return a value as it may be shown."""
    return "***" if setting.is_secret else str(value)
